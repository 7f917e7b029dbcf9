# Ce que l’adaptateur Discord ajoute à une réponse, et ce qu’il affiche quand il n’y en a pas.
platform-sent-privately = Je vous ai écrit en privé. Vous pouvez aussi appuyer sur le bouton ci-dessous : vous seul verrez la réponse.
platform-press-privately = J’ai une réponse pour vous uniquement. Appuyez sur le bouton ci-dessous : personne d’autre ne la verra. Vos réglages ne me permettent pas de vous envoyer un message privé.
platform-closed = Je n’ai pas pu vous envoyer de message privé. Pour recevoir ma réponse, autorisez les messages privés des membres de ce serveur, ou utilisez /ask.
platform-apology = Désolé, un problème est survenu de mon côté et je n’ai pas pu répondre. Veuillez réessayer. Si cela se reproduit, prévenez un modérateur.
platform-nothing = Je n’ai rien à ajouter ici.
platform-typed = Voici ce que vous aviez écrit, pour que rien ne soit perdu :
platform-muted-title = Je ne peux pas écrire dans un salon
platform-muted = Discord ne me laisse pas écrire dans <#{ $channel }>. Donnez-moi dans ce salon les permissions « Voir le salon », « Envoyer des messages » et « Intégrer des liens », ou retirez-le de `discord.ask_channels`.
platform-not-home = La modération ne fonctionne que sur les serveurs d’attache du bot, et ce serveur n’en fait pas partie. La personne qui gère le bot peut ajouter `{ $guild }` à `discord.guilds` dans ses réglages.
platform-home-undecided = La modération est désactivée : le bot est sur plusieurs serveurs, et ses réglages n’indiquent pas lesquels sont ses serveurs d’attache. La personne qui gère le bot doit indiquer leurs identifiants dans `discord.guilds`. L’identifiant de ce serveur est `{ $guild }`.
