### The press desk: what becomes of an enquiry, for its sender, for moderators and for the media team.

desk-not-set-up = Enquiries cannot be sent from here yet, and nothing was stored. Please write to the address that `/media` shows.
desk-not-set-up-moderator = No press desk is set up in this bot: there are no enquiries to show or change.
desk-no-contact = There is no address to pass an enquiry on to, so nothing was stored. Please ask a moderator of this server.

desk-saved = **Saved.** Reference **{ $reference }**. We pass it to { $to } now.
desk-saved-folder = **Saved.** Reference **{ $reference }**. No mail server is set up yet: it goes into a folder for staff now, who pass it on to { $to }. If it is urgent, please write to that address yourself.
desk-saved-hint = `/media status:{ $reference }` shows its state to you and nobody else.
desk-already = This form was already received: reference **{ $reference }**. It counts as one enquiry and is passed on once.
desk-deadline-understood = Your deadline is passed on as **{ $when }**.
desk-deadline-as-typed = Your deadline is passed on in your own words.
desk-without-email = You gave no e-mail address; the media team can only answer by what you wrote under “Anything else”.
desk-button-notify = Message me when it is passed on

desk-refused-blocked = The moderators have closed this form to you, and nothing was stored. You can still write to { $to } yourself.
desk-refused-young = This form is open to accounts that have existed for some days, and nothing was stored. You can write to { $to } yourself.
desk-refused-soon = Your last enquiry was moments ago, and this one was not stored. Please send it again in { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
}, or write to { $to } yourself.
desk-refused-day = You have reached the number of enquiries for a day, and this one was not stored. Please come back tomorrow, or write to { $to } yourself.
desk-refused-busy = Many enquiries have come in, and the form is closed for a while; yours was not stored. Please try again in an hour, or write to { $to } yourself.
desk-refused-same = You have already sent this text: reference **{ $reference }**. It is not sent twice.
desk-refused-flood = This text has been sent several times today, and it was not stored again. If it is yours alone, please write to { $to } yourself.

desk-not-stored = **Not stored, please try again.** Something on our side did not work just now, and nothing of your enquiry was kept. The button opens the form again with what you typed. You can also write to { $to } yourself.
desk-unconfirmed = **Not confirmed yet.** Our disk is slow just now, so we cannot tell whether your enquiry is stored. Please ask `/media status:{ $reference }` in a few minutes: if it is unknown there, it was not stored.

desk-status-saved = **{ $reference }**: saved. We pass it on now.
desk-status-delayed = **{ $reference }**: delayed. The mail server did not take it yet; we keep trying.
desk-status-sent = **{ $reference }**: handed to the mail server at { $time }.
desk-status-folder = **{ $reference }**: put into the folder for staff at { $time }.
desk-status-dead = **{ $reference }**: not deliverable. Staff have been notified. If it is urgent, please write to { $to } yourself.
desk-status-buried = **{ $reference }**: taken care of by staff.
desk-status-unknown = You have no enquiry with that reference here. A reference looks like M-7K4Q2, without the letters I, L, O, U and V and the digits 0 and 1; enquiries are shown only to their senders, for about a month.
desk-status-later = The state of enquiries cannot be read just now. Please try again in a minute.

desk-notify-agreed = You will get one private message when **{ $reference }** is passed on or cannot be delivered.
desk-dm-sent = Your enquiry { $reference } was handed to the mail server at { $time }.
desk-dm-folder = Your enquiry { $reference } was put into the folder for staff at { $time }.
desk-dm-dead = Your enquiry { $reference } could not be delivered. Staff have been notified. If it is urgent, please write to the address that `/media` shows.

privacy-erased = Everything this bot had stored about you is erased: { $enquiries ->
    [one] one enquiry
   *[other] { $enquiries } enquiries
}. { $unsent ->
    [0] All of it had been passed on or settled before.
    [one] One of them had not been passed on and will not be; if that was just being done, it may still arrive.
   *[other] { $unsent } of them had not been passed on and will not be; one that was just being passed on may still arrive.
} What the media team already received is with them. For the limits, a one-way mark without your name or number stays for a day, and one of a block for as long as the block.
privacy-nothing-stored = There is nothing to erase: this bot has stored nothing about you.
privacy-later = Nothing could be erased just now. Please try again in a minute; if it fails again, tell a moderator.

desk-list-title = Enquiries
desk-list-empty = There are no enquiries.
desk-list-line = **{ $reference }** · { $state } · { $age } old
desk-list-problem = { $tries ->
    [one] one attempt failed
   *[other] { $tries } attempts failed
}, last: { $problem }
desk-list-paused = **Delivery is paused:** the mail server rejects the login. The operator must check the mail settings; `/faq retry` tries again at once.
desk-list-folder = No mail server is set up: enquiries are written into a folder and nobody is mailed.
desk-state-saved = saved
desk-state-delayed = delayed
desk-state-sent = handed over
desk-state-dead = not deliverable
desk-state-buried = closed
desk-retry-done = **{ $reference }** is tried again now.
desk-retry-none = There is nothing to send with that reference: it is unknown, was handed over already, or its text is erased.
desk-block-done = The sender of **{ $reference }** can send no more enquiries. The operator can lift this with `faqbot outbox unblock`.
desk-block-none = There is no enquiry with that reference.
desk-unavailable = The enquiries cannot be read or changed just now. Please try again in a minute; if it fails again, the operator must check the database.
desk-alert-dead = Enquiry **{ $reference }** could not be delivered ({ $problem }). `/faq retry` tries it again; the operator can read it with `faqbot outbox show`.
desk-alert-paused = The mail server rejects the login ({ $problem }): **all enquiries wait**. Nothing is lost. The operator must check the mail settings; `/faq retry` tries again at once.
desk-alert-disk-failed = **Enquiries cannot be stored:** the disk of the database is full or fails. Their senders are told and keep their text; nothing that was stored is lost. The operator must free some space. Another message follows once enquiries are stored again.
desk-alert-disk-recovered = Enquiries are stored again: the database can be written.

desk-mail-subject = Media enquiry { $reference }
desk-mail-subject-deadline = Media enquiry { $reference }, deadline { $deadline }
desk-mail-intro = A media enquiry came in over Discord. An answer to this mail goes to the person who asked, if they gave an address.
desk-mail-reference = Reference: { $reference }
desk-mail-name = Name and outlet: { $name }
desk-mail-email = E-mail: { $email }
desk-mail-no-email = E-mail: none given
desk-mail-deadline = Deadline: { $deadline }
desk-mail-deadline-typed = Deadline: { $deadline } (typed: { $typed })
desk-mail-no-deadline = Deadline: none given
desk-mail-language = Language of the sender’s Discord: { $language }
desk-mail-question = Question:
desk-mail-extra = Anything else:
desk-mail-footer = Sent by an automatic bot. The name and address were not verified.
