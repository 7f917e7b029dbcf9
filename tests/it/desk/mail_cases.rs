//! Mail servers and addresses as other projects met them in public: what goes wrong elsewhere works here.

use faqbot::{
    bot::EnquiryFields,
    config::Tls,
    ids::Reference,
    mail::{Letter, clean_line, compose},
};

use crate::{
    desk::mail::encrypted,
    harness::{
        desk::{World, fields, mailing, reference},
        sample_faq::words,
        smtp::{Authority, Fault, Protection, SmtpServer, Stage},
    },
};

/// A server that wants a log-in over STARTTLS, and a desk that has one.
async fn with_login() -> (SmtpServer, World) {
    let authority = Authority::new();
    let server = SmtpServer::start(Protection::StartTls, Some(authority.identity("localhost", false))).await;
    let mut config = encrypted(&server, &authority, Tls::Starttls);
    config.media.smtp.user = "bot".into();
    let world = World::new(config).await;
    (server, world)
}

#[tokio::test]
async fn a_server_that_offers_auth_login_alone_is_logged_in_to() {
    let (server, world) = with_login().await;
    server.offer(&["AUTH LOGIN", "8BITMIME"]);
    let reference = world.enquire("Why now?").await;
    world.deliver().await;
    assert!(world.status(&reference).await.contains("handed to the mail server"));
    assert!(server.received().contains("AUTH LOGIN"));
}

#[tokio::test]
async fn greylisting_with_a_422_is_waited_for() {
    let server = SmtpServer::plain().await;
    let world = World::new(mailing(&server)).await;
    let reference = world.enquire("Why now?").await;
    server.fail(Stage::Rcpt, Fault::Once("422 4.2.2 Greylisted, please try again in a few moments"));
    world.deliver().await;
    assert!(world.status(&reference).await.contains("delayed"));
    assert_eq!(world.alerts(), "");
    world.retry(&reference).await;
    assert!(world.status(&reference).await.contains("handed to the mail server"));
}

#[tokio::test]
async fn a_log_in_that_fails_for_a_while_is_tried_again_without_an_alert() {
    let (server, world) = with_login().await;
    let reference = world.enquire("Why now?").await;
    for _ in 0..2 {
        server.fail(Stage::Auth, Fault::Once("454 4.7.0 Temporary authentication failure"));
        world.retry(&reference).await;
        assert!(world.status(&reference).await.contains("delayed"));
    }
    assert_eq!(world.alerts(), "");
    world.retry(&reference).await;
    assert!(world.status(&reference).await.contains("handed to the mail server"));
}

#[tokio::test]
async fn a_server_without_extensions_gets_seven_bits_and_short_lines() {
    let server = SmtpServer::plain().await;
    server.offer(&[]);
    let world = World::new(mailing(&server)).await;
    let long = EnquiryFields {
        name: "名".repeat(100),
        deadline: "Zusammenfassung – ".repeat(5),
        question: "é".repeat(4000),
        ..fields()
    };
    assert!(reference(&world.submit(long).await).is_some());
    world.deliver().await;
    let mailed = server.accepted();
    assert!(mailed[0].bytes.is_ascii());
    // RFC 5322: 78 characters are asked for, 998 are the limit.
    assert!(mailed[0].bytes.split(|byte| *byte == b'\n').all(|line| line.len() <= 79));
    assert!(mailed[0].text().contains(&"é".repeat(4000)) && mailed[0].text().contains(&"名".repeat(100)));
}

#[test]
fn an_independent_reader_gets_every_subject_back_and_no_letter_is_cut_in_two() {
    let emoji = "👩‍🏫".repeat(40);
    let subjects = [
        "Livraison retardée. Arrivée prévue : 5 août, 11h48",
        &"Zusammenfassung – ".repeat(40),
        &"名".repeat(100),
        &"a".repeat(400),
        &"aé".repeat(100),
        "=?utf-8?q?not_encoded?= and é",
        "שלום, (comment) \"quoted\" <a@b.example>",
        emoji.as_str(),
    ];
    for subject in subjects {
        let reference = Reference::draw();
        let letter = Letter {
            from: "L'équipe FAQ <faqbot@library.example>",
            to: "press@library.example",
            reply_to: None,
            reference: &reference,
            at: jiff::Timestamp::UNIX_EPOCH,
            subject: subject.to_owned(),
            body: "x".into(),
        };
        let bytes = compose(&letter).unwrap().bytes;
        let mail = mail_parser::MessageParser::default().parse(&bytes).unwrap();
        // What a person typed as an encoded word stays as typed, but for a space.
        assert_eq!(mail.subject(), Some(clean_line(subject, 150).replace("=?", "= ?").as_str()));
        assert_eq!(mail.from().unwrap().first().unwrap().name(), Some("L'équipe FAQ"));
        let text = String::from_utf8(bytes.clone()).unwrap();
        for word in text.split_whitespace().filter(|word| word.starts_with("=?utf-8?b?")) {
            let alone = format!("Subject: {word}\r\n\r\n");
            let alone = mail_parser::MessageParser::default().parse(alone.as_bytes()).unwrap();
            assert!(!alone.subject().unwrap().contains('\u{fffd}'), "{word} cuts a letter in two");
        }
    }
}

#[tokio::test]
async fn the_mail_is_from_the_bot_alone_and_the_answer_goes_to_the_journalist() {
    let server = SmtpServer::plain().await;
    let mut config = mailing(&server);
    config.media.from = "L'équipe FAQ <faqbot@library.example>".into();
    let world = World::new(config).await;
    let typed = EnquiryFields {
        name: "Zoë O'Neil, Ms., Le Monde: <b>Afrique</b>".into(),
        email: "zoe@yahoo.example".into(),
        ..fields()
    };
    assert!(reference(&world.submit(typed).await).is_some());
    world.deliver().await;
    let mailed = server.accepted().remove(0);
    assert_eq!(mailed.from, "faqbot@library.example");
    let mail = mail_parser::MessageParser::default().parse(&mailed.bytes).unwrap();
    let from = mail.from().unwrap().first().unwrap();
    assert_eq!((from.name(), from.address()), (Some("L'équipe FAQ"), Some("faqbot@library.example")));
    let reply_to = mail.reply_to().unwrap().first().unwrap();
    assert_eq!((reply_to.name(), reply_to.address()), (None, Some("zoe@yahoo.example")));
    for header in ["From", "To", "Reply-To", "Sender"] {
        assert!(!mailed.header(header).unwrap_or_default().contains("Zo"), "{header}");
    }
    assert!(mailed.text().contains("Zoë O'Neil, Ms., Le Monde: <b>Afrique</b>"));
}

#[tokio::test]
async fn addresses_of_every_form_are_accepted_refused_or_hinted_once() {
    let world = World::new(mailing(&SmtpServer::plain().await)).await;
    let answer = async |email: &str| {
        let question = format!("From {email}?");
        words(&world.submit(EnquiryFields { email: email.into(), question, ..fields() }).await)
    };
    for accepted in [
        "o'brien-smith@press.example.org",
        "press+rw@news.example",
        "münchen@käse.example",
        "presse@käse.example",
        "ann@example.museum",
        "ann@example.co",
        "ANN@EXAMPLE.ORG",
        "用户@例子.广告",
    ] {
        let reply = answer(accepted).await;
        assert!(reply.contains("Saved."), "{accepted}: {reply}");
    }
    for refused in [
        "ann.@example.org",
        "ann@-example.org",
        "ann@example",
        "mailto:ann@example.org",
        "ann@example.org.",
        "ann (at) example (dot) org",
        "ann@example.org, bob@example.org",
    ] {
        let reply = answer(refused).await;
        assert!(reply.contains("exactly one address"), "{refused}: {reply}");
    }
    assert!(answer("ann@example.con").await.contains("did you mean `ann@example.com`?"));
    assert!(answer("ann@example.con").await.contains("Saved."), "hinted once");
}
