### The one line in Swahili: the answer itself is in English.

only-in-english = Samahani, jibu hili linapatikana kwa Kiingereza pekee.
