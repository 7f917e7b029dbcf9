//! Words that the project does not use: the field has better ones, and one thing has one name.

use std::{fs, path::Path};

use super::every_file_in;

/// A word or phrase that is not used, and what is said instead.
struct Avoided {
    phrase: &'static str,
    instead: &'static str,
    /// Where it may be used all the same: the beginning of a path, and why.
    except: &'static [(&'static str, &'static str)],
}

const fn avoid(phrase: &'static str, instead: &'static str) -> Avoided {
    Avoided { phrase, instead, except: &[] }
}

const fn avoid_but(
    phrase: &'static str,
    instead: &'static str,
    except: &'static [(&'static str, &'static str)],
) -> Avoided {
    Avoided { phrase, instead, except }
}

/// The database stores the state as `buried`, and the subcommand had that name.
const BURIED: &[(&str, &str)] = &[
    ("migrations/", "the value in the database"),
    ("src/store/", "the value in the database"),
    ("src/cli/command/outbox.rs", "the alias of the subcommand"),
];

/// Files that are still being reworded.
const NOT_YET: &[&str] = &[];

/// Words are compared in lower case, and names such as `in_flight` or `InFlight` word by word.
const AVOIDED: &[Avoided] = &[
    avoid("rim", "platform, adapter"),
    avoid("worlds", "platforms"),
    avoid("house", "architecture"),
    avoid("door", "entry point, route"),
    avoid("rehearsal", "failpoint"),
    avoid("rehearse", "failpoint"),
    avoid("lesson", "label"),
    avoid("lessons", "labels"),
    avoid("trainee", "trainer"),
    avoid("asides", "noise samples"),
    avoid("ears", "serenity's log"),
    avoid("heard", "received"),
    avoid("ledger", "session budget"),
    avoid("duties", "lifecycle"),
    avoid("landing", "result"),
    avoid("fate", "outcome"),
    avoid_but("bury", "close", BURIED),
    avoid_but("buried", "closed by hand", BURIED),
    avoid("phrasing", "wording"),
    avoid("phrasings", "wordings"),
    avoid("stranger", "unknown name"),
    avoid("answers on", "stays in force"),
    avoid("stands still", "is paused"),
    avoid("stand still", "pause"),
    avoid("let us in", "accept the login"),
    avoid("lets us in", "accepts the login"),
    avoid("lets the bot in", "accepts the login"),
    avoid("let the bot in", "accept the login"),
    avoid("system s word", "the operating system's error"),
    avoid("this machine alone", "only for loopback"),
    avoid("errs more", "makes more mistakes"),
    avoid("file a use case", "file per use case"),
    avoid("put out of a server", "removed from a server"),
    avoid("really gone", "erased from the files"),
    avoid("tells a human", "alerts the moderators"),
    avoid("paths lead from", "paths are relative to"),
];

/// The words of a line, in lower case, with a space before and after each.
fn words(line: &str) -> String {
    let mut words = " ".to_owned();
    let mut is_lower = false;
    for c in line.chars() {
        if !c.is_alphanumeric() || is_lower && c.is_uppercase() {
            words.push(' ');
        }
        if c.is_alphanumeric() {
            words.extend(c.to_lowercase());
        }
        is_lower = c.is_lowercase();
    }
    words.split_whitespace().fold(" ".to_owned(), |line, word| line + word + " ")
}

/// The sources, the English sentences and the documents.
fn prose() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let single = ["README.md", "ARCHITECTURE.md", "CHANGELOG.md", "bot.toml", "contrib/faqbot.service"];
    let single = single.map(|path| (path.to_owned(), fs::read_to_string(root.join(path)).unwrap()));
    let folders = [("src", "rs"), ("locales/en", "ftl"), ("docs", "md"), ("migrations", "sql")];
    let folders = folders.into_iter().flat_map(|(folder, extension)| every_file_in(folder, extension));
    single.into_iter().chain(folders).collect()
}

#[test]
fn no_metaphor_comes_back() {
    let mut found = Vec::new();
    for (path, text) in prose().into_iter().filter(|(path, _)| !NOT_YET.contains(&path.as_str())) {
        let avoided: Vec<&Avoided> = AVOIDED
            .iter()
            .filter(|avoided| !avoided.except.iter().any(|(place, _)| path.starts_with(place)))
            .collect();
        for (at, line) in text.lines().enumerate() {
            let line = words(line);
            let hits = avoided.iter().filter(|avoided| line.contains(&format!(" {} ", avoided.phrase)));
            found.extend(
                hits.map(|hit| format!("{path}:{}: \"{}\": rather {}", at + 1, hit.phrase, hit.instead)),
            );
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn names_are_compared_word_by_word() {
    assert_eq!(words("fn in_flight(InFlight)"), " fn in flight in flight ");
    assert!(!words("the doorbell").contains(" door "));
}
