//! What a person can make the bot do: a closed list, free of any chat platform.

use crate::{
    bot::{conversation::ask::ConversationAsk, editor::ask::EditorAsk},
    ids::{ChannelId, DraftId, GuildId, InteractionId, Reference, TicketId, UserId},
    knowledge::content::entry::EntryId,
    lang::Lang,
};

/// One thing a person did, and who and where.
#[derive(Debug, Clone)]
pub struct Request {
    /// Who did it.
    pub actor: Actor,
    /// Where.
    pub place: Place,
    /// The language of the person's client, which labels and fixed sentences follow.
    pub locale: Lang,
    /// What they want.
    pub ask: Ask,
}

/// The person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The platform's id; 0 is the person at the terminal.
    pub id: UserId,
    /// Whether the person may moderate: decided by the platform's adapter from the event itself, checked by the bot on every action.
    pub is_moderator: bool,
}

/// Where it happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// The terminal.
    Terminal,
    /// A private conversation with the bot.
    Direct,
    /// A channel of a server.
    Guild {
        /// The server.
        guild: GuildId,
        /// The channel.
        channel: ChannelId,
    },
}

/// Everything a person can make the bot do.
#[derive(Clone, PartialEq, Eq)]
pub enum Ask {
    /// `/ask`, a mention, a reply, a direct message, a context menu: somebody addresses the bot.
    Question {
        /// As typed.
        text: String,
        /// The person's own choice between a private and a public answer; `None` leaves it to the setting. What was
        /// asked in the open (a mention, a reply to the bot) is `Some(false)`.
        private: Option<bool>,
    },
    /// A message in an ask channel that addresses nobody: silence unless it is a question.
    Overheard {
        /// As typed.
        text: String,
    },
    /// The text so far of `/ask question:`.
    Complete {
        /// As typed.
        prefix: String,
    },
    /// A press on a near miss.
    Show {
        /// The entry to show.
        entry: EntryId,
        /// `Some(true)` if somebody else than the asker pressed: the message belongs to its asker and stays as it is.
        private: Option<bool>,
    },
    /// "Why this answer?"
    Why(Why),
    /// "Not helpful".
    NotHelpful {
        /// The entry that was shown; `None` for "unknown".
        entry: Option<EntryId>,
    },
    /// `/media`, or its button.
    Media,
    /// The button "Write to the media team": opens the form.
    MediaForm {
        /// A draft that failed the checks, to be filled in again.
        draft: Option<DraftId>,
    },
    /// The button "What happens to my enquiry?"
    MediaExplained,
    /// The form, sent.
    MediaSubmit {
        /// The platform's id of this submission: the same one twice is one enquiry.
        interaction: InteractionId,
        /// The fields as typed.
        fields: EnquiryFields,
    },
    /// `/media status`
    MediaStatus {
        /// As typed.
        reference: String,
    },
    /// The button by which a sender agrees to a direct message about the state.
    MediaNotify {
        /// The enquiry.
        reference: String,
    },
    /// The button under the short public notice for a person in need: the careful text, privately.
    NeedHelp,
    /// `/privacy show`
    PrivacyShow,
    /// `/privacy erase`
    PrivacyErase,
    /// `/help`
    Help,
    /// `/faq reload`
    Reload {
        /// Accept a FAQ that lost more than half of its entries.
        allow_shrink: bool,
    },
    /// `/faq test`
    Test {
        /// As typed.
        text: String,
    },
    /// `/faq status`
    Status,
    /// `/faq enquiries`
    Enquiries,
    /// `/faq retry`
    EnquiryRetry {
        /// The enquiry.
        reference: String,
    },
    /// `/faq block`
    EnquiryBlock {
        /// An enquiry of the sender to block.
        reference: String,
    },
    /// Anything of the editor.
    Editor(EditorAsk),
    /// What members asked in vain. For moderators.
    Gaps(GapsAsk),
    /// `/faq stats`
    Stats,
    /// Corrections of earlier answers. For moderators.
    Corrections(CorrectionsAsk),
    /// The button "Tell me when there is an answer".
    Subscribe {
        /// Stands for the question.
        ticket: TicketId,
    },
    /// Anything that belongs to a conversation.
    Conversation(ConversationAsk),
    /// A button of another version, or one that makes no sense.
    Stale,
}

/// What a moderator does about earlier public answers whose entries have changed since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CorrectionsAsk {
    /// `/faq corrections`: how many there are.
    Offer,
    /// To edit them.
    Mark,
}

/// What a moderator does with the questions that members asked in vain. A gap stands for all questions that ask alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GapsAsk {
    /// `/faq unanswered`, from this page on.
    List {
        /// Counted from 0.
        page: u16,
    },
    /// To choose an entry that gets its words as one more wording.
    AddTo {
        /// One of the questions.
        gap: i64,
    },
    /// Never to show it again.
    Dismiss {
        /// One of the questions.
        gap: i64,
    },
}

impl std::fmt::Debug for Ask {
    /// The variant's name alone: what a person typed never reaches a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl Ask {
    /// The name of the variant, for logs and metrics.
    pub fn name(&self) -> &'static str {
        match self {
            Ask::Question { .. } => "question",
            Ask::Overheard { .. } => "overheard",
            Ask::Complete { .. } => "complete",
            Ask::Show { .. } => "show",
            Ask::Why(_) => "why",
            Ask::NotHelpful { .. } => "not_helpful",
            Ask::Media => "media",
            Ask::MediaForm { .. } => "media_form",
            Ask::MediaExplained => "media_explained",
            Ask::MediaSubmit { .. } => "media_submit",
            Ask::MediaStatus { .. } => "media_status",
            Ask::MediaNotify { .. } => "media_notify",
            Ask::NeedHelp => "need_help",
            Ask::PrivacyShow => "privacy_show",
            Ask::PrivacyErase => "privacy_erase",
            Ask::Help => "help",
            Ask::Reload { .. } => "reload",
            Ask::Test { .. } => "test",
            Ask::Status => "status",
            Ask::Enquiries => "enquiries",
            Ask::EnquiryRetry { .. } => "enquiry_retry",
            Ask::EnquiryBlock { .. } => "enquiry_block",
            Ask::Editor(ask) => ask.name(),
            Ask::Gaps(GapsAsk::List { .. }) => "gaps_list",
            Ask::Gaps(GapsAsk::AddTo { .. }) => "gaps_add_to",
            Ask::Gaps(GapsAsk::Dismiss { .. }) => "gaps_dismiss",
            Ask::Stats => "stats",
            Ask::Corrections(CorrectionsAsk::Offer) => "corrections_offer",
            Ask::Corrections(CorrectionsAsk::Mark) => "corrections_mark",
            Ask::Subscribe { .. } => "subscribe",
            Ask::Conversation(ask) => ask.name(),
            Ask::Stale => "stale",
        }
    }

    /// The enquiry, entry or revision that a moderator's request is about, for the audit; empty where only what was typed
    /// would say.
    pub(crate) fn reference(&self) -> String {
        match self {
            Ask::EnquiryRetry { reference } | Ask::EnquiryBlock { reference } => {
                Reference::parse(reference).map(|reference| reference.to_string()).unwrap_or_default()
            }
            Ask::Editor(ask) => ask.reference(),
            _ => String::new(),
        }
    }

    /// Whether a generation may have to be built, which can take minutes.
    pub fn may_build(&self) -> bool {
        match self {
            Ask::Reload { .. } => true,
            Ask::Editor(ask) => ask.builds(),
            _ => false,
        }
    }

    /// Whether only a moderator may ask it.
    pub fn needs_moderator(&self) -> bool {
        matches!(
            self,
            Ask::Reload { .. }
                | Ask::Test { .. }
                | Ask::Status
                | Ask::Enquiries
                | Ask::EnquiryRetry { .. }
                | Ask::EnquiryBlock { .. }
                | Ask::Editor(_)
                | Ask::Gaps(_)
                | Ask::Stats
                | Ask::Corrections(_)
        )
    }
}

/// What a "Why this answer?" button carries: enough to explain without storing what was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// The entry that answered.
    pub entry: EntryId,
    /// Confidence in percent, 0 to 100.
    pub confidence: u8,
    /// Margin to the runner-up in percent, 0 to 100.
    pub margin: u8,
    /// The threshold in force in percent, 0 to 100.
    pub threshold: u8,
    /// Which wording of the entry was nearest, counted as [`crate::knowledge::content::entry::Entry::all_wordings`] does.
    pub wording: u16,
    /// Which words of that wording the question shared: bit n for the n-th word, the first 32.
    pub matched: u32,
    /// The number of the generation that answered.
    pub generation: u64,
    /// The entry answered before, in the light of which it was asked: its place among the entries of that generation.
    pub after: Option<u16>,
}

impl Why {
    /// The last place of an entry that a button has room for.
    pub(crate) const MAX_PLACE: u16 = 46_655;
}

/// The media form's five fields, as typed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct EnquiryFields {
    /// Name and outlet.
    pub name: String,
    /// The address for the answer.
    pub email: String,
    /// The deadline, in words.
    pub deadline: String,
    /// The question.
    pub question: String,
    /// Anything else.
    pub extra: String,
}

impl EnquiryFields {
    /// Sets the field of that key; an unknown key changes nothing.
    pub fn set(&mut self, key: &str, value: String) {
        match key {
            "name" => self.name = value,
            "email" => self.email = value,
            "deadline" => self.deadline = value,
            "question" => self.question = value,
            "extra" => self.extra = value,
            _ => {}
        }
    }
}
