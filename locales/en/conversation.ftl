### What members read around an answer.

button-passages = Show every passage
button-passages-numbered = Passages of answer { $number }
button-remove = Remove
every-passage-title = From the announcement
not-your-answer = Only the person who asked, or a moderator, can remove this answer.
not-removed = I could not remove this answer. A moderator can delete it as any other message.
no-text = There is no text in this message that I can read. Please write your question in words.
withheld = Discord did not show me the text of your reply, because it does not mention me. Please mention me in it, or use `/ask`.
way-to-a-person = This was automatic. If it does not help, stay here: people of this server can answer too. To ask me again, mention me.
thread-name = Answer
closed-thread = The thread you asked in is archived or locked, so I answer you here.
