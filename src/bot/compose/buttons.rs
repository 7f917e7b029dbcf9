//! What can be pressed under a reply: near misses, the contact card's buttons, "Why this answer?", "Not helpful".

use crate::{
    bot::{
        compose::{Part, Role, Scene, contact_card, frame, passage},
        conversation::ask::{ConversationAction, Passages},
        reply::{Action, Button, Visibility},
        request::{Place, Why},
    },
    knowledge::{
        content::entry::{Content, Entry, EntryId},
        matching::verdict::{Decision, Verdict},
    },
    lang::Lang,
    text::Text,
};

/// Near misses offered under one reply.
const MAX_NEAR: usize = 3;
/// And under an honest refusal, which is an answer of its own.
const MAX_NEAR_REFUSED: usize = 1;
/// "Why" buttons under one reply.
const MAX_WHY: usize = 3;

/// The buttons under `parts`, in the order shown.
pub(super) fn under(scene: &Scene<'_>, parts: &[Part<'_>], near: &[Vec<&Entry>]) -> Vec<Button> {
    let frame = frame(scene.locale, parts.first().map_or(scene.locale, |part| part.verdict.lang));
    let mut buttons = near_buttons(scene, parts, near);
    if parts.iter().any(|part| part.role == Role::Media) {
        buttons.extend(contact_card::buttons(scene.content, scene.config, frame));
    }
    buttons.extend(why_buttons(scene, parts, frame));
    buttons.extend(passages_buttons(scene, parts, frame));
    let rated = parts.iter().find(|part| part.role <= Role::Unknown && part.role != Role::Media);
    if let Some(part) = rated {
        buttons.push(Button {
            label: frame.button_not_helpful(),
            action: Action::NotHelpful(part.card.entry.clone()),
        });
    }
    buttons
}

fn near_buttons(scene: &Scene<'_>, parts: &[Part<'_>], near: &[Vec<&Entry>]) -> Vec<Button> {
    let of_part = |(part, entries): (&Part<'_>, &Vec<&Entry>)| {
        let buttons = entries.iter().map(|entry| near_button(scene, entry, part.verdict.lang));
        buttons.collect::<Vec<Button>>()
    };
    parts.iter().zip(near).flat_map(of_part).collect()
}

/// The near misses that the reply offers, for each part: no entry twice, at most [`MAX_NEAR`] in the whole reply.
pub(super) fn near_entries<'a>(content: &'a Content, parts: &[Part<'_>]) -> Vec<Vec<&'a Entry>> {
    let mut offered: Vec<&EntryId> = parts.iter().filter_map(|part| part.card.entry.as_ref()).collect();
    let n_shown = offered.len();
    let of_part = |part: &Part<'_>| {
        let mut entries = Vec::new();
        let most = if part.role == Role::NotCovered { MAX_NEAR_REFUSED } else { MAX_NEAR };
        for entry in part.near.iter().filter_map(|id| content.entry(id)) {
            let is_full = offered.len() - n_shown == MAX_NEAR || entries.len() == most;
            if !is_full && !offered.contains(&&entry.id) && !entry.kind.is_route() {
                offered.push(&entry.id);
                entries.push(entry);
            }
        }
        entries
    };
    parts.iter().map(of_part).collect()
}

fn why_buttons(scene: &Scene<'_>, parts: &[Part<'_>], frame: Text) -> Vec<Button> {
    let shown: Vec<_> = parts.iter().filter_map(|p| Some((p.verdict, p.card.entry.clone()?))).collect();
    let is_several = shown.len() > 1;
    let numbered = shown.into_iter().take(MAX_WHY).enumerate();
    let button = |(at, (verdict, entry)): (usize, (&Verdict, EntryId))| Button {
        label: frame.button_why(is_several.then_some(at + 1)),
        action: Action::Why(why(scene, verdict, entry)),
    };
    numbered.map(button).collect()
}

/// A button for each answer that leaves out some of what proves it, and for paragraphs that are not shown whole.
fn passages_buttons(scene: &Scene<'_>, parts: &[Part<'_>], frame: Text) -> Vec<Button> {
    let shown: Vec<&Part<'_>> = parts.iter().filter(|part| part.card.entry.is_some()).collect();
    let is_several = shown.len() > 1;
    let of_entry = |(at, part): (usize, &&Part<'_>)| {
        let entry = part.card.entry.as_ref().and_then(|id| scene.content.entry(id))?;
        passages_button(entry, is_several.then_some(at + 1), frame)
    };
    let paragraphs = parts.iter().filter(|part| part.role == Role::Passages).filter_map(|part| {
        let Decision::Passages(numbers) = &part.verdict.decision else { return None };
        let numbers: Vec<u16> = numbers.iter().filter_map(|number| u16::try_from(*number).ok()).collect();
        let action = ConversationAction::Passages(Passages::Paragraphs(numbers));
        Some(Button { label: frame.button_passages(None), action: Action::Conversation(action) })
    });
    shown.iter().enumerate().take(MAX_WHY).filter_map(of_entry).chain(paragraphs.take(1)).collect()
}

/// "Show every passage", where the card of `entry` shows only one of several.
pub(in crate::bot) fn passages_button(entry: &Entry, number: Option<usize>, frame: Text) -> Option<Button> {
    let action = ConversationAction::Passages(Passages::Entry(entry.id.clone()));
    let button = Button { label: frame.button_passages(number), action: Action::Conversation(action) };
    (!passage::is_all_shown(entry)).then_some(button)
}

/// "Remove", under what others than the asker see too. A private reply goes away by itself, a terminal has nothing to
/// take away.
pub(in crate::bot) fn remove_button(
    scene: &Scene<'_>,
    visibility: Visibility,
    frame: Text,
) -> Option<Button> {
    let action = Action::Conversation(ConversationAction::Remove { asker: scene.asker });
    let is_removable = visibility == Visibility::Public && scene.place != Place::Terminal;
    is_removable.then(|| Button { label: frame.button_remove(), action })
}

/// The explanation that a button carries: scores and positions, never what was asked.
fn why(scene: &Scene<'_>, verdict: &Verdict, entry: EntryId) -> Why {
    let evidence = &verdict.evidence;
    // The nearest wording is known only for the first hit.
    let is_first = evidence.hits.first().is_none_or(|hit| hit.entry == entry);
    let wording = u16::try_from(evidence.wording).unwrap_or(u16::MAX);
    Why {
        confidence: percent(verdict.confidence),
        margin: percent(evidence.margin),
        threshold: percent(evidence.threshold),
        wording: if is_first { wording } else { u16::MAX },
        matched: if is_first { evidence.matched } else { 0 },
        generation: scene.generation,
        after: evidence.after.as_ref().and_then(|id| place(scene.content, id)),
        entry,
    }
}

/// The place of an entry among all.
fn place(content: &Content, id: &EntryId) -> Option<u16> {
    let at = content.entries.binary_search_by(|entry| entry.id.cmp(id)).ok()?;
    u16::try_from(at).ok().filter(|at| *at <= Why::MAX_PLACE)
}

/// A share of one as whole percent.
fn percent(share: f32) -> u8 {
    (share.clamp(0.0, 1.0) * 100.0).round() as u8
}

fn near_button(scene: &Scene<'_>, entry: &Entry, lang: Lang) -> Button {
    let action = Action::Show { entry: entry.id.clone(), asker: Some(scene.asker) };
    Button { label: entry.version(lang).question.clone(), action }
}
