//! The press desk as the commands that run the bot need it: the database opened, the way out chosen, the loop ready.

use std::sync::Arc;

use tokio::{runtime::Runtime, task::JoinHandle};
use tokio_util::sync::CancellationToken;

use crate::{
    bot::PressDesk,
    cli::exit::CommandError,
    config::{Config, secrets::SecretName},
    mail::{Delivery, Doorbell, Notifier, Pace, SetupError, Transport},
    store::{Store, StoreError},
};

/// A press desk whose loop does not run yet.
pub(crate) struct Press {
    store: Store,
    transport: Transport,
    bell: Arc<Doorbell>,
    pace: Pace,
}

impl Press {
    /// Opens what the settings name.
    pub(crate) fn open(config: &Config, runtime: &Runtime) -> Result<Press, CommandError> {
        let password =
            SecretName::SmtpPassword.read(&|name| std::env::var_os(name))?.map(|secret| secret.value);
        let transport = Transport::from_settings(&config.media, password)?;
        let store = runtime.block_on(Store::open(&config.store.path))?;
        let pace = Pace { keep_days: config.media.keep_days, ..Pace::default() };
        Ok(Press { store, transport, bell: Arc::default(), pace })
    }

    /// The desk for the bot.
    pub(crate) fn desk(&self) -> PressDesk {
        PressDesk::new(self.store.clone(), self.bell.clone(), self.transport.folder().is_some())
    }

    /// Starts the loop; once `stop` is cancelled it ends what is in hand, and the database is closed.
    pub(crate) async fn start(
        self,
        notifier: Arc<dyn Notifier>,
        stop: CancellationToken,
    ) -> Result<JoinHandle<()>, CommandError> {
        let store = self.store.clone();
        let delivery = Delivery::new(self.store, self.transport, notifier, self.bell, self.pace).await?;
        Ok(tokio::spawn(async move {
            delivery.run(stop).await;
            store.close().await;
        }))
    }
}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> CommandError {
        if error.needs_human() {
            CommandError::Permanent(error.to_string())
        } else {
            CommandError::Temporary(error.to_string())
        }
    }
}

impl From<SetupError> for CommandError {
    fn from(error: SetupError) -> CommandError {
        CommandError::Permanent(error.to_string())
    }
}
