//! Reload: a change on disk is either in force as a whole or refused as a whole, and then the old generation stays.

use std::{path::Path, sync::Arc};

use faqbot::{
    Lang,
    bot::{Action, Ask, Bot, Hangups, ReloadError, Reply, Report, watch},
    config::Config,
};

use tokio_util::sync::CancellationToken;

use crate::{
    bot::wording::shown,
    harness::sample_faq::{FILES, bot, id, moderator, words, write},
};

const FEAST: (&str, &str) = (
    "feast.md",
    "+++\nquestion = \"Is there a feast?\"\nkind = \"not_covered\"\n+++\nThe announcement says nothing of it.\n",
);

fn world() -> (tempfile::TempDir, Bot) {
    let folder = tempfile::tempdir().unwrap();
    write(FILES, folder.path());
    let bot = bot(FILES, folder.path(), Config::default());
    (folder, bot)
}

async fn reload(bot: &Bot, allow_shrink: bool) -> Reply {
    bot.handle(moderator(Ask::Reload { allow_shrink })).await
}

/// The reply with the time it took and the folder left out.
fn steady(reply: &Reply) -> String {
    let shown = shown(reply);
    let words = shown.split(' ').map(|word| word.parse::<u64>().map_or(word, |_| "N"));
    words.collect::<Vec<_>>().join(" ")
}

fn faq(folder: &Path, file: &str) -> std::path::PathBuf {
    folder.join("faq").join(file)
}

async fn in_force(bot: &Bot) -> u64 {
    bot.handle(moderator(Ask::Status)).await.generation
}

#[tokio::test]
async fn added_changed_and_removed_entries_are_in_force_and_reported() {
    let (folder, bot) = world();
    write(&[FEAST], folder.path());
    let books = "+++\nquestion = \"How many books?\"\nquotes = [\"over 300 books\"]\n+++\nOver 300 books.\n";
    write(&[("books.md", books)], folder.path());
    std::fs::remove_file(faq(folder.path(), "opening-hours.md")).unwrap();
    let reply = reload(&bot, false).await;
    insta::assert_snapshot!(steady(&reply));
    assert_eq!(reply.generation, 2);
    let shown = bot.handle(moderator(Ask::Show { entry: id("feast"), private: None })).await;
    assert!(words(&shown).contains("nothing of it"));
}

#[tokio::test]
async fn the_same_files_leave_the_generation_in_force() {
    let (_folder, bot) = world();
    let reply = reload(&bot, false).await;
    insta::assert_snapshot!(steady(&reply));
    assert_eq!(in_force(&bot).await, 1);
}

#[tokio::test]
async fn a_broken_file_refuses_the_whole_reload_with_its_location() {
    let (folder, bot) = world();
    write(&[FEAST, ("books.md", "+++\nquestion = \"How many\n+++\nMany.\n")], folder.path());
    let reply = reload(&bot, false).await;
    assert!(words(&reply).contains("books.md:2"), "{}", words(&reply));
    assert!(words(&reply).contains("stays in force"));
    assert_eq!(in_force(&bot).await, 1);
    let status = words(&bot.handle(moderator(Ask::Status)).await);
    assert!(status.contains("was refused"), "{status}");
    let gone = bot.handle(moderator(Ask::Show { entry: id("feast"), private: None })).await;
    assert!(words(&gone).contains("no longer"));
    // After the correction the reload succeeds, and the status no longer mentions the refusal.
    write(FILES, folder.path());
    reload(&bot, false).await;
    assert_eq!(in_force(&bot).await, 2);
    assert!(!words(&bot.handle(moderator(Ask::Status)).await).contains("was refused"));
}

#[tokio::test]
async fn a_missing_folder_leaves_the_old_generation_in_force() {
    let (folder, bot) = world();
    std::fs::remove_dir_all(folder.path().join("faq")).unwrap();
    assert!(words(&reload(&bot, false).await).contains("stays in force"));
    assert_eq!(in_force(&bot).await, 1);
}

#[tokio::test]
async fn a_faq_that_shrank_by_half_needs_a_confirmation() {
    let (folder, bot) = world();
    for (file, _) in FILES.iter().filter(|(file, _)| file.contains('/') || *file == "opening-hours.md") {
        std::fs::remove_file(faq(folder.path(), file)).unwrap();
    }
    let reply = reload(&bot, false).await;
    insta::assert_snapshot!(steady(&reply));
    assert_eq!(reply.buttons[0].action, Action::ReloadShrunk);
    assert_eq!(in_force(&bot).await, 1);
    reload(&bot, true).await;
    assert_eq!(in_force(&bot).await, 2);
}

#[tokio::test]
async fn a_test_that_passed_before_and_fails_now_refuses_the_reload() {
    let (folder, bot) = world();
    let feast = |question: &str, tests: &str| {
        let text = format!(
            "+++\nquestion = \"{question}\"\nkind = \"not_covered\"\nasks = [{tests}]\n+++\nIt says nothing of it.\n"
        );
        write(&[("feast.md", text.as_str())], folder.path());
    };
    // Tests that are new and fail are shown, and refuse nothing.
    feast("Is there a feast?", "\"how deep is the river\", \"is there a feast\"");
    let reply = reload(&bot, false).await;
    assert!(words(&reply).contains("how deep is the river"), "{}", words(&reply));
    assert_eq!(in_force(&bot).await, 2);
    // One that passed before and fails now refuses the reload.
    feast("Who painted the ceiling?", "\"how deep is the river\", \"is there a feast\"");
    let mut request = moderator(Ask::Reload { allow_shrink: false });
    request.locale = Lang::Fr;
    let reply = bot.handle(request).await;
    assert!(words(&reply).contains("Un test qui réussissait échoue désormais"), "{}", words(&reply));
    assert!(words(&reply).contains("is there a feast"));
    assert_eq!(in_force(&bot).await, 2);
}

#[tokio::test]
async fn a_reload_requested_during_another_gets_its_result() {
    let (folder, bot) = world();
    write(&[FEAST], folder.path());
    let reloader = bot.reloader();
    let (first, second) = tokio::join!(reloader.reload(false), reloader.reload(false));
    assert!(Arc::ptr_eq(&first, &second));
    assert!(matches!(&*first, Ok(Report { generation: 2, change: Some(_), .. })));
}

#[tokio::test]
async fn a_reload_that_may_shrink_does_not_take_the_refusal_of_one_that_may_not() {
    let (folder, bot) = world();
    for (file, _) in FILES.iter().filter(|(file, _)| file.contains('/') || *file == "opening-hours.md") {
        std::fs::remove_file(faq(folder.path(), file)).unwrap();
    }
    let reloader = bot.reloader();
    let (strict, lenient) = tokio::join!(reloader.reload(false), reloader.reload(true));
    assert!(matches!(&*strict, Err(ReloadError::Shrunk { .. })));
    assert!(matches!(&*lenient, Ok(Report { generation: 2, .. })));
}

#[tokio::test]
async fn a_reload_goes_on_when_the_moderator_leaves() {
    let (folder, bot) = world();
    write(&[FEAST], folder.path());
    let reloader = Arc::clone(bot.reloader());
    let leaving = tokio::spawn(async move { reloader.reload(false).await });
    tokio::task::yield_now().await;
    leaving.abort();
    // Whether it had started or not, after the next one the new files are in force.
    bot.reloader().reload(false).await.as_ref().as_ref().unwrap();
    assert_eq!(in_force(&bot).await, 2);
}

#[tokio::test]
async fn an_unchanged_or_already_refused_folder_is_left_alone_by_the_watcher() {
    let (folder, bot) = world();
    bot.reloader().reload_if_changed().await;
    assert_eq!(in_force(&bot).await, 1);
    write(&[("books.md", "no front matter")], folder.path());
    bot.reloader().reload_if_changed().await;
    bot.reloader().reload_if_changed().await;
    assert!(words(&bot.handle(moderator(Ask::Status)).await).contains("was refused"));
    write(&[FILES[1], FEAST], folder.path());
    bot.reloader().reload_if_changed().await;
    assert_eq!(in_force(&bot).await, 2);
}

#[tokio::test]
async fn a_change_in_the_folder_is_in_force_without_a_request() {
    let (folder, bot) = world();
    let (stop, dir) = (CancellationToken::new(), folder.path().join("faq"));
    let (reloader, token) = (Arc::clone(bot.reloader()), stop.clone());
    let watching = tokio::spawn(async move { watch(reloader, Some(&dir), Hangups::install(), token).await });
    let mut background = bot.reloader().background();
    write(&[FEAST], folder.path());
    background.changed().await.unwrap();
    assert_eq!(in_force(&bot).await, 2);
    write(&[("books.md", "no front matter")], folder.path());
    background.changed().await.unwrap();
    assert_eq!(in_force(&bot).await, 2);
    let attempt = background.borrow().clone().unwrap();
    assert!(words(&bot.report(&attempt, Lang::En)).contains("books.md:1"));
    stop.cancel();
    watching.await.unwrap();
}
