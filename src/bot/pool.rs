//! Runs blocking work on tokio's blocking threads, at most one task per processor at a time, so that a burst of questions
//! never stalls the sockets. A panic in the work is caught and returned as an error.

use std::{sync::Arc, time::Duration};

use tokio::sync::Semaphore;

/// How long a request may wait and work before the person gets an apology; Discord itself gives up after 15 minutes.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why work brought no result.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PoolError {
    /// It panicked.
    #[error("the work failed")]
    Panicked,
    /// It did not end in time.
    #[error("the work took too long")]
    TooLong,
}

/// The bounded pool.
pub(super) struct Pool {
    permits: Arc<Semaphore>,
}

impl Default for Pool {
    fn default() -> Pool {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Pool { permits: Arc::new(Semaphore::new(processors)) }
    }
}

impl Pool {
    /// Runs `work` as soon as a permit is free.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, PoolError> {
        let permits = Arc::clone(&self.permits);
        let result = async move {
            let permit = permits.acquire_owned().await.expect("the semaphore is never closed");
            // The permit moves into the work: if the caller stops waiting, the work still counts until it ends.
            let work = tokio::task::spawn_blocking(move || {
                let _permit = permit;
                work()
            });
            work.await.map_err(|_| PoolError::Panicked)
        };
        tokio::time::timeout(PATIENCE, result).await.unwrap_or(Err(PoolError::TooLong))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_an_error_and_returns_its_permit() {
        let pool = Pool { permits: Arc::new(Semaphore::new(1)) };
        let failed: Result<(), _> = pool.run(|| panic!("a fault of ours")).await;
        assert_eq!(failed, Err(PoolError::Panicked));
        assert_eq!(pool.run(|| 7).await, Ok(7));
    }
}
