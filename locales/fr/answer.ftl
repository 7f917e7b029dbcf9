### Ce que lisent les membres : réponses, questions proches, refus, aide.

only-in-english = Ce texte n’existe qu’en anglais.

footer-both = Réponse automatique de la FAQ
footer-announcement = Réponse automatique d’après l’annonce
footer-faq = Réponse automatique de la FAQ
source-paragraph = Annonce, § { $paragraph }
source-title = Annonce, titre
read-announcement = Lire l’annonce

passages-title = Je n’ai pas de réponse à cette question
passages-body = Le passage de l’annonce le plus proche de votre question est le paragraphe { $paragraph }. À vous de voir s’il vous aide :
suggest-title = Vouliez-vous poser l’une de ces questions ?
suggest-body = Je ne suis pas assez sûr de la question que vous posez. Choisissez-en une, ou reformulez.
unknown-title = Les textes ne le disent pas
unknown-body = L’annonce et la FAQ ne le disent pas.
unknown-announcement-body = L’annonce ne le dit pas.
unknown-faq-body = La FAQ ne le dit pas.
unknown-one-of-several = Pour une autre partie de votre message : l’annonce et la FAQ ne le disent pas.
unknown-announcement-one-of-several = Pour une autre partie de votre message : l’annonce ne le dit pas.
unknown-faq-one-of-several = Pour une autre partie de votre message : la FAQ ne le dit pas.
near-misses = L’une de ces questions vous aidera peut-être :
reword = Si je vous ai mal compris, essayez avec d’autres mots.

button-why = Pourquoi cette réponse ?
button-why-numbered = Pourquoi la réponse { $number } ?
button-not-helpful = Pas utile
button-need = Lire en privé

need-title = Je suis désolé
need-contact = Pour parler à une personne : { $contact }
need-without-route = Je suis désolé de ce que vous vivez. Je ne suis qu’un bot : pas un service d’urgence, et je ne peux pas recevoir de signalement. Si quelqu’un est en danger maintenant, adressez-vous à la police ou aux services d’urgence là où vous êtes. Sinon, parlez à la police, aux autorités locales ou à un adulte de confiance.
need-in-public = J’aimerais vous répondre en privé. Appuyez sur le bouton ; vous seul verrez la réponse.

chatter = Je vous écoute. Si vous avez une question, posez-la simplement.

why-title = Pourquoi cette réponse ?
why-entry = Elle montre l’entrée « { $question } » (`{ $entry }`).
why-wording = Formulation connue la plus proche : « { $wording } ».
why-words = Mots que votre question partage avec elle : { $words }.
why-no-words = Votre question ne partage aucun mot avec elle, mais son sens est proche.
why-after = Votre question ne se suffisait pas à elle-même ; son sujet vient de ce à quoi il a été répondu avant : « { $question } » (`{ $entry }`).
why-scores = Confiance { $confidence } %, avance sur l’entrée suivante { $margin } points, minimum requis { $threshold } %.
why-generation = Révision { $generation } de la FAQ.
why-reloaded = La FAQ a été rechargée depuis (révision { $then } alors, { $now } maintenant) : les mots communs ne peuvent plus être montrés.

thanks-for-feedback = Merci, c’est noté. Vous pouvez reposer la question avec d’autres mots, je chercherai de nouveau.
gone = Cette entrée n’est plus dans la FAQ. Posez de nouveau votre question.
stale = Ce bouton vient d’une ancienne version du bot et ne fonctionne plus. Posez de nouveau votre question.
wait = { $seconds ->
    [one] Vous posez des questions plus vite que je ne peux y répondre. Attendez une seconde.
   *[other] Vous posez des questions plus vite que je ne peux y répondre. Attendez { $seconds } secondes.
}
busy = Je suis très occupé en ce moment et n’ai pas pu chercher. Reposez votre question dans un instant.
not-ready = Je ne peux pas répondre aux questions pour le moment, car ma FAQ n’est pas encore prête. Réessayez plus tard.
apology-title = Un problème est survenu
apology = Désolé, c’est ma faute et non la vôtre. Réessayez ; si cela se reproduit, donnez cette référence à un modérateur : { $reference }

help-title = Comment me poser une question
help-announcement = Je réponds aux questions sur « { $title } », uniquement à partir de cette annonce et de sa FAQ, et je montre ce qui prouve chaque réponse. Si elles ne disent rien, je vous le dis.
help-faq = Je réponds uniquement à partir de la FAQ. Si elle ne dit rien, je vous le dis.
help-ask = **Demandez** avec vos propres mots : `/ask`, mentionnez-moi ou écrivez-moi directement. Je réponds en français et en anglais selon la question ; je comprends le kinyarwanda et le swahili.
help-media = **Presse** : `/media` donne le contact destiné aux médias.
help-need = **Si quelqu’un est en danger**, adressez-vous à la police ou aux services d’urgence : je suis un bot et ne peux pas recevoir de signalement.
help-privacy = Je ne conserve pas les questions que vous posez.
help-privacy-gaps = **Vie privée** : d’une question publique à laquelle je ne sais pas bien répondre, je garde les mots pendant 90 jours, sans vous, ni adresses, ni chiffres ; la modération ne les voit que si { $min } personnes ont posé la même question. `/privacy show` affiche ce qui est enregistré à votre sujet.
help-example = Par exemple : « { $question } »
help-moderator = **Modération** : `/faq reload` relit la FAQ, `/faq test` montre comment une question est tranchée, `/faq status` montre quelle FAQ est utilisée.
