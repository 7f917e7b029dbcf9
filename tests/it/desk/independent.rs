//! One enquiry from the local Discord through the program and a mail server that is not ours: aiosmtpd, in Python.
//! Where it is not installed the test says so and ends; `.ci/run` installs it and sets `REQUIRE_AIOSMTPD=1`, which
//! makes its absence a failure.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use faqbot::{ids::Reference, store::Store};

use crate::harness::{
    discord::Person,
    world::{World, mailing},
};

/// Listens on a free port, prints it, and writes each message into its own file of the folder given.
const SERVER: &str = r#"
import asyncio, os, sys
from aiosmtpd.smtp import SMTP
class Keep:
    async def handle_DATA(self, server, session, envelope):
        with open(os.path.join(sys.argv[1], "mail.eml"), "wb") as file:
            file.write(envelope.original_content)
        return "250 kept"
async def main():
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(Keep()), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()
asyncio.run(main())
"#;

struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn an_independent_mail_server_gets_the_enquiry_whole() {
    let python = std::env::var("AIOSMTPD_PYTHON").unwrap_or_else(|_| "python3".into());
    let is_there = Command::new(&python)
        .args(["-c", "import aiosmtpd"])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !is_there {
        assert!(
            std::env::var_os("REQUIRE_AIOSMTPD").is_none(),
            "aiosmtpd is required here and not installed"
        );
        println!("skipped: aiosmtpd is not installed");
        return;
    }
    let kept = tempfile::tempdir().unwrap();
    let mut child = Command::new(&python)
        .args(["-c", SERVER])
        .arg(kept.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut port = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut port).unwrap();
    let _server = Server(child);

    let world = World::without_bot(|config| {
        mailing(config, port.trim().parse().unwrap());
    })
    .await;
    let program = world.program().await;
    let ann = Person::new("ann");
    let reference = world.enquire(&ann, "Wie viele Bücher? 👩‍🏫\n.\nEnd").await;
    world.until_status(&ann, &reference, "handed to the mail server").await;
    program.signal("TERM");
    assert_eq!(program.end().await.code, 0);

    let bytes = std::fs::read(kept.path().join("mail.eml")).unwrap();
    let mail = mail_parser::MessageParser::default().parse(&bytes).unwrap();
    assert!(mail.subject().unwrap().contains(&reference));
    assert!(mail.body_text(0).unwrap().replace("\r\n", "\n").contains("Wie viele Bücher? 👩‍🏫\n.\nEnd"));
    let reply_to = mail.reply_to().unwrap().first().unwrap();
    assert_eq!((reply_to.name(), reply_to.address()), (None, Some("ann@paper.example")));
    assert_eq!(mail.from().unwrap().first().unwrap().address(), Some("faqbot@library.example"));
    let store = Store::open(&world.config.store.path).await.unwrap();
    let stored = store.detail(&Reference::parse(&reference).unwrap()).await.unwrap().unwrap().message;
    assert!(stored.message_id.contains(mail.message_id().unwrap()) && stored.bytes == bytes);
}
