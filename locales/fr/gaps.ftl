### Ce que lisent les modérateurs sur les questions restées sans réponse, et sur les chiffres.

gaps-title = Ce que les membres ont demandé en vain
gaps-in-vain = **{ $number }.** Sans réponse : posée { $count } fois, par au moins { $askers } personnes.
gaps-unhelpful = **{ $number }.** { $count ->
    [one] La réponse `{ $entry }` a été jugée « Pas utile » une fois, après :
   *[other] La réponse `{ $entry }` a été jugée « Pas utile » { $count } fois, après :
}
gaps-chosen = **{ $number }.** Au moins { $askers } personnes ont choisi `{ $entry }` parmi les propositions, après avoir demandé :
gaps-hidden = { $questions ->
    [one] Une autre question, que moins de { $min } personnes ont posée ({ $clusters } groupe), est seulement comptée.
   *[other] { $questions } autres questions, que moins de { $min } personnes ont posées ({ $clusters } groupes), sont seulement comptées.
}
gaps-none = Rien à montrer : aucune question n’a été posée en vain par assez de personnes, ou toutes ont trouvé une réponse depuis.
gaps-off = Les questions ne sont pas conservées : `privacy.keep_gaps` vaut `false` dans les réglages.
gaps-no-store = Rien n’est conservé ici : ce bot fonctionne sans base de données.
gaps-later = La base de données est indisponible pour le moment. Veuillez réessayer dans un instant.
gaps-gone = Ces questions ne sont plus là : elles ont trouvé une réponse, ont été écartées ou supprimées entre-temps.
gaps-dismissed = { $count ->
    [one] Écartée : cette question ne sera plus montrée.
   *[other] Écartées : ces { $count } questions ne seront plus montrées.
}
gaps-button-write = { $number } · Écrire une entrée
gaps-button-add = { $number } · Ajouter à une entrée…
gaps-button-teach = { $number } · Ajouter comme formulation
gaps-button-dismiss = { $number } · Écarter
gaps-button-more = Voir la suite
gaps-button-list = Retour à la liste

stats-title = Questions et réponses
stats-period = Les { $days } derniers jours ensemble :
stats-counts = Posées { $asked } · répondues { $answered } · propositions { $suggested } · sans réponse { $unknown } · « Pas utile » { $unhelpful }
stats-median = La moitié des réponses ont pris moins de { $median } ms.
stats-day = `{ $day }` posées { $asked } · répondues { $answered } · propositions { $suggested } · sans réponse { $unknown } · « Pas utile » { $unhelpful }

subscribe-button = Prévenez-moi s’il y a une réponse
subscribed = Je vous enverrai un seul message privé dès que la FAQ répondra à cette question. D’ici là, je garde la question avec votre identifiant Discord, 90 jours au plus ; `/privacy erase` la supprime aussitôt.
subscribed-already = Vous recevrez un message privé au sujet de cette question ; je l’ai déjà notée.
subscribed-too-many = Vous attendez déjà les réponses à cinq questions, et je n’en garde pas plus. `/privacy show` les affiche, `/privacy erase` les supprime.
subscribe-forgotten = Je ne me souviens plus de la question : je ne la garde qu’une heure. Veuillez la poser de nouveau, puis appuyer sur le bouton.
subscribe-later = Je n’ai pas pu noter cela pour le moment. Veuillez réessayer dans un instant.
subscription-due = Vous m’avez demandé de vous prévenir : la FAQ répond maintenant à votre question. J’ai supprimé la question.

corrections-none = Rien à corriger : chaque réponse publique des 30 derniers jours dit ce que dit la FAQ aujourd’hui.
corrections-offer = { $count ->
    [one] Une réponse publique des 30 derniers jours dit autre chose que la FAQ aujourd’hui.
   *[other] { $count } réponses publiques des 30 derniers jours disent autre chose que la FAQ aujourd’hui.
} Elles peuvent être modifiées : chacune reçoit une note et la nouvelle réponse.
corrections-button = { $count ->
    [one] Signaler une réponse passée
   *[other] Signaler { $count } réponses passées
}
corrections-ordered = { $count ->
    [one] Une réponse passée est en cours de correction.
   *[other] { $count } réponses passées sont en cours de correction, l’une après l’autre ; cela peut prendre quelques minutes.
}
corrections-note = **Corrigé le { $day }.** La FAQ a changé depuis cette réponse. Elle dit maintenant :
corrections-withdrawn = La réponse qui se trouvait ici a été retirée de la FAQ. Posez de nouveau votre question si elle vous intéresse encore.

digest-title = La semaine en questions
digest-period = Du { $first } au { $last } :
digest-gaps = **Le plus souvent demandé en vain**
digest-more = `/faq unanswered` montre tout et ouvre le formulaire d’une entrée ; `/faq stats` montre chaque jour.
digest-legend = 🟦 répondues · 🟨 propositions · 🟥 sans réponse ; au-dessus de chaque barre le nombre de questions, au-dessous le jour
digest-picture = Une barre pour chacun des sept jours : questions répondues, avec propositions, sans réponse
