//! What the doctor reports: it logs in to the mail server but sends nothing.

use super::workspace::{Ended, Workspace};
use crate::harness::smtp::{Authority, Fault, Protection, SmtpServer, Stage};

/// Runs the doctor over a mail server with TLS and a password.
async fn doctor(server: &SmtpServer, authority: &Authority) -> Ended {
    let workspace = Workspace::new();
    workspace.put("ca.pem", authority.pem());
    let port = server.port;
    let settings = format!(
        "[media]\nfrom = \"faqbot@harbour.example\"\n[media.smtp]\nhost = \"localhost\"\nport = {port}\n\
         user = \"bot\"\nca_file = \"ca.pem\"\n[search]\nvectors = false\n"
    );
    workspace.put("bot.toml", settings);
    tokio::task::spawn_blocking(move || {
        workspace.run_with(&["doctor"], &[("SMTP_PASSWORD", "canary-password")], b"")
    })
    .await
    .unwrap()
}

fn mail(ended: &Ended) -> &str {
    let line = ended.out.lines().find(|line| line.contains("mail  "));
    line.unwrap_or_else(|| panic!("{ended:?}"))
}

#[tokio::test]
async fn a_mail_server_that_accepts_the_login_is_reported_and_nothing_is_sent() {
    let authority = Authority::new();
    let server = SmtpServer::start(Protection::StartTls, Some(authority.identity("localhost", false))).await;
    let ended = doctor(&server, &authority).await;
    assert_eq!(ended.code, 0, "{ended:?}");
    assert!(mail(&ended).starts_with("ok") && mail(&ended).contains("press@harbour.example"), "{ended:?}");
    let received = server.received();
    for said in ["EHLO", "STARTTLS", "AUTH PLAIN", "NOOP", "QUIT"] {
        assert!(received.contains(said), "{said}: {received}");
    }
    assert!(!received.contains("MAIL FROM") && server.mailed().is_empty());
}

#[tokio::test]
async fn a_mail_server_that_cannot_be_used_is_reported_with_advice() {
    let (authority, foreign) = (Authority::new(), Authority::new());
    let cases = [
        (Stage::Greeting, Fault::Code(554), "media.smtp.host"),
        (Stage::Greeting, Fault::Drop, "media.smtp.host"),
        (Stage::StartTls, Fault::Code(454), "STARTTLS"),
        (Stage::Auth, Fault::Code(535), "password"),
        (Stage::Auth, Fault::Hang, "time-out"),
    ];
    for (stage, fault, hint) in cases {
        let server =
            SmtpServer::start(Protection::StartTls, Some(authority.identity("localhost", false))).await;
        server.fail(stage, fault);
        let ended = doctor(&server, &authority).await;
        assert_eq!(ended.code, 1, "{stage:?} {fault:?}: {ended:?}");
        assert!(
            mail(&ended).starts_with("fail") && mail(&ended).contains(hint),
            "{stage:?} {fault:?}: {ended:?}"
        );
        assert!(!ended.out.contains("canary-password") && !ended.out.contains("secret.example"), "{ended:?}");
    }
    let server = SmtpServer::start(Protection::StartTls, Some(foreign.identity("localhost", false))).await;
    let ended = doctor(&server, &authority).await;
    assert!(mail(&ended).starts_with("fail") && mail(&ended).contains("certificate"), "{ended:?}");
    assert!(!server.received().contains("AUTH"), "no password goes to a server that is not the one");
}

#[test]
fn a_damaged_database_and_a_missing_channel_for_alerts_are_reported() {
    let workspace = Workspace::new();
    let quick = [("FAQBOT__SEARCH__VECTORS", "false")];
    let fresh = workspace.run_with(&["doctor"], &quick, b"");
    assert_eq!(fresh.code, 0, "{fresh:?}");
    assert!(
        fresh.out.contains("there is no database yet") && !workspace.path().join("data/faqbot.db").exists()
    );
    assert!(fresh.out.contains("warn  alerts"), "{fresh:?}");
    workspace.put("data/faqbot.db", "no database at all");
    let failed =
        workspace.run_with(&["doctor"], &[quick[0], ("FAQBOT__DISCORD__MODERATOR_CHANNEL", "5")], b"");
    assert_eq!(failed.code, 1, "{failed:?}");
    assert!(
        failed.out.contains("fail  data") && failed.out.contains("restore it from a backup"),
        "{failed:?}"
    );
    assert!(failed.out.contains("ok    alerts"), "{failed:?}");
    assert_eq!(std::fs::read(workspace.path().join("data/faqbot.db")).unwrap(), b"no database at all");
}
