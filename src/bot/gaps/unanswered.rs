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
        Err(Unavailable::NoStore) => return Reply::private(text.gaps_no_store()),
        Err(Unavailable::Off) => return Reply::private(text.gaps_off()),
        Err(Unavailable::Failed) => return Reply::private(text.gaps_later()),
    };
    match ask {
        GapsAsk::List { page } => list(bot, request, &clusters, page),
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
    if cluster.about == About::InVain {
        let draft = bot.entry_drafts.keep(request.actor.id, new_entry(cluster));
        buttons.push(Button { label: text.gaps_button_write(number), action: Action::edit(draft) });
    }
    let dismiss = Action::Gaps(GapsAsk::Dismiss { gap: cluster.id });
    buttons.push(Button { label: text.gaps_button_dismiss(number), action: dismiss });
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
