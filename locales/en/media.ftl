### The contact card for members of the media and the form of the press desk.

media-title = For members of the media
media-write-to = Write to **{ $address }**
    mailto:{ $address }
media-what-to-write = Please say who you are and for which outlet, your question, your deadline with the time zone, and how to reach you.
media-no-contact = No contact for the media has been given. Please ask a moderator of this server.
media-button-form = Write to the media team
media-button-explained = What happens to my enquiry?
media-explained-not-set-up = Enquiries cannot be sent from here yet. What you write to the address itself goes straight to the media team; this bot neither sees nor keeps it.
media-explained =
    Your enquiry is stored by this bot and passed on to **{ $to }**, where the media team reads it. You get a reference as soon as it is stored, never before. If the mail server cannot be reached, the bot keeps trying for five days; if it still fails, staff are notified. `/media status` shows its state to you and nobody else.

    What is stored: what you type into the form, your Discord account’s number, and the server’s. It is used for nothing but passing the enquiry on. { $days ->
        [one] One day
       *[other] { $days } days
    } after it was handed over, its text and address are erased here; thirty days later the reference too. `/privacy erase` erases everything of yours at once.
media-explained-folder =
    Your enquiry is stored by this bot. No mail server is set up yet: it is put into a folder for staff, who pass it on to **{ $to }**. If it is urgent, please write to that address yourself.

media-form-title = Write to the media team
media-form-name = Your name and outlet
media-form-name-example = Ann Example, Daily Example
media-form-email = E-mail for the answer
media-form-email-example = ann@example.org. Used for the answer to this enquiry only.
media-form-deadline = Your deadline
media-form-deadline-example = Friday 5pm Toronto time, or 2026-11-30
media-form-question = Your question
media-form-question-example = Stored by the bot, read by the media team, erased here { $days } days after it is passed on.
media-form-extra = Anything else
media-form-extra-example = A telephone number, links, background

media-check-intro = **Nothing was sent yet.** Please correct this; the button opens the form again with what you typed.
media-check-name = **Name and outlet:** please say who you are and for whom you write.
media-check-email = **E-mail:** please give exactly one address, such as `ann@example.org`, without anything before or after it.
media-check-email-typo = **E-mail:** did you mean `{ $meant }`? If the address is right as it is, send the form again unchanged.
media-check-reach = **E-mail:** please give an address for the answer, or another way to reach you under “Anything else”.
media-check-deadline-zone = **Deadline:** in which time zone is “{ $hour }”? Please add it, for example “Toronto time”, “UTC” or “+02:00”.
media-check-deadline-clock-change = **Deadline:** the clocks change at that time, so { $hour } does not exist there or comes twice. Please give another hour, or the same one in UTC.
media-check-deadline-past = **Deadline:** { $date } has passed. Please give a day to come, or leave it empty.
media-check-question = **Question:** please write your question.
media-button-again = Open the form again
media-echo-question = Your question, so that it is not lost
media-echo-extra = Anything else, as you typed it
