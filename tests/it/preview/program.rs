//! The program `faqbot preview` in a folder of its own, and the requests of its page without a browser.

use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::{Value, json};

use super::lines::Lines;
use crate::harness::world::write_small_faq;

/// The members and the moderator of the preview.
pub(super) const ADA: &str = "400000000000000001";
pub(super) const BEN: &str = "400000000000000002";
pub(super) const MO: &str = "400000000000000003";
/// Its channels.
pub(super) const GENERAL: &str = "700000000000000001";
pub(super) const MODERATORS: &str = "700000000000000003";

/// The running program. It is killed when it is dropped.
pub(super) struct Program {
    child: Child,
    folder: tempfile::TempDir,
    /// Its log, for a test that waited in vain.
    log: Lines,
    /// The address of the page, with its key and a slash.
    pub(super) url: String,
    client: Client,
}

impl Program {
    /// Starts it over the small FAQ.
    pub(super) fn start() -> Program {
        let folder = tempfile::tempdir().unwrap();
        write_small_faq(&folder.path().join("faq"));
        Program::start_in(folder, &[("FAQBOT__SEARCH__VECTORS", "false")])
    }

    /// Starts it in a folder with a FAQ in `faq`, and with these variables.
    pub(super) fn start_in(folder: tempfile::TempDir, vars: &[(&str, &str)]) -> Program {
        let mut child = Command::new(env!("CARGO_BIN_EXE_faqbot"))
            .arg("preview")
            .env_clear()
            .env("FAQBOT__LIMITS__ASKS_PER_HALF_MINUTE", "1000")
            .envs(vars.iter().copied())
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let log = Lines::of(child.stderr.take().unwrap());
        let lines = Lines::of(child.stdout.take().unwrap());
        let is_address = |line: &str| line.trim().starts_with("http://").then(|| line.trim().to_owned());
        let url = lines.find("the address of the preview", &log, is_address);
        let client = Client::builder().no_proxy().build().unwrap();
        Program { child, folder, log, url, client }
    }

    /// The scheme, host and port of the page.
    pub(super) fn origin(&self) -> String {
        self.url.splitn(4, '/').take(3).collect::<Vec<_>>().join("/")
    }

    /// A file of the FAQ.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("faq").join(name)
    }

    /// The folder it runs in.
    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A request to the page's server, without any header of a browser.
    pub(super) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.url))
    }

    /// Everything that is shown now.
    pub(super) async fn shown(&self) -> Value {
        let mut stream = self.request(Method::GET, "events").send().await.unwrap();
        let mut text = String::new();
        while !text.contains("\n\n") {
            text += std::str::from_utf8(&stream.chunk().await.unwrap().unwrap()).unwrap();
        }
        serde_json::from_str(text.trim().strip_prefix("data: ").unwrap()).unwrap()
    }

    /// Waits until something is shown of which `look` makes something.
    pub(super) async fn until<T>(&self, look: impl Fn(&Value) -> Option<T>) -> T {
        let mut stream = self.request(Method::GET, "events").send().await.unwrap();
        let mut text = String::new();
        let waiting = async {
            loop {
                text += std::str::from_utf8(&stream.chunk().await.unwrap().unwrap()).unwrap();
                while let Some((event, rest)) = text.split_once("\n\n") {
                    let data = event.strip_prefix("data: ").map(|data| serde_json::from_str(data).unwrap());
                    if let Some(found) = data.as_ref().and_then(&look) {
                        return found;
                    }
                    text = rest.to_owned();
                }
            }
        };
        match tokio::time::timeout(std::time::Duration::from_secs(60), waiting).await {
            Ok(found) => found,
            Err(_) => panic!("waited in vain; shown is {:#}\nlog: {}", self.shown().await, self.log.rest()),
        }
    }

    /// Does something as the page does, and gives the response.
    pub(super) async fn act(&self, person: &str, channel: &str, act: Value) -> Response {
        let mut whole = json!({"person": person, "channel": channel, "locale": "en-US"});
        whole.as_object_mut().unwrap().extend(act.as_object().unwrap().clone());
        let request = self.request(Method::POST, "act").header("origin", self.origin());
        request.header("content-type", "application/json").body(whole.to_string()).send().await.unwrap()
    }

    /// Calls a command and gives the initial response.
    pub(super) async fn call(&self, person: &str, channel: &str, data: Value) -> Value {
        self.registered().await;
        let response = self.act(person, channel, json!({"kind": 2, "data": data})).await;
        assert_eq!(response.status(), 200);
        serde_json::from_str(&response.text().await.unwrap()).unwrap()
    }

    /// Waits until the bot has registered its commands.
    pub(super) async fn registered(&self) {
        self.until(|shown| shown.get("commands").map(drop)).await;
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // Both fail once it has ended, which is what we want.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The data of `/ask`.
pub(super) fn ask(question: &str) -> Value {
    json!({"name": "ask", "type": 1, "options": [{"name": "question", "type": 3, "value": question}]})
}
