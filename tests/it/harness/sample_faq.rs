//! A small FAQ for tests, written as files are, and the bot over it.

use std::{path::Path, sync::Arc};

use faqbot::{
    Lang,
    bot::{Actor, Ask, Bot, Clock, Place, Reply, Request},
    config::{Config, Confirm},
    ids::{ChannelId, GuildId, UserId},
    knowledge::{
        BuildOptions, Bundle, Content, Current, EntryId, Findings, Generation, SourceFile, validate,
    },
};

/// Every kind of file: an announcement, answers with and without French, a subject not covered, all routes.
pub(crate) const FILES: &[(&str, &str)] = &[
    (
        "announcement.md",
        "+++\ntitle = \"The library closes\"\nurl = \"https://library.example/closing\"\n\
         media_contact = \"press@library.example\"\npublisher = \"The library\"\n+++\n\
         The library closes its branch. It moves the books to the main house.\n\n\
         Readers borrowed over 300 books.\n",
    ),
    (
        "books.md",
        "+++\nquestion = \"How many books were borrowed?\"\nquotes = [\"borrowed over 300 books\"]\n+++\n\
         Readers borrowed over 300 books.\n",
    ),
    (
        "why-closing.md",
        "+++\nquestion = \"Why does the branch close?\"\nquotes = [\"moves the books to the main house\"]\n\
         also_asked = [\"what is the reason for closing\"]\n+++\n\
         The library moves the books to the main house.\n",
    ),
    (
        "fr/why-closing.md",
        "+++\nquestion = \"Pourquoi la filiale ferme-t-elle ?\"\n+++\n\
         La bibliothèque déplace les livres vers la maison principale.\n",
    ),
    (
        "opening-hours.md",
        "+++\nquestion = \"When is the main house open?\"\nkind = \"not_covered\"\n+++\n\
         The announcement gives no opening hours.\n",
    ),
    (
        "_routes/media.md",
        "+++\nquestion = \"I write for a paper\"\nroute = \"media\"\n+++\nThank you for your interest.\n",
    ),
    (
        "_routes/need.md",
        "+++\nquestion = \"Somebody hurt me\"\nroute = \"need\"\n+++\nI am so sorry. Please turn to people near you.\n",
    ),
    (
        "_routes/greeting.md",
        "+++\nquestion = \"hello\"\nroute = \"small_talk\"\n+++\nHello! Ask me about the library.\n",
    ),
    (
        "_routes/off-topic.md",
        "+++\nquestion = \"what is the weather\"\nroute = \"off_topic\"\n+++\nThat is not about the library.\n",
    ),
    ("_routes/chatter.md", "+++\nquestion = \"lol\"\nroute = \"chatter\"\n+++\nI am listening.\n"),
];

/// The small FAQ, parsed and checked.
pub(crate) fn content() -> Content {
    parsed(FILES)
}

/// These files, parsed and checked.
pub(crate) fn parsed(files: &[(&str, &str)]) -> Content {
    let file =
        |(path, text): &(&str, &str)| SourceFile { path: (*path).into(), bytes: text.as_bytes().into() };
    let bundle = Bundle::new(files.iter().map(file).collect(), Findings::new());
    match validate(&bundle, today()) {
        Ok(loaded) => loaded.content,
        Err(findings) => {
            panic!("{}", findings.iter().map(|finding| finding.line() + "\n").collect::<String>())
        }
    }
}

/// The day on which every test happens.
pub(crate) fn today() -> jiff::civil::Date {
    clock().today()
}

/// The clock of every test.
pub(crate) fn clock() -> Clock {
    Clock::Fixed("2026-08-01T12:00:00Z".parse().unwrap())
}

/// An id.
pub(crate) fn id(name: &str) -> EntryId {
    EntryId::new(name).unwrap()
}

/// The bot over these files, its index in `folder`.
pub(crate) fn bot(files: &[(&str, &str)], folder: &Path, mut config: Config) -> Bot {
    config.faq.dir = folder.join("faq");
    config.index.dir = folder.join("index");
    config.search.vectors = false;
    config.reload.confirm = Confirm::Never;
    let options =
        BuildOptions { index_dir: config.index.dir.clone(), vectors: false, caution: config.search.caution };
    let generation = Generation::build(parsed(files), 1, &options, &|_| {}).unwrap();
    Bot::with_clock(Arc::new(config), Arc::new(Current::new(generation)), clock())
}

/// Writes the files where the bot of `folder` reads them.
pub(crate) fn write(files: &[(&str, &str)], folder: &Path) {
    for (path, text) in files {
        let path = folder.join("faq").join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
}

/// A member in a channel asks something.
pub(crate) fn member(ask: Ask) -> Request {
    let place = Place::Guild { guild: GuildId::new(1), channel: ChannelId::new(2) };
    Request { actor: Actor { id: UserId::new(7), is_moderator: false }, place, locale: Lang::En, ask }
}

/// A moderator in a channel asks something.
pub(crate) fn moderator(ask: Ask) -> Request {
    let mut request = member(ask);
    request.actor.is_moderator = true;
    request
}

/// Somebody at the terminal asks a question.
pub(crate) fn at_terminal(text: &str) -> Request {
    let ask = Ask::Question { text: text.into(), private: None };
    Request {
        actor: Actor { id: UserId::new(0), is_moderator: true },
        place: Place::Terminal,
        locale: Lang::En,
        ask,
    }
}

/// All text of a reply's cards.
pub(crate) fn words(reply: &Reply) -> String {
    let of = |card: &faqbot::bot::Card| {
        let title = card.title.clone().unwrap_or_default();
        format!("{title}\n{}\n{}", card.body, card.footer.clone().unwrap_or_default())
    };
    reply.cards.iter().map(of).collect()
}
