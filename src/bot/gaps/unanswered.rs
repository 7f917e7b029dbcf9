//! `/faq unanswered`: what members asked in vain, in clusters, and what a moderator does about them.
//!
//! `clusters.rs` groups the questions. Wordings are shown only if enough different people asked alike, and the
//! clusters are made again at every press, so a button carries no more than the id of one question.

use crate::{
    bot::{
        Bot, Request, echo,
        entry_draft::EntryDraft,
        gaps::clusters::{self, About, Cluster, Clusters},
        reply::{Action, Button, Card, Outcome, Reply, Tone, Visibility},
        request::GapsAsk,
    },
    lang::Lang,
    store::StoreError,
    text::text,
};

/// Clusters on one page: each has a row of buttons, and Discord shows five rows.
const PER_PAGE: usize = 4;
/// Wordings with which a form is filled in.
const MAX_IN_FORM: usize = 15;

/// Why there are no clusters to show.
enum Unavailable {
    /// There is no database.
    NoStore,
    /// `privacy.keep_gaps` is off.
    Off,
    /// The database failed, or the matcher.
    Failed,
}

/// Shows or dismisses clusters.
pub(in crate::bot) async fn handle(bot: &Bot, request: &Request, ask: GapsAsk) -> Reply {
    let text = text(request.locale);
    let clusters = match available(bot).await {
        Ok(clusters) => clusters,
        Err(why) => return unavailable(request, &why),
    };
    match ask {
        GapsAsk::List { page } => list(bot, request, &clusters, page),
        GapsAsk::AddTo { .. } => Reply::private(text.gaps_gone()),
        GapsAsk::Dismiss { gap } => {
            let (Some(cluster), Some(recorder)) = (clusters.with(gap), &bot.recorder) else {
                return Reply::private(text.gaps_gone());
            };
            match recorder.store().dismiss_gaps(&cluster.gaps).await {
                Ok(()) => Reply::private(text.gaps_dismissed(cluster.gaps.len()))
                    .with_button(text.gaps_button_list(), Action::Gaps(GapsAsk::List { page: 0 })),
                Err(error) => {
                    failed(&error);
                    Reply::private(text.gaps_later())
                }
            }
        }
    }
}

/// The words of a cluster to which an entry is to be chosen; a reply if there are none any more.
pub(in crate::bot) async fn wording(bot: &Bot, request: &Request, gap: i64) -> Result<String, Reply> {
    let clusters = available(bot).await.map_err(|why| unavailable(request, &why))?;
    let wording = clusters.with(gap).and_then(|cluster| cluster.wordings.first().cloned());
    wording.ok_or_else(|| Reply::private(text(request.locale).gaps_gone()))
}

fn unavailable(request: &Request, why: &Unavailable) -> Reply {
    let text = text(request.locale);
    Reply::private(match why {
        Unavailable::NoStore => text.gaps_no_store(),
        Unavailable::Off => text.gaps_off(),
        Unavailable::Failed => text.gaps_later(),
    })
}

/// The clusters as they are now.
async fn available(bot: &Bot) -> Result<Clusters, Unavailable> {
    let recorder = bot.recorder.as_ref().ok_or(Unavailable::NoStore)?;
    if !bot.config.privacy.keep_gaps {
        return Err(Unavailable::Off);
    }
    clusters::current(bot, recorder).await.map_err(|()| Unavailable::Failed)
}

fn failed(error: &StoreError) {
    tracing::warn!(%error, "the questions asked in vain could not be dismissed");
}

fn list(bot: &Bot, request: &Request, clusters: &Clusters, page: u16) -> Reply {
    let text = text(request.locale);
    let first = usize::from(page) * PER_PAGE;
    let mut paragraphs = Vec::new();
    let mut buttons = Vec::new();
    for (at, cluster) in clusters.shown.iter().enumerate().skip(first).take(PER_PAGE) {
        paragraphs.push(clusters::described(text, at + 1, cluster));
        buttons.extend(buttons_of(bot, request, at + 1, cluster));
    }
    if paragraphs.is_empty() {
        paragraphs.push(text.gaps_none());
    }
    if clusters.n_hidden > 0 {
        let (questions, min) = (clusters.n_hidden_questions, bot.config.privacy.min_askers);
        paragraphs.push(text.gaps_hidden(questions, clusters.n_hidden, min.into()));
    }
    let next = page.checked_add(1).filter(|_| clusters.shown.len() > first + PER_PAGE);
    if let Some(page) = next {
        buttons.push(Button { label: text.gaps_button_more(), action: Action::Gaps(GapsAsk::List { page }) });
    }
    let card = Card {
        title: Some(text.gaps_title()),
        body: paragraphs.join("\n\n"),
        tone: Tone::Info,
        ..Card::default()
    };
    let mut reply = Reply::card(Visibility::Private, Outcome::Service, card);
    reply.buttons = buttons;
    reply.lang = text.lang();
    reply
}

/// What can be done about a cluster. The form is filled in now, because it must open at once when its button is pressed.
fn buttons_of(bot: &Bot, request: &Request, number: usize, cluster: &Cluster) -> Vec<Button> {
    let text = text(request.locale);
    let mut buttons = Vec::new();
    let mut push = |label, action| buttons.push(Button { label, action });
    let keep = |draft| bot.entry_drafts.keep(request.actor.id, draft);
    let add_to = Action::Gaps(GapsAsk::AddTo { gap: cluster.id });
    match &cluster.about {
        About::InVain => {
            push(text.gaps_button_write(number), Action::edit(keep(new_entry(cluster))));
            push(text.gaps_button_add(number), add_to);
        }
        About::Unhelpful(_) => push(text.gaps_button_add(number), add_to),
        About::Chosen(entry) => {
            let draft = keep(proposed(cluster));
            push(text.gaps_button_teach(number), Action::teach(draft, entry.clone()));
        }
    }
    let dismiss = Action::Gaps(GapsAsk::Dismiss { gap: cluster.id });
    push(text.gaps_button_dismiss(number), dismiss);
    buttons
}

/// The draft of a new entry that answers a cluster. Its first version is English; wordings may be in any language.
fn new_entry(cluster: &Cluster) -> EntryDraft {
    let wordings: Vec<String> = cluster.wordings.iter().take(MAX_IN_FORM).map(|w| echo::inline(w)).collect();
    match wordings.split_first() {
        Some((first, others)) => EntryDraft::new(Lang::En, first.clone(), others.to_vec()),
        None => EntryDraft::new(Lang::En, String::new(), Vec::new()),
    }
}

/// The draft that proposes the words most often asked as a wording of the entry that was pressed after them.
fn proposed(cluster: &Cluster) -> EntryDraft {
    let words = cluster.wordings.first().cloned().unwrap_or_default();
    EntryDraft::new(cluster.lang, words, Vec::new())
}
