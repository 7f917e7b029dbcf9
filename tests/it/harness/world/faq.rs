//! A FAQ of a few entries about a library that moves: quick to build, with entries that share hardly a word.

use std::{fs, path::Path};

/// Writes it into `dir`.
pub(crate) fn write_small_faq(dir: &Path) {
    for (name, text) in FILES {
        let path = dir.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

const FILES: &[(&str, &str)] = &[
    ("announcement.md", ANNOUNCEMENT),
    ("why-moving.md", WHY_MOVING),
    ("new-place.md", NEW_PLACE),
    ("books-lent.md", BOOKS_LENT),
    ("opening-hours.md", OPENING_HOURS),
    ("fr/why-moving.md", WHY_MOVING_FR),
    ("_routes/media.md", MEDIA),
    ("_routes/need.md", NEED),
    ("_routes/greeting.md", GREETING),
    ("_routes/chatter.md", CHATTER),
    ("_routes/off-topic.md", OFF_TOPIC),
];

const ANNOUNCEMENT: &str = r#"+++
title = "The Library Moves"
url = "https://library.example/news/moves"
media_contact = "press@library.example"
publisher = "The Library"
+++
After 30 years the library moves, because rain comes through its old roof and the repair costs more than a new house. The new house stands at the Mill Pond.

In those years over 900 books were lent to the prison, and not one of them was lost.
"#;

const WHY_MOVING: &str = r#"+++
question = "Why is the library moving?"
quotes = ["rain comes through its old roof and the repair costs more than a new house"]
asks = ["what is the reason for moving"]
not = ["why is the bank moving"]

[also_asked]
en = [
  "why do you move", "reason for moving", "what is wrong with the old roof", "is it because of the rain",
  "why leave the old house", "how come the library moves", "is the repair too expensive",
]
fr = [
  "pourquoi déménagez-vous", "raison du déménagement", "pourquoi quitter la vieille maison", "à cause de la pluie",
  "le toit est-il abîmé", "la réparation coûte trop cher",
]
+++
Rain comes through the old roof, and the repair costs more than a new house.
"#;

const WHY_MOVING_FR: &str = r#"+++
question = "Pourquoi la bibliothèque déménage-t-elle ?"
+++
La pluie traverse le vieux toit, et la réparation coûte plus cher qu'une maison neuve.
"#;

const NEW_PLACE: &str = r#"+++
question = "Where is the new house?"
quotes = ["The new house stands at the Mill Pond"]
asks = ["where does the new house stand"]
not = ["where is the station"]

[also_asked]
en = [
  "where do you move to", "new address of the library", "where does the new building stand", "is it at the Mill Pond",
  "which place are you going to", "location of the new house", "where can i find you then",
]
fr = [
  "où est la nouvelle maison", "à quel endroit allez-vous", "nouvelle adresse de la bibliothèque",
  "où vous trouver maintenant", "est-ce près de l'étang",
]
+++
The new house stands at the Mill Pond.
"#;

const BOOKS_LENT: &str = r#"+++
question = "How many books were lent to the prison?"
quotes = ["over 900 books were lent to the prison, and not one of them was lost"]
asks = ["how many books did prisoners get"]

[also_asked]
en = [
  "number of books for the prison", "did prisoners lose books", "books lent to inmates", "how many books lent",
  "were any prison books lost", "books and the prison", "did you lend books to prisoners",
]
fr = [
  "combien de livres prêtés à la prison", "des livres pour les prisonniers", "les livres de la prison sont-ils perdus",
  "nombre de livres prêtés", "avez-vous prêté des livres aux détenus",
]
+++
Over 900 books were lent to the prison, and not one of them was lost.
"#;

const OPENING_HOURS: &str = r#"+++
question = "When does the library open?"
kind = "not_covered"
asks = ["what are your hours"]
not = ["where is the new house"]

[also_asked]
en = [
  "opening hours", "when do you open", "are you open on sundays", "until what time are you open", "closing time",
  "is the library open today", "opening times please",
]
fr = [
  "quand ouvrez-vous", "heures d'ouverture", "à quelle heure fermez-vous", "êtes-vous ouverts le dimanche",
  "horaires de la bibliothèque",
]
+++
The announcement does not say when the library opens.
"#;

const MEDIA: &str = r#"+++
question = "How can the media reach you?"
route = "media"
asks = ["i write for a newspaper, who can i interview"]
not = ["where is the new house"]

[also_asked]
en = [
  "press contact", "i am a journalist", "media enquiry", "who do journalists talk to", "interview for the radio",
  "press office email", "i am a reporter and need a quote",
]
+++
Journalists are welcome to write.
"#;

const NEED: &str = r#"+++
question = "Somebody hurts me. Who can help?"
route = "need"
asks = ["my uncle hits me"]
not = ["why is the library moving"]

[also_asked]
en = [
  "he beats me", "someone hurts me at home", "i am being abused", "my husband hits me", "help me he is violent",
  "my stepfather touches me", "a man raped my friend",
]
+++
I am sorry that this is happening. Please talk to the police or to somebody you trust.
"#;

const GREETING: &str = r#"+++
question = "Hello"
route = "small_talk"
asks = ["good morning"]
not = ["why is the library moving"]

[also_asked]
en = ["hi", "hello there", "hey bot", "good evening", "hi everyone", "howdy", "greetings"]
+++
Hello! Ask me about the move of the library.
"#;

const CHATTER: &str = r#"+++
question = "lol"
route = "chatter"
asks = ["see you at six"]
not = ["why is the library moving"]

[also_asked]
en = ["see you at five", "that is sad", "ok thanks mate", "i saw the news", "so cool", "me too", "good for them"]
+++
I am listening.
"#;

const OFF_TOPIC: &str = r#"+++
question = "What is the weather like?"
route = "off_topic"
asks = ["who won the match"]
not = ["why is the library moving"]

[also_asked]
en = [
  "who won the football match", "write me a poem", "what is the capital of france", "how do i cook rice",
  "tell me a joke", "which phone should i buy", "how tall is the tower",
]
+++
That is not what I know about. I answer questions about the move of the library.
"#;
