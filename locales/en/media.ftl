### The press desk.

media-title = For members of the media
media-write-to = Write to **{ $address }**
    mailto:{ $address }
media-what-to-write = Please say who you are and for which outlet, your question, your deadline with the time zone, and how to reach you.
media-no-contact = No contact for the media has been given. Please ask a moderator of this server.
media-button-form = Write to the media team
media-button-explained = What happens to my enquiry?
media-explained-not-set-up = Enquiries cannot be sent from here yet. What you write to the address itself goes straight to the media team; this bot neither sees nor keeps it.
desk-not-set-up = Enquiries cannot be sent from here yet, and nothing was stored. Please write to the address that `/media` shows.
desk-not-set-up-moderator = No press desk is set up in this bot: there are no enquiries to show or change.
privacy-nothing-stored = There is nothing to erase: this bot has stored nothing about you.
