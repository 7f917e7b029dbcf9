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
editor-form-quotes-example = Mot pour mot d’après l’annonce, par exemple : moves the books to the main branch

editor-draft-gone = Ce brouillon n’est plus conservé : les brouillons sont gardés une heure, et pas au-delà d’un redémarrage. Rien n’a été changé. Veuillez recommencer.
editor-typed = Voici ce que vous avez écrit, pour que vous puissiez le copier :
button-editor-change = Modifier
