//! Parses a line of a chat: a question, a command as on Discord, or the number of a button. Pure.

use crate::{
    bot::{
        Ask,
        commands::{self, Arguments, Command},
    },
    lang::Lang,
    text::text,
};

/// A parsed line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// Nothing was typed.
    Nothing,
    /// The person leaves.
    Quit,
    /// Something for the bot.
    Ask(Ask),
    /// The button of this number.
    Press(usize),
    /// A command that does not exist, or lacks something: what to reply.
    Unknown(String),
}

/// What only the terminal has, shown under the `/help` of the bot.
pub(super) const HELP: &str = "\
In this terminal: a line is a question, a number presses a button of the last reply, /quit leaves.";

/// Parses `typed`.
pub(super) fn parse(typed: &str) -> Line {
    let typed = typed.trim();
    if typed.is_empty() {
        return Line::Nothing;
    }
    if let Ok(number) = typed.parse() {
        return Line::Press(number);
    }
    let Some(call) = typed.strip_prefix('/') else {
        return Line::Ask(Ask::Question { text: typed.to_owned(), private: None });
    };
    if matches!(call, "quit" | "exit") {
        return Line::Quit;
    }
    let (name, rest) = split(call);
    let (sub, rest_of_sub) = split(rest);
    let found = match commands::find(name, Some(sub)) {
        Some(command) => Some((command, rest_of_sub)),
        None => commands::find(name, None).map(|command| (command, rest)),
    };
    let Some((command, rest)) = found else { return unknown(call) };
    match argument(command, rest) {
        Argument::Text(text) => {
            Line::Ask(commands::ask(command.word, Arguments { text: text.to_owned(), private: None }))
        }
        Argument::Missing(option) => {
            Line::Unknown(format!("{} needs a {option} after it.", command.name(Lang::En)))
        }
        Argument::Unexpected => unknown(call),
    }
}

fn unknown(call: &str) -> Line {
    Line::Unknown(format!("There is no command /{call}. /help lists those that there are."))
}

/// What follows a command.
enum Argument<'a> {
    /// The text of its option; empty where it has none, or where the option was left out.
    Text(&'a str),
    /// The option of that name is required.
    Missing(String),
    /// The command takes no such thing.
    Unexpected,
}

/// Reads the text of a command's option. `question:` and the like may be written as on Discord; an option that may be
/// left out must be named: `/media status M-7K4Q2`.
fn argument<'a>(command: &Command, rest: &'a str) -> Argument<'a> {
    let Some(option) = command.text_option() else {
        return if rest.is_empty() { Argument::Text("") } else { Argument::Unexpected };
    };
    let name = text(Lang::En).command_name(option.word);
    let after_name = rest.strip_prefix(name.as_str());
    let after_colon = after_name.and_then(|rest| rest.strip_prefix(':')).map(str::trim);
    match (after_colon, option.is_required) {
        (Some(""), true) => Argument::Missing(name),
        (Some(value), _) => Argument::Text(value),
        (None, true) if rest.is_empty() => Argument::Missing(name),
        (None, true) => Argument::Text(rest),
        (None, false) if rest.is_empty() => Argument::Text(""),
        (None, false) => match split(rest) {
            (first, value) if first == name => Argument::Text(value),
            _ => Argument::Unexpected,
        },
    }
}

fn split(text: &str) -> (&str, &str) {
    let text = text.trim();
    text.split_once(char::is_whitespace).map_or((text, ""), |(first, rest)| (first, rest.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_those_of_discord() {
        let question = |text: &str| Line::Ask(Ask::Question { text: text.into(), private: None });
        assert_eq!(parse(" why? "), question("why?"));
        assert_eq!(parse("/ask  why   now?"), question("why   now?"));
        assert_eq!(parse("/faq test why now"), Line::Ask(Ask::Test { text: "why now".into() }));
        assert_eq!(parse("/faq reload"), Line::Ask(Ask::Reload { allow_shrink: false }));
        assert_eq!(parse("/media status M-1"), Line::Ask(Ask::MediaStatus { reference: "M-1".into() }));
        assert_eq!(parse("/media status:M-1"), parse("/media status M-1"));
        assert_eq!(parse("/ask question:why?"), question("why?"));
        assert_eq!((parse("2"), parse(""), parse("/quit")), (Line::Press(2), Line::Nothing, Line::Quit));
    }

    #[test]
    fn a_command_that_does_not_exist_is_reported_and_never_asked() {
        for typed in ["/faq", "/faq relaod", "/", "/ask", "/quit now", "/help me", "/media now", "/faq retry"]
        {
            assert!(matches!(parse(typed), Line::Unknown(_)), "{typed}");
        }
    }
}
