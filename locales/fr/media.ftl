### Le contact presse et le formulaire du service de presse.

media-title = Pour les médias
media-write-to = Écrivez à **{ $address }**
    mailto:{ $address }
media-what-to-write = Indiquez qui vous êtes et pour quel média, votre question, votre délai avec le fuseau horaire, et comment vous joindre.
media-no-contact = Aucun contact pour les médias n’a été indiqué. Demandez à la modération de ce serveur.
media-button-form = Écrire à l’équipe médias
media-button-explained = Que devient ma demande ?
media-explained-not-set-up = On ne peut pas encore envoyer de demande d’ici. Ce que vous écrivez à l’adresse arrive directement à l’équipe médias ; ce bot ne le voit pas et ne le conserve pas.
media-explained =
    Votre demande est enregistrée par ce bot et transmise à **{ $to }**, où l’équipe médias la lit. Vous recevez une référence dès qu’elle est enregistrée, jamais avant. Si le serveur de courriel est injoignable, le bot réessaie pendant cinq jours ; si cela échoue encore, le personnel est averti. `/media status` vous montre, et à vous seul, où elle en est.

    Ce qui est enregistré : ce que vous saisissez dans le formulaire, le numéro de votre compte Discord et celui du serveur. Cela ne sert qu’à transmettre la demande. { $days ->
        [one] Un jour
       *[other] { $days } jours
    } après la transmission, le texte et l’adresse sont effacés ici ; trente jours plus tard, la référence aussi. `/privacy erase` efface aussitôt tout ce qui vous concerne.
media-explained-folder =
    Votre demande est enregistrée par ce bot. Aucun serveur de courriel n’est encore configuré : elle est déposée dans un dossier pour le personnel, qui la transmet à **{ $to }**. Si c’est urgent, écrivez vous-même à cette adresse.

media-form-title = Écrire à l’équipe médias
media-form-name = Votre nom et votre média
media-form-name-example = Anne Exemple, Le Quotidien
media-form-email = Courriel pour la réponse
media-form-email-example = anne@example.org. Ne sert qu’à répondre à cette demande.
media-form-deadline = Votre délai
media-form-deadline-example = vendredi 17h heure de Toronto, ou 2026-11-30
media-form-question = Votre question
media-form-question-example = Gardée par le bot, lue par l’équipe médias, effacée ici { $days } jours après la transmission.
media-form-extra = Autre chose
media-form-extra-example = Un numéro de téléphone, des liens, le contexte

media-check-intro = **Rien n’a encore été envoyé.** Corrigez ceci ; le bouton rouvre le formulaire avec ce que vous avez saisi.
media-check-name = **Nom et média :** dites qui vous êtes et pour qui vous écrivez.
media-check-email = **Courriel :** donnez exactement une adresse, comme `anne@example.org`, sans rien avant ni après.
media-check-email-typo = **Courriel :** vouliez-vous dire `{ $meant }` ? Si l’adresse est juste telle quelle, renvoyez le formulaire sans rien changer.
media-check-reach = **Courriel :** donnez une adresse pour la réponse, ou un autre moyen de vous joindre sous « Autre chose ».
media-check-deadline-zone = **Délai :** dans quel fuseau horaire est « { $hour } » ? Ajoutez-le, par exemple « heure de Toronto », « UTC » ou « +02:00 ».
media-check-deadline-clock-change = **Délai :** l’heure change à ce moment-là, si bien que { $hour } n’y existe pas ou revient deux fois. Indiquez une autre heure, ou la même en UTC.
media-check-deadline-past = **Délai :** le { $date } est passé. Indiquez un jour à venir, ou laissez vide.
media-check-question = **Question :** écrivez votre question.
media-button-again = Rouvrir le formulaire
media-echo-question = Votre question, pour qu’elle ne se perde pas
media-echo-extra = Autre chose, tel que vous l’avez saisi
