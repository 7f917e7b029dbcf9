//! What a line of a chat means: a question, a command as on Discord, the number of a button. Pure.

use crate::bot::Ask;

/// A line, understood.
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
    /// A command that does not exist, and what does.
    Unknown(String),
}

/// The commands, for `/help`.
pub(super) const HELP: &str = "\
In this terminal: a line is a question, a number presses a button of the last reply.
/ask …            /media            /media status REFERENCE    /help    /quit
/faq reload       /faq test …       /faq status                /privacy erase
/faq enquiries    /faq retry REFERENCE                         /faq block REFERENCE";

/// Understands `typed`.
pub(super) fn parse(typed: &str) -> Line {
    let typed = typed.trim();
    if typed.is_empty() {
        return Line::Nothing;
    }
    if let Ok(number) = typed.parse() {
        return Line::Press(number);
    }
    let Some(command) = typed.strip_prefix('/') else {
        return Line::Ask(Ask::Question { text: typed.to_owned(), private: None });
    };
    let (name, rest) = split(command);
    let (sub, argument) = split(rest);
    let text = || rest.to_owned();
    let reference = || argument.to_owned();
    match (name, sub) {
        ("quit" | "exit", "") => Line::Quit,
        ("help", "") => Line::Ask(Ask::Help),
        ("ask", "") => Line::Unknown("/ask needs a question after it.".into()),
        ("ask", _) => Line::Ask(Ask::Question { text: text(), private: None }),
        ("media", "") => Line::Ask(Ask::Media),
        ("media", "status") => Line::Ask(Ask::MediaStatus { reference: reference() }),
        ("privacy", "erase") => Line::Ask(Ask::PrivacyErase),
        ("faq", "reload") => Line::Ask(Ask::Reload { allow_shrink: false }),
        ("faq", "test") => Line::Ask(Ask::Test { text: argument.to_owned() }),
        ("faq", "status") => Line::Ask(Ask::Status),
        ("faq", "enquiries") => Line::Ask(Ask::Enquiries),
        ("faq", "retry") => Line::Ask(Ask::EnquiryRetry { reference: reference() }),
        ("faq", "block") => Line::Ask(Ask::EnquiryBlock { reference: reference() }),
        _ => Line::Unknown(format!("There is no command /{command}.\n{HELP}")),
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
        assert_eq!((parse("2"), parse(""), parse("/quit")), (Line::Press(2), Line::Nothing, Line::Quit));
    }

    #[test]
    fn a_command_that_does_not_exist_is_told_and_never_asked() {
        for typed in ["/faq", "/faq relaod", "/", "/ask", "/quit now"] {
            assert!(matches!(parse(typed), Line::Unknown(_)), "{typed}");
        }
    }
}
