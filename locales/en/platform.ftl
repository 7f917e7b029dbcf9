# What the Discord rim itself adds to a reply, and what it says when no reply could be had.
rim-sent-privately = I have written to you privately. You can also press the button below: only you will see the answer.
rim-press-privately = I have an answer for you alone. Press the button below: only you will see it. Your settings do not let me send you a direct message.
rim-closed = I could not send you a direct message. To hear from me, allow direct messages from members of this server, or use /ask.
rim-apology = Sorry, something went wrong on my side and I could not answer. Please try again; if it goes on, tell a moderator.
rim-nothing = There is nothing for me to add here.
rim-typed = So that nothing is lost, here is what you typed:
rim-muted-title = I cannot write in a channel
rim-muted = Discord does not let me write in <#{ $channel }>. Please give me the permissions “View Channel”, “Send Messages” and “Embed Links” there, or take the channel out of `discord.ask_channels`.
