//! `faqbot ask`: answers one question from the arguments, or one per line of standard input, through [`Bot::handle`].
//!
//! `ask/json.rs` is the output for scripts; `ask/explain.rs` shows the scores.
//!
//! [`Bot::handle`]: crate::bot::Bot::handle

mod explain;
mod json;

pub(crate) use explain::decision;

use std::{
    io::{self, BufRead, Write},
    sync::Arc,
};

use crate::{
    bot::{
        Ask as Asked, Reply, Request,
        request::{Actor, Place},
    },
    cli::{
        args::{Ask, Global},
        color,
        exit::CommandError,
        logs, setup, terminal,
    },
    ids::UserId,
    lang::Lang,
};

/// Runs `faqbot ask`.
pub(crate) fn command(global: &Global, args: &Ask, out: &mut dyn Write) -> Result<(), CommandError> {
    let config = Arc::new(setup::settings(global)?);
    logs::start_quietly(&config.log);
    if args.explain {
        let generation = setup::generation(&config)?;
        return each_question(args, |question| explain::explain(&generation, question, out));
    }
    let bot = setup::bot(config)?;
    let runtime = setup::runtime()?;
    let handle = |request: Request| runtime.block_on(bot.handle(request));
    match (&args.question, args.json) {
        (Some(question), true) => json::one(question, &handle, out),
        (None, true) => json::lines(io::stdin().lock(), &handle, out),
        _ => {
            let mut people = (1..).map(UserId::new);
            each_question(args, |question| plainly(question, people.next(), &handle, out))
        }
    }
}

/// A question asked in public, in English, by somebody who is not a moderator.
pub(in crate::cli) fn request(question: &str, person: UserId) -> Request {
    Request {
        actor: Actor { id: person, is_moderator: false },
        place: Place::Terminal,
        locale: Lang::En,
        ask: Asked::Question { text: question.to_owned(), private: None },
    }
}

fn plainly(
    question: &str,
    person: Option<UserId>,
    handle: &dyn Fn(Request) -> Reply,
    out: &mut dyn Write,
) -> Result<(), CommandError> {
    // Each line is somebody else's, so that none goes on from another.
    let reply = handle(request(question, person.unwrap_or(UserId::TERMINAL)));
    let is_coloured = color::is_coloured(&io::stdout());
    writeln!(out, "{}", terminal::render(&reply, is_coloured))?;
    Ok(out.flush()?)
}

fn each_question(
    args: &Ask,
    mut answer: impl FnMut(&str) -> Result<(), CommandError>,
) -> Result<(), CommandError> {
    if let Some(question) = &args.question {
        return answer(question);
    }
    for line in io::stdin().lock().split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        if !line.trim().is_empty() {
            answer(line.trim())?;
        }
    }
    Ok(())
}
