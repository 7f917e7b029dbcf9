//! The delivery loop: claims an enquiry, delivers it and records the outcome, until nothing is left.
//!
//! `schedule.rs` decides what is due, `smtp.rs` and `folder.rs` deliver, `notices.rs` informs people of the outcome.

use std::{sync::Arc, time::Duration};

use tokio::{sync::Mutex, time::Instant};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{
    DeliveryError, DeliverySignal, NoticeSender, Transport,
    schedule::{Next, Schedule, backoff},
};
use crate::store::{Claim, DeliveryLock, DeliveryOutcome, Store, StoreError};

/// Concurrency and times of the delivery loop; tests shorten them.
#[derive(Debug, Clone, Copy)]
pub struct DeliveryOptions {
    /// Concurrent deliveries, so that one connection that hangs does not hold up the rest.
    pub workers: usize,
    /// How often the database is polled without a signal: another process may have written to it.
    pub poll: Duration,
    /// How long a delivery in progress may go on after the shutdown began.
    pub drain: Duration,
    /// Days after which the text of a sent enquiry is erased.
    pub keep_days: u16,
}

impl Default for DeliveryOptions {
    fn default() -> DeliveryOptions {
        DeliveryOptions {
            workers: 2,
            poll: Duration::from_secs(30),
            drain: Duration::from_secs(20),
            keep_days: 7,
        }
    }
}

/// The loop.
pub struct Delivery {
    pub(super) store: Store,
    transport: Transport,
    pub(super) notices: Arc<dyn NoticeSender>,
    pub(super) signal: Arc<DeliverySignal>,
    pub(super) options: DeliveryOptions,
    schedule: Mutex<Schedule>,
    _lock: DeliveryLock,
}

impl Delivery {
    /// A loop over `store`. Only one process may run it for a database; claims of a process that died are released.
    pub async fn new(
        store: Store,
        transport: Transport,
        notices: Arc<dyn NoticeSender>,
        signal: Arc<DeliverySignal>,
        options: DeliveryOptions,
    ) -> Result<Arc<Delivery>, StoreError> {
        let lock = store.lock_delivery()?;
        store.release_leases().await?;
        tracing::info!("{}", transport.describe());
        let schedule = Mutex::default();
        Ok(Arc::new(Delivery { store, transport, notices, signal, options, schedule, _lock: lock }))
    }

    /// Delivers until `stop`, then finishes the deliveries in progress and returns.
    pub async fn run(self: Arc<Self>, stop: CancellationToken) {
        let tasks = TaskTracker::new();
        for _ in 0..self.options.workers {
            let (loop_, stop) = (self.clone(), stop.clone());
            tasks.spawn(async move { loop_.work(&stop).await });
        }
        let (loop_, stopped) = (self.clone(), stop.clone());
        tasks.spawn(async move { loop_.send_notices(&stopped).await });
        let (loop_, stopped) = (self.clone(), stop.clone());
        tasks.spawn(async move { loop_.watch_disk(&stopped).await });
        let (loop_, stopped) = (self.clone(), stop);
        tasks.spawn(async move { loop_.sweep(&stopped).await });
        tasks.close();
        tasks.wait().await;
    }

    /// Delivers what is due now, one after the other, and sends the notices that are due.
    pub async fn deliver_due(&self) -> Result<(), StoreError> {
        let never = CancellationToken::new();
        while let Ok(claim) = self.next().await? {
            self.deliver(claim, &never).await;
        }
        self.send_due_notices(&never).await
    }

    async fn work(&self, stop: &CancellationToken) {
        while !stop.is_cancelled() {
            let pause = match self.next().await {
                Ok(Ok(claim)) => {
                    self.deliver(claim, stop).await;
                    continue;
                }
                Ok(Err(pause)) => pause,
                Err(error) => {
                    tracing::warn!(%error, "the queue cannot be read; trying again");
                    self.options.poll.min(Duration::from_secs(5))
                }
            };
            tokio::select! {
                () = stop.cancelled() => {}
                () = self.signal.mail.notified() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Claims the next enquiry that is due, or returns how long nothing will be.
    async fn next(&self) -> Result<Result<Claim, Duration>, StoreError> {
        let mut schedule = self.schedule.lock().await;
        let waiting = self.store.waiting().await?;
        match schedule.next(&waiting, Instant::now(), self.options.poll) {
            Next::Wait(pause) => Ok(Err(pause)),
            Next::Claim(id, has_more) => {
                let Some(claim) = self.store.claim(id).await? else {
                    // It is claimed by another process, or settled.
                    schedule.finish(id, Some(Instant::now() + self.options.poll));
                    return Ok(Err(Duration::ZERO));
                };
                schedule.begin(id);
                if has_more {
                    self.signal.mail.notify_one();
                }
                Ok(Ok(claim))
            }
        }
    }

    async fn deliver(&self, claim: Claim, stop: &CancellationToken) {
        let out_of_time = async {
            stop.cancelled().await;
            tokio::time::sleep(self.options.drain).await;
        };
        let result = tokio::select! {
            result = self.transport.deliver(&claim) => Some(result),
            () = out_of_time => None,
        };
        let (outcome, due) = self.interpret(&claim, result).await;
        let is_dead = self.record(&claim, &outcome, stop).await;
        self.log(&claim, &outcome, is_dead);
        let Some(is_dead) = is_dead else {
            // The outcome could not be recorded. The enquiry stays in progress, so that this process does not send it
            // twice.
            return;
        };
        self.schedule.lock().await.finish(claim.id, if is_dead { None } else { due });
        self.signal.wake();
    }

    /// What follows from the result of a delivery, for the enquiry and for the queue.
    async fn interpret(
        &self,
        claim: &Claim,
        result: Option<Result<(), DeliveryError>>,
    ) -> (DeliveryOutcome, Option<Instant>) {
        let now = Instant::now();
        let Some(result) = result else { return (DeliveryOutcome::Released { problem: None }, None) };
        match result {
            Ok(()) => {
                self.schedule.lock().await.resume();
                self.signal.set_paused(false);
                (DeliveryOutcome::Sent { via: self.transport.via() }, None)
            }
            Err(DeliveryError::Retry(problem)) => {
                let delay = backoff(claim.attempts, fastrand::f64());
                let seconds = i64::try_from(delay.as_secs()).unwrap_or(3600);
                (DeliveryOutcome::Later { seconds, problem: problem.to_string() }, Some(now + delay))
            }
            Err(DeliveryError::Permanent(problem)) => {
                (DeliveryOutcome::Dead { problem: problem.to_string() }, None)
            }
            Err(DeliveryError::Pause(problem)) => {
                self.schedule.lock().await.pause(now, fastrand::f64());
                if !self.signal.set_paused(true) {
                    tracing::error!(%problem, "the mail server rejects our login or settings: delivery is paused");
                    if let Err(error) = self.store.add_pause_notice(&problem.to_string()).await {
                        tracing::error!(%error, "the alert that delivery is paused could not be stored");
                    }
                }
                (DeliveryOutcome::Released { problem: Some(problem.to_string()) }, None)
            }
        }
    }

    /// Records the outcome, however long the database makes us wait; `None` if the process has to end before.
    async fn record(
        &self,
        claim: &Claim,
        outcome: &DeliveryOutcome,
        stop: &CancellationToken,
    ) -> Option<bool> {
        let mut tries = 0_u32;
        loop {
            match self.store.record_outcome(claim, outcome).await {
                Ok(is_dead) => return Some(is_dead),
                Err(error) => {
                    tries += 1;
                    if tries == 1 {
                        tracing::error!(reference = %claim.reference, %error, "the outcome of a delivery cannot be recorded yet; trying again");
                    }
                    if stop.is_cancelled() && tries >= 3 {
                        return None;
                    }
                }
            }
            tokio::time::sleep(self.options.poll.min(Duration::from_secs(1))).await;
        }
    }

    fn log(&self, claim: &Claim, outcome: &DeliveryOutcome, is_dead: Option<bool>) {
        let (reference, attempts) = (&claim.reference, claim.attempts + 1);
        match outcome {
            DeliveryOutcome::Sent { via } => tracing::info!(%reference, via, "an enquiry was handed over"),
            DeliveryOutcome::Later { problem, .. } | DeliveryOutcome::Dead { problem }
                if is_dead == Some(true) =>
            {
                tracing::error!(%reference, %problem, attempts, "an enquiry could not be delivered and is given up: somebody must act");
            }
            DeliveryOutcome::Later { seconds, problem } => {
                tracing::warn!(%reference, %problem, attempts, seconds, "an enquiry could not be delivered; trying again later");
            }
            DeliveryOutcome::Dead { .. } | DeliveryOutcome::Released { .. } => {}
        }
    }

    /// Erases old texts and rows, at the start and every hour.
    async fn sweep(&self, stop: &CancellationToken) {
        while !stop.is_cancelled() {
            match self.store.sweep(self.options.keep_days).await {
                Ok(0) => {}
                Ok(erased) => tracing::info!(erased, "the texts of old enquiries were erased"),
                Err(error) => {
                    tracing::warn!(%error, "old enquiries could not be erased; trying again in an hour")
                }
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(Duration::from_secs(3600)) => {}
            }
        }
    }
}
