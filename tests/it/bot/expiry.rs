//! Drafts and previews expire: the moderator reads so, and nothing has changed. The clock is moved, nothing waits.

use std::{fs, time::Duration};

use faqbot::{
    bot::{Action, Ask, Bot, EditorAction, EditorAsk, Reply, Request},
    config::Config,
    ids::{DraftId, InteractionId, UserId},
};

use crate::harness::sample_faq::{FILES, bot, moderator, words, write};

const MINUTE: Duration = Duration::from_secs(60);

fn asked(ask: EditorAsk) -> Request {
    moderator(Ask::Editor(ask))
}

/// The id under which a preview waits to be applied.
fn change(preview: &Reply) -> DraftId {
    let mut found = preview.buttons.iter().filter_map(|button| match button.action {
        Action::Editor(EditorAction::Apply { change }) => Some(change),
        _ => None,
    });
    found.next().unwrap_or_else(|| panic!("nothing to apply: {}", words(preview)))
}

async fn remove_books(bot: &Bot) -> DraftId {
    change(&bot.handle(asked(EditorAsk::Remove { entry: "books".into() })).await)
}

#[tokio::test(start_paused = true)]
async fn a_preview_expires_after_a_quarter_of_an_hour_and_makes_room_for_another_moderator() {
    let folder = tempfile::tempdir().unwrap();
    write(FILES, folder.path());
    let bot = bot(FILES, folder.path(), Config::default());
    let books = folder.path().join("faq/books.md");
    let mut other = asked(EditorAsk::Remove { entry: "why-closing".into() });
    other.actor.id = UserId::new(8);

    let first = remove_books(&bot).await;
    tokio::time::advance(14 * MINUTE).await;
    let busy = words(&bot.handle(other.clone()).await);
    assert!(busy.contains("<@7> is looking at a change") && busy.contains("in one minute"), "{busy}");
    tokio::time::advance(MINUTE).await;
    for ask in [EditorAsk::Apply { change: first }, EditorAsk::Cancel { change: first }] {
        let late = words(&bot.handle(asked(ask)).await);
        assert!(late.contains("a quarter of an hour has passed"), "{late}");
    }
    assert!(books.exists() && bot.handle(other).await.buttons.len() == 2);

    tokio::time::advance(15 * MINUTE).await;
    let second = remove_books(&bot).await;
    tokio::time::advance(15 * MINUTE - Duration::from_secs(1)).await;
    let applied = words(&bot.handle(asked(EditorAsk::Apply { change: second })).await);
    assert!(applied.contains("is in force") && !books.exists(), "{applied}");
}

#[tokio::test(start_paused = true)]
async fn a_form_expires_after_an_hour_and_gives_back_what_was_typed() {
    let folder = tempfile::tempdir().unwrap();
    write(FILES, folder.path());
    let bot = bot(FILES, folder.path(), Config::default());
    let form = bot.handle(asked(EditorAsk::Edit { entry: "entry:books".into() })).await.form.unwrap();
    let typed = |answer: &str| vec![("answer".to_owned(), answer.to_owned())];
    let sent = |answer: &str| moderator(form.id.ask(InteractionId::new(1), typed(answer)));
    tokio::time::advance(59 * MINUTE).await;
    let preview = bot.handle(sent("Readers borrowed over 300 books in all.")).await;
    assert!(words(&preview).contains("Nothing has changed yet"), "{}", words(&preview));
    tokio::time::advance(MINUTE).await;
    let late = words(&bot.handle(sent("Readers borrowed 300 books or more.")).await);
    assert!(late.contains("no longer kept") && late.contains("300 books or more"), "{late}");
    let file = fs::read_to_string(folder.path().join("faq/books.md")).unwrap();
    assert!(file.ends_with("Readers borrowed over 300 books.\n"), "{file}");
}
