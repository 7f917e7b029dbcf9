//! The disk of the database is full for a moment. Meanwhile every reply says that nothing was stored, and everything
//! works again as soon as there is space, without a restart; the moderators get one alert and one all-clear.

use std::{io::Write, path::Path, process::Command, sync::Arc, time::Duration};

use faqbot::{
    bot::{Ask, EnquiryFields},
    mail::DeliveryOptions,
    store::Tuning,
};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::{
    desk::mail::edit,
    harness::{
        desk::{World, fields, mailing, reference, settings},
        sample_faq::{member, words},
        smtp::{SmtpServer, Stage},
    },
};

/// The mount point of the small disk, for the child process.
const DISK: &str = "FAQBOT_SMALL_DISK";
/// A guard against a test that never ends, far beyond what it takes.
const LONGEST: Duration = Duration::from_secs(120);

/// Polls often, so that nothing waits for a timer.
fn impatient() -> DeliveryOptions {
    DeliveryOptions { poll: Duration::from_millis(10), ..DeliveryOptions::default() }
}

/// Sends enquiries until one is refused; returns what its sender reads.
async fn fill(world: &World) -> String {
    for number in 0..100 {
        let question = format!("{number} {}", "long ".repeat(780));
        let reply = world.submit(EnquiryFields { question, ..fields() }).await;
        if reference(&reply).is_none() {
            return words(&reply);
        }
    }
    panic!("the database is never full");
}

#[tokio::test]
async fn after_a_full_disk_everything_works_again_without_a_restart() {
    let tuning = Tuning { max_pages: Some(90), ..Tuning::default() };
    let folder = tempfile::tempdir().unwrap();
    let world = World::at(folder, settings(), Default::default(), tuning, impatient()).await;
    let stop = CancellationToken::new();
    let refused = fill(&world).await;
    assert!(refused.contains("Not stored"), "{refused}");
    // Deliveries would fill the disk for good: the loop starts only now.
    edit(&world, "UPDATE enquiry SET state = 'dead'").await;
    let running = tokio::spawn(Arc::clone(&world.delivery).run(stop.clone()));
    world.notices.until(|sent| sent.moderators.lock().unwrap().len() == 1).await;
    edit(&world, "DELETE FROM enquiry WHERE id > 1").await;
    world.enquire("Is there space again?").await;
    world.notices.until(|sent| sent.moderators.lock().unwrap().len() == 2).await;
    let erased = words(&world.bot.handle(member(Ask::PrivacyErase)).await);
    assert!(erased.contains("enquiries") && !erased.contains("just now"), "{erased}");
    stop.cancel();
    running.await.unwrap();
    let alerts = world.notices.moderators.lock().unwrap().clone();
    assert!(alerts[0].contains("cannot be stored") && alerts[1].contains("stored again"), "{alerts:?}");
}

#[test]
fn on_a_disk_that_is_really_full_nothing_is_lost_or_sent_twice() {
    const CHILD: &str = "desk::full_disk::the_process_on_a_small_disk";
    const MOUNT: &str = r#"mount -t tmpfs -o size=32m tmpfs "$FAQBOT_SMALL_DISK" && exec "$0" "$@""#;
    let disk = tempfile::tempdir().unwrap();
    let unshare = |command: &[&str]| {
        let mut unshare = Command::new("unshare");
        unshare.args(["--user", "--map-root-user", "--mount"]).args(command).env(DISK, disk.path());
        unshare
    };
    if !unshare(&["true"]).output().is_ok_and(|end| end.status.success()) {
        println!("skipped: this machine allows no mounts in a user namespace");
        return;
    }
    let test = std::env::current_exe().unwrap();
    let mut child = unshare(&["sh", "-c", MOUNT, test.to_str().unwrap()]);
    let end = child.args([CHILD, "--exact", "--ignored", "--nocapture"]).output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&end.stdout), String::from_utf8_lossy(&end.stderr));
    assert!(end.status.success() && out.contains("1 passed"), "{out}\n{err}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "started by the test above"]
async fn the_process_on_a_small_disk() {
    let Some(disk) = std::env::var_os(DISK) else { return };
    tokio::time::timeout(LONGEST, one_full_moment(Path::new(&disk))).await.unwrap();
}

/// An enquiry is being delivered, and its sender wants a message, while the disk is full.
async fn one_full_moment(disk: &Path) {
    let server = SmtpServer::plain().await;
    let folder = tempfile::tempdir_in(disk).unwrap();
    let world = World::at(folder, mailing(&server), Default::default(), Tuning::default(), impatient()).await;
    let (seen, mut stages) = mpsc::unbounded_channel();
    server.watch(move |stage| {
        let _ = seen.send(stage);
    });
    let first = world.enquire("First?").await;
    world.bot.handle(member(Ask::MediaNotify { reference: first.to_string() })).await;
    let answer = server.hold(Stage::Dot);
    let stop = CancellationToken::new();
    let running = tokio::spawn(Arc::clone(&world.delivery).run(stop.clone()));
    while stages.recv().await.unwrap() != Stage::Dot {}

    let ballast = disk.join("ballast");
    let mut file = std::fs::File::create(&ballast).unwrap();
    while file.write_all(&[0x5a; 4096]).is_ok() {}
    let refused = words(&world.submit(EnquiryFields { question: "Second?".into(), ..fields() }).await);
    assert!(refused.contains("Not stored") && refused.contains("Second?"), "{refused}");
    let kept = words(&world.bot.handle(member(Ask::PrivacyErase)).await);
    assert!(kept.contains("Nothing could be erased just now"), "{kept}");
    world.notices.until(|sent| sent.moderators.lock().unwrap().len() == 1).await;
    // The mail server accepts the mail, which cannot be recorded yet.
    answer.close();
    while stages.recv().await.unwrap() != Stage::Accepted {}

    std::fs::remove_file(&ballast).unwrap();
    drop(file);
    world.notices.until(|sent| sent.dms.lock().unwrap().len() == 1).await;
    assert!(world.status(&first).await.contains("handed to the mail server"));
    world.notices.until(|sent| sent.moderators.lock().unwrap().len() == 2).await;
    let second = world.enquire("Second?").await;
    while stages.recv().await.unwrap() != Stage::Accepted {}
    stop.cancel();
    running.await.unwrap();
    assert!(world.status(&second).await.contains("handed to the mail server"));
    assert_eq!(server.mailed().len(), 2, "nothing is sent twice");
    let alerts = world.notices.moderators.lock().unwrap().clone();
    assert_eq!(alerts.len(), 2, "{alerts:?}");
    let erased = words(&world.bot.handle(member(Ask::PrivacyErase)).await);
    assert!(erased.contains("2 enquiries"), "{erased}");
}
