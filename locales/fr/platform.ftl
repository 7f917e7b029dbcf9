# Ce que le bord Discord ajoute à une réponse, et ce qu’il dit quand aucune réponse n’a pu être obtenue.
rim-sent-privately = Je vous ai écrit en privé. Vous pouvez aussi appuyer sur le bouton ci-dessous : vous seul verrez la réponse.
rim-press-privately = J’ai une réponse pour vous seul. Appuyez sur le bouton ci-dessous : vous seul la verrez. Vos réglages ne me permettent pas de vous envoyer un message privé.
rim-closed = Je n’ai pas pu vous envoyer de message privé. Pour me lire, autorisez les messages privés des membres de ce serveur, ou utilisez /ask.
rim-apology = Désolé, un problème est survenu de mon côté et je n’ai pas pu répondre. Réessayez, s’il vous plaît ; si cela continue, prévenez un modérateur.
rim-nothing = Je n’ai rien à ajouter ici.
rim-typed = Pour que rien ne se perde, voici ce que vous aviez écrit :
rim-muted-title = Je ne peux pas écrire dans un salon
rim-muted = Discord ne me laisse pas écrire dans <#{ $channel }>. Donnez-moi dans ce salon les permissions « Voir le salon », « Envoyer des messages » et « Intégrer des liens », ou retirez-le de `discord.ask_channels`.
