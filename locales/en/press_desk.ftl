### The press desk: what becomes of an enquiry, for its sender, for moderators and for the media team.

press-desk-not-set-up = Enquiries cannot be sent from here yet, and nothing was stored. Please write to the address that `/media` shows.
press-desk-not-set-up-moderator = No press desk is set up in this bot: there are no enquiries to show or change.
press-desk-no-contact = There is no address to pass an enquiry on to, so nothing was stored. Please ask a moderator of this server.

press-desk-saved = **Saved.** Reference **{ $reference }**. We pass it to { $to } now.
press-desk-saved-folder = **Saved.** Reference **{ $reference }**. No mail server is set up yet: it goes into a folder for staff now, who pass it on to { $to }. If it is urgent, please write to that address yourself.
press-desk-saved-hint = `/media status:{ $reference }` shows its state to you and nobody else.
press-desk-already = This form was already received: reference **{ $reference }**. It counts as one enquiry and is passed on once.
press-desk-deadline-understood = Your deadline is passed on as **{ $when }**.
press-desk-deadline-as-typed = Your deadline is passed on in your own words.
press-desk-without-email = You gave no e-mail address; the media team can only answer by what you wrote under “Anything else”.
press-desk-button-notify = Message me when it is passed on

press-desk-refused-blocked = The moderators have closed this form to you, and nothing was stored. You can still write to { $to } yourself.
press-desk-refused-young = This form is open to accounts that have existed for some days, and nothing was stored. You can write to { $to } yourself.
press-desk-refused-soon = Your last enquiry was moments ago, and this one was not stored. Please send it again in { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
}, or write to { $to } yourself.
press-desk-refused-day = You have reached the number of enquiries for a day, and this one was not stored. Please come back tomorrow, or write to { $to } yourself.
press-desk-refused-busy = Many enquiries have come in, and the form is closed for a while; yours was not stored. Please try again in an hour, or write to { $to } yourself.
press-desk-refused-same = You have already sent this text: reference **{ $reference }**. It is not sent twice.
press-desk-refused-flood = This text has been sent several times today, and it was not stored again. If it is yours alone, please write to { $to } yourself.

press-desk-not-stored = **Not stored, please try again.** Something on our side did not work just now, and nothing of your enquiry was kept. The button opens the form again with what you typed. You can also write to { $to } yourself.
press-desk-unconfirmed = **Not confirmed yet.** Our disk is slow just now, so we cannot tell whether your enquiry is stored. Please ask `/media status:{ $reference }` in a few minutes: if it is unknown there, it was not stored.

press-desk-status-saved = **{ $reference }**: saved. We pass it on now.
press-desk-status-delayed = **{ $reference }**: delayed. The mail server did not take it yet; we keep trying.
press-desk-status-sent = **{ $reference }**: handed to the mail server at { $time }.
press-desk-status-folder = **{ $reference }**: put into the folder for staff at { $time }.
press-desk-status-dead = **{ $reference }**: not deliverable. Staff have been notified. If it is urgent, please write to { $to } yourself.
press-desk-status-closed = **{ $reference }**: taken care of by staff.
press-desk-status-unknown = You have no enquiry with that reference here. A reference looks like M-7K4Q2, without the letters I, L, O, U and V and the digits 0 and 1; enquiries are shown only to their senders, for about a month.
press-desk-status-later = The state of enquiries cannot be read just now. Please try again in a minute.

press-desk-notify-agreed = You will get one private message when **{ $reference }** is passed on or cannot be delivered.
press-desk-dm-sent = Your enquiry { $reference } was handed to the mail server at { $time }.
press-desk-dm-folder = Your enquiry { $reference } was put into the folder for staff at { $time }.
press-desk-dm-dead = Your enquiry { $reference } could not be delivered. Staff have been notified. If it is urgent, please write to the address that `/media` shows.

press-desk-list-title = Enquiries
press-desk-list-empty = There are no enquiries.
press-desk-list-line = **{ $reference }** · { $state } · { $age } old
press-desk-list-problem = { $tries ->
    [one] one attempt failed
   *[other] { $tries } attempts failed
}, last: { $problem }
press-desk-list-paused = **Delivery is paused:** the mail server rejects the login. The operator must check the mail settings; `/faq retry` tries again at once.
press-desk-list-folder = No mail server is set up: enquiries are written into a folder and nobody is mailed.
press-desk-state-saved = saved
press-desk-state-delayed = delayed
press-desk-state-sent = handed over
press-desk-state-dead = not deliverable
press-desk-state-closed = closed
press-desk-retry-done = **{ $reference }** is tried again now.
press-desk-retry-none = There is nothing to send with that reference: it is unknown, was handed over already, or its text is erased.
press-desk-block-done = The sender of **{ $reference }** can send no more enquiries. The operator can lift this with `faqbot outbox unblock`.
press-desk-block-none = There is no enquiry with that reference.
press-desk-unavailable = The enquiries cannot be read or changed just now. Please try again in a minute; if it fails again, the operator must check the database.
press-desk-alert-dead = Enquiry **{ $reference }** could not be delivered ({ $problem }). `/faq retry` tries it again; the operator can read it with `faqbot outbox show`.
press-desk-alert-paused = The mail server rejects the login ({ $problem }): **all enquiries wait**. Nothing is lost. The operator must check the mail settings; `/faq retry` tries again at once.
press-desk-alert-disk-failed = **Enquiries cannot be stored:** the disk of the database is full or fails. Their senders are told and keep their text; nothing that was stored is lost. The operator must free some space. Another message follows once enquiries are stored again.
press-desk-alert-disk-recovered = Enquiries are stored again: the database can be written.

press-desk-mail-subject = Media enquiry { $reference }
press-desk-mail-subject-deadline = Media enquiry { $reference }, deadline { $deadline }
press-desk-mail-intro = A media enquiry came in over Discord. An answer to this mail goes to the person who asked, if they gave an address.
press-desk-mail-reference = Reference: { $reference }
press-desk-mail-name = Name and outlet: { $name }
press-desk-mail-email = E-mail: { $email }
press-desk-mail-no-email = E-mail: none given
press-desk-mail-deadline = Deadline: { $deadline }
press-desk-mail-deadline-typed = Deadline: { $deadline } (typed: { $typed })
press-desk-mail-no-deadline = Deadline: none given
press-desk-mail-language = Language of the sender’s Discord: { $language }
press-desk-mail-question = Question:
press-desk-mail-extra = Anything else:
press-desk-mail-footer = Sent by an automatic bot. The name and address were not verified.
