### What a person reads about the data that the bot stores.

privacy-title = What I have stored about you
privacy-shows-nothing = I have stored nothing about you.
privacy-show-later = What is stored cannot be read just now. Please try again in a minute.
privacy-enquiries = **Enquiries to the media team**, with your Discord id and the server’s id:
privacy-enquiry = { $reference }, with everything you typed into the form
privacy-enquiry-erased = { $reference }; its text and address are erased already
privacy-notices = { $count ->
    [one] **One message** about an enquiry that I still have to send you.
   *[other] **{ $count } messages** about enquiries that I still have to send you.
}
privacy-subscriptions = **Questions whose answers you wait for**, with your Discord id:
privacy-gaps = **Questions without a good answer that you asked this week**, without your id; I find them by a mark that changes every week:
privacy-admissions = { $count ->
    [one] **One one-way mark** of an enquiry of the last 24 hours, for the limits.
   *[other] **{ $count } one-way marks** of enquiries of the last 24 hours, for the limits.
}
privacy-blocked = **A one-way mark** by which I take no more enquiries from you: a moderator asked for it.
privacy-in-memory = { $count ->
    [one] **In memory, for an hour:** the last question you asked, so that I understand a press on its buttons.
   *[other] **In memory, for an hour:** the last { $count } questions you asked, so that I understand a press on their buttons.
}
privacy-draft = **In memory, for a short while:** the form that I could not accept, so that you can open it again.
privacy-limits = Questions of earlier weeks and my public answers hold nothing by which I could find yours. `/privacy erase` erases everything listed here except the marks for the limits.
privacy-erased-questions = { $count ->
    [one] One question of yours is erased.
   *[other] { $count } questions of yours are erased.
}
privacy-erased = Everything this bot had stored about you is erased: { $enquiries ->
    [one] one enquiry
   *[other] { $enquiries } enquiries
}.
privacy-erased-unsent = { $unsent ->
    [0] All of it had been passed on or settled before.
    [one] One of them had not been passed on and will not be; if that was just being done, it may still arrive.
   *[other] { $unsent } of them had not been passed on and will not be; one that was just being passed on may still arrive.
} What the media team already received is with them. For the limits, a one-way mark without your name or number stays for a day, and one of a block for as long as the block.
privacy-nothing-stored = There is nothing to erase: this bot has stored nothing about you.
privacy-later = Nothing could be erased just now. Please try again in a minute; if it fails again, tell a moderator.
