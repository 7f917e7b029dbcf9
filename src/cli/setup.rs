//! From the arguments to settings, content, a generation and a bot: what most commands begin with.

use std::{path::Path, sync::Arc};

use crate::{
    bot::{Bot, Clock, PressDesk},
    cli::{args::Global, exit::Failure, progress::Shown},
    config::{self, Caution, Config, Origin},
    knowledge::{
        BuildOptions, Current, Generation,
        content::{
            entry::Content,
            load::{Loaded, load},
        },
    },
};

/// The settings, with the folders of the arguments in the place of their own.
pub(crate) fn settings(global: &Global) -> Result<Config, Failure> {
    let mut config = config::load(&origin(global), std::env::vars_os())?;
    if let Some(dir) = &global.faq {
        config.faq.dir.clone_from(dir);
    }
    if let Some(dir) = &global.index {
        config.index.dir.clone_from(dir);
    }
    Ok(config)
}

/// The file of settings that the arguments mean.
pub(crate) fn origin(global: &Global) -> Origin {
    global.config.clone().map_or(Origin::Usual, Origin::Named)
}

/// The content of `faq.dir`, checked.
pub(crate) fn content(config: &Config) -> Result<Loaded, Failure> {
    let dir = &config.faq.dir;
    load(dir, today()).map_err(|findings| Failure::Content { dir: dir.clone(), findings })
}

/// The first generation of the content of `faq.dir`, with its progress shown.
pub(crate) fn generation(config: &Config) -> Result<Generation, Failure> {
    build(config, content(config)?.content)
}

fn build(config: &Config, content: Content) -> Result<Generation, Failure> {
    let shown = Shown::new();
    let options = options(config, config.search.caution);
    let generation = Generation::build(content, 1, &options, &|step| shown.build(step));
    shown.end();
    Ok(generation?)
}

/// How a generation is built under these settings.
pub(crate) fn options(config: &Config, caution: Caution) -> BuildOptions {
    BuildOptions { index_dir: config.index.dir.clone(), vectors: config.search.vectors, caution }
}

/// A bot over the content of `faq.dir`, and the cell of its generation.
pub(crate) fn bot(config: Arc<Config>, desk: Option<PressDesk>) -> Result<(Arc<Bot>, Arc<Current>), Failure> {
    let loaded = content(&config)?;
    let current = Arc::new(Current::new(build(&config, loaded.content)?));
    let bot = Bot::new(config, Arc::clone(&current));
    bot.reloader().loaded_with(loaded.warnings);
    let bot = match desk {
        Some(desk) => bot.with_desk(desk),
        None => bot,
    };
    Ok((Arc::new(bot), current))
}

/// The database, which must be there: a command for the operator that made an empty one would say that all is well.
pub(crate) fn database(config: &Config) -> Result<&Path, Failure> {
    let path = &config.store.path;
    if path.exists() {
        return Ok(path);
    }
    let path = path.display();
    Err(Failure::Usage(format!(
        "there is no database at {path}: the bot makes it when it first runs; look at store.path, or name the settings with --config"
    )))
}

/// The runtime behind [`Bot::handle`].
pub(crate) fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

/// The day by the clock of the bot.
pub(crate) fn today() -> jiff::civil::Date {
    Clock::System.today()
}
