//! Turns verdicts into a reply: which cards, in which order, who may see them, which buttons. Pure, without a clock and an
//! index, so that tests can try every case with hand-made verdicts. `card.rs` makes the single cards,
//! `compose/buttons.rs` the buttons under them.

mod buttons;
pub(in crate::bot) mod card;
pub(in crate::bot) mod contact_card;
pub(in crate::bot) mod passage;

pub(super) use buttons::{passages_button, remove_button};

use crate::{
    bot::{
        reply::{Action, Card, Outcome, Reply, Tone, Visibility},
        request::Place,
    },
    config::Config,
    ids::UserId,
    knowledge::{
        content::entry::{Content, Entry, EntryId, Kind, Passage},
        matching::{
            split::QUESTION_MARKS,
            verdict::{Decision, Verdict},
        },
    },
    lang::Lang,
    text::{Text, text},
};

/// Everything a reply depends on besides the verdicts.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The content of the generation that was asked.
    pub content: &'a Content,
    /// The number of that generation.
    pub generation: u64,
    /// The settings.
    pub config: &'a Config,
    /// Who asked.
    pub asker: UserId,
    /// Where it was asked.
    pub place: Place,
    /// The language of labels and fixed sentences.
    pub locale: Lang,
    /// The person's own choice of who may see the reply.
    pub private: Option<bool>,
    /// Whether nobody addressed the bot: then it is silent unless it has something to say.
    pub is_overheard: bool,
}

/// What one verdict brings to the reply.
struct Part<'a> {
    verdict: &'a Verdict,
    role: Role,
    card: Card,
    near: &'a [EntryId],
}

/// What a part is, best first: the first role of a message names its outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    Media,
    Answer,
    Suggest,
    NotCovered,
    Passages,
    Unknown,
    OffTopic,
    SmallTalk,
    Chatter,
}

/// The one reply to all questions of a message.
pub fn compose(scene: &Scene<'_>, verdicts: &[Verdict]) -> Reply {
    let lang = verdicts.first().map_or(scene.locale, |verdict| verdict.lang);
    // Someone in need gets the careful text alone, whatever else the message asks.
    if let Some(verdict) = verdicts.iter().find(|v| matches!(v.decision, Decision::Route(Kind::Need, _))) {
        return need(scene, verdict);
    }
    let mut parts = distinct(verdicts.iter().map(|verdict| part(scene, verdict)).collect());
    if scene.is_overheard {
        parts.retain(|part| is_worth_speaking_up(scene.content, part));
    }
    keep_what_matters(&mut parts);
    shorten_unknowns(scene, &mut parts);
    let near = buttons::near_entries(scene.content, &parts);
    append_near_misses(&near, &mut parts);

    let Some(outcome) = parts.iter().map(|part| part.role).min().map(Role::outcome) else {
        return if scene.is_overheard { Reply::silent() } else { friendly_word(scene, lang) };
    };
    let buttons = buttons::under(scene, &parts, &near);
    let visibility = if outcome == Outcome::Media { Visibility::Private } else { visibility(scene) };
    let mut reply = Reply::card(visibility, outcome, Card::default());
    reply.cards = parts.into_iter().map(|part| part.card).collect();
    for card in &mut reply.cards {
        card.footer = Some(card::footer(scene.content, frame(scene.locale, lang)));
    }
    reply.buttons = buttons;
    reply.buttons.extend(buttons::remove_button(scene, visibility, frame(scene.locale, lang)));
    reply.lang = lang;
    reply.generation = scene.generation;
    if outcome == Outcome::Media && is_in_server(scene) {
        // The contact address is public: if no direct message arrives, it is better shown in the channel than not at all.
        reply.in_public = Some(Box::new(Reply { visibility: Visibility::Public, ..reply.clone() }));
    }
    reply
}

/// The careful, private reply to a person in need.
fn need(scene: &Scene<'_>, verdict: &Verdict) -> Reply {
    let card = card::need(scene.content, scene.config, verdict.lang, verdict.confidence);
    let mut reply = Reply::card(Visibility::Private, Outcome::Sensitive, card);
    reply.lang = verdict.lang;
    reply.generation = scene.generation;
    if is_in_server(scene) {
        let text = text(verdict.lang);
        let word = Card { body: text.need_in_public(), tone: Tone::Care, ..Card::default() };
        let public = Reply::card(Visibility::Public, Outcome::Sensitive, word);
        reply.in_public = Some(Box::new(public.with_button(text.button_need(), Action::NeedHelp)));
    }
    reply
}

/// Who sees a plain answer: the person's own choice, else the setting, which applies only to servers.
pub(super) fn visibility(scene: &Scene<'_>) -> Visibility {
    let by_setting = is_in_server(scene) && scene.config.discord.private_answers;
    if scene.private.unwrap_or(by_setting) { Visibility::Private } else { Visibility::Public }
}

fn is_in_server(scene: &Scene<'_>) -> bool {
    matches!(scene.place, Place::Guild { .. })
}

/// The language of buttons and labels: the member's own, or French for a question in French, since Discord does not report
/// a message author's language.
pub(super) fn frame(locale: Lang, asked_in: Lang) -> Text {
    text(if asked_in == Lang::Fr { Lang::Fr } else { locale })
}

fn part<'a>(scene: &Scene<'_>, verdict: &'a Verdict) -> Part<'a> {
    let (content, lang, sure) = (scene.content, verdict.lang, verdict.confidence);
    let unknown = |near: &'a [EntryId]| {
        let has_near = near.iter().any(|id| is_shown(content, id));
        (Role::Unknown, card::unknown(content, lang, has_near, sure), near)
    };
    let (role, card, near): (Role, Card, &[EntryId]) = match &verdict.decision {
        Decision::Answer(id) => match content.entry(id) {
            Some(entry) => (Role::Answer, card::entry(content, entry, lang, sure, &verdict.question), &[]),
            None => unknown(&[]),
        },
        Decision::NotCovered(id, near) => match content.entry(id) {
            Some(entry) => {
                (Role::NotCovered, card::entry(content, entry, lang, sure, &verdict.question), near)
            }
            None => unknown(near),
        },
        Decision::Passages(numbers) => match passage(content, numbers) {
            Some(nearest) => {
                (Role::Passages, card::passages(content, nearest, &verdict.question, lang, sure), &[])
            }
            None => unknown(&[]),
        },
        Decision::Suggest(near) if near.iter().any(|id| is_shown(content, id)) => {
            (Role::Suggest, card::suggest(lang, sure), near)
        }
        Decision::Suggest(near) | Decision::Unknown(near) => unknown(near),
        Decision::Route(Kind::Media, _) => {
            let card = contact_card::card(content, scene.config, lang, sure);
            (Role::Media, card, &[])
        }
        Decision::Route(kind, id) => match content.entry(id) {
            Some(entry) => route(*kind, entry, verdict),
            None => unknown(&[]),
        },
    };
    Part { verdict, role, card, near }
}

fn route<'a>(kind: Kind, entry: &Entry, verdict: &Verdict) -> (Role, Card, &'a [EntryId]) {
    let (role, tone) = match kind {
        Kind::OffTopic => (Role::OffTopic, Tone::Unknown),
        Kind::Chatter => (Role::Chatter, Tone::Info),
        _ => (Role::SmallTalk, Tone::Info),
    };
    (role, card::route(entry, verdict.lang, tone, verdict.confidence), &[])
}

/// The first of the paragraphs of the announcement with these numbers.
fn passage<'a>(content: &'a Content, numbers: &[usize]) -> Option<&'a Passage> {
    let all = || content.announcement.iter().flat_map(|announcement| &announcement.passages);
    numbers.iter().find_map(|number| all().find(|passage| passage.paragraph == *number))
}

/// Every entry, paragraph and refusal once, in the order asked.
fn distinct(parts: Vec<Part<'_>>) -> Vec<Part<'_>> {
    let mut kept: Vec<Part<'_>> = Vec::new();
    for part in parts {
        let is_new = kept.iter().all(|other| !is_same(other, &part));
        if is_new {
            kept.push(part);
        }
    }
    kept
}

fn is_same(one: &Part<'_>, other: &Part<'_>) -> bool {
    one.role == other.role
        && match one.role {
            Role::Answer | Role::NotCovered => {
                one.card.entry == other.card.entry && one.card.title == other.card.title
            }
            Role::Suggest => one.near == other.near,
            Role::Passages => one.card.body == other.card.body,
            Role::Unknown => one.near == other.near || other.near.is_empty(),
            Role::Media | Role::OffTopic | Role::SmallTalk | Role::Chatter => true,
        }
}

/// The score from which less than an answer is worth a reply to a message that does not end as a question.
const SURE_UNASKED: f32 = 0.5;

/// Whether the best entry's score is below [`SURE_UNASKED`].
fn is_weak(verdict: &Verdict) -> bool {
    verdict.evidence.hits.first().is_some_and(|hit| hit.score < SURE_UNASKED)
}

/// What is worth a reply although nobody addressed the bot.
fn is_worth_speaking_up(content: &Content, part: &Part<'_>) -> bool {
    let asks = part.verdict.question.contains(QUESTION_MARKS);
    match part.role {
        Role::Media | Role::Answer => true,
        // "No idea lol" belongs to other people's conversation, although some entry is nearest to it.
        Role::Suggest | Role::NotCovered => asks || !is_weak(part.verdict),
        Role::Unknown => part.near.iter().any(|id| is_shown(content, id)),
        Role::Passages | Role::SmallTalk => asks,
        Role::OffTopic | Role::Chatter => false,
    }
}

/// A greeting is dropped next to a question; next to a journalist's enquiry only answers stay; of mere small talk only the
/// best part stays.
fn keep_what_matters(parts: &mut Vec<Part<'_>>) {
    let Some(best) = parts.iter().map(|part| part.role).min() else { return };
    match best {
        Role::Media => parts.retain(|part| part.role <= Role::Answer),
        Role::OffTopic | Role::SmallTalk | Role::Chatter => parts.retain(|part| part.role == best),
        _ => parts.retain(|part| part.role <= Role::OffTopic),
    }
}

/// What the texts do not say is mentioned once; next to something better, in one short line.
fn shorten_unknowns(scene: &Scene<'_>, parts: &mut Vec<Part<'_>>) {
    let has_better = parts.iter().any(|part| part.role <= Role::NotCovered);
    let mut is_mentioned = false;
    parts.retain_mut(|part| {
        if !matches!(part.role, Role::Unknown | Role::OffTopic) {
            return true;
        }
        if is_mentioned {
            return false;
        }
        is_mentioned = true;
        if has_better {
            part.card = card::unknown_part(scene.content, part.verdict.lang, part.verdict.confidence);
        }
        true
    });
}

/// Each near miss that becomes a button is named in the text above it too, with the first sentence of its answer; under
/// an honest refusal, which is long enough, by its question alone.
fn append_near_misses(near: &[Vec<&Entry>], parts: &mut [Part<'_>]) {
    for (part, entries) in parts.iter_mut().zip(near).filter(|(_, entries)| !entries.is_empty()) {
        part.card.body = match part.role {
            Role::NotCovered => {
                let intro = text(part.verdict.lang).near_misses();
                format!("{}\n\n{intro}\n{}", part.card.body, card::questions(entries, part.verdict.lang))
            }
            _ => format!("{}\n\n{}", part.card.body, card::near_misses(entries, part.verdict.lang)),
        };
    }
}

fn friendly_word(scene: &Scene<'_>, lang: Lang) -> Reply {
    let body = card::with_language_line(&text(lang).chatter(), lang, card::has_wording(lang));
    let card = Card { body, tone: Tone::Info, ..Card::default() };
    let mut reply = Reply::card(visibility(scene), Outcome::SmallTalk, card);
    reply.lang = lang;
    reply.generation = scene.generation;
    reply
}

fn is_shown(content: &Content, id: &EntryId) -> bool {
    content.entry(id).is_some_and(|entry| !entry.kind.is_route())
}

impl Role {
    fn outcome(self) -> Outcome {
        match self {
            Role::Media => Outcome::Media,
            Role::Answer => Outcome::Answer,
            Role::Suggest => Outcome::Suggest,
            Role::NotCovered | Role::Passages | Role::Unknown | Role::OffTopic => Outcome::Unknown,
            Role::SmallTalk | Role::Chatter => Outcome::SmallTalk,
        }
    }
}
