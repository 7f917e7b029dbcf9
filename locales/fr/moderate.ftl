### Ce que lit la modération.

refused-title = Réservé à la modération
refused = Seule la modération de ce serveur peut faire cela. Rien n’a été changé.

reload-running-title = Rechargement de la FAQ
reload-step-indexing = Les fichiers sont valides. La nouvelle révision est indexée ; les membres reçoivent les anciennes réponses jusqu’à son entrée en vigueur.
reload-step-embedding = Lecture des nouvelles formulations : { $done } sur { $of }. Les membres reçoivent les anciennes réponses jusqu’à l’entrée en vigueur de la nouvelle révision.
reload-step-training = La nouvelle révision est entraînée ; les membres reçoivent les anciennes réponses jusqu’à son entrée en vigueur.
reload-step-testing = Les tests propres aux entrées sont posés ; les membres reçoivent les anciennes réponses jusqu’à l’entrée en vigueur de la nouvelle révision.
reload-title = La FAQ a été rechargée
reload-unchanged-title = Rien à recharger
reload-unchanged = Les fichiers sont identiques à ceux en vigueur. La révision { $generation } reste en vigueur.
reload-in-force = La révision { $generation } est en vigueur, prête en { $milliseconds } ms.
reload-added = Ajoutées ({ $count }) : { $entries }
reload-changed = Modifiées ({ $count }) : { $entries }
reload-removed = Retirées ({ $count }) : { $entries }
reload-announcement-changed = L’annonce elle-même a changé.
reload-same-entries = Aucune entrée n’a été ajoutée, modifiée ni retirée.
reload-and-more = et { $count } de plus
reload-findings = { $count ->
    [one] Une remarque :
   *[other] { $count } remarques :
}
reload-tests-passed = { $count ->
    [0] Les entrées ne contiennent aucun test.
    [one] Le seul test des entrées a réussi.
   *[other] Les { $count } tests des entrées ont réussi.
}
reload-tests-failed = { $failed } tests des entrées sur { $count } ont échoué :
reload-test-ask = `{ $entry }` ne répond pas à son propre test « { $question } ».
reload-test-ask-other = `{ $entry }` ne répond pas à son propre test « { $question } » ; c’est `{ $other }` qui répond.
reload-test-not = `{ $entry }` répond à « { $question } », ce qui ne doit pas arriver.

refused-reload-title = Pas rechargée
refused-reload-still = La révision { $generation } reste en vigueur, inchangée.
refused-reload-nothing-in-force = Aucune FAQ n’est en vigueur : le bot ne peut pas répondre aux questions. Une fois corrigés, les fichiers sont chargés dans la minute.
refused-reload-findings = Les fichiers contiennent des erreurs, rien n’a donc été changé :
refused-reload-shrunk = La FAQ passerait de { $before } à { $after } entrées. Si c’est voulu, confirmez-le.
refused-reload-tests = Des tests des entrées qui réussissaient échoueraient, rien n’a donc été changé :
refused-reload-build = La nouvelle révision n’a pas pu être construite : { $reason }.
refused-reload-panic = La nouvelle révision n’a pas pu être construite : le bot a échoué. Référence pour le journal de l’exploitant : { $reference }
button-reload-shrunk = Recharger quand même

test-title = Comment cette question est tranchée
test-part = Partie { $number }, langue { $lang }
test-decision = Décision : **{ $decision }**, confiance { $confidence } %
test-margin = Marge { $margin }, seuil { $threshold }
test-hit = { $number }. `{ $entry }` { $score }
test-no-hits = Aucune entrée n’est proche.
test-nothing = Il n’y a rien à chercher.
test-private = Vous seul voyez ceci, et ce n’est pas compté.
decision-answer = réponse `{ $entry }`
decision-passages = propose les passages les plus proches de l’annonce, par paragraphe : { $paragraphs }
decision-suggest = questions proches { $entries }
decision-not-covered = non traité `{ $entry }`
decision-unknown = inconnu
decision-unknown-near = inconnu, questions proches { $entries }
decision-route = aiguillage { $route } `{ $entry }`

status-title = Ce qui est en vigueur
status-generation = Révision { $generation }, contenu `{ $hash }`
status-nothing-in-force = **Aucune FAQ n’est en vigueur** : le bot ne peut pas répondre aux questions.
status-entries = Réponses : { $answers } · sujets non traités : { $not_covered } · aiguillages : { $routes } · formulations : { $wordings }
status-announcement = Annonce : « { $title } » · paragraphes : { $paragraphs }
status-no-announcement = Aucune annonce
status-in-force-since = En vigueur depuis { $since } ({ $age })
status-findings = Erreurs : { $errors } · avertissements : { $warnings }
status-provisional = Cette révision est provisoire : elle répond moins souvent jusqu’à ce que la révision complète soit prête, dans une ou deux minutes.
status-last-refused = Le dernier rechargement, à { $at }, a été refusé ; les fichiers diffèrent de ce qui est en vigueur.
status-not-helpful = « Pas utile » depuis le démarrage : { $count }
status-not-helpful-kept = « Pas utile » ces { $days } derniers jours : { $count }
status-not-helpful-most = Le plus souvent : { $entries }
age-minutes = { $count ->
    [0] moins d’une minute
    [one] une minute
   *[other] { $count } minutes
}
age-hours = { $count ->
    [one] une heure
   *[other] { $count } heures
}
age-days = { $count ->
    [one] un jour
   *[other] { $count } jours
}
