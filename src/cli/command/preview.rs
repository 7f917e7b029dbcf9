//! `faqbot preview`: the bot on a page in a web browser, over a stand-in for Discord on loopback.
//!
//! The bot is the one that would run on Discord. Its database and the folder of its mails are temporary, so that
//! nothing typed on the page is kept or sent.

use std::{io::Write, sync::Arc, time::Duration};

use tokio_util::sync::CancellationToken;

use crate::{
    bot::watch,
    cli::{
        args::{Global, Preview as Args},
        command::run,
        exit::CommandError,
        logs,
        press_desk::Press,
        setup,
        signals::Signals,
    },
    config::{Config, Media, Smtp, Transport},
    discord::Discord,
    preview::Preview,
};

/// `faqbot preview`
pub(crate) fn command(global: &Global, args: &Args, out: &mut dyn Write) -> Result<(), CommandError> {
    let runtime = setup::runtime()?;
    let signals = {
        let _context = runtime.enter();
        Signals::install()?
    };
    let mut config = setup::settings(global)?;
    logs::start_quietly(&config.log);
    let preview = runtime
        .block_on(Preview::bind(args.port))
        .map_err(|error| CommandError::Temporary(format!("cannot listen on port {}: {error}", args.port)))?;
    preview.configure(&mut config.discord)?;
    let scratch = tempfile::Builder::new().prefix("faqbot-preview-").tempdir()?;
    use_scratch(&mut config, scratch.path());
    let config = Arc::new(config);
    let press = Press::open(&config, &runtime)?;
    let (bot, loading) = setup::ready_bot(&config, Some(press.desk()), &runtime)?;
    writeln!(
        out,
        "Open this page in a web browser on this computer; Ctrl-C ends it:\n\n  {}\n",
        preview.url()?
    )?;
    out.flush()?;
    let exit = runtime.block_on(async {
        let stop = CancellationToken::new();
        let hangups = signals.stop_with(stop.clone());
        let discord = match Discord::new(preview.bot_token(), Arc::clone(&config)) {
            Ok(discord) => discord,
            Err(reason) => return Ok(reason.into()),
        };
        tokio::spawn(run::report_reloads(Arc::clone(&bot), discord.notifier()));
        let mail = press.start(Arc::new(discord.notifier()), stop.clone()).await?;
        let (reloader, folder) = (Arc::clone(bot.reloader()), config.faq.dir.clone());
        let (is_watched, stopped) = (config.faq.watch, stop.clone());
        tokio::spawn(async move {
            loading.await;
            watch::run(reloader, is_watched.then_some(folder.as_path()), hangups, stopped).await;
        });
        let (payloads, serving) = preview.start(stop.clone())?;
        let exit = discord.run_with_payloads(bot, payloads, stop.clone()).await;
        stop.cancel();
        // What was not delivered is in the scratch folder and of no use.
        let _ = (serving.await, mail.await);
        Ok::<_, CommandError>(exit)
    })?;
    // A build in progress must not delay the exit; the next start continues with what is in the cache.
    runtime.shutdown_timeout(Duration::from_secs(1));
    match exit.code {
        0 => Ok(()),
        _ => Err(CommandError::Temporary(exit.line)),
    }
}

/// Moves everything that is kept or sent into a folder that is deleted at the end.
fn use_scratch(config: &mut Config, scratch: &std::path::Path) {
    config.store.path = scratch.join("faqbot.db");
    config.media = Media {
        transport: Some(Transport::Folder),
        folder: scratch.join("enquiries"),
        smtp: Smtp::default(),
        ..config.media.clone()
    };
}
