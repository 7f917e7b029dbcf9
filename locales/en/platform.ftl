# What the Discord adapter adds to a reply, and what it shows when there is no reply.
platform-sent-privately = I have written to you privately. You can also press the button below: only you will see the answer.
platform-press-privately = I have an answer for you only. Press the button below: nobody else will see it. Your settings do not allow me to send you a direct message.
platform-closed = I could not send you a direct message. To receive my answer, allow direct messages from members of this server, or use /ask.
platform-apology = Sorry, something went wrong on my side and I could not answer. Please try again. If it keeps happening, tell a moderator.
platform-nothing = I have nothing to add here.
platform-typed = Here is what you typed, so that nothing is lost:
platform-muted-title = I cannot write in a channel
platform-muted = Discord does not allow me to write in <#{ $channel }>. Please give me the permissions “View Channel”, “Send Messages” and “Embed Links” there, or remove the channel from `discord.ask_channels`.
platform-not-home = Moderation works only in the bot’s home servers, and this server is not one of them. Whoever runs the bot can add `{ $guild }` to `discord.guilds` in its settings.
platform-home-undecided = Moderation is off: the bot is in several servers, and its settings do not say which of them are its home servers. Whoever runs the bot has to list their ids in `discord.guilds`. The id of this server is `{ $guild }`.
