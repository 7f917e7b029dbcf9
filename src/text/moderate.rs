//! What moderators read: refusals, test, status; `reload.rs` has the reload. The messages are in
//! `locales/<lang>/moderate.ftl`. Single lines only: `bot/moderate/*.rs` puts them together.

use crate::{
    knowledge::{
        content::entry::{Announcement, EntryId, Kind},
        matching::verdict::{Decision, Hit, Verdict},
    },
    lang::Lang,
    text::Text,
};

/// Ids named in one line before "and n more".
const MAX_IDS: usize = 20;

impl Text {
    /// The heading of a refusal.
    pub(crate) fn refused_title(self) -> String {
        self.say("refused-title")
    }

    /// Only moderators may do that.
    pub(crate) fn refused(self) -> String {
        self.say("refused")
    }

    /// The heading of a test.
    pub(crate) fn test_title(self) -> String {
        self.say("test-title")
    }

    /// Which question of a message it is about.
    pub(crate) fn test_part(self, number: usize, lang: Lang) -> String {
        self.get("test-part", &[("number", number.into()), ("lang", lang.code().into())])
    }

    /// The decision and how sure it is.
    pub(crate) fn test_decision(self, verdict: &Verdict) -> String {
        let decision = self.decision(&verdict.decision);
        let confidence = format!("{:.0}", verdict.confidence * 100.0);
        self.get("test-decision", &[("decision", decision.into()), ("confidence", confidence.into())])
    }

    /// Margin and threshold.
    pub(crate) fn test_margin(self, margin: f32, threshold: f32) -> String {
        self.get(
            "test-margin",
            &[("margin", self.decimal(margin).into()), ("threshold", self.decimal(threshold).into())],
        )
    }

    /// One of the best entries.
    pub(crate) fn test_hit(self, number: usize, hit: &Hit) -> String {
        self.get(
            "test-hit",
            &[
                ("number", number.into()),
                ("entry", hit.entry.as_str().into()),
                ("score", self.decimal(hit.score).into()),
            ],
        )
    }

    /// No entry is close.
    pub(crate) fn test_no_hits(self) -> String {
        self.say("test-no-hits")
    }

    /// Nothing to match.
    pub(crate) fn test_nothing(self) -> String {
        self.say("test-nothing")
    }

    /// A test is private.
    pub(crate) fn test_private(self) -> String {
        self.say("test-private")
    }

    /// A provisional generation answers.
    pub(crate) fn status_provisional(self) -> String {
        self.say("status-provisional")
    }

    /// The heading of a status.
    pub(crate) fn status_title(self) -> String {
        self.say("status-title")
    }

    /// Number and hash of the generation.
    pub(crate) fn status_generation(self, generation: u64, hash: &str) -> String {
        self.get("status-generation", &[("generation", generation.into()), ("hash", hash.into())])
    }

    /// How much there is.
    pub(crate) fn status_entries(
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
    pub(crate) fn status_announcement(self, announcement: Option<&Announcement>) -> String {
        let Some(announcement) = announcement else { return self.say("status-no-announcement") };
        self.get(
            "status-announcement",
            &[
                ("title", announcement.title.as_str().into()),
                ("paragraphs", announcement.passages.len().into()),
            ],
        )
    }

    /// Since when the generation is in force.
    pub(crate) fn status_in_force_since(self, since: jiff::Timestamp, now: jiff::Timestamp) -> String {
        let age = self.age(now.duration_since(since).as_mins());
        self.get("status-in-force-since", &[("since", moment(since).into()), ("age", age.into())])
    }

    /// Findings in the content in force.
    pub(crate) fn status_findings(self, errors: usize, warnings: usize) -> String {
        self.get("status-findings", &[("errors", errors.into()), ("warnings", warnings.into())])
    }

    /// No generation is in force.
    pub(crate) fn status_nothing_in_force(self) -> String {
        self.say("status-nothing-in-force")
    }

    /// The last reload was refused.
    pub(crate) fn status_last_refused(self, at: jiff::Timestamp) -> String {
        self.get("status-last-refused", &[("at", moment(at).into())])
    }

    /// How often "Not helpful" was pressed.
    pub(crate) fn status_not_helpful(self, count: u64) -> String {
        self.get("status-not-helpful", &[("count", count.into())])
    }

    /// How often it was pressed in the last days.
    pub(crate) fn status_not_helpful_kept(self, days: u32, count: u64) -> String {
        self.get("status-not-helpful-kept", &[("days", days.into()), ("count", count.into())])
    }

    /// Where it was pressed most.
    pub(crate) fn status_not_helpful_most(self, entries: &[EntryId]) -> String {
        self.get("status-not-helpful-most", &[("entries", self.ids(entries).into())])
    }

    fn decision(self, decision: &Decision) -> String {
        match decision {
            Decision::Answer(id) => self.get("decision-answer", &[("entry", id.as_str().into())]),
            Decision::Passages(paragraphs) => {
                let paragraphs: Vec<String> = paragraphs.iter().map(usize::to_string).collect();
                self.get("decision-passages", &[("paragraphs", paragraphs.join(", ").into())])
            }
            Decision::Suggest(near) => self.get("decision-suggest", &[("entries", self.ids(near).into())]),
            Decision::NotCovered(id, _) => self.get("decision-not-covered", &[("entry", id.as_str().into())]),
            Decision::Unknown(near) if near.is_empty() => self.say("decision-unknown"),
            Decision::Unknown(near) => {
                self.get("decision-unknown-near", &[("entries", self.ids(near).into())])
            }
            Decision::Route(kind, id) => {
                let route = route_name(*kind);
                self.get("decision-route", &[("route", route.into()), ("entry", id.as_str().into())])
            }
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
    pub(super) fn ids(self, ids: &[EntryId]) -> String {
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

/// A kind as it is written in the files.
fn route_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Answer => "answer",
        Kind::NotCovered => "not_covered",
        Kind::Media => "media",
        Kind::Need => "need",
        Kind::SmallTalk => "small_talk",
        Kind::OffTopic => "off_topic",
        Kind::Chatter => "chatter",
    }
}

/// A moment to the minute, in UTC so that moderators in several countries read the same.
fn moment(at: jiff::Timestamp) -> String {
    at.to_zoned_datetime(jiff::tz::TimeZone::UTC).strftime("%Y-%m-%d %H:%M UTC").to_string()
}
