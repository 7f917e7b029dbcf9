//! What moderators read of a reload. The messages are in `locales/<lang>/moderate.ftl`. Single lines only:
//! `bot/moderate/report.rs` puts them together.

use crate::{
    knowledge::content::entry::EntryId,
    knowledge::entry_tests::{FailedTest, TestReport},
    knowledge::matching::Progress,
    text::Text,
};

impl Text {
    /// The heading of a reload that went through.
    pub(crate) fn reload_title(self) -> String {
        self.say("reload-title")
    }

    /// The heading of a reload that is not finished.
    pub(crate) fn reload_running_title(self) -> String {
        self.say("reload-running-title")
    }

    /// What a reload is doing.
    pub(crate) fn reload_step(self, step: Progress) -> String {
        match step {
            Progress::Indexing => self.say("reload-step-indexing"),
            Progress::Embedding(done, of) => {
                self.get("reload-step-embedding", &[("done", done.into()), ("of", of.into())])
            }
            Progress::Training => self.say("reload-step-training"),
            Progress::Testing => self.say("reload-step-testing"),
        }
    }

    /// No generation is in force, not even an old one.
    pub(crate) fn refused_reload_nothing_in_force(self) -> String {
        self.say("refused-reload-nothing-in-force")
    }

    /// The heading of a reload that found nothing new.
    pub(crate) fn reload_unchanged_title(self) -> String {
        self.say("reload-unchanged-title")
    }

    /// The files are those in force.
    pub(crate) fn reload_unchanged(self, generation: u64) -> String {
        self.get("reload-unchanged", &[("generation", generation.into())])
    }

    /// The new generation and the time it took.
    pub(crate) fn reload_in_force(self, generation: u64, took: std::time::Duration) -> String {
        let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        self.get(
            "reload-in-force",
            &[("generation", generation.into()), ("milliseconds", milliseconds.to_string().into())],
        )
    }

    /// Entries added; nothing where there are none.
    pub(crate) fn reload_added(self, entries: &[EntryId]) -> Option<String> {
        (!entries.is_empty()).then(|| {
            self.get(
                "reload-added",
                &[("count", entries.len().into()), ("entries", self.ids(entries).into())],
            )
        })
    }

    /// Entries changed; nothing where there are none.
    pub(crate) fn reload_changed(self, entries: &[EntryId]) -> Option<String> {
        (!entries.is_empty()).then(|| {
            self.get(
                "reload-changed",
                &[("count", entries.len().into()), ("entries", self.ids(entries).into())],
            )
        })
    }

    /// Entries removed; nothing where there are none.
    pub(crate) fn reload_removed(self, entries: &[EntryId]) -> Option<String> {
        (!entries.is_empty()).then(|| {
            self.get(
                "reload-removed",
                &[("count", entries.len().into()), ("entries", self.ids(entries).into())],
            )
        })
    }

    /// The announcement itself changed.
    pub(crate) fn reload_announcement_changed(self) -> String {
        self.say("reload-announcement-changed")
    }

    /// Files changed and entries did not.
    pub(crate) fn reload_same_entries(self) -> String {
        self.say("reload-same-entries")
    }

    /// How many more lines there would be.
    pub(crate) fn and_more(self, count: usize) -> String {
        self.get("reload-and-more", &[("count", count.into())])
    }

    /// Introduces findings.
    pub(crate) fn reload_findings(self, count: usize) -> String {
        self.get("reload-findings", &[("count", count.into())])
    }

    /// How the entries' own tests went.
    pub(crate) fn reload_tests(self, trial: &TestReport) -> String {
        let (count, failed) = (trial.n_tests, trial.failures.len());
        if failed == 0 {
            return self.get("reload-tests-passed", &[("count", count.into())]);
        }
        self.get("reload-tests-failed", &[("failed", failed.into()), ("count", count.into())])
    }

    /// One test that failed.
    pub(crate) fn reload_failure(self, failure: &FailedTest) -> String {
        let entry = failure.entry.as_str();
        let question = failure.question.as_str();
        match &failure.answered_by {
            _ if !failure.is_to_answer => {
                self.get("reload-test-not", &[("entry", entry.into()), ("question", question.into())])
            }
            None => self.get("reload-test-ask", &[("entry", entry.into()), ("question", question.into())]),
            Some(other) => self.get(
                "reload-test-ask-other",
                &[("entry", entry.into()), ("question", question.into()), ("other", other.as_str().into())],
            ),
        }
    }

    /// The heading of a reload that was refused.
    pub(crate) fn refused_reload_title(self) -> String {
        self.say("refused-reload-title")
    }

    /// The old generation stays in force.
    pub(crate) fn refused_reload_still(self, generation: u64) -> String {
        self.get("refused-reload-still", &[("generation", generation.into())])
    }

    /// Refused: errors in the files.
    pub(crate) fn refused_reload_findings(self) -> String {
        self.say("refused-reload-findings")
    }

    /// Refused: more than half of the entries would be gone.
    pub(crate) fn refused_reload_shrunk(self, before: usize, after: usize) -> String {
        self.get("refused-reload-shrunk", &[("before", before.into()), ("after", after.into())])
    }

    /// Refused: too many tests failed.
    pub(crate) fn refused_reload_tests(self) -> String {
        self.say("refused-reload-tests")
    }

    /// Refused: it could not be built.
    pub(crate) fn refused_reload_build(self, reason: &str) -> String {
        self.get("refused-reload-build", &[("reason", reason.into())])
    }

    /// Refused: the bot itself failed.
    pub(crate) fn refused_reload_panic(self, reference: &str) -> String {
        self.get("refused-reload-panic", &[("reference", reference.into())])
    }

    /// The button that confirms a smaller FAQ.
    pub(crate) fn button_reload_shrunk(self) -> String {
        self.say("button-reload-shrunk")
    }
}
