//! Files that hold what people typed, or what the bot keeps for itself, can be read by their owner only, whatever the
//! umask.

use std::{
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};

use faqbot::store::{Store, Tuning};

use crate::harness::{
    desk::{World as DeskWorld, settings},
    discord::Person,
    smtp::SmtpServer,
    world::World,
};

const CHILD: &str = "FAQBOT_UMASK_CHILD";

#[test]
fn files_and_folders_are_private_under_any_umask() {
    for umask in ["000", "022"] {
        let end = Command::new("sh")
            .args(["-c", &format!("umask {umask}; exec \"$0\" \"$@\"")])
            .arg(std::env::current_exe().unwrap())
            .args(["desk::permissions::the_process_with_a_umask", "--exact", "--ignored", "--nocapture"])
            .env(CHILD, "1")
            .output()
            .unwrap();
        let (out, err) = (String::from_utf8_lossy(&end.stdout), String::from_utf8_lossy(&end.stderr));
        assert!(end.status.success() && out.contains("1 passed"), "umask {umask}: {out}\n{err}");
    }
}

#[tokio::test]
#[ignore = "started by the test above"]
async fn the_process_with_a_umask() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    let desk = DeskWorld::new(settings()).await;
    desk.enquire("Why now?").await;
    desk.deliver().await;
    for folder in ["data", "enquiries"] {
        assert_private(&desk.folder.path().join(folder), &[".db", ".db-wal", ".db-shm", ".lock", ".eml"]);
    }
    let server = SmtpServer::plain().await;
    let world = World::with_press(&server, Tuning::default()).await;
    world.enquire(&Person::new("ann"), "Why now?").await;
    assert_private(world.config.store.path.parent().unwrap(), &["identify.json", "commands.json"]);
}

#[tokio::test]
async fn files_of_an_earlier_version_become_private() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("faqbot.db");
    Store::open(&path).await.unwrap().close().await;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    Store::open(&path).await.unwrap().close().await;
    assert_eq!(mode(&path), 0o600);
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// Asserts that everything in `folder` is private, and that the names of the files that matter are among them.
fn assert_private(folder: &Path, endings: &[&str]) {
    let mut found: Vec<PathBuf> = vec![folder.to_owned()];
    let mut at = 0;
    while let Some(path) = found.get(at).cloned() {
        at += 1;
        let wanted = if path.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(mode(&path), wanted, "{}", path.display());
        if path.is_dir() {
            found.extend(std::fs::read_dir(&path).unwrap().map(|item| item.unwrap().path()));
        }
    }
    let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    let is_known = |ending: &str| found.iter().any(|path| name(path).ends_with(ending));
    let is_enquiries = folder.ends_with("enquiries");
    for ending in endings.iter().filter(|ending| (**ending == ".eml") == is_enquiries) {
        assert!(is_known(ending), "no {ending} in {}", folder.display());
    }
}
