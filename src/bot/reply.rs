//! What the bot says: plain data that a terminal prints and Discord renders.

use crate::{
    bot::{
        conversation::ask::ConversationAction,
        editor::ask::{EditorAction, EditorForm},
        request::{Ask, CorrectionsAsk, EnquiryFields, GapsAsk, Why},
    },
    ids::{DraftId, InteractionId, TicketId, UserId},
    knowledge::content::entry::{Citation, EntryId},
    lang::Lang,
    text::text,
};

/// The one answer to a request.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// Who may see it.
    pub visibility: Visibility,
    /// What it is about, for scripts and tests.
    pub outcome: Outcome,
    /// What it says, in order; a message with several questions has a card for each.
    pub cards: Vec<Card>,
    /// What can be pressed under it.
    pub buttons: Vec<Button>,
    /// A form to open instead of a message; it must be the first answer to an interaction.
    pub form: Option<Form>,
    /// Completions, for `Ask::Complete` alone.
    pub completions: Vec<Completion>,
    /// The language of its sentences, which may differ from that of the answers in it.
    pub lang: Lang,
    /// The generation that answered.
    pub generation: u64,
    /// What may be sent to the channel if a private reply cannot reach the person, such as the author of a message who
    /// accepts no direct messages. `None`: nothing.
    pub in_public: Option<Box<Reply>>,
    /// Whether the message of the button that was pressed is to be deleted; then nothing is sent.
    pub removes_message: bool,
    /// A picture under its first card, for the weekly digest alone.
    pub picture: Option<Picture>,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// A PNG file.
    pub png: Vec<u8>,
    /// What it shows, for those who do not see it.
    pub about: String,
}

/// Who sees a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// Everybody in the place.
    Public,
    /// The person alone: ephemeral where there is an interaction, a direct message where there is none.
    Private,
    /// Nobody: nothing is sent. Only [`Reply::silent`] makes one.
    Silent,
}

/// The outcome of a request, in the words of `ask --json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// The texts answer it.
    Answer,
    /// Near misses to choose from.
    Suggest,
    /// The texts do not say.
    Unknown,
    /// The contact card.
    Media,
    /// The careful, private text for a person in need.
    Sensitive,
    /// Greeting, thanks, help.
    SmallTalk,
    /// Anything else: a moderator's command, a form, a refusal.
    Service,
}

impl Outcome {
    /// Its name in the metrics.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Outcome::Answer => "answer",
            Outcome::Suggest => "suggest",
            Outcome::Unknown => "unknown",
            Outcome::Media => "media",
            Outcome::Sensitive => "sensitive",
            Outcome::SmallTalk => "small_talk",
            Outcome::Service => "service",
        }
    }
}

/// A piece of a reply: an embed on Discord, a paragraph in the terminal.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Card {
    /// A heading.
    pub title: Option<String>,
    /// The text, in Markdown.
    pub body: String,
    /// What proves it.
    pub sources: Vec<Citation>,
    /// Where the announcement can be read.
    pub url: Option<String>,
    /// Small print, complete: that the reply is automatic and what it is drawn from.
    pub footer: Option<String>,
    /// The entry it shows.
    pub entry: Option<EntryId>,
    /// What exactly it shows of that entry; `None` if it shows no answer.
    pub version: Option<ShownVersion>,
    /// How sure the bot is, 0 to 1.
    pub confidence: f32,
    /// How it is coloured.
    pub tone: Tone,
}

/// What a card shows of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownVersion {
    /// The language.
    pub lang: Lang,
    /// [`crate::knowledge::Entry::revision`] in that language.
    pub revision: String,
}

/// How a card is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// An answer.
    #[default]
    Answer,
    /// Not known, not covered.
    Unknown,
    /// Contact, help, status.
    Info,
    /// Someone in need.
    Care,
    /// Something went wrong.
    Error,
}

/// A button.
#[derive(Debug, Clone, PartialEq)]
pub struct Button {
    /// What it says.
    pub label: String,
    /// What it does.
    pub action: Action,
}

/// What a button does.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Shows an entry: in place to the person who asked, privately to everybody else.
    Show {
        /// The entry.
        entry: EntryId,
        /// Who asked; `None` for a button of an older version, which did not say.
        asker: Option<UserId>,
    },
    /// Explains the answer, privately.
    Why(Why),
    /// Counts that it did not help.
    NotHelpful(Option<EntryId>),
    /// Shows the contact card.
    Media,
    /// Opens the media form, filled in from a draft if there is one.
    MediaForm(Option<DraftId>),
    /// Explains what happens to an enquiry.
    MediaExplained,
    /// Agrees to a direct message about an enquiry, by its reference.
    MediaNotify(String),
    /// Shows the careful text privately.
    NeedHelp,
    /// Reloads although the FAQ shrank.
    ReloadShrunk,
    /// Anything of the editor.
    Editor(EditorAction),
    /// Shows or dismisses what members asked in vain.
    Gaps(GapsAsk),
    /// Asks for a message once a question has an answer.
    Subscribe(TicketId),
    /// Anything that belongs to a conversation.
    Conversation(ConversationAction),
    /// Corrects earlier answers.
    Corrections(CorrectionsAsk),
    /// Opens a web address.
    Link(String),
}

impl Action {
    /// Opens the form of an entry, filled in from a draft.
    pub(super) fn edit(draft: DraftId) -> Action {
        Action::Editor(EditorAction::Form { draft })
    }

    /// Adds the wording of a draft to an entry.
    pub(super) fn teach(draft: DraftId, entry: EntryId) -> Action {
        Action::Editor(EditorAction::TeachTo { draft, entry })
    }

    /// What a press by `person` asks; `None` for a link, which leaves the bot.
    pub fn ask(&self, person: UserId) -> Option<Ask> {
        Some(match self.clone() {
            Action::Show { entry, asker } => {
                Ask::Show { entry, private: (asker != Some(person)).then_some(true) }
            }
            Action::Why(why) => Ask::Why(why),
            Action::NotHelpful(entry) => Ask::NotHelpful { entry },
            Action::Media => Ask::Media,
            Action::MediaForm(draft) => Ask::MediaForm { draft },
            Action::MediaExplained => Ask::MediaExplained,
            Action::MediaNotify(reference) => Ask::MediaNotify { reference },
            Action::NeedHelp => Ask::NeedHelp,
            Action::ReloadShrunk => Ask::Reload { allow_shrink: true },
            Action::Editor(action) => Ask::Editor(action.ask()),
            Action::Gaps(ask) => Ask::Gaps(ask),
            Action::Subscribe(ticket) => Ask::Subscribe { ticket },
            Action::Conversation(action) => Ask::Conversation(action.ask()),
            Action::Corrections(ask) => Ask::Corrections(ask),
            Action::Link(_) => return None,
        })
    }
}

/// Which form was opened, and what its submission asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormId {
    /// The media form.
    Media,
    /// A form of the editor.
    Editor(EditorForm),
}

impl FormId {
    /// What a submission with these fields asks, by their keys.
    pub fn ask(self, interaction: InteractionId, typed: Vec<(String, String)>) -> Ask {
        match self {
            FormId::Media => {
                let mut fields = EnquiryFields::default();
                typed.into_iter().for_each(|(key, value)| fields.set(&key, value));
                Ask::MediaSubmit { interaction, fields }
            }
            FormId::Editor(form) => Ask::Editor(form.ask(typed)),
        }
    }
}

/// A form of up to five text fields.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// Which form it is.
    pub id: FormId,
    /// Its heading, at most 45 characters.
    pub title: String,
    /// Its fields in order.
    pub fields: Vec<Field>,
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its key in the submission.
    pub key: &'static str,
    /// What it asks, at most 45 characters.
    pub label: String,
    /// An example, at most 100 characters.
    pub placeholder: String,
    /// What it holds when opened.
    pub value: String,
    /// Whether it may be empty.
    pub is_required: bool,
    /// Whether it has several lines.
    pub is_long: bool,
    /// The longest text in characters.
    pub max_chars: u16,
}

/// A completion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What is shown: the entry's question.
    pub name: String,
    /// What is sent when chosen.
    pub value: String,
}

impl Reply {
    /// Where a source of one of its cards is from, in the language of the reply.
    pub fn source_label(&self, source: &Citation) -> String {
        text(self.lang).source(source)
    }

    /// A reply of one card.
    pub fn card(visibility: Visibility, outcome: Outcome, card: Card) -> Reply {
        Reply {
            visibility,
            outcome,
            cards: vec![card],
            buttons: Vec::new(),
            form: None,
            completions: Vec::new(),
            lang: Lang::En,
            generation: 0,
            in_public: None,
            removes_message: false,
            picture: None,
        }
    }

    /// A private notice to one person, without a title.
    pub fn private(body: String) -> Reply {
        let card = Card { body, tone: Tone::Info, ..Card::default() };
        Reply::card(Visibility::Private, Outcome::Service, card)
    }

    /// The same reply with one more button.
    pub(crate) fn with_button(mut self, label: String, action: Action) -> Reply {
        self.buttons.push(Button { label, action });
        self
    }

    /// Whether nothing is to be sent.
    pub fn is_silent(&self) -> bool {
        self.visibility == Visibility::Silent
    }

    /// The only way to say nothing.
    pub fn silent() -> Reply {
        let mut reply = Reply::private(String::new());
        reply.visibility = Visibility::Silent;
        reply.cards.clear();
        reply
    }

    /// Takes the message of the button away.
    pub(crate) fn removal() -> Reply {
        let mut reply = Reply::silent();
        reply.removes_message = true;
        reply
    }

    /// Opens a form.
    pub fn form(form: Form) -> Reply {
        let mut reply = Reply::silent();
        reply.visibility = Visibility::Private;
        reply.form = Some(form);
        reply
    }

    /// Completions.
    pub fn completions(completions: Vec<Completion>) -> Reply {
        let mut reply = Reply::silent();
        reply.visibility = Visibility::Private;
        reply.completions = completions;
        reply
    }
}
