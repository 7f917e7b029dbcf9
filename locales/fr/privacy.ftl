### Ce qu’une personne lit sur les données que le bot enregistre.

privacy-title = Ce que j’ai enregistré à votre sujet
privacy-shows-nothing = Je n’ai rien enregistré à votre sujet.
privacy-show-later = Ce qui est enregistré ne peut pas être lu en ce moment. Réessayez dans une minute.
privacy-enquiries = **Demandes à l’équipe médias**, avec votre identifiant Discord et celui du serveur :
privacy-enquiry = { $reference }, avec tout ce que vous avez saisi dans le formulaire
privacy-enquiry-erased = { $reference } ; son texte et son adresse sont déjà effacés
privacy-notices = { $count ->
    [one] **Un message** au sujet d’une demande, que je dois encore vous envoyer.
   *[other] **{ $count } messages** au sujet de demandes, que je dois encore vous envoyer.
}
privacy-subscriptions = **Questions dont vous attendez la réponse**, avec votre identifiant Discord :
privacy-gaps = **Questions restées sans bonne réponse que vous avez posées cette semaine**, sans votre identifiant ; je les retrouve grâce à une marque qui change chaque semaine :
privacy-admissions = { $count ->
    [one] **Une marque à sens unique** d’une demande des dernières 24 heures, pour les limites.
   *[other] **{ $count } marques à sens unique** de demandes des dernières 24 heures, pour les limites.
}
privacy-blocked = **Une marque à sens unique** par laquelle je n’accepte plus de demandes de votre part : la modération l’a demandé.
privacy-in-memory = { $count ->
    [one] **En mémoire, pour une heure :** la dernière question que vous avez posée, pour comprendre ses boutons.
   *[other] **En mémoire, pour une heure :** les { $count } dernières questions que vous avez posées, pour comprendre leurs boutons.
}
privacy-draft = **En mémoire, pour un court moment :** le formulaire que je n’ai pas pu accepter, pour que vous puissiez le rouvrir.
privacy-limits = Les questions des semaines passées et mes réponses publiques ne contiennent rien qui permette de retrouver les vôtres. `/privacy erase` efface tout ce qui est affiché ici, sauf les marques pour les limites.
privacy-erased-questions = { $count ->
    [one] Une question que vous avez posée est effacée.
   *[other] { $count } questions que vous avez posées sont effacées.
}
privacy-erased = Tout ce que ce bot avait enregistré sur vous est effacé : { $enquiries ->
    [one] une demande
   *[other] { $enquiries } demandes
}.
privacy-erased-unsent = { $unsent ->
    [0] Tout avait déjà été transmis ou réglé.
    [one] L’une d’elles n’avait pas été transmise et ne le sera pas ; si elle l’était à l’instant, elle peut encore arriver.
   *[other] { $unsent } d’entre elles n’avaient pas été transmises et ne le seront pas ; celle qui l’était à l’instant peut encore arriver.
} Ce que l’équipe médias a déjà reçu est chez elle. Pour les limites, une marque à sens unique, sans votre nom ni votre numéro, reste un jour, et celle d’un blocage aussi longtemps que lui.
privacy-nothing-stored = Il n’y a rien à effacer : ce bot n’a rien enregistré sur vous.
privacy-later = Rien n’a pu être effacé en ce moment. Réessayez dans une minute ; si cela échoue encore, prévenez la modération.
