//! Golden conversations: `tests/conversations/*.md` replayed over the repository's own FAQ, the bot's part compared.
//!
//! `ann> text` mentions the bot in a server; `ann (direct)>` writes to it alone, `ann (aloud)>` writes in an ask channel
//! and addresses nobody, `(fr)` has a French client, `(moderator)` may moderate. A text may be a command or
//! `press "label"`, which presses a button of the reply above. `##` begins another conversation.
//!
//! `UPDATE=1 cargo test conversations` rewrites the bot's part; read the diff like code.

use std::{fs, path::Path, sync::Arc};

use faqbot::{
    Lang,
    bot::{Actor, Arguments, Ask, Bot, Clock, Place, Reply, Request, Visibility, command_ask, find_command},
    config::Config,
    ids::{ChannelId, GuildId, UserId},
    knowledge::{BuildOptions, Current, Generation, load},
};

#[tokio::test]
async fn every_conversation_goes_as_it_is_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conversations");
    let mut paths: Vec<_> = fs::read_dir(&folder).unwrap().map(|item| item.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    assert!(paths.len() >= 15, "{} conversations", paths.len());
    let is_update = std::env::var_os("UPDATE").is_some();
    let (current, mut differences) = (repository(), String::new());
    for path in paths {
        let written = fs::read_to_string(&path).unwrap();
        let replayed = replay(&written, &current).await;
        if is_update {
            fs::write(&path, &replayed).unwrap();
        } else if let Some(difference) = difference(&written, &replayed) {
            differences.push_str(&format!("\n{}: {difference}", path.file_name().unwrap().display()));
        }
    }
    assert!(
        differences.is_empty(),
        "{differences}\n\n`UPDATE=1 cargo test conversations` rewrites the bot's part"
    );
}

/// The first lines that differ.
fn difference(written: &str, replayed: &str) -> Option<String> {
    let (mut before, mut after) = (written.lines(), replayed.lines());
    for at in 1.. {
        match (before.next(), after.next()) {
            (None, None) => break,
            (Some(was), Some(is)) if was == is => {}
            (was, is) => {
                let show = |line: Option<&str>| line.unwrap_or("(the end)").to_owned();
                return Some(format!("line {at}\n  written: {}\n  replayed: {}", show(was), show(is)));
            }
        }
    }
    None
}

/// The repository's own FAQ, built once for all runs.
fn repository() -> Arc<Current> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let loaded = load(&root.join("faq"), today()).unwrap_or_else(|findings| panic!("{findings:?}"));
    let config = Config::default();
    let options = BuildOptions {
        index_dir: Path::new(env!("CARGO_TARGET_TMPDIR")).join("index"),
        vectors: config.search.vectors,
        caution: config.search.caution,
    };
    Arc::new(Current::new(Generation::build(loaded.content, 1, &options, &|_| {}).unwrap()))
}

fn moment() -> jiff::Timestamp {
    "2026-01-15T12:00:00Z".parse().unwrap()
}

fn today() -> jiff::civil::Date {
    Clock::Fixed(moment()).today()
}

/// The text with the bot's part as it is today.
async fn replay(written: &str, current: &Arc<Current>) -> String {
    let mut config = Config::default();
    config.limits.asks_per_half_minute = 100_000;
    let bot = Bot::with_clock(Arc::new(config), Arc::clone(current), Clock::Fixed(moment()));
    let (mut replayed, mut last) = (String::new(), None);
    let mut lines = written.lines().peekable();
    while let Some(line) = lines.next() {
        replayed.push_str(line);
        replayed.push('\n');
        if line.starts_with("## ") {
            last = None;
        }
        let Some(turn) = Turn::read(line) else { continue };
        // The bot's part as written goes; what it says today takes its place.
        if lines.next_if(|line| line.starts_with("bot>")).is_some() {
            while lines.next_if(|line| line.starts_with("  ")).is_some() {}
        }
        let reply = bot.handle(turn.request(last.as_ref())).await;
        replayed.push_str(&render(&reply));
        last = Some(reply);
    }
    replayed
}

/// What one person says.
struct Turn<'a> {
    name: &'a str,
    how: Vec<&'a str>,
    text: &'a str,
}

impl<'a> Turn<'a> {
    /// Reads `ann (direct, fr)> text`.
    fn read(line: &'a str) -> Option<Turn<'a>> {
        let (who, text) = line.split_once("> ")?;
        let (name, how) = who.split_once(" (").unwrap_or((who, ""));
        let is_name = !name.is_empty() && name != "bot" && name.chars().all(|c| c.is_ascii_lowercase());
        let how = how.trim_end_matches(')').split(", ").collect();
        is_name.then_some(Turn { name, how, text: text.trim() })
    }

    fn is(&self, how: &str) -> bool {
        self.how.contains(&how)
    }

    /// The person's number, by the name.
    fn id(&self) -> UserId {
        UserId::new(self.name.bytes().fold(0, |id, byte| id * 31 + u64::from(byte)))
    }

    fn request(&self, last: Option<&Reply>) -> Request {
        Request {
            actor: Actor { id: self.id(), is_moderator: self.is("moderator") },
            place: if self.is("direct") {
                Place::Direct
            } else {
                Place::Guild { guild: GuildId::new(1), channel: ChannelId::new(2) }
            },
            locale: if self.is("fr") { Lang::Fr } else { Lang::En },
            ask: self.ask(last),
        }
    }

    fn ask(&self, last: Option<&Reply>) -> Ask {
        let text = || self.text.to_owned();
        if let Some(label) = self.text.strip_prefix("press \"") {
            return press(label.trim_end_matches('"'), self.id(), last);
        }
        if let Some(call) = self.text.strip_prefix('/') {
            return command(call);
        }
        match () {
            () if self.is("aloud") => Ask::Overheard { text: text() },
            () => Ask::Question { text: text(), private: (!self.is("direct")).then_some(false) },
        }
    }
}

/// What a command asks, its text option without a name.
fn command(call: &str) -> Ask {
    let (name, rest) = call.split_once(' ').unwrap_or((call, ""));
    let (sub, rest_of_sub) = rest.split_once(' ').unwrap_or((rest, ""));
    let (command, text) = match find_command(name, Some(sub)) {
        Some(command) => (command, rest_of_sub),
        None => (find_command(name, None).unwrap_or_else(|| panic!("no command: /{call}")), rest),
    };
    command_ask(command.word, Arguments { text: text.to_owned(), private: None })
}

/// What a press on a button of the reply above asks.
fn press(label: &str, by: UserId, last: Option<&Reply>) -> Ask {
    let buttons = last.map(|reply| reply.buttons.as_slice()).unwrap_or_default();
    let button = buttons.iter().find(|button| button.label == label);
    let labels: Vec<&str> = buttons.iter().map(|button| button.label.as_str()).collect();
    let action = &button.unwrap_or_else(|| panic!("no button {label:?} among {labels:?}")).action;
    action.ask(by).unwrap_or_else(|| panic!("{action:?} is no press for a conversation"))
}

/// The bot's part: each line indented, no empty ones, then what a reader cannot see in brackets.
fn render(reply: &Reply) -> String {
    if reply.is_silent() {
        return "bot> (silent)\n".to_owned();
    }
    let mut lines = Vec::new();
    for card in &reply.cards {
        lines.extend(card.title.iter().map(|title| format!("**{title}**")));
        lines.extend(card.body.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned));
        for source in &card.sources {
            let paragraph =
                source.paragraph.map_or("title".to_owned(), |number| format!("paragraph {number}"));
            lines.push(format!("“{}” ({paragraph})", source.quote));
        }
    }
    lines.extend(reply.form.iter().map(|form| format!("[form: {}]", form.title)));
    lines.push(remarks(reply));
    format!("bot> {}\n", lines.join("\n  "))
}

fn remarks(reply: &Reply) -> String {
    let outcome = format!("{:?}", reply.outcome).to_lowercase();
    let entries: String =
        reply.cards.iter().filter_map(|card| card.entry.as_ref()).map(|entry| format!(" {entry}")).collect();
    let mut remarks = format!("[{outcome}{entries}]");
    if reply.visibility == Visibility::Private {
        remarks.push_str(" [private]");
    }
    if let Some(public) = &reply.in_public {
        let said: Vec<&str> =
            public.cards.iter().map(|card| card.body.lines().next().unwrap_or_default()).collect();
        remarks.push_str(&format!(" [in public, if need be: {}]", said.join(" ")));
    }
    if !reply.buttons.is_empty() {
        let labels: Vec<&str> = reply.buttons.iter().map(|button| button.label.as_str()).collect();
        remarks.push_str(&format!(" [buttons: {}]", labels.join(" | ")));
    }
    remarks
}
