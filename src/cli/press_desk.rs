//! Sets the press desk up for the commands that run the bot: opens the database, chooses the transport and starts the
//! delivery loop.

use std::sync::Arc;

use tokio::{runtime::Runtime, task::JoinHandle};
use tokio_util::sync::CancellationToken;

use crate::{
    bot::PressDesk,
    cli::exit::CommandError,
    config::{Config, secrets::SecretName},
    mail::{Delivery, DeliveryOptions, DeliverySignal, NoticeSender, SetupError, Transport},
    store::{Store, StoreError},
};

/// A press desk whose delivery loop is not running yet.
pub(crate) struct Press {
    store: Store,
    transport: Transport,
    signal: Arc<DeliverySignal>,
    options: DeliveryOptions,
}

impl Press {
    /// Opens the database and the transport of the settings.
    pub(crate) fn open(config: &Config, runtime: &Runtime) -> Result<Press, CommandError> {
        let password =
            SecretName::SmtpPassword.read(&|name| std::env::var_os(name))?.map(|secret| secret.value);
        let transport = Transport::from_settings(&config.media, password)?;
        let store = runtime.block_on(Store::open(&config.store.path))?;
        let options = DeliveryOptions { keep_days: config.media.keep_days, ..DeliveryOptions::default() };
        Ok(Press { store, transport, signal: Arc::default(), options })
    }

    /// The database, for the metrics.
    pub(crate) fn store(&self) -> Store {
        self.store.clone()
    }

    /// The press desk for the bot.
    pub(crate) fn desk(&self) -> PressDesk {
        PressDesk::new(self.store.clone(), self.signal.clone(), self.transport.folder().is_some())
    }

    /// Starts the delivery loop. Once `stop` is cancelled it finishes the deliveries in progress and closes the database.
    pub(crate) async fn start(
        self,
        notices: Arc<dyn NoticeSender>,
        stop: CancellationToken,
    ) -> Result<JoinHandle<()>, CommandError> {
        let store = self.store.clone();
        let delivery = Delivery::new(self.store, self.transport, notices, self.signal, self.options).await?;
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
