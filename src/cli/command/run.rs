//! `faqbot run`: the bot on Discord if there is a token, otherwise in this terminal.

use std::{io::Write, sync::Arc, time::Duration};

use tokio::{
    runtime::Runtime,
    task::JoinHandle,
    time::{sleep, timeout},
};
use tokio_util::sync::CancellationToken;

use crate::{
    bot::{
        Bot,
        watch::{self, Hangups},
    },
    cli::{
        args::Global, command::chat, exit::CommandError, logs, press_desk::Press, setup, signals::Signals,
    },
    config::{
        Config, Faults,
        secrets::{Secret, SecretName},
    },
    discord::{Discord, DiscordNotifier, Exit, ExitReason},
    health_server::{self, Sources},
    lang::Lang,
};

const NO_TOKEN: &str = "No Discord token was found, so the bot runs in this terminal; set DISCORD_TOKEN (or \
                        DISCORD_TOKEN_FILE) to a bot's token to run it on Discord.";

/// How long the delivery loop may take to stop: twenty seconds for the mail being sent, and the rest for a slow disk.
const DELIVERY_STOP: Duration = Duration::from_secs(30);

/// How long a start waits for the FAQ before it connects to Discord without one. With an index on disk a load takes less;
/// the first build takes longer.
const CONNECT_AFTER: Duration = Duration::from_secs(5);

/// Runs `faqbot run`.
pub(crate) fn run(global: &Global, out: &mut dyn Write) -> Result<(), CommandError> {
    let token = token();
    if let Ok(None) = token {
        setup::settings(global)?;
        writeln!(out, "{NO_TOKEN}\n")?;
        out.flush()?;
        return chat::command(global, out);
    }
    // Before anything else: a signal in the first moments must not have its default effect.
    let runtime = setup::runtime()?;
    let signals = {
        let _context = runtime.enter();
        Signals::install()?
    };
    let config = Arc::new(setup::settings(global)?);
    match token? {
        Some(token) => serve(config, token, runtime, signals),
        None => Ok(()),
    }
}

fn token() -> Result<Option<Secret>, Faults> {
    SecretName::DiscordToken.read(&|name| std::env::var_os(name))
}

/// Runs the service until it is stopped or cannot go on.
fn serve(config: Arc<Config>, token: Secret, runtime: Runtime, signals: Signals) -> Result<(), CommandError> {
    logs::start(&config.log);
    for fault in &token.warnings {
        tracing::warn!(code = fault.code.as_str(), file = %token.origin, "{}", fault.message);
    }
    if config.discord.moderator_channel.is_none() {
        tracing::warn!("discord.moderator_channel is not set: alerts are only logged");
    }
    let press = Press::open(&config, &runtime)?;
    let bot = setup::unloaded_bot(&config, Some(press.desk()))?;
    let exit = runtime.block_on(async {
        let stop = CancellationToken::new();
        let hangups = signals.stop_with(stop.clone());
        let discord = match Discord::new(token.value, Arc::clone(&config)) {
            Ok(discord) => discord,
            Err(reason) => return Ok(reason.into()),
        };
        tokio::spawn(report_reloads(Arc::clone(&bot), discord.notifier()));
        let sources = Sources { bot: Arc::clone(&bot), discord: discord.health(), store: press.store() };
        let serving = serve_health(&config, sources, stop.clone()).await?;
        // The delivery loop stops after Discord, so that an enquiry from the last second is still delivered.
        let stop_mail = CancellationToken::new();
        let mail = press.start(Arc::new(discord.notifier()), stop_mail.clone()).await?;
        let exit = serve_discord(&config, discord, bot, hangups, stop).await;
        stop_mail.cancel();
        match timeout(DELIVERY_STOP, mail).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) => tracing::error!("the delivery loop panicked; enquiries stay in the database"),
            Err(_) => {
                tracing::error!("the delivery loop did not stop in time; enquiries stay in the database")
            }
        }
        if let Some(serving) = serving {
            // It ends with `stop`, but for connections that a client keeps open.
            serving.abort();
        }
        exit
    })?;
    // A thread that waits for a stuck disk must not delay the exit.
    runtime.shutdown_timeout(Duration::from_secs(1));
    tracing::info!(code = exit.code, "{}", exit.line);
    match exit.code {
        0 => Ok(()),
        75 => Err(CommandError::Temporary(exit.line)),
        _ => Err(CommandError::Permanent(exit.line)),
    }
}

/// Serves metrics and health, if that is set.
async fn serve_health(
    config: &Config,
    sources: Sources,
    stop: CancellationToken,
) -> Result<Option<JoinHandle<()>>, CommandError> {
    let Some(address) = config.metrics.address() else { return Ok(None) };
    let listener = health_server::bind(address).await.map_err(|error| {
        CommandError::Temporary(format!("metrics.listen: {address} cannot be opened: {error}"))
    })?;
    tracing::info!(%address, "serving metrics and health");
    Ok(Some(tokio::spawn(health_server::serve(listener, sources, stop))))
}

/// Loads the FAQ, serves Discord and watches the folder. A load that takes long continues while Discord is served.
async fn serve_discord(
    config: &Config,
    discord: Discord,
    bot: Arc<Bot>,
    hangups: Hangups,
    stop: CancellationToken,
) -> Result<Exit, CommandError> {
    tracing::info!(folder = %config.faq.dir.display(), "loading the FAQ");
    let loading = setup::start_loading(&bot);
    tokio::select! {
        loaded = loading.clone() => {
            if let Some(fault) = setup::load_fault(&bot, &loaded) {
                return Err(fault);
            }
        }
        // A provisional generation answers while the full one is built.
        () = bot.reloader().until_ready() => {}
        () = sleep(CONNECT_AFTER) => {
            tracing::warn!("the FAQ is still being built: until it is ready, every question gets a reply that says so");
        }
        // The process ends without waiting for the build. The next start continues with what is in the cache.
        () = stop.cancelled() => return Ok(ExitReason::Asked.into()),
    }
    let folder = config.faq.watch.then(|| config.faq.dir.clone());
    let (loader, stopped) = (Arc::clone(&bot), stop.clone());
    let watching = tokio::spawn(async move {
        let loaded = tokio::select! {
            loaded = loading => loaded,
            () = stopped.cancelled() => return None,
        };
        let fault = setup::load_fault(&loader, &loaded);
        match fault {
            Some(_) => stopped.cancel(),
            None => watch::run(Arc::clone(loader.reloader()), folder.as_deref(), hangups, stopped).await,
        }
        fault
    });
    let exit = discord.run(bot, stop.clone()).await;
    stop.cancel();
    match watching.await {
        Ok(Some(fault)) if exit.code == 0 => Err(fault),
        _ => Ok(exit),
    }
}

/// Reports background reloads in the moderators' channel: otherwise nobody would notice that one was refused.
pub(crate) fn report_reloads(bot: Arc<Bot>, notifier: DiscordNotifier) -> impl Future<Output = ()> {
    // Subscribed at once, so that the first load is reported too.
    let mut reloads = bot.reloader().background();
    async move {
        while reloads.changed().await.is_ok() {
            let Some(attempt) = reloads.borrow_and_update().clone() else { continue };
            let is_news = !matches!(&*attempt, Ok(report) if report.change.is_none());
            if is_news && let Err(error) = notifier.alert_moderators(&bot.report(&attempt, Lang::En)).await {
                tracing::warn!(%error, "a reload was not reported to the moderators");
            }
        }
    }
}
