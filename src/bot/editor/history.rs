//! `/faq history` and `/faq rollback`: what was applied, and the way back to it.

use crate::{
    bot::{
        Bot, Request,
        editor::{ask::EditorAction, prepare, preview::Subject, service},
        reload::Job,
        reply::{Action, Reply, Tone},
    },
    knowledge::content::{
        finding::Findings,
        source::{Bundle, SourceFile},
    },
    store::Store,
    text::text,
};

/// How many revisions are listed; as many as are kept.
const MAX_LISTED: usize = 20;
/// How many of them have a button.
const MAX_BUTTONS: usize = 4;

/// Lists what was applied, the newest first.
pub(super) async fn history(bot: &Bot, request: &Request) -> Reply {
    let text = text(request.locale);
    let Some(store) = store(bot) else { return Reply::private(text.history_not_kept()) };
    let revisions = match store.revisions().await {
        Ok(revisions) => revisions,
        Err(error) => {
            tracing::error!(%error, "the history of the FAQ cannot be read");
            return Reply::private(text.history_unreadable());
        }
    };
    let lines: Vec<String> =
        revisions.iter().take(MAX_LISTED).map(|revision| text.history_line(revision)).collect();
    let body = if lines.is_empty() { text.history_empty() } else { lines.join("\n") };
    let mut reply = service(text.history_title(), body, Tone::Info);
    for revision in revisions.iter().skip(1).take(MAX_BUTTONS) {
        let action = EditorAction::Rollback { revision: revision.id.unsigned_abs() };
        reply = reply.with_button(text.button_rollback(revision.id), Action::Editor(action));
    }
    reply
}

/// Shows what would change if the FAQ were that of an earlier revision.
pub(super) async fn rollback(bot: &Bot, request: &Request, typed: &str) -> Reply {
    let text = text(request.locale);
    let Some(store) = store(bot) else { return Reply::private(text.history_not_kept()) };
    let Ok(id) = typed.trim().trim_start_matches('#').parse::<i64>() else {
        return Reply::private(text.history_no_such());
    };
    let files = match store.revision_files(id).await {
        Ok(Some(files)) => files,
        Ok(None) => return Reply::private(text.history_no_such()),
        Err(error) => {
            tracing::error!(%error, "the history of the FAQ cannot be read");
            return Reply::private(text.history_unreadable());
        }
    };
    let files = files.into_iter().map(|(path, bytes)| SourceFile { path, bytes });
    let bundle = Bundle::new(files.collect(), Findings::new());
    prepare(bot, request, Job::Restore { bundle, revision: id }, &Subject::Files).await
}

fn store(bot: &Bot) -> Option<&Store> {
    bot.desk.as_ref().map(|desk| desk.store())
}
