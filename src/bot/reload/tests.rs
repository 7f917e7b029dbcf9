//! Tests of the first load and of failed reloads, with a FAQ of a few files in a temporary folder.

use std::{
    fs,
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
};

use super::*;
use crate::{config::Caution, knowledge::content::entry::EntryId};

const ANNOUNCEMENT: &str = "+++\ntitle = \"The library closes\"\nurl = \"https://library.example/closing\"\n\
                            media_contact = \"press@library.example\"\npublisher = \"The library\"\n+++\n\
                            The library closes its branch.\n";
const BROKEN: &str = "no front matter";

/// Writes entries of these names.
fn write(folder: &Path, entries: &[&str]) {
    let faq = folder.join("faq");
    let _ = fs::remove_dir_all(&faq);
    fs::create_dir_all(&faq).unwrap();
    fs::write(faq.join("announcement.md"), ANNOUNCEMENT).unwrap();
    for name in entries {
        let text = format!(
            "+++\nquestion = \"What about the {name}?\"\nkind = \"not_covered\"\n+++\nIt does not say.\n"
        );
        fs::write(faq.join(format!("{name}.md")), text).unwrap();
    }
}

/// A reloader as the program starts it: without a FAQ. Every start is one of these over the same folder.
fn reloader(folder: &Path) -> Reloader {
    let mut config = Config::default();
    config.faq.dir = folder.join("faq");
    config.index.dir = folder.join("index");
    config.search.vectors = false;
    let current = Arc::new(Current::new(Generation::empty().unwrap()));
    Reloader::new(Arc::new(config), current, Clock::Fixed("2026-08-01T12:00:00Z".parse().unwrap()))
}

fn entries(reloader: &Reloader) -> Vec<String> {
    reloader.current.load().content().entries.iter().map(|entry| entry.id.to_string()).collect()
}

#[test]
fn a_start_with_broken_files_serves_the_last_good_ones_and_takes_the_corrected_ones() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &["books", "chairs"]);
    let first = reloader(folder.path());
    assert!(first.load_first(&|_| {}).is_ok());
    assert!(first.background().borrow().is_none(), "an ordinary start is not news");

    fs::write(folder.path().join("faq/lamps.md"), BROKEN).unwrap();
    let second = reloader(folder.path());
    let attempt = second.load_first(&|_| {});
    assert!(matches!(&*attempt, Err(ReloadError::Findings(_))));
    assert_eq!(entries(&second), ["books", "chairs"]);
    assert_eq!(second.current.load().number(), 1);
    assert!(second.background().borrow().is_some(), "the moderators learn of it");
    assert!(second.status().refused_at.is_some() && second.is_behind());
    assert!(!second.is_news(), "the watcher does not report it again");

    write(folder.path(), &["books", "chairs", "lamps"]);
    assert!(second.is_news());
    assert!(second.reload_now(false, || ()).is_ok());
    assert_eq!(entries(&second), ["books", "chairs", "lamps"]);
}

#[test]
fn a_start_refuses_what_a_reload_would_refuse() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &["books", "chairs", "lamps"]);
    assert!(reloader(folder.path()).load_first(&|_| {}).is_ok());

    write(folder.path(), &["books"]);
    let shrunk = reloader(folder.path());
    let attempt = shrunk.load_first(&|_| {});
    assert!(matches!(&*attempt, Err(ReloadError::Shrunk { before: 3, after: 1 })));
    assert_eq!(entries(&shrunk).len(), 3);

    write(folder.path(), &["books", "chairs", "lamps"]);
    let feast = |question: &str, test: &str| {
        let text = format!(
            "+++\nquestion = \"{question}\"\nkind = \"not_covered\"\nasks = [\"{test}\"]\n+++\nNo.\n"
        );
        fs::write(folder.path().join("faq/feast.md"), text).unwrap();
    };
    // A new test that fails is reported and refuses nothing.
    feast("Is there a feast?", "what about the books");
    let new = reloader(folder.path());
    let report = new.load_first(&|_| {});
    let comparison = &report.as_ref().as_ref().unwrap().comparison;
    assert_eq!((comparison.tests.failures.len(), comparison.broken.len()), (1, 0));
    // One that passed before and fails now does.
    feast("Is there a feast?", "is there a feast");
    assert!(reloader(folder.path()).load_first(&|_| {}).is_ok());
    feast("What does bread cost?", "is there a feast");
    let failed = reloader(folder.path());
    let attempt = failed.load_first(&|_| {});
    assert!(matches!(&*attempt, Err(ReloadError::Tests(tests)) if tests.broken.len() == 1), "{attempt:?}");
    let feast = EntryId::new("feast").unwrap();
    assert_eq!(failed.current.load().content().entry(&feast).unwrap().question(), "Is there a feast?");
}

#[test]
fn without_a_last_good_faq_nothing_is_in_force_until_the_files_are_corrected() {
    let folder = tempfile::tempdir().unwrap();
    let reloader = reloader(folder.path());
    assert!(reloader.load_first(&|_| {}).is_err());
    assert!(!reloader.current.load().is_ready());
    assert!(!reloader.is_news());
    write(folder.path(), &["books"]);
    assert!(reloader.is_news());
    let attempt = reloader.reload_now(false, || ());
    assert!(attempt.unwrap().change.is_some(), "the moderators learn of it");
    assert_eq!(reloader.current.load().number(), 1);
}

#[test]
fn a_change_since_the_last_run_is_reported_at_start() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &["books", "chairs"]);
    assert!(reloader(folder.path()).load_first(&|_| {}).is_ok());
    write(folder.path(), &["books", "chairs", "lamps"]);
    let changed = reloader(folder.path());
    let attempt = changed.load_first(&|_| {});
    let report = attempt.as_ref().as_ref().unwrap();
    assert_eq!(report.change.as_ref().unwrap().added.len(), 1);
    assert!(changed.background().borrow().is_some());
}

/// What a reloader built: whether it matched by meaning, with which caution, and over how many entries.
type Builds = Arc<Mutex<Vec<(bool, Caution, usize)>>>;

/// A reloader that matches by meaning as far as it knows, and notes what it builds. `fails`: the full build does.
fn noting(folder: &Path, fails: bool) -> (Reloader, Builds) {
    let mut reloader = reloader(folder);
    let mut config = (*reloader.config).clone();
    config.search.vectors = true;
    reloader.config = Arc::new(config);
    let builds = Builds::default();
    let noted = Arc::clone(&builds);
    reloader.build = Box::new(move |content, number, options, progress| {
        noted.lock().unwrap().push((options.vectors, options.caution, content.entries.len()));
        progress(Progress::Indexing);
        if fails && options.vectors {
            return Err(BuildError::Model("it is broken".to_owned()));
        }
        // The folder of a full generation, without the minutes that the sentence model takes.
        let folder = Generation::folder(&content, options);
        let words_only = BuildOptions { vectors: false, ..options.clone() };
        let generation = Generation::build(content, number, &words_only, progress);
        fs::create_dir_all(folder).unwrap();
        generation
    });
    (reloader, builds)
}

#[test]
fn the_first_start_serves_a_careful_generation_by_words_while_the_full_one_is_built() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &["books", "chairs"]);
    let (first, builds) = noting(folder.path(), false);
    let was_provisional = Mutex::new(Vec::new());
    let attempt = first.load_first(&|_| {
        was_provisional
            .lock()
            .unwrap()
            .push((first.current.load().is_ready(), first.status().is_provisional));
    });
    assert!(attempt.is_ok());
    assert_eq!(*builds.lock().unwrap(), [(false, Caution::High, 2), (true, Caution::Normal, 2)]);
    let seen = was_provisional.into_inner().unwrap();
    assert_eq!((seen[0], *seen.last().unwrap()), ((false, false), (true, true)));
    assert!(!first.status().is_provisional);
    assert_eq!(first.current.load().number(), 2);

    // With the index on disk there is nothing to wait for.
    let (second, builds) = noting(folder.path(), false);
    assert!(second.load_first(&|_| {}).is_ok());
    assert_eq!(*builds.lock().unwrap(), [(true, Caution::Normal, 2)]);

    // Of files that changed since, the last good ones answer meanwhile.
    write(folder.path(), &["books", "chairs", "lamps"]);
    let (third, builds) = noting(folder.path(), false);
    assert!(third.load_first(&|_| {}).is_ok());
    assert_eq!(*builds.lock().unwrap(), [(true, Caution::Normal, 2), (true, Caution::Normal, 3)]);
}

#[test]
fn a_provisional_generation_stays_if_the_full_one_fails_and_a_reload_tries_again() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &["books", "chairs"]);
    let (reloader, builds) = noting(folder.path(), true);
    assert!(reloader.load_first(&|_| {}).is_err());
    assert!(reloader.current.load().is_ready() && reloader.status().is_provisional);
    assert!(reloader.reload_now(false, || ()).is_err(), "the same files are tried again");
    assert_eq!(builds.lock().unwrap().len(), 3);
}

#[tokio::test]
async fn a_reload_that_panics_is_reported_once_and_not_repeated_for_the_same_files() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &["books"]);
    let mut reloader = reloader(folder.path());
    assert!(reloader.load_first(&|_| {}).is_ok());
    let builds = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&builds);
    reloader.build = Box::new(move |_, _, _, _| {
        counted.fetch_add(1, Ordering::SeqCst);
        panic!("as a bug would")
    });
    let reloader = Arc::new(reloader);
    write(folder.path(), &["books", "chairs"]);
    let mut background = reloader.background();
    reloader.reload_if_changed().await;
    assert!(matches!(&**background.borrow_and_update().as_ref().unwrap(), Err(ReloadError::Panicked(_))));
    reloader.reload_if_changed().await;
    assert_eq!(builds.load(Ordering::SeqCst), 1);
    assert!(!background.has_changed().unwrap());
    // Other files get their own attempt.
    write(folder.path(), &["books", "lamps"]);
    reloader.reload_if_changed().await;
    assert_eq!(builds.load(Ordering::SeqCst), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reload_requested_while_older_files_are_being_built_runs_again() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &["books", "chairs"]);
    let mut reloader = reloader(folder.path());
    assert!(reloader.load_first(&|_| {}).is_ok());
    let (started, mut building) = tokio::sync::mpsc::unbounded_channel();
    let (go_on, gate) = std::sync::mpsc::channel::<()>();
    let gate = Mutex::new(gate);
    reloader.build = Box::new(move |content, number, options, progress| {
        started.send(()).unwrap();
        gate.lock().unwrap().recv().unwrap();
        Generation::build(content, number, options, progress)
    });
    let reloader = Arc::new(reloader);
    write(folder.path(), &["books", "chairs", "lamps"]);
    let first = tokio::spawn({
        let reloader = Arc::clone(&reloader);
        async move { reloader.reload(false).await }
    });
    building.recv().await.unwrap();
    // The first reload has read its files; these are newer.
    write(folder.path(), &["books", "chairs", "lamps", "tables"]);
    let second = reloader.join_or_start(false);
    let third = reloader.join_or_start(false);
    go_on.send(()).unwrap();
    go_on.send(()).unwrap();
    let (second, third) = tokio::join!(second.result, third.result);
    assert!(Arc::ptr_eq(&second, &third), "requests that wait share one reload");
    assert!(first.await.unwrap().is_ok() && second.is_ok());
    assert_eq!(entries(&reloader), ["books", "chairs", "lamps", "tables"]);
}
