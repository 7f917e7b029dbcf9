//! People who call `/ask`, and how long they wait.

use std::{
    collections::HashMap,
    fmt,
    time::{Duration, Instant},
};

use serde_json::json;
use tokio::time::{MissedTickBehavior, interval};

use crate::harness::{
    discord::{CHANNEL, Person, State, command, interaction, kind},
    world::World,
};

/// How many people wait for an answer at once when a rate is measured.
const WAITING: usize = 64;

/// Somebody else asks each time, so that no limit per person is reached.
pub(crate) struct Load<'a> {
    world: &'a World,
    n_asked: usize,
    waiting: HashMap<String, Instant>,
    waited: Vec<Duration>,
}

impl Load<'_> {
    /// Nobody has asked yet.
    pub(crate) fn new(world: &World) -> Load<'_> {
        Load { world, n_asked: 0, waiting: HashMap::new(), waited: Vec::new() }
    }

    /// Answers a second while 64 people wait, over `n` questions.
    pub(crate) async fn rate(mut self, n: usize, mut question: impl FnMut() -> String) -> f64 {
        let begun = Instant::now();
        while self.waited.len() < n {
            while self.waiting.len() < WAITING && self.n_asked < n {
                self.ask(&question());
            }
            self.collect().await;
        }
        n as f64 / begun.elapsed().as_secs_f64()
    }

    /// `n` questions, each asked when the one before is answered.
    pub(crate) async fn one_by_one(mut self, n: usize, mut question: impl FnMut() -> String) -> Latencies {
        for _ in 0..n {
            self.ask(&question());
            while !self.waiting.is_empty() {
                self.collect().await;
            }
        }
        Latencies::of(self.waited)
    }

    /// `n` questions, so many a second, whether the ones before are answered or not.
    pub(crate) async fn at_rate(
        mut self,
        n: usize,
        per_second: f64,
        mut question: impl FnMut() -> String,
    ) -> Latencies {
        let mut next = interval(Duration::from_secs_f64(1.0 / per_second));
        next.set_missed_tick_behavior(MissedTickBehavior::Burst);
        while self.waited.len() < n {
            tokio::select! {
                _ = next.tick(), if self.n_asked < n => self.ask(&question()),
                () = self.collect(), if !self.waiting.is_empty() => {}
            }
        }
        Latencies::of(self.waited)
    }

    fn ask(&mut self, question: &str) {
        self.n_asked += 1;
        let person = Person::new(&format!("person {}", self.n_asked));
        let options = [("question", json!(question))];
        let token = self.world.discord.with(|state| {
            let data = command(state, "/ask", &options, None);
            let (event, token) = interaction(state, &person, CHANNEL, kind::COMMAND, data, None);
            state.send("INTERACTION_CREATE", event);
            token
        });
        self.waiting.insert(token, Instant::now());
    }

    /// Waits until at least one question is answered.
    async fn collect(&mut self) {
        let waiting = &self.waiting;
        let is_answered = |state: &State, token: &str| {
            state.interactions.get(token).is_some_and(|interaction| interaction.seen.is_some())
        };
        let answered: Vec<String> = self
            .world
            .discord
            .until("somebody is answered", |state| {
                let answered: Vec<String> =
                    waiting.keys().filter(|token| is_answered(state, token)).cloned().collect();
                (!answered.is_empty()).then_some(answered)
            })
            .await;
        for token in answered {
            if let Some(asked) = self.waiting.remove(&token) {
                self.waited.push(asked.elapsed());
            }
        }
    }
}

/// How long people waited.
pub(crate) struct Latencies(Vec<Duration>);

impl Latencies {
    fn of(mut waited: Vec<Duration>) -> Latencies {
        waited.sort();
        Latencies(waited)
    }

    /// Milliseconds.
    pub(crate) fn median(&self) -> f64 {
        self.percentile(50)
    }

    fn percentile(&self, percent: usize) -> f64 {
        let at = (self.0.len() * percent / 100).min(self.0.len().saturating_sub(1));
        self.0.get(at).map_or(f64::NAN, |waited| waited.as_secs_f64() * 1000.0)
    }
}

impl fmt::Display for Latencies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "median {:.2} ms, 99 of 100 within {:.2} ms", self.median(), self.percentile(99))
    }
}
