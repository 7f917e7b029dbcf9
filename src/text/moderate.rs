//! What moderators read: reload, test, status, refusals. The words stand in `locales/<lang>/moderate.ftl`.
//!
//! Single lines only; `bot/moderate/*.rs` puts them together.

use crate::{
    bot::reload::{Failure, Trial},
    knowledge::{
        entry::{Announcement, EntryId, Lang},
        verdict::{Decision, Hit, Verdict},
    },
    text::Text,
};

/// Ids named in one line before "and n more".
const MAX_IDS: usize = 20;

impl Text {
    /// The heading of a refusal.
    pub fn refused_title(self) -> String {
        self.say("refused-title")
    }

    /// Only moderators may do that.
    pub fn refused(self) -> String {
        self.say("refused")
    }

    /// The heading of a reload that went through.
    pub fn reload_title(self) -> String {
        self.say("reload-title")
    }

    /// The heading of a reload without news.
    pub fn reload_unchanged_title(self) -> String {
        self.say("reload-unchanged-title")
    }

    /// The files are those in force.
    pub fn reload_unchanged(self, generation: u64) -> String {
        self.get("reload-unchanged", &[("generation", generation.into())])
    }

    /// The new generation and the time it took.
    pub fn reload_in_force(self, generation: u64, took: std::time::Duration) -> String {
        let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        self.get(
            "reload-in-force",
            &[("generation", generation.into()), ("milliseconds", milliseconds.to_string().into())],
        )
    }

    /// Entries added; nothing where there are none.
    pub fn reload_added(self, entries: &[EntryId]) -> Option<String> {
        (!entries.is_empty()).then(|| {
            self.get(
                "reload-added",
                &[("count", entries.len().into()), ("entries", self.ids(entries).into())],
            )
        })
    }

    /// Entries changed; nothing where there are none.
    pub fn reload_changed(self, entries: &[EntryId]) -> Option<String> {
        (!entries.is_empty()).then(|| {
            self.get(
                "reload-changed",
                &[("count", entries.len().into()), ("entries", self.ids(entries).into())],
            )
        })
    }

    /// Entries removed; nothing where there are none.
    pub fn reload_removed(self, entries: &[EntryId]) -> Option<String> {
        (!entries.is_empty()).then(|| {
            self.get(
                "reload-removed",
                &[("count", entries.len().into()), ("entries", self.ids(entries).into())],
            )
        })
    }

    /// The announcement itself changed.
    pub fn reload_announcement_changed(self) -> String {
        self.say("reload-announcement-changed")
    }

    /// Files changed and entries did not.
    pub fn reload_same_entries(self) -> String {
        self.say("reload-same-entries")
    }

    /// How many more lines there would be.
    pub fn and_more(self, count: usize) -> String {
        self.get("reload-and-more", &[("count", count.into())])
    }

    /// Leads to findings.
    pub fn reload_findings(self, count: usize) -> String {
        self.get("reload-findings", &[("count", count.into())])
    }

    /// How the entries' own tests went.
    pub fn reload_tests(self, trial: &Trial) -> String {
        let (count, failed) = (trial.n_tests, trial.failures.len());
        if failed == 0 {
            return self.get("reload-tests-passed", &[("count", count.into())]);
        }
        self.get("reload-tests-failed", &[("failed", failed.into()), ("count", count.into())])
    }

    /// One test that failed.
    pub fn reload_failure(self, failure: &Failure) -> String {
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
    pub fn refused_reload_title(self) -> String {
        self.say("refused-reload-title")
    }

    /// The old generation answers on.
    pub fn refused_reload_still(self, generation: u64) -> String {
        self.get("refused-reload-still", &[("generation", generation.into())])
    }

    /// Refused: errors in the files.
    pub fn refused_reload_findings(self) -> String {
        self.say("refused-reload-findings")
    }

    /// Refused: more than half of the entries would be gone.
    pub fn refused_reload_shrunk(self, before: usize, after: usize) -> String {
        self.get("refused-reload-shrunk", &[("before", before.into()), ("after", after.into())])
    }

    /// Refused: too many tests failed.
    pub fn refused_reload_tests(self) -> String {
        self.say("refused-reload-tests")
    }

    /// Refused: it could not be built.
    pub fn refused_reload_build(self, reason: &str) -> String {
        self.get("refused-reload-build", &[("reason", reason.into())])
    }

    /// Refused: our own fault.
    pub fn refused_reload_panic(self, reference: &str) -> String {
        self.get("refused-reload-panic", &[("reference", reference.into())])
    }

    /// The button that confirms a smaller FAQ.
    pub fn button_reload_shrunk(self) -> String {
        self.say("button-reload-shrunk")
    }

    /// The heading of a test.
    pub fn test_title(self) -> String {
        self.say("test-title")
    }

    /// Which question of a message it is about.
    pub fn test_part(self, number: usize, lang: Lang) -> String {
        self.get("test-part", &[("number", number.into()), ("lang", lang.code().into())])
    }

    /// The decision and how sure it is.
    pub fn test_decision(self, verdict: &Verdict) -> String {
        let decision = self.decision(&verdict.decision);
        let confidence = format!("{:.0}", verdict.confidence * 100.0);
        self.get("test-decision", &[("decision", decision.into()), ("confidence", confidence.into())])
    }

    /// Margin and threshold.
    pub fn test_margin(self, margin: f32, threshold: f32) -> String {
        self.get(
            "test-margin",
            &[("margin", self.decimal(margin).into()), ("threshold", self.decimal(threshold).into())],
        )
    }

    /// One of the best entries.
    pub fn test_hit(self, number: usize, hit: &Hit) -> String {
        self.get(
            "test-hit",
            &[
                ("number", number.into()),
                ("entry", hit.entry.as_str().into()),
                ("score", self.decimal(hit.score).into()),
            ],
        )
    }

    /// No entry came near.
    pub fn test_no_hits(self) -> String {
        self.say("test-no-hits")
    }

    /// Nothing to match.
    pub fn test_nothing(self) -> String {
        self.say("test-nothing")
    }

    /// A test is private.
    pub fn test_private(self) -> String {
        self.say("test-private")
    }

    /// The heading of a status.
    pub fn status_title(self) -> String {
        self.say("status-title")
    }

    /// Number and hash of the generation.
    pub fn status_generation(self, generation: u64, hash: &str) -> String {
        self.get("status-generation", &[("generation", generation.into()), ("hash", hash.into())])
    }

    /// How much there is.
    pub fn status_entries(
        self,
        answers: usize,
        not_covered: usize,
        routes: usize,
        wordings: usize,
    ) -> String {
        self.get(
            "status-entries",
            &[
                ("answers", answers.into()),
                ("not_covered", not_covered.into()),
                ("routes", routes.into()),
                ("wordings", wordings.into()),
            ],
        )
    }

    /// The announcement, if there is one.
    pub fn status_announcement(self, announcement: Option<&Announcement>) -> String {
        let Some(announcement) = announcement else { return self.say("status-no-announcement") };
        self.get(
            "status-announcement",
            &[
                ("title", announcement.title.as_str().into()),
                ("paragraphs", announcement.passages.len().into()),
            ],
        )
    }

    /// Since when the generation answers.
    pub fn status_in_force_since(self, since: jiff::Timestamp, now: jiff::Timestamp) -> String {
        let age = self.age(now.duration_since(since).as_mins());
        self.get("status-in-force-since", &[("since", moment(since).into()), ("age", age.into())])
    }

    /// Findings in the content in force.
    pub fn status_findings(self, errors: usize, warnings: usize) -> String {
        self.get("status-findings", &[("errors", errors.into()), ("warnings", warnings.into())])
    }

    /// The last reload was refused.
    pub fn status_last_refused(self, at: jiff::Timestamp) -> String {
        self.get("status-last-refused", &[("at", moment(at).into())])
    }

    /// How often "Not helpful" was pressed.
    pub fn status_not_helpful(self, count: u64) -> String {
        self.get("status-not-helpful", &[("count", count.into())])
    }

    /// Where it was pressed most.
    pub fn status_not_helpful_most(self, entries: &[EntryId]) -> String {
        self.get("status-not-helpful-most", &[("entries", self.ids(entries).into())])
    }

    fn decision(self, decision: &Decision) -> String {
        match decision {
            Decision::Answer(id) => self.get("decision-answer", &[("entry", id.as_str().into())]),
            Decision::Passage(paragraph) => {
                self.get("decision-passage", &[("paragraph", (*paragraph).into())])
            }
            Decision::Suggest(near) => self.get("decision-suggest", &[("entries", self.ids(near).into())]),
            Decision::NotCovered(id, _) => self.get("decision-not-covered", &[("entry", id.as_str().into())]),
            Decision::Unknown(near) if near.is_empty() => self.say("decision-unknown"),
            Decision::Unknown(near) => {
                self.get("decision-unknown-near", &[("entries", self.ids(near).into())])
            }
            Decision::Route(kind, id) => self.get(
                "decision-route",
                &[("route", format!("{kind:?}").into()), ("entry", id.as_str().into())],
            ),
        }
    }

    fn age(self, minutes: i64) -> String {
        let minutes = minutes.max(0);
        let (hours, days) = (minutes / 60, minutes / (24 * 60));
        match () {
            () if days > 0 => self.get("age-days", &[("count", days.into())]),
            () if hours > 0 => self.get("age-hours", &[("count", hours.into())]),
            () => self.get("age-minutes", &[("count", minutes.into())]),
        }
    }

    /// Ids as code, comma between them, at most twenty.
    fn ids(self, ids: &[EntryId]) -> String {
        let mut shown: Vec<String> = ids.iter().take(MAX_IDS).map(|id| format!("`{id}`")).collect();
        if ids.len() > MAX_IDS {
            shown.push(self.and_more(ids.len() - MAX_IDS));
        }
        shown.join(", ")
    }

    /// A score with two decimals, in the manner of the language.
    fn decimal(self, score: f32) -> String {
        let plain = format!("{score:.2}");
        if self.lang() == Lang::Fr { plain.replace('.', ",") } else { plain }
    }
}

/// A moment to the minute, in UTC so that moderators in several countries read the same.
fn moment(at: jiff::Timestamp) -> String {
    at.to_zoned_datetime(jiff::tz::TimeZone::UTC).strftime("%Y-%m-%d %H:%M UTC").to_string()
}
