//! `faqbot run`: the bot on Discord if there is a token, otherwise in this terminal.

use std::{io::Write, sync::Arc, time::Duration};

use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::{
    bot::{Bot, watch},
    cli::{args::Global, chat, exit::CommandError, logs, press_desk::Press, setup},
    config::{
        Config, Faults,
        secrets::{Secret, SecretName},
    },
    discord::{Discord, DiscordNotifier, Exit},
    lang::Lang,
};

const NO_TOKEN: &str = "No Discord token was found, so the bot runs in this terminal; set DISCORD_TOKEN (or \
                        DISCORD_TOKEN_FILE) to a bot's token to run it on Discord.";

/// How long the delivery loop may take to stop: twenty seconds for the mail being sent, and the rest for a slow disk.
const DELIVERY_STOP: Duration = Duration::from_secs(30);

/// Runs `faqbot run`.
pub(crate) fn run(global: &Global, out: &mut dyn Write) -> Result<(), CommandError> {
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
    SecretName::DiscordToken.read(&|name| std::env::var_os(name))
}

/// Runs the service until it is stopped or cannot go on.
fn serve(config: Arc<Config>, token: Secret) -> Result<(), CommandError> {
    logs::start(&config.log);
    for fault in &token.warnings {
        tracing::warn!(code = fault.code.as_str(), file = %token.origin, "{}", fault.message);
    }
    if config.discord.moderator_channel.is_none() {
        tracing::warn!("discord.moderator_channel is not set: alerts are only logged");
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
        // The delivery loop stops after Discord, so that an enquiry from the last second is still delivered.
        let stop_mail = CancellationToken::new();
        tokio::spawn(report_reloads(Arc::clone(&bot), discord.notifier()));
        let mail = press.start(Arc::new(discord.notifier()), stop_mail.clone()).await?;
        let exit = discord.run(bot, stop).await;
        stop_mail.cancel();
        match timeout(DELIVERY_STOP, mail).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) => tracing::error!("the delivery loop panicked; enquiries stay in the database"),
            Err(_) => {
                tracing::error!("the delivery loop did not stop in time; enquiries stay in the database")
            }
        }
        Ok::<Exit, CommandError>(exit)
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

/// Reports background reloads in the moderators' channel: otherwise nobody would notice that one was refused.
async fn report_reloads(bot: Arc<Bot>, notifier: DiscordNotifier) {
    let mut reloads = bot.reloader().background();
    while reloads.changed().await.is_ok() {
        let Some(attempt) = reloads.borrow_and_update().clone() else { continue };
        let is_news = !matches!(&*attempt, Ok(report) if report.change.is_none());
        if is_news && let Err(error) = notifier.alert_moderators(&bot.report(&attempt, Lang::En)).await {
            tracing::debug!(%error, "a reload was not reported to the moderators");
        }
    }
}

/// The first signal starts a graceful shutdown; a second one exits at once.
async fn stop_on_signal(stop: CancellationToken) {
    signal().await;
    tracing::info!("stopping");
    stop.cancel();
    signal().await;
    std::process::exit(130);
}

/// Waits for Ctrl-C or, on Unix, SIGTERM.
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
