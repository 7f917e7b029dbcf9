//! The bytes on the wire: nothing that a person types can leave its place.

use faqbot::bot::EnquiryFields;

use crate::harness::{
    desk::{World, fields, mailing, reference},
    sample_faq::words,
    smtp::{Mailed, SmtpServer},
};

async fn sent(fields: EnquiryFields) -> Mailed {
    let server = SmtpServer::plain().await;
    let world = World::new(mailing(&server)).await;
    let reply = world.submit(fields).await;
    assert!(reference(&reply).is_some(), "{}", words(&reply));
    world.deliver().await;
    let mut accepted = server.accepted();
    assert_eq!(accepted.len(), 1, "one message, whatever it says");
    accepted.remove(0)
}

#[tokio::test]
async fn a_body_arrives_byte_true_as_one_message() {
    let bodies = [
        "first\r\n.\r\nMAIL FROM:<evil@example.org>\r\nRCPT TO:<all@example.org>",
        ".",
        ".\n..\n...leading dots",
        "bare\rreturn and bare\nline",
        "ends with a space \nand = signs =3D ==",
        "שלום עולם, مرحبا بالعالم",
        "e\u{301}\u{323} combining, 👨‍👩‍👧‍👦 joined",
        "From here it begins\nFrom there",
    ];
    let emoji = "😀".repeat(4000);
    let long = "word ".repeat(799);
    for body in bodies.into_iter().chain([emoji.as_str(), long.as_str()]) {
        let mailed = sent(EnquiryFields { question: body.into(), ..fields() }).await;
        let clean = faqbot::mail::clean_lines(body, 4000);
        assert!(mailed.text().contains(&clean), "{body:?} in {:?}", mailed.text());
        assert!(mailed.bytes.is_ascii() && mailed.bytes.split(|b| *b == b'\n').all(|line| line.len() <= 998));
        let ends = mailed.bytes.windows(2).filter(|pair| pair[1] == b'\n' && pair[0] != b'\r').count();
        assert_eq!(ends, 0, "no bare line end");
        let content_type = mailed.header("Content-Type").unwrap();
        assert_eq!(content_type.to_lowercase(), "text/plain; charset=utf-8");
    }
}

#[tokio::test]
async fn line_ends_in_one_line_fields_make_no_header() {
    for end in ["\r\n", "\r", "\n", "\u{2028}", "\u{85}"] {
        let evil = format!("Ann{end}Bcc: all@example.org{end}{end}x");
        let mailed = sent(EnquiryFields {
            name: evil.clone(),
            deadline: evil,
            extra: "Reply-To: evil@example.org".into(),
            ..fields()
        })
        .await;
        assert_eq!(mailed.header("Bcc"), None);
        assert_eq!(mailed.to, "press@library.example");
        let parsed = mail_parser::MessageParser::default().parse(&mailed.bytes).unwrap();
        assert_eq!(parsed.bcc(), None);
        assert!(parsed.subject().unwrap().contains("Ann Bcc: all@example.org x"));
        assert!(parsed.from().unwrap().first().unwrap().name().is_none(), "no typed text in a display name");
        assert_eq!(mailed.header("From").unwrap(), "faqbot@library.example");
    }
}

#[tokio::test]
async fn the_answer_goes_to_exactly_one_valid_address_or_to_none() {
    for (typed, header) in [
        ("ann@paper.example", Some("ann@paper.example")),
        (" ann@paper.example ", Some("ann@paper.example")),
        ("o'neil+x@paper.example", Some("o'neil+x@paper.example")),
        ("ann@bücher.example", Some("ann@xn--bcher-kva.example")),
        ("\"ann b\"@paper.example", Some("\"ann b\"@paper.example")),
        ("пресса@paper.example", None),
        ("", None),
    ] {
        let extra = "or call 555".to_owned();
        let mailed = sent(EnquiryFields { email: typed.into(), extra, ..fields() }).await;
        assert_eq!(mailed.header("Reply-To").as_deref(), header, "{typed}");
        assert!(mailed.text().contains(typed.trim()), "{typed}");
        assert_eq!(mailed.from, "faqbot@library.example");
        assert_eq!(mailed.header("Auto-Submitted").unwrap(), "auto-generated");
    }
    let server = SmtpServer::plain().await;
    let world = World::new(mailing(&server)).await;
    for typed in
        ["a@b,c@d", "<x@paper.example>", "Ann <x@paper.example>", "x", "a@x.example\r\nBcc: b@x.example"]
    {
        let reply = world.submit(EnquiryFields { email: typed.into(), ..fields() }).await;
        assert!(reference(&reply).is_none() && words(&reply).contains("exactly one address"), "{typed}");
    }
}
