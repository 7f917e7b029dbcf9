//! What members read: answers, near misses, refusals, help. The messages are in `locales/<lang>/answer.ftl`.

use crate::{
    knowledge::content::entry::{Citation, Entry, Texts},
    lang::Lang,
    text::{Text, bundle, format},
};

/// The numbers of two generations: the one that answered, and the one in force now.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AnsweredBefore {
    pub(crate) by: u64,
    pub(crate) now: u64,
}

impl Text {
    /// The one line, in the language of a question, that says the text below is in English; nothing for English.
    pub(crate) fn only_in_english(lang: Lang) -> Option<String> {
        (lang != Lang::En).then(|| format(bundle(lang), "only-in-english", &[])).flatten()
    }

    /// The small print that names the bot as automatic.
    pub(crate) fn footer(self, texts: Texts) -> String {
        match texts {
            Texts::Both => self.say("footer-both"),
            Texts::Announcement => self.say("footer-announcement"),
            Texts::Faq => self.say("footer-faq"),
        }
    }

    /// Where a quote is from.
    pub(crate) fn source(self, citation: &Citation) -> String {
        match citation.paragraph {
            Some(paragraph) => self.get("source-paragraph", &[("paragraph", paragraph.into())]),
            None => self.say("source-title"),
        }
    }

    /// The label of the link to the announcement.
    pub(crate) fn read_announcement(self) -> String {
        self.say("read-announcement")
    }

    /// The heading over paragraphs that are near a question without an answer.
    pub(crate) fn passages_title(self) -> String {
        self.say("passages-title")
    }

    /// The sentence over the nearest paragraph, whose number it names.
    pub(crate) fn passages_body(self, paragraph: usize) -> String {
        self.get("passages-body", &[("paragraph", paragraph.into())])
    }

    /// The heading over near misses.
    pub(crate) fn suggest_title(self) -> String {
        self.say("suggest-title")
    }

    /// The sentence over near misses.
    pub(crate) fn suggest_body(self) -> String {
        self.say("suggest-body")
    }

    /// The heading where the texts do not say.
    pub(crate) fn unknown_title(self) -> String {
        self.say("unknown-title")
    }

    /// The texts do not say.
    pub(crate) fn unknown(self, texts: Texts) -> String {
        match texts {
            Texts::Both => self.say("unknown-body"),
            Texts::Announcement => self.say("unknown-announcement-body"),
            Texts::Faq => self.say("unknown-faq-body"),
        }
    }

    /// The texts do not say it, of one question among several that were answered.
    pub(crate) fn unknown_one_of_several(self, texts: Texts) -> String {
        match texts {
            Texts::Both => self.say("unknown-one-of-several"),
            Texts::Announcement => self.say("unknown-announcement-one-of-several"),
            Texts::Faq => self.say("unknown-faq-one-of-several"),
        }
    }

    /// Introduces the near misses under a refusal.
    pub(crate) fn near_misses(self) -> String {
        self.say("near-misses")
    }

    /// Invites the person to ask in other words.
    pub(crate) fn reword(self) -> String {
        self.say("reword")
    }

    /// The button "Why this answer?", numbered where there are several answers.
    pub(crate) fn button_why(self, number: Option<usize>) -> String {
        match number {
            Some(number) => self.get("button-why-numbered", &[("number", number.into())]),
            None => self.say("button-why"),
        }
    }

    /// The button "Not helpful".
    pub(crate) fn button_not_helpful(self) -> String {
        self.say("button-not-helpful")
    }

    /// The button that shows a private reply to its recipient.
    pub(crate) fn button_need(self) -> String {
        self.say("button-need")
    }

    /// The heading of the careful text.
    pub(crate) fn need_title(self) -> String {
        self.say("need-title")
    }

    /// How to speak to a person, as the operator set it.
    pub(crate) fn need_contact(self, contact: &str) -> String {
        self.get("need-contact", &[("contact", contact.into())])
    }

    /// The careful text of a FAQ that has no route for people in need.
    pub(crate) fn need_without_route(self) -> String {
        self.say("need-without-route")
    }

    /// The short public notice if a person in need cannot be reached privately.
    pub(crate) fn need_in_public(self) -> String {
        self.say("need-in-public")
    }

    /// A friendly reply to a statement that asks nothing, where the FAQ has none of its own.
    pub(crate) fn chatter(self) -> String {
        self.say("chatter")
    }

    /// The heading of an explanation.
    pub(crate) fn why_title(self) -> String {
        self.say("why-title")
    }

    /// Which entry was shown.
    pub(crate) fn why_entry(self, entry: &Entry) -> String {
        let question = &entry.version(self.lang()).question;
        self.get("why-entry", &[("question", question.into()), ("entry", entry.id.as_str().into())])
    }

    /// Which wording was nearest.
    pub(crate) fn why_wording(self, wording: &str) -> String {
        self.get("why-wording", &[("wording", wording.into())])
    }

    /// Which words were shared.
    pub(crate) fn why_words(self, words: &[String]) -> String {
        if words.is_empty() {
            return self.say("why-no-words");
        }
        self.get("why-words", &[("words", words.join(", ").into())])
    }

    /// In the light of which entry it was asked.
    pub(crate) fn why_after(self, before: &Entry) -> String {
        let question = &before.version(self.lang()).question;
        self.get("why-after", &[("question", question.into()), ("entry", before.id.as_str().into())])
    }

    /// Confidence, margin and threshold in percent.
    pub(crate) fn why_scores(self, confidence: u8, margin: u8, threshold: u8) -> String {
        self.get(
            "why-scores",
            &[("confidence", confidence.into()), ("margin", margin.into()), ("threshold", threshold.into())],
        )
    }

    /// The generation that answered.
    pub(crate) fn why_generation(self, generation: u64) -> String {
        self.get("why-generation", &[("generation", generation.into())])
    }

    /// The generation that answered is no longer in force.
    pub(crate) fn why_reloaded(self, generations: AnsweredBefore) -> String {
        let AnsweredBefore { by, now } = generations;
        self.get("why-reloaded", &[("then", by.into()), ("now", now.into())])
    }

    /// Thanks for "Not helpful".
    pub(crate) fn thanks_for_feedback(self) -> String {
        self.say("thanks-for-feedback")
    }

    /// The entry behind a button is gone.
    pub(crate) fn gone(self) -> String {
        self.say("gone")
    }

    /// The button is of another version.
    pub(crate) fn stale(self) -> String {
        self.say("stale")
    }

    /// Too many questions in too short a time.
    pub(crate) fn wait(self, seconds: u64) -> String {
        self.get("wait", &[("seconds", seconds.into())])
    }

    /// No FAQ is in force yet.
    pub(crate) fn not_ready(self) -> String {
        self.say("not-ready")
    }

    /// The bot is too busy to look.
    pub(crate) fn busy(self) -> String {
        self.say("busy")
    }

    /// The heading of an apology.
    pub(crate) fn apology_title(self) -> String {
        self.say("apology-title")
    }

    /// An apology with the reference that is in the log.
    pub(crate) fn apology(self, reference: &str) -> String {
        self.get("apology", &[("reference", reference.into())])
    }

    /// The heading of the help.
    pub(crate) fn help_title(self) -> String {
        self.say("help-title")
    }

    /// What the bot answers from.
    pub(crate) fn help_about(self, announcement: Option<&str>) -> String {
        match announcement {
            Some(title) => self.get("help-announcement", &[("title", title.into())]),
            None => self.say("help-faq"),
        }
    }

    /// How to ask, the press, people in danger: a paragraph each.
    pub(crate) fn help_paragraphs(self) -> [String; 3] {
        [self.say("help-ask"), self.say("help-media"), self.say("help-need")]
    }

    /// What is kept of questions; with `min_askers`, the words of some are.
    pub(crate) fn help_privacy(self, min_askers: Option<u16>) -> String {
        match min_askers {
            Some(min) => self.get("help-privacy-gaps", &[("min", min.into())]),
            None => self.say("help-privacy"),
        }
    }

    /// A question to begin with.
    pub(crate) fn help_example(self, question: &str) -> String {
        self.get("help-example", &[("question", question.into())])
    }

    /// What moderators can do.
    pub(crate) fn help_moderator(self) -> String {
        self.say("help-moderator")
    }
}
