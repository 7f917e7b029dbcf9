### Ce que lisent les membres autour d’une réponse.

button-passages = Montrer tous les passages
button-passages-numbered = Passages de la réponse { $number }
button-remove = Retirer
every-passage-title = Extraits de l’annonce
not-your-answer = Seule la personne qui a posé la question, ou un modérateur, peut retirer cette réponse.
not-removed = Je n’ai pas pu retirer cette réponse. Un modérateur peut la supprimer comme tout autre message.
no-text = Ce message ne contient pas de texte que je puisse lire. Écrivez votre question avec des mots, s’il vous plaît.
withheld = Discord ne m’a pas montré le texte de votre réponse, car elle ne me mentionne pas. Mentionnez-moi, ou utilisez `/ask`.
way-to-a-person = Cette réponse est automatique. Si elle ne vous aide pas, restez ici : les personnes de ce serveur peuvent aussi répondre. Pour m’interroger de nouveau, mentionnez-moi.
thread-name = Réponse
closed-thread = Le fil où vous avez posé votre question est archivé ou verrouillé ; je vous réponds donc ici.
