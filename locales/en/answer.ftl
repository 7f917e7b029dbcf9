### What members read: answers, near misses, refusals, help.

only-in-english = This text exists in English only.

footer-both = Automatic reply from the FAQ
footer-announcement = Automatic reply from the announcement
footer-faq = Automatic reply from the FAQ
source-paragraph = Announcement, § { $paragraph }
source-title = Announcement, title
read-announcement = Read the announcement

passages-title = I have no answer to this
passages-body = The announcement comes nearest to your question in paragraph { $paragraph }. Please see for yourself whether it helps:
suggest-title = Did you mean one of these?
suggest-body = I am not sure enough which question you mean. Please choose one, or ask again in other words.
unknown-title = The texts do not say
unknown-body = The announcement and the FAQ do not say.
unknown-announcement-body = The announcement does not say.
unknown-faq-body = The FAQ does not say.
unknown-one-of-several = To another part of your message: the announcement and the FAQ do not say.
unknown-announcement-one-of-several = To another part of your message: the announcement does not say.
unknown-faq-one-of-several = To another part of your message: the FAQ does not say.
near-misses = Perhaps one of these helps:
reword = If I misunderstood you, please try other words.

button-why = Why this answer?
button-why-numbered = Why answer { $number }?
button-not-helpful = Not helpful
button-need = Read privately

need-title = I am sorry
need-contact = To speak to a person: { $contact }
need-without-route = I am sorry that you are going through this. I am only an automatic bot: not an emergency service, and I cannot take reports. If anyone is in danger now, please go to the police or the emergency services where you are. Otherwise please talk to the police, the local authorities or an adult you trust.
need-in-public = I would like to answer you in private. Please press the button; only you will see it.

chatter = I am listening. If you have a question, just ask.

why-title = Why this answer?
why-entry = It shows the entry “{ $question }” (`{ $entry }`).
why-wording = Nearest known wording: “{ $wording }”.
why-words = Words your question shares with it: { $words }.
why-no-words = Your question shares no word with it, but its meaning is close.
why-after = Your question did not stand by itself, so its subject was taken from what was answered before: “{ $question }” (`{ $entry }`).
why-scores = Confidence { $confidence } %, lead over the next entry { $margin } points, needed { $threshold } %.
why-generation = Revision { $generation } of the FAQ.
why-reloaded = The FAQ was reloaded since (then revision { $then }, now { $now }), so the matched words can no longer be shown.

thanks-for-feedback = Thank you, noted. You can ask again in other words, and I will look once more.
gone = This entry is no longer in the FAQ. Please ask again.
stale = This button is from an older version of the bot and no longer works. Please ask again.
wait = { $seconds ->
    [one] You are asking faster than I may answer. Please wait a second.
   *[other] You are asking faster than I may answer. Please wait { $seconds } seconds.
}
busy = I am very busy just now and could not look. Please ask again in a moment.
not-ready = I cannot answer questions at the moment, because my FAQ is not ready yet. Please try again later.
apology-title = Something went wrong
apology = Sorry, that was my fault and not yours. Please try again; if it happens again, tell a moderator this reference: { $reference }

help-title = How to ask me
help-announcement = I answer questions about “{ $title }”, from that announcement and its FAQ alone, and I show what proves each answer. If they do not say, I say so.
help-faq = I answer questions only from the FAQ. If it does not say, I say so.
help-ask = **Ask** in your own words: `/ask`, mention me, or write to me directly. English and French are answered in the same language; Kinyarwanda and Swahili are understood.
help-media = **Press**: `/media` gives the contact for members of the media.
help-need = **If someone is in danger**, please go to the police or the emergency services: I am an automatic bot and cannot take reports.
help-privacy = I do not keep the questions you ask.
help-privacy-gaps = **Privacy**: of a public question that I cannot answer well I keep the words for 90 days, without you, addresses and numbers; moderators see them only once { $min } people have asked alike. `/privacy show` shows what is stored about you.
help-example = For example: “{ $question }”
help-moderator = **Moderators**: `/faq reload` reads the FAQ again, `/faq test` shows how a question is decided, `/faq status` shows which FAQ is in use.
