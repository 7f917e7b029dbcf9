### Ce que lisent les modérateurs pendant qu’ils modifient une entrée.

editor-form-title-new = Une nouvelle entrée
editor-form-title = Modifier l’entrée ({ $lang })
editor-form-question = Question
editor-form-question-example = Pourquoi la filiale ferme-t-elle ?
editor-form-answer = Réponse
editor-form-answer-example = Seulement ce que dit l’annonce. Le Markdown est permis.
editor-form-wordings = Autres formulations, une par ligne
editor-form-wordings-example = quelle est la raison de la fermeture
editor-form-add = Formulations à ajouter, une par ligne
editor-form-remove = Formulations à retirer, une par ligne
editor-form-remove-example = Son texte, ou son numéro dans la liste de l’aperçu
editor-form-quotes = Citations qui le prouvent, une par ligne
editor-form-quotes-example = Mot pour mot d’après l’annonce ; vide si elle ne le dit pas
editor-form-english = Le texte anglais, pour le lire
editor-form-english-example = Ce que vous écrivez ici ne change rien

editor-draft-gone = Ce brouillon n’est plus conservé : les brouillons sont gardés une heure, et pas au-delà d’un redémarrage. Rien n’a été changé. Veuillez recommencer.
editor-typed = Voici ce que vous avez écrit, pour que vous puissiez le copier :
button-editor-change = Modifier

editor-no-entry = Cette entrée n’existe pas. Tapez-en un mot après `entry:` et choisissez parmi celles qui s’affichent.
editor-unreadable = Les fichiers de `{ $entry }` ne peuvent pas être lus. Merci de prévenir l’exploitant.
editor-no-file = Il n’y a pas de fichier de `{ $entry }` dans le dossier de la FAQ. Elle vient peut-être d’être retirée.
editor-broken = Un fichier de `{ $entry }` contient des erreurs et doit d’abord être corrigé dans le dossier :
editor-no-id = La question doit contenir au moins une lettre ou un chiffre.
editor-nothing-changed = Cela ne changerait rien.
editor-conflict-title = Quelqu’un d’autre a modifié cette entrée
editor-conflict = Les fichiers de `{ $entry }` ont changé depuis que vous avez ouvert le formulaire. Rien n’a été écrasé. Copiez ci-dessous ce qu’il vous faut et rouvrez l’entrée.
editor-conflict-now = Telle qu’elle est maintenant
editor-conflict-typed = Telle que vous l’avez écrite
editor-busy-title = Une modification à la fois
editor-busy = { $by } examine une modification de la FAQ. Réessayez quand elle sera appliquée ou annulée ; sinon elle expire dans { $minutes ->
    [one] une minute
   *[other] { $minutes } minutes
}.
editor-busy-yourself = Votre dernière modification est encore en cours de vérification. Réessayez dans un instant.
editor-change-gone = Cet aperçu ne peut plus servir : il a été appliqué ou annulé, un quart d’heure est passé, le bot a redémarré, ou il appartient à un autre modérateur. Rien n’a été changé.
editor-changed-meanwhile = La FAQ a changé depuis votre aperçu, elle a donc été revérifiée. Regardez encore une fois.
editor-cancelled = Annulé. Rien n’a été changé.

preview-title = Aperçu
preview-blocked-title = Ceci ne peut pas être appliqué
preview-blocked = Un test qui réussissait échouerait. Modifiez ce que vous avez écrit, ou retirez le test du fichier de son entrée.
preview-nothing-yet = Rien n’a encore changé. Les membres le verront quand vous aurez appuyé sur Appliquer.
preview-counts = +{ $added } −{ $removed } ~{ $changed } entrées
preview-differences = { $count ->
    [0] Aucune question sur { $of } ne reçoit une autre réponse.
    [one] Une question sur { $of } reçoit une autre réponse :
   *[other] { $count } questions sur { $of } reçoivent une autre réponse :
}
preview-difference = *{ $question }* : { $before } → { $after }
preview-broken-tests = { $count ->
    [0] 0 test qui réussissait échoue désormais.
    [one] Un test qui réussissait échoue désormais :
   *[other] { $count } tests qui réussissaient échouent désormais :
}
preview-new-failures = { $count ->
    [one] Un nouveau test échoue :
   *[other] { $count } nouveaux tests échouent :
}
preview-tests = En tout, { $failed } tests sur { $of } échouent.
preview-valid-until = Affichée jusqu’au { $date }.
preview-wordings-title = Autres formulations de `{ $entry }`
given-paragraphs = paragraphes de l’annonce
given-near-misses = questions proches
given-nothing = pas de réponse
button-apply = Appliquer
button-cancel = Annuler
button-teach-new = Aucune : une nouvelle entrée
teach-title = Quelle entrée y répond ?
teach-choose = « { $wording } » devient une formulation de plus de l’entrée que vous choisissez. Vous verrez ce que cela change avant de l’appliquer.
teach-nothing-near = Aucune entrée n’est proche de « { $wording } ».
refused-conflict = { $file } a été modifié par quelqu’un d’autre. Rien n’a été écrasé.
refused-write = La modification n’a pas pu être écrite : { $reason }. Merci de prévenir l’exploitant.

history-title = Ce qui a été changé
history-empty = Rien n’a été changé depuis le début de l’historique.
history-not-kept = Ce bot fonctionne sans base de données, il n’y a donc pas d’historique.
history-unreadable = L’historique ne peut pas être lu pour le moment. Veuillez réessayer.
history-no-such = Cette version n’existe pas. `/faq history` montre les 20 dernières.
history-line = **{ $id }** · <t:{ $at }:f> · { $by } · { $origin } · +{ $added } −{ $removed } ~{ $changed } { $subject }
history-nobody = personne
history-origin-start = démarrage du bot
history-origin-files = fichiers
history-origin-edit = modification
history-origin-rollback = retour à
button-rollback = Revenir à { $id }
audit-line = { $actor } : `{ $action }` { $reference }

preview-valid-from = Affichée à partir du { $date }.
preview-review-by = À relire avant le { $date }.

quote-title = Passages de l’annonce
quote-nothing = Aucun passage de l’annonce ne contient ces mots.
quote-line = **{ $number }.** (paragraphe { $paragraph }) > { $passage }
button-quote = Utiliser le { $number } dans une entrée
coverage-title = Ce qui manque
coverage-complete = Chaque entrée a une version française, assez de formulations et un test, et aucune relecture n’est en retard.
coverage-counts = Ce que les membres demandent le plus vient en premier ; entre parenthèses, le nombre de réponses publiques des 30 derniers jours qui montrent l’entrée.
coverage-overdue = Relecture en retard ({ $count }) : { $entries }
coverage-hidden = Pas affichées aujourd’hui à cause de leurs dates ({ $count }) : { $entries }
coverage-no-french = Sans version française ({ $count }) : { $entries }
coverage-few-wordings = Moins de six formulations ({ $count }) : { $entries }
coverage-no-tests = Sans test à elles ({ $count }) : { $entries }

review-title = Une modification attend une approbation
review-asked = { $author } a modifié la FAQ. Un autre modérateur doit l’approuver ; d’ici là, rien ne change pour les membres.
review-before = { $entry } ({ $lang }), telle qu’elle est maintenant
review-after = { $entry } ({ $lang }), telle que proposée
review-parts = { $entry } : formulations et citations
review-sent-title = Envoyé pour approbation
review-sent = Votre modification attend l’approbation d’un autre modérateur dans le salon de modération, une semaine au plus et pas au-delà d’un redémarrage du bot. Rien n’a encore changé.
review-own = C’est votre propre modification. Un autre modérateur doit l’approuver.
review-gone = Cette modification n’attend plus : elle a été approuvée, rejetée ou montrée de nouveau plus bas, une semaine est passée, ou le bot a redémarré. Rien n’a été changé.
review-again = La FAQ a changé depuis. La modification a été vérifiée de nouveau ; regardez le nouveau message dans le salon de modération.
review-again-later = La modification n’a pas pu être appliquée à l’instant. Appuyez encore une fois sur Approuver.
review-no-channel = Les modifications doivent être approuvées par un autre modérateur, mais aucun salon de modération n’est défini. Prévenez l’exploitant. Rien n’a été changé.
review-full = Trop de modifications attendent déjà une approbation. Faites-en d’abord approuver ou rejeter quelques-unes. Rien n’a été changé.
review-approved = { $by } a approuvé la modification de { $author } : { $entries }. Elle est en vigueur.
review-rejected = { $by } a rejeté la modification de { $author } : { $entries }. Rien n’a été changé.
review-rejected-by-you = Rejeté. Rien n’a été changé.
review-conflict = La modification de { $author } ne peut plus être appliquée : { $file } a été modifié par quelqu’un d’autre. Rien n’a été écrasé ; la modification est à refaire.
button-approve = Approuver
button-reject = Rejeter
