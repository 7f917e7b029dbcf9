### Le service de presse : ce que devient une demande, pour qui l’envoie, pour la modération et pour l’équipe médias.

press-desk-not-set-up = On ne peut pas encore envoyer de demande d’ici, et rien n’a été enregistré. Écrivez à l’adresse que montre `/media`.
press-desk-not-set-up-moderator = Aucun service de presse n’est configuré dans ce bot : il n’y a aucune demande à montrer ou à modifier.
press-desk-no-contact = Il n’y a pas d’adresse à qui transmettre une demande ; rien n’a donc été enregistré. Demandez à la modération de ce serveur.

press-desk-saved = **Enregistré.** Référence **{ $reference }**. Nous transmettons la demande à { $to } maintenant.
press-desk-saved-folder = **Enregistré.** Référence **{ $reference }**. Aucun serveur de courriel n’est encore configuré : la demande va maintenant dans un dossier pour le personnel, qui la transmet à { $to }. Si c’est urgent, écrivez vous-même à cette adresse.
press-desk-saved-hint = `/media status:{ $reference }` montre où elle en est, à vous et à personne d’autre.
press-desk-already = Ce formulaire a déjà été reçu : référence **{ $reference }**. C’est une seule demande, transmise une seule fois.
press-desk-deadline-understood = Votre délai est transmis ainsi : **{ $when }**.
press-desk-deadline-as-typed = Votre délai est transmis dans vos propres mots.
press-desk-without-email = Vous n’avez pas donné d’adresse ; l’équipe médias ne peut répondre que par ce que vous avez écrit sous « Autre chose ».
press-desk-button-notify = M’écrire quand elle est transmise

press-desk-refused-blocked = La modération vous a fermé ce formulaire, et rien n’a été enregistré. Vous pouvez toujours écrire vous-même à { $to }.
press-desk-refused-young = Ce formulaire est ouvert aux comptes qui existent depuis quelques jours, et rien n’a été enregistré. Vous pouvez écrire vous-même à { $to }.
press-desk-refused-soon = Votre dernière demande est toute récente, et celle-ci n’a pas été enregistrée. Renvoyez-la dans { $minutes ->
    [one] une minute
   *[other] { $minutes } minutes
}, ou écrivez vous-même à { $to }.
press-desk-refused-day = Vous avez atteint le nombre de demandes pour un jour, et celle-ci n’a pas été enregistrée. Revenez demain, ou écrivez vous-même à { $to }.
press-desk-refused-busy = Beaucoup de demandes sont arrivées, et le formulaire est fermé pour un moment ; la vôtre n’a pas été enregistrée. Réessayez dans une heure, ou écrivez vous-même à { $to }.
press-desk-refused-same = Vous avez déjà envoyé ce texte : référence **{ $reference }**. Il n’est pas envoyé deux fois.
press-desk-refused-flood = Ce texte a été envoyé plusieurs fois aujourd’hui, et il n’a pas été enregistré de nouveau. S’il n’est qu’à vous, écrivez vous-même à { $to }.

press-desk-not-stored = **Non enregistré, veuillez réessayer.** Quelque chose n’a pas fonctionné chez nous, et rien de votre demande n’a été gardé. Le bouton rouvre le formulaire avec ce que vous avez saisi. Vous pouvez aussi écrire vous-même à { $to }.
press-desk-unconfirmed = **Pas encore confirmé.** Notre disque est lent en ce moment, et nous ne savons pas si votre demande est enregistrée. Demandez `/media status:{ $reference }` dans quelques minutes : si elle y est inconnue, elle n’a pas été enregistrée.

press-desk-status-saved = **{ $reference }** : enregistrée. Nous la transmettons maintenant.
press-desk-status-delayed = **{ $reference }** : retardée. Le serveur de courriel ne l’a pas encore prise ; nous continuons d’essayer.
press-desk-status-sent = **{ $reference }** : remise au serveur de courriel à { $time }.
press-desk-status-folder = **{ $reference }** : déposée dans le dossier du personnel à { $time }.
press-desk-status-dead = **{ $reference }** : impossible à transmettre. Le personnel a été averti. Si c’est urgent, écrivez vous-même à { $to }.
press-desk-status-closed = **{ $reference }** : prise en charge par le personnel.
press-desk-status-unknown = Vous n’avez ici aucune demande portant cette référence. Une référence ressemble à M-7K4Q2, sans les lettres I, L, O, U et V ni les chiffres 0 et 1 ; les demandes ne sont montrées qu’à qui les a envoyées, pendant un mois environ.
press-desk-status-later = L’état des demandes ne peut pas être lu en ce moment. Réessayez dans une minute.

press-desk-notify-agreed = Vous recevrez un seul message privé quand **{ $reference }** sera transmise ou ne pourra pas l’être.
press-desk-dm-sent = Votre demande { $reference } a été remise au serveur de courriel à { $time }.
press-desk-dm-folder = Votre demande { $reference } a été déposée dans le dossier du personnel à { $time }.
press-desk-dm-dead = Votre demande { $reference } n’a pas pu être transmise. Le personnel a été averti. Si c’est urgent, écrivez à l’adresse que montre `/media`.

press-desk-list-title = Demandes
press-desk-list-empty = Il n’y a aucune demande.
press-desk-list-line = **{ $reference }** · { $state } · depuis { $age }
press-desk-list-problem = { $tries ->
    [one] un essai a échoué
   *[other] { $tries } essais ont échoué
}, en dernier : { $problem }
press-desk-list-paused = **Les envois sont suspendus :** le serveur de courriel refuse la connexion du bot. L’exploitant doit vérifier les réglages du courriel ; `/faq retry` réessaie aussitôt.
press-desk-list-folder = Aucun serveur de courriel n’est configuré : les demandes sont écrites dans un dossier et personne ne reçoit de courriel.
press-desk-state-saved = enregistrée
press-desk-state-delayed = retardée
press-desk-state-sent = transmise
press-desk-state-dead = impossible à transmettre
press-desk-state-closed = close
press-desk-retry-done = **{ $reference }** est renvoyée maintenant.
press-desk-retry-none = Il n’y a rien à envoyer sous cette référence : elle est inconnue, déjà transmise, ou son texte est effacé.
press-desk-block-done = L’auteur de **{ $reference }** ne peut plus envoyer de demande. L’exploitant peut lever ce blocage avec `faqbot outbox unblock`.
press-desk-block-none = Aucune demande ne porte cette référence.
press-desk-unavailable = Les demandes ne peuvent pas être lues ou modifiées en ce moment. Réessayez dans une minute ; si cela échoue encore, l’exploitant doit vérifier la base de données.
press-desk-alert-dead = La demande **{ $reference }** n’a pas pu être transmise ({ $problem }). `/faq retry` la renvoie ; l’exploitant peut la lire avec `faqbot outbox show`.
press-desk-alert-paused = Le serveur de courriel refuse la connexion du bot ({ $problem }) : **toutes les demandes attendent**. Rien n’est perdu. L’exploitant doit vérifier les réglages du courriel ; `/faq retry` réessaie aussitôt.
press-desk-alert-disk-failed = **Les demandes ne peuvent pas être enregistrées :** le disque de la base de données est plein ou défaillant. Leurs auteurs en sont avertis et gardent leur texte ; rien de ce qui est enregistré n’est perdu. L’exploitant doit libérer de la place. Un autre message suivra dès que les demandes seront de nouveau enregistrées.
press-desk-alert-disk-recovered = Les demandes sont de nouveau enregistrées : la base de données accepte les écritures.

press-desk-mail-subject = Demande de presse { $reference }
press-desk-mail-subject-deadline = Demande de presse { $reference }, délai { $deadline }
press-desk-mail-intro = Une demande de presse est arrivée par Discord. Une réponse à ce courriel va à la personne qui demande, si elle a donné une adresse.
press-desk-mail-reference = Référence : { $reference }
press-desk-mail-name = Nom et média : { $name }
press-desk-mail-email = Courriel : { $email }
press-desk-mail-no-email = Courriel : aucun
press-desk-mail-deadline = Délai : { $deadline }
press-desk-mail-deadline-typed = Délai : { $deadline } (saisi : { $typed })
press-desk-mail-no-deadline = Délai : aucun
press-desk-mail-language = Langue du Discord de l’expéditeur : { $language }
press-desk-mail-question = Question :
press-desk-mail-extra = Autre chose :
press-desk-mail-footer = Envoyé par un bot. Le nom et l’adresse n’ont pas été vérifiés.
