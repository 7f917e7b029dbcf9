//! From the arguments to settings, content, a generation and a bot: the first steps of most commands.

use std::{path::Path, sync::Arc};

use crate::{
    bot::{Bot, Clock, PressDesk},
    cli::{args::Global, exit::CommandError, progress::ProgressDisplay},
    config::{self, Caution, Config, Origin},
    knowledge::{
        BuildOptions, Current, Generation,
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

/// A bot over the content of `faq.dir`, and the cell of its generation.
pub(crate) fn bot(
    config: Arc<Config>,
    desk: Option<PressDesk>,
) -> Result<(Arc<Bot>, Arc<Current>), CommandError> {
    let loaded = content(&config)?;
    let current = Arc::new(Current::new(build(&config, loaded.content)?));
    let bot = Bot::new(config, Arc::clone(&current));
    bot.reloader().set_warnings(loaded.warnings);
    let bot = match desk {
        Some(desk) => bot.with_desk(desk),
        None => bot,
    };
    Ok((Arc::new(bot), current))
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
pub(crate) fn runtime() -> Result<tokio::runtime::Runtime, CommandError> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

/// Today's date by the bot's clock.
pub(crate) fn today() -> jiff::civil::Date {
    Clock::System.today()
}
