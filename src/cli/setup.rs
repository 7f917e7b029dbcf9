//! From the arguments to settings, content, a generation and a bot: the first steps of most commands.

use std::{path::Path, sync::Arc};

use futures_util::FutureExt;
use tokio::runtime::Runtime;

use crate::{
    bot::{
        Bot, Clock, PressDesk,
        reload::{Attempt, ReloadError, SharedAttempt},
    },
    cli::{args::Global, exit::CommandError, progress::ProgressDisplay},
    config::{self, Caution, Config, Origin},
    knowledge::{
        BuildError, BuildOptions, Current, Generation,
        content::{
            entry::Content,
            load::{Loaded, load},
        },
    },
};

/// Loads the settings; `--faq` and `--index` override their folders.
pub(crate) fn settings(global: &Global) -> Result<Config, CommandError> {
    let mut config = config::load(&origin(global), std::env::vars_os())?;
    if let Some(dir) = &global.faq {
        config.faq.dir.clone_from(dir);
    }
    if let Some(dir) = &global.index {
        config.index.dir.clone_from(dir);
    }
    Ok(config)
}

/// The settings file that the arguments name.
pub(crate) fn origin(global: &Global) -> Origin {
    global.config.clone().map_or(Origin::Default, Origin::Named)
}

/// Loads and checks the content of `faq.dir`.
pub(crate) fn content(config: &Config) -> Result<Loaded, CommandError> {
    let dir = &config.faq.dir;
    load(dir, today()).map_err(|findings| CommandError::Content { dir: dir.clone(), findings })
}

/// Builds a generation from the content of `faq.dir` and displays the progress.
pub(crate) fn generation(config: &Config) -> Result<Generation, CommandError> {
    build(config, content(config)?.content)
}

fn build(config: &Config, content: Content) -> Result<Generation, CommandError> {
    let shown = ProgressDisplay::new();
    let options = options(config, config.search.caution);
    let generation = Generation::build(content, 1, &options, &|step| shown.build(step));
    shown.end();
    Ok(generation?)
}

/// The build options for these settings.
pub(crate) fn options(config: &Config, caution: Caution) -> BuildOptions {
    BuildOptions { index_dir: config.index.dir.clone(), vectors: config.search.vectors, caution }
}

/// A bot over the content of `faq.dir`, for a command that ends if the content is invalid.
pub(crate) fn bot(config: Arc<Config>) -> Result<Arc<Bot>, CommandError> {
    let loaded = content(&config)?;
    let current = Arc::new(Current::new(build(&config, loaded.content)?));
    let bot = Bot::new(config, current);
    bot.reloader().set_warnings(loaded.warnings);
    Ok(Arc::new(bot))
}

/// A bot that has no FAQ until [`start_loading`] is called.
pub(crate) fn unloaded_bot(config: &Arc<Config>, desk: Option<PressDesk>) -> Result<Arc<Bot>, CommandError> {
    let bot = Bot::new(Arc::clone(config), Arc::new(Current::new(Generation::empty()?)));
    Ok(Arc::new(match desk {
        Some(desk) => bot.with_desk(desk),
        None => bot,
    }))
}

/// Loads the FAQ of a bot in the background and displays the progress. Files that are refused are replaced by the last good
/// ones; without them the bot is not ready. It needs a Tokio runtime.
pub(crate) fn start_loading(bot: &Bot) -> SharedAttempt {
    let display = ProgressDisplay::new();
    let shown = display.clone();
    let loading = bot.reloader().start(move |step| shown.build(step));
    let load = async move {
        let attempt = loading.await;
        display.end();
        attempt
    };
    load.boxed().shared()
}

/// The error of a start whose FAQ could not be built, if no older one is in force.
pub(crate) fn load_fault(bot: &Bot, attempt: &Attempt) -> Option<CommandError> {
    match attempt {
        Err(ReloadError::Build(error)) if !bot.is_ready() => Some(build_failed(error)),
        _ => None,
    }
}

/// A bot that can be asked: over the content of `faq.dir` or the last good content, or over a provisional generation
/// while the full one is built. It is for a command that ends if there is none of them.
pub(crate) fn ready_bot(
    config: &Arc<Config>,
    desk: Option<PressDesk>,
    runtime: &Runtime,
) -> Result<(Arc<Bot>, SharedAttempt), CommandError> {
    let bot = unloaded_bot(config, desk)?;
    let display = ProgressDisplay::new();
    let loading = {
        let _context = runtime.enter();
        // From then on somebody types, and whatever is displayed would be in the way.
        let (loader, shown) = (Arc::clone(&bot), display.clone());
        bot.reloader().start(move |step| {
            if !loader.is_ready() {
                shown.build(step);
            }
        })
    };
    runtime.block_on(async {
        tokio::select! {
            _ = loading.clone() => {}
            () = bot.reloader().until_ready() => {}
        }
    });
    display.end();
    if bot.is_ready() {
        return Ok((bot, loading));
    }
    match &*runtime.block_on(loading.clone()) {
        Err(error) if !bot.is_ready() => Err(match error {
            ReloadError::Findings(findings) => {
                CommandError::Content { dir: config.faq.dir.clone(), findings: findings.clone() }
            }
            ReloadError::Build(error) => build_failed(error),
            other => CommandError::Temporary(other.to_string()),
        }),
        _ => Ok((bot, loading)),
    }
}

/// The error of a start without any generation.
fn build_failed(error: &BuildError) -> CommandError {
    match error {
        BuildError::Model(_) => CommandError::Permanent(error.to_string()),
        BuildError::Io { .. } | BuildError::Index(_) => CommandError::Temporary(error.to_string()),
    }
}

/// The path of the database, which must exist: an operator's command must not create an empty one and report no enquiries.
pub(crate) fn database(config: &Config) -> Result<&Path, CommandError> {
    let path = &config.store.path;
    if path.exists() {
        return Ok(path);
    }
    let path = path.display();
    Err(CommandError::Usage(format!(
        "there is no database at {path}: the bot creates it on its first run; check store.path, or name the settings file with --config"
    )))
}

/// The Tokio runtime of a command.
pub(crate) fn runtime() -> Result<Runtime, CommandError> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

/// Today's date by the bot's clock.
pub(crate) fn today() -> jiff::civil::Date {
    Clock::System.today()
}
