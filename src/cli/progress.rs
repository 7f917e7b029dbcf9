//! Progress of long work on standard error: a bar on a terminal, otherwise a line for every tenth.

use std::{
    io::{self, IsTerminal, Write},
    sync::{Arc, Mutex},
};

use indicatif::{ProgressBar, ProgressStyle};

use crate::knowledge::matching::Progress;

/// Displays the progress of a piece of work. Clones display the same.
#[derive(Clone)]
pub(crate) struct ProgressDisplay {
    bar: Option<ProgressBar>,
    last_line: Arc<Mutex<(&'static str, usize)>>,
}

impl ProgressDisplay {
    /// Displays nothing until the first step.
    pub(crate) fn new() -> ProgressDisplay {
        let bar = io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::no_length();
            let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}");
            bar.set_style(style.expect("our own template is valid"));
            bar
        });
        ProgressDisplay { bar, last_line: Arc::new(Mutex::new(("", 0))) }
    }

    /// Displays a step of a build.
    pub(crate) fn build(&self, step: Progress) {
        let (what, done, of) = parts(step);
        self.step(what, done, of);
    }

    /// Displays that `done` of `of` pieces of `what` are finished.
    pub(crate) fn step(&self, what: &'static str, done: usize, of: usize) {
        if let Some(bar) = &self.bar {
            bar.set_message(what);
            bar.set_length(of as u64);
            bar.set_position(done as u64);
            return;
        }
        let tenth = (done * 10).checked_div(of).unwrap_or(0);
        let mut last = self.last_line.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if last.0 == what && last.1 >= tenth {
            return;
        }
        *last = (what, tenth);
        let count = if of > 1 { format!(": {done} of {of}") } else { String::new() };
        // If standard error is closed, the work goes on anyway.
        let _ = writeln!(io::stderr(), "{what}{count}");
    }

    /// Removes the bar.
    pub(crate) fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// A step of a build in one line, where a bar that moves would disturb what is typed.
pub(crate) fn line(step: Progress) -> String {
    let (what, done, of) = parts(step);
    if of <= 1 {
        return what.to_owned();
    }
    let tenths = (done * 10 / of).min(10);
    format!("{what} [{}{}] {done} of {of}", "#".repeat(tenths), "-".repeat(10 - tenths))
}

/// What is done, how many pieces of it are finished, and of how many.
fn parts(step: Progress) -> (&'static str, usize, usize) {
    match step {
        Progress::Embedding(done, of) => ("embedding wordings", done, of),
        Progress::Indexing => ("writing the index", 0, 1),
        Progress::Training => ("training and calibrating", 0, 1),
        Progress::Testing => ("asking the entries' own tests", 0, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_shows_how_much_is_done() {
        assert_eq!(line(Progress::Embedding(3, 9)), "embedding wordings [###-------] 3 of 9");
        assert_eq!(line(Progress::Embedding(9, 9)), "embedding wordings [##########] 9 of 9");
        assert_eq!(line(Progress::Training), "training and calibrating");
    }
}
