//! The delivery loop: claim, hand over, write down how it ended; again and again until nothing waits.
//!
//! `schedule.rs` says what is due, `smtp.rs` and `folder.rs` hand over, `notices.rs` tells people how it ended.

use std::{sync::Arc, time::Duration};

use tokio::{sync::Mutex, time::Instant};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{
    Doorbell, Failure, Notifier, Transport,
    schedule::{Next, Schedule, backoff},
};
use crate::store::{Claim, DeliveryLock, DeliveryOutcome, Store, StoreError};

/// How fast the loop turns; tests shorten it.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Deliveries at the same time, so that one server that hangs does not hold up the rest.
    pub workers: usize,
    /// How often the database is asked although nobody rang: another process may have written to it.
    pub poll: Duration,
    /// How long a delivery in hand may go on after the process was told to stop.
    pub drain: Duration,
    /// Days after which the text of a sent enquiry is erased.
    pub keep_days: u16,
}

impl Default for Pace {
    fn default() -> Pace {
        Pace { workers: 2, poll: Duration::from_secs(30), drain: Duration::from_secs(20), keep_days: 7 }
    }
}

/// The loop.
pub struct Delivery {
    pub(super) store: Store,
    transport: Transport,
    pub(super) notifier: Arc<dyn Notifier>,
    pub(super) bell: Arc<Doorbell>,
    pub(super) pace: Pace,
    schedule: Mutex<Schedule>,
    _lock: DeliveryLock,
}

impl Delivery {
    /// The loop over `store`; only one process may run it for a database, and what a dead one held is freed.
    pub async fn new(
        store: Store,
        transport: Transport,
        notifier: Arc<dyn Notifier>,
        bell: Arc<Doorbell>,
        pace: Pace,
    ) -> Result<Arc<Delivery>, StoreError> {
        let lock = store.lock_delivery()?;
        store.release_leases().await?;
        tracing::info!("{}", transport.describe());
        let schedule = Mutex::default();
        Ok(Arc::new(Delivery { store, transport, notifier, bell, pace, schedule, _lock: lock }))
    }

    /// Delivers until `stop`; then ends what is in hand and returns.
    pub async fn run(self: Arc<Self>, stop: CancellationToken) {
        let tasks = TaskTracker::new();
        for _ in 0..self.pace.workers {
            let (loop_, stop) = (self.clone(), stop.clone());
            tasks.spawn(async move { loop_.work(&stop).await });
        }
        let (loop_, stopped) = (self.clone(), stop.clone());
        tasks.spawn(async move { loop_.tell(&stopped).await });
        let (loop_, stopped) = (self.clone(), stop);
        tasks.spawn(async move { loop_.sweep(&stopped).await });
        tasks.close();
        tasks.wait().await;
    }

    /// Delivers what is due now, one after the other, and tells whoever is to be told; then returns.
    pub async fn deliver_due(&self) -> Result<(), StoreError> {
        let never = CancellationToken::new();
        while let Ok(claim) = self.next().await? {
            self.deliver(claim, &never).await;
        }
        self.tell_all(&never).await?;
        Ok(())
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
                    self.pace.poll.min(Duration::from_secs(5))
                }
            };
            tokio::select! {
                () = stop.cancelled() => {}
                () = self.bell.mail.notified() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// The next enquiry, claimed, or how long there is nothing.
    async fn next(&self) -> Result<Result<Claim, Duration>, StoreError> {
        let mut schedule = self.schedule.lock().await;
        let waiting = self.store.waiting().await?;
        match schedule.next(&waiting, Instant::now(), self.pace.poll) {
            Next::Wait(pause) => Ok(Err(pause)),
            Next::Claim(id, has_more) => {
                let Some(claim) = self.store.claim(id).await? else {
                    // Somebody else holds it, or it is gone: look again in a while.
                    schedule.put_down(id, Some(Instant::now() + self.pace.poll));
                    return Ok(Err(Duration::ZERO));
                };
                schedule.take(id);
                if has_more {
                    self.bell.mail.notify_one();
                }
                Ok(Ok(claim))
            }
        }
    }

    async fn deliver(&self, claim: Claim, stop: &CancellationToken) {
        let out_of_time = async {
            stop.cancelled().await;
            tokio::time::sleep(self.pace.drain).await;
        };
        let outcome = tokio::select! {
            outcome = self.transport.deliver(&claim) => Some(outcome),
            () = out_of_time => None,
        };
        let (fate, due) = self.judge(&claim, outcome).await;
        let is_dead = self.settle(&claim, &fate, stop).await;
        self.log(&claim, &fate, is_dead);
        let Some(is_dead) = is_dead else {
            // How it ended could not be written down. It stays in hand, so that this process does not send it twice.
            return;
        };
        self.schedule.lock().await.put_down(claim.id, if is_dead { None } else { due });
        self.bell.ring();
    }

    /// What becomes of the enquiry, and of the queue.
    async fn judge(
        &self,
        claim: &Claim,
        outcome: Option<Result<(), Failure>>,
    ) -> (DeliveryOutcome, Option<Instant>) {
        let now = Instant::now();
        let Some(outcome) = outcome else { return (DeliveryOutcome::Untouched { problem: None }, None) };
        match outcome {
            Ok(()) => {
                self.schedule.lock().await.resume();
                self.bell.set_paused(false);
                (DeliveryOutcome::Sent { via: self.transport.via() }, None)
            }
            Err(Failure::Later(problem)) => {
                let delay = backoff(claim.attempts, fastrand::f64());
                let seconds = i64::try_from(delay.as_secs()).unwrap_or(3600);
                (DeliveryOutcome::Later { seconds, problem: problem.to_string() }, Some(now + delay))
            }
            Err(Failure::Never(problem)) => (DeliveryOutcome::Dead { problem: problem.to_string() }, None),
            Err(Failure::Pause(problem)) => {
                self.schedule.lock().await.pause(now, fastrand::f64());
                if !self.bell.set_paused(true) {
                    tracing::error!(%problem, "the mail server does not let us in: the whole queue waits");
                    if let Err(error) = self.store.note_pause(&problem.to_string()).await {
                        tracing::error!(%error, "moderators cannot be told that the queue waits");
                    }
                }
                (DeliveryOutcome::Untouched { problem: Some(problem.to_string()) }, None)
            }
        }
    }

    /// Writes the fate down, however long the database makes us wait; `None` if the process must end before.
    async fn settle(&self, claim: &Claim, fate: &DeliveryOutcome, stop: &CancellationToken) -> Option<bool> {
        let mut tries = 0_u32;
        loop {
            match self.store.settle(claim, fate).await {
                Ok(is_dead) => return Some(is_dead),
                Err(error) => {
                    tries += 1;
                    if tries == 1 {
                        tracing::error!(reference = %claim.reference, %error, "how a delivery ended cannot be written down yet");
                    }
                    if stop.is_cancelled() && tries >= 3 {
                        return None;
                    }
                }
            }
            tokio::time::sleep(self.pace.poll.min(Duration::from_secs(1))).await;
        }
    }

    fn log(&self, claim: &Claim, fate: &DeliveryOutcome, is_dead: Option<bool>) {
        let (reference, attempts) = (&claim.reference, claim.attempts + 1);
        match fate {
            DeliveryOutcome::Sent { via } => tracing::info!(%reference, via, "an enquiry was handed over"),
            DeliveryOutcome::Later { problem, .. } | DeliveryOutcome::Dead { problem }
                if is_dead == Some(true) =>
            {
                tracing::error!(%reference, %problem, attempts, "an enquiry is given up: a human must act");
            }
            DeliveryOutcome::Later { seconds, problem } => {
                tracing::warn!(%reference, %problem, attempts, seconds, "an enquiry is tried again later");
            }
            DeliveryOutcome::Dead { .. } | DeliveryOutcome::Untouched { .. } => {}
        }
    }

    /// Erases what is old, at the start and every hour.
    async fn sweep(&self, stop: &CancellationToken) {
        while !stop.is_cancelled() {
            match self.store.sweep(self.pace.keep_days).await {
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
