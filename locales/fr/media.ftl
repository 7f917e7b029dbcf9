### Le contact presse.

media-title = Pour les médias
media-write-to = Écrivez à **{ $address }**
    mailto:{ $address }
media-what-to-write = Indiquez qui vous êtes et pour quel média, votre question, votre délai avec le fuseau horaire, et comment vous joindre.
media-no-contact = Aucun contact pour les médias n’a été indiqué. Demandez à la modération de ce serveur.
media-button-form = Écrire à l’équipe médias
media-button-explained = Que devient ma demande ?
media-explained-not-set-up = On ne peut pas encore envoyer de demande d’ici. Ce que vous écrivez à l’adresse arrive directement à l’équipe médias ; ce robot ne le voit pas et ne le conserve pas.
desk-not-set-up = On ne peut pas encore envoyer de demande d’ici, et rien n’a été enregistré. Écrivez à l’adresse que montre `/media`.
desk-not-set-up-moderator = Aucun service presse n’est configuré dans ce robot : il n’y a aucune demande à montrer ou à modifier.
privacy-nothing-stored = Il n’y a rien à effacer : ce robot n’a rien enregistré sur vous.
