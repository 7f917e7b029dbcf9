### The one line in Kinyarwanda: the answer itself is in English.

only-in-english = Mwihangane, iki gisubizo kiboneka mu Cyongereza gusa.
