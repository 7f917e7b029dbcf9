//! `faqbot run`: on Discord where a token is found, in this terminal where none is.

use std::{io::Write, sync::Arc, time::Duration};

use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::{
    bot::{Bot, watch},
    cli::{args::Global, chat, exit::Failure, logs, press_desk::Press, setup},
    config::{
        Config, Faults,
        secrets::{Name, Secret},
    },
    discord::{Discord, DiscordNotifier, Exit},
    lang::Lang,
};

const NO_TOKEN: &str = "No Discord token was found, so the bot talks here; set DISCORD_TOKEN (or DISCORD_TOKEN_FILE) \
                        to a bot's token to go on Discord.";

/// How long the delivery loop may take to end: what is in hand gets twenty seconds, the rest is for a slow disk.
const LAST_MAIL: Duration = Duration::from_secs(30);

/// Runs the bot.
pub(crate) fn run(global: &Global, out: &mut dyn Write) -> Result<(), Failure> {
    let config = setup::settings(global)?;
    match token()? {
        Some(token) => serve(Arc::new(config), token),
        None => {
            writeln!(out, "{NO_TOKEN}\n")?;
            out.flush()?;
            chat::command(global, out)
        }
    }
}

fn token() -> Result<Option<Secret>, Faults> {
    Name::DiscordToken.read(&|name| std::env::var_os(name))
}

/// Serves Discord until somebody stops it, or until it cannot go on.
fn serve(config: Arc<Config>, token: Secret) -> Result<(), Failure> {
    logs::start(&config.log);
    if let Some(fault) = &token.warning {
        tracing::warn!(code = fault.code.as_str(), file = %token.origin, "{}", fault.message);
    }
    if config.discord.moderator_channel.is_none() {
        tracing::warn!("discord.moderator_channel is not set: what needs a human stands in this log alone");
    }
    let runtime = setup::runtime()?;
    let press = Press::open(&config, &runtime)?;
    let (bot, _) = setup::bot(Arc::clone(&config), Some(press.desk()))?;
    let exit = runtime.block_on(async {
        let stop = CancellationToken::new();
        tokio::spawn(stop_on_signal(stop.clone()));
        let folder = config.faq.watch.then(|| config.faq.dir.clone());
        let (reloader, stopped) = (Arc::clone(bot.reloader()), stop.clone());
        tokio::spawn(async move { watch::run(reloader, folder.as_deref(), stopped).await });
        let discord = match Discord::new(token.value, config) {
            Ok(discord) => discord,
            Err(reason) => return Ok(reason.into()),
        };
        // Its own signal: the loop stops after Discord, so that an enquiry in the last second is still handed over.
        let stop_mail = CancellationToken::new();
        tokio::spawn(tell_of_reloads(Arc::clone(&bot), discord.notifier()));
        let mail = press.start(Arc::new(discord.notifier()), stop_mail.clone()).await?;
        let exit = discord.run(bot, stop).await;
        stop_mail.cancel();
        match timeout(LAST_MAIL, mail).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) => tracing::error!("the delivery loop failed; enquiries wait in the database"),
            Err(_) => {
                tracing::error!("the delivery loop did not end in time; enquiries wait in the database")
            }
        }
        Ok::<Exit, Failure>(exit)
    })?;
    // A thread that waits for a stuck disk must not hold up the end of the process.
    runtime.shutdown_timeout(Duration::from_secs(1));
    tracing::info!(code = exit.code, "{}", exit.line);
    match exit.code {
        0 => Ok(()),
        75 => Err(Failure::Passing(exit.line)),
        _ => Err(Failure::Lasting(exit.line)),
    }
}

/// Tells the moderators of reloads that none of them asked for: a refused one would go unseen until somebody wonders.
async fn tell_of_reloads(bot: Arc<Bot>, notifier: DiscordNotifier) {
    let mut reloads = bot.reloader().unasked();
    while reloads.changed().await.is_ok() {
        let Some(attempt) = reloads.borrow_and_update().clone() else { continue };
        let is_news = !matches!(&*attempt, Ok(report) if report.change.is_none());
        if is_news && let Err(error) = notifier.alert_moderators(&bot.report(&attempt, Lang::En)).await {
            tracing::debug!(%error, "the moderators were not told of a reload");
        }
    }
}

/// The first signal stops in good order; whoever sends a second one does not want to wait for that.
async fn stop_on_signal(stop: CancellationToken) {
    signal().await;
    tracing::info!("stopping");
    stop.cancel();
    signal().await;
    std::process::exit(130);
}

/// Waits for Ctrl-C or, where there is such a thing, SIGTERM.
async fn signal() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
