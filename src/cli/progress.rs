//! Progress of long work on standard error: a bar on a terminal, a line now and then anywhere else.

use std::{
    io::{self, IsTerminal, Write},
    sync::Mutex,
};

use indicatif::{ProgressBar, ProgressStyle};

use crate::knowledge::matching::Progress;

/// Shows how far a piece of work is.
pub(crate) struct Shown {
    bar: Option<ProgressBar>,
    told: Mutex<(&'static str, usize)>,
}

impl Shown {
    /// Nothing is shown until there is something to show.
    pub(crate) fn new() -> Shown {
        let bar = io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::no_length();
            let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}");
            bar.set_style(style.expect("our own template is valid"));
            bar
        });
        Shown { bar, told: Mutex::new(("", 0)) }
    }

    /// A step of a build.
    pub(crate) fn build(&self, step: Progress) {
        match step {
            Progress::Embedding(done, of) => self.step("embedding wordings", done, of),
            Progress::Indexing => self.step("writing the index", 0, 1),
            Progress::Training => self.step("training and calibrating", 0, 1),
        }
    }

    /// `done` of `of` pieces of `what`.
    pub(crate) fn step(&self, what: &'static str, done: usize, of: usize) {
        if let Some(bar) = &self.bar {
            bar.set_message(what);
            bar.set_length(of as u64);
            bar.set_position(done as u64);
            return;
        }
        let tenth = (done * 10).checked_div(of).unwrap_or(0);
        let mut told = self.told.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if told.0 == what && told.1 >= tenth {
            return;
        }
        *told = (what, tenth);
        let count = if of > 1 { format!(": {done} of {of}") } else { String::new() };
        // Progress that nobody can read is no reason to stop.
        let _ = writeln!(io::stderr(), "{what}{count}");
    }

    /// Takes the bar away.
    pub(crate) fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
