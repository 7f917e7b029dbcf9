//! The bot in a terminal: the same requests as on Discord, with buttons as numbered choices and forms asked field by field.
//!
//! `chat/input.rs` reads a line, `chat/line.rs` parses it, `chat/form.rs` asks for the fields of a form.

mod form;
mod input;
mod line;
mod screen;

use std::{
    io::{self, IsTerminal, Write},
    path::PathBuf,
    sync::Arc,
};

use tokio::runtime::Runtime;
use tokio_util::sync::CancellationToken;

use self::{
    input::{Input, Piped, Typed},
    line::Line,
};
use crate::{
    bot::{
        Ask, Bot, Request,
        reload::SharedAttempt,
        reply::{Action, Button, Form, Reply},
        request::{Actor, Place},
        watch,
    },
    cli::{args::Global, color, exit::CommandError, logs, press_desk::Press, progress, setup, terminal},
    config::Config,
    ids::{InteractionId, UserId},
    knowledge::content::entry::Kind,
    lang::Lang,
    mail::LogOnly,
};

/// `faqbot chat`
pub(crate) fn command(global: &Global, out: &mut dyn Write) -> Result<(), CommandError> {
    let config = Arc::new(setup::settings(global)?);
    logs::start_quietly(&config.log);
    let runtime = setup::runtime()?;
    // Questions are answered whatever is wrong with the press desk: then the bot says that it has none.
    let press =
        Press::open(&config, &runtime).map_err(|error| tracing::warn!(%error, "there is no press desk")).ok();
    let (bot, loading) = setup::ready_bot(&config, press.as_ref().map(Press::desk), &runtime)?;
    let stop = CancellationToken::new();
    let mail = press.and_then(|press| {
        let started = runtime.block_on(press.start(Arc::new(LogOnly), stop.clone()));
        started
            .map_err(|error| tracing::warn!(%error, "enquiries are stored but not handed over from here"))
            .ok()
    });
    let loading = Some(loading).filter(|loading| loading.peek().is_none());
    let chat = Chat { bot, runtime: &runtime, out, locale: locale(), buttons: Vec::new(), loading };
    let result = talk(&config, chat);
    stop.cancel();
    if let Some(mail) = mail {
        // What is left waits in the database for the next start.
        let _ = runtime.block_on(mail);
    }
    result
}

/// Holds the conversation until the input ends.
fn talk(config: &Config, mut chat: Chat<'_>) -> Result<(), CommandError> {
    if io::stdin().is_terminal() {
        let (reloader, folder) = (Arc::clone(chat.bot.reloader()), config.faq.dir.clone());
        let watched = config.faq.watch.then_some(folder);
        chat.runtime.spawn(async move {
            let hangups = watch::Hangups::install();
            watch::run(reloader, watched.as_deref(), hangups, CancellationToken::new()).await;
        });
        writeln!(chat.out, "Ask a question, or type /help or /quit.")?;
        return chat.run(&mut Typed::new(history(config))?);
    }
    let mut input = Piped::new(io::stdin().lock());
    if input.is_over()? {
        let questions = samples(&chat.bot);
        return chat.samples(&questions);
    }
    chat.run(&mut input)
}

struct Chat<'a> {
    bot: Arc<Bot>,
    runtime: &'a Runtime,
    out: &'a mut dyn Write,
    locale: Lang,
    buttons: Vec<Button>,
    /// The first build, while a provisional generation answers.
    loading: Option<SharedAttempt>,
}

impl Chat<'_> {
    fn run(&mut self, input: &mut dyn Input) -> Result<(), CommandError> {
        loop {
            self.show_loading()?;
            let Some(typed) = input.next("you> ", self.out)? else { break };
            match line::parse(&typed) {
                Line::Nothing => {}
                Line::Quit => break,
                Line::Ask(ask) => {
                    let is_help = ask == Ask::Help;
                    self.ask(ask, input)?;
                    if is_help {
                        writeln!(self.out, "{}\n", line::HELP)?;
                    }
                }
                Line::Press(number) => self.press(number, input)?,
                Line::Unknown(problem) => writeln!(self.out, "{problem}\n")?,
            }
            self.out.flush()?;
        }
        Ok(())
    }

    /// Says that the answers are provisional, and once, that they no longer are.
    fn show_loading(&mut self) -> Result<(), CommandError> {
        match self.loading.take() {
            Some(loading) if loading.peek().is_some() => {
                writeln!(
                    self.out,
                    "(The index is complete: from now on every question is matched by meaning too.)\n"
                )?;
            }
            Some(loading) => {
                let step = self.bot.reloader().progress().map(progress::line);
                writeln!(self.out, "{}\n", unfinished(step.as_deref()))?;
                self.loading = Some(loading);
            }
            None => {}
        }
        Ok(())
    }

    /// Three questions of the content and their answers, for whoever only wants to see that it works.
    fn samples(&mut self, questions: &[String]) -> Result<(), CommandError> {
        writeln!(
            self.out,
            "There is no input; these are questions of the FAQ.
"
        )?;
        for question in questions {
            writeln!(
                self.out,
                "> {question}
"
            )?;
            let reply = self.handle(Ask::Question { text: question.clone(), private: None });
            self.show(&reply)?;
        }
        Ok(())
    }

    fn ask(&mut self, ask: Ask, input: &mut dyn Input) -> Result<(), CommandError> {
        let mut reply = self.handle(ask);
        while let Some(form) = reply.form.take() {
            match self.fill_in(&form, input)? {
                Some(ask) => reply = self.handle(ask),
                None => {
                    writeln!(self.out, "Nothing was sent.\n")?;
                    return Ok(());
                }
            }
        }
        self.show(&reply)?;
        self.buttons = reply.buttons;
        Ok(())
    }

    fn fill_in(&mut self, form: &Form, input: &mut dyn Input) -> Result<Option<Ask>, CommandError> {
        Ok(form::fill_in(form, input, self.out)?
            .map(|fields| form.id.ask(InteractionId::new(form::number()), fields)))
    }

    fn press(&mut self, number: usize, input: &mut dyn Input) -> Result<(), CommandError> {
        let Some(button) = number.checked_sub(1).and_then(|at| self.buttons.get(at)) else {
            writeln!(self.out, "There is no choice {number} under the last reply.\n")?;
            return Ok(());
        };
        match (button.action.ask(UserId::TERMINAL), &button.action) {
            (Some(ask), _) => self.ask(ask, input),
            (None, Action::Link(url)) => Ok(writeln!(self.out, "{url}\n")?),
            (None, _) => Ok(()),
        }
    }

    fn handle(&self, ask: Ask) -> Reply {
        let actor = Actor { id: UserId::TERMINAL, is_moderator: true };
        let request = Request { actor, place: Place::Terminal, locale: self.locale, ask };
        self.runtime.block_on(self.bot.handle(request))
    }

    /// The columns of the window; `None` where the output is no terminal.
    fn width(&self) -> Option<usize> {
        let size = io::stdout().is_terminal().then(terminal_size::terminal_size).flatten();
        size.map(|(width, _)| usize::from(width.0))
    }

    fn show(&mut self, reply: &Reply) -> Result<(), CommandError> {
        let is_coloured = color::is_coloured(&io::stdout());
        let shown = match self.width() {
            Some(width) => screen::render(reply, width, is_coloured),
            None => terminal::render(reply, is_coloured),
        };
        writeln!(self.out, "{shown}\n")?;
        Ok(self.out.flush()?)
    }
}

/// The canonical questions of three entries.
fn samples(bot: &Bot) -> Vec<String> {
    let generation = bot.generation();
    let answers = generation.content().entries.iter().filter(|entry| entry.kind == Kind::Answer);
    answers.map(|entry| entry.question().to_owned()).take(3).collect()
}

/// The language that the terminal is set to.
fn locale() -> Lang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
    set.filter(|value| !value.is_empty()).find_map(|value| Lang::from_code(&value)).unwrap_or(Lang::En)
}

/// Where the lines typed before are kept: beside the database.
fn history(config: &Config) -> PathBuf {
    config.store.path.with_file_name("chat_history")
}

/// What is said above an answer while the index is built; `step` is what is being done, if it is known yet.
fn unfinished(step: Option<&str>) -> String {
    match step {
        Some(step) if !step.is_empty() => {
            format!("(Fewer questions are answered until the index is complete: {step})")
        }
        _ => "(Fewer questions are answered until the index is complete.)".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_is_not_known_yet_leaves_no_gap() {
        let plain = "(Fewer questions are answered until the index is complete.)";
        assert_eq!(unfinished(None), plain);
        assert_eq!(unfinished(Some("")), plain);
        assert!(unfinished(Some("embedding: 2 of 9")).ends_with("complete: embedding: 2 of 9)"));
    }
}
