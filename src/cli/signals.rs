//! The signals of the service: SIGINT and SIGTERM stop it, SIGHUP reloads the FAQ.
//!
//! The handlers are installed before any long work, so that no signal has its default effect.

use tokio_util::sync::CancellationToken;

use crate::bot::watch::Hangups;

/// Handlers that are installed but not awaited yet. They keep signals that arrive in the meantime.
pub(crate) struct Signals {
    pub(crate) hangups: Hangups,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
}

impl Signals {
    /// Installs the handlers. It needs a Tokio runtime.
    pub(crate) fn install() -> std::io::Result<Signals> {
        #[cfg(unix)]
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Signals {
            hangups: Hangups::install(),
            #[cfg(unix)]
            terminate: signal(SignalKind::terminate())?,
            #[cfg(unix)]
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    /// Cancels `stop` on the first SIGINT or SIGTERM; a second one exits at once. Returns the handler of SIGHUP.
    pub(crate) fn stop_with(self, stop: CancellationToken) -> Hangups {
        let Signals { hangups, .. } = self;
        #[cfg(unix)]
        let (mut terminate, mut interrupt) = (self.terminate, self.interrupt);
        tokio::spawn(async move {
            let mut is_stopping = false;
            loop {
                #[cfg(unix)]
                tokio::select! {
                    _ = terminate.recv() => {}
                    _ = interrupt.recv() => {}
                }
                #[cfg(not(unix))]
                if tokio::signal::ctrl_c().await.is_err() {
                    std::future::pending::<()>().await;
                }
                if is_stopping {
                    std::process::exit(130);
                }
                is_stopping = true;
                tracing::info!("stopping");
                stop.cancel();
            }
        });
        hangups
    }
}
