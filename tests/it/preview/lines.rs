//! What a program writes, line by line, read on a thread of its own so that the program never waits for the test.

use std::{
    io::{BufRead, BufReader, Read},
    sync::mpsc::{Receiver, channel},
    time::{Duration, Instant},
};

/// A guard against waiting forever; no test asserts a time.
const PATIENCE: Duration = Duration::from_secs(60);

/// The lines of a program that no one has read yet.
pub(super) struct Lines(Receiver<String>);

impl Lines {
    /// Reads them until the program ends.
    pub(super) fn of(output: impl Read + Send + 'static) -> Lines {
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                // They are read to the end even if no one wants them: a full pipe would stop the program.
                let _ = sender.send(line);
            }
        });
        Lines(lines)
    }

    /// Waits for the first line of which `look` makes something; where there is none, `log` tells why.
    pub(super) fn find<T>(&self, what: &str, log: &Lines, look: impl Fn(&str) -> Option<T>) -> T {
        let (end, mut read) = (Instant::now() + PATIENCE, Vec::new());
        while let Ok(line) = self.0.recv_timeout(end.saturating_duration_since(Instant::now())) {
            if let Some(found) = look(&line) {
                return found;
            }
            read.push(line);
        }
        panic!(
            "waited in vain for {what}; the program wrote:\n{}\nand logged:\n{}",
            read.join("\n"),
            log.rest()
        )
    }

    /// What is there now.
    pub(super) fn rest(&self) -> String {
        self.0.try_iter().collect::<Vec<_>>().join("\n")
    }
}
