//! A real Chromium, driven through WebDriver as a person drives it: by keys, presses and what is to be seen.

use std::{
    fmt::Write,
    process::{Child, Command, Stdio},
    time::Duration,
};

use serde_json::{Value, json};
use thirtyfour::{error::WebDriverResult, prelude::*};

use super::lines::Lines;

/// How long anything on the page may take: a guard against waiting forever; no test asserts a time.
const PATIENCE: Duration = Duration::from_secs(45);
/// How long a command to the browser may take, which includes the waiting inside the page.
const COMMAND: Duration = Duration::from_secs(60);

/// What the page shows, for the message of a test that waited in vain.
const STATE: &str = "[
    ['address', location.href],
    ['field', document.activeElement?.value],
    ['ready', document.body?.dataset.ready],
    ['focus', document.activeElement?.outerHTML.slice(0, 300)],
    ['open dialog', document.querySelector('dialog[open]')?.innerText],
    ['choices', document.getElementById('popup')?.innerText],
    ['last message', document.querySelector('.message:last-child')?.innerText],
    ['whole page', document.body?.innerText],
]";

/// The browser with one page. It ends when it is dropped.
pub(super) struct Browser {
    driver: WebDriver,
    server: Child,
}

impl Browser {
    /// Starts it; `None` where there is no chromedriver, unless `REQUIRE_CHROMIUM` is 1.
    pub(super) async fn start() -> Option<Browser> {
        let started = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let mut server = match started {
            Ok(server) => server,
            Err(error) => {
                let is_required = std::env::var("REQUIRE_CHROMIUM").is_ok_and(|value| value == "1");
                assert!(!is_required, "chromedriver cannot be started: {error}");
                #[expect(clippy::print_stdout, reason = "a skipped test says so")]
                {
                    println!("skipped: there is no chromedriver ({error})");
                }
                return None;
            }
        };
        let lines = Lines::of(server.stdout.take().unwrap());
        let log = Lines::of(server.stderr.take().unwrap());
        let port = lines.find("the port of chromedriver", &log, |line| {
            let (_, port) = line.split_once("started successfully on port ")?;
            port.trim_end_matches('.').parse::<u16>().ok()
        });
        let mut wanted = DesiredCapabilities::chrome();
        for argument in
            ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1280,860"]
        {
            wanted.add_arg(argument).unwrap();
        }
        wanted.set("goog:loggingPrefs", json!({"browser": "ALL"})).unwrap();
        let address = format!("http://127.0.0.1:{port}");
        let driver = within("the browser starts", WebDriver::new(address, wanted)).await;
        // The page itself ends each wait, and can then still say what it shows.
        within("a time limit is set", driver.set_script_timeout(COMMAND)).await;
        within("a time limit is set", driver.set_page_load_timeout(PATIENCE)).await;
        Some(Browser { driver, server })
    }

    /// Opens a page.
    pub(super) async fn open(&self, url: &str) {
        within("the page is loaded", self.driver.goto(url)).await;
    }

    /// Opens the preview and waits until the bot has registered its commands.
    pub(super) async fn open_preview(&self, url: &str) {
        self.open(url).await;
        self.until("document.body.dataset.ready === 'yes' && document.activeElement.id === 'write'").await;
    }

    /// Asks a question with `/ask`, by keyboard, and waits until the last message contains `answered`.
    pub(super) async fn ask(&self, question: &str, answered: &str) {
        let is_french = self.value("document.documentElement.lang").await == "fr";
        self.call(if is_french { "/demander" } else { "/ask" }).await;
        self.until("document.activeElement.id === 'option-question'").await;
        self.keys(question).await;
        // Enter in the field could take a completion that appears at that moment.
        self.press("document.querySelector('#composer .send')").await;
        self.until_last(answered).await;
    }

    /// Chooses the first command that begins so, by keyboard.
    pub(super) async fn call(&self, command: &str) {
        self.until("document.getElementById('write')").await;
        self.value("document.getElementById('write').focus()").await;
        self.keys(command).await;
        let offered = format!("document.querySelector('[role=option]')?.innerText.startsWith({command:?})");
        self.until(&offered).await;
        self.key(Key::Enter).await;
        self.until("document.querySelector('.call')").await;
    }

    /// Opens the form for the entry about the new house, and adds to its answer.
    pub(super) async fn edit_new_place(&self, more: &str) {
        self.call("/faq edit").await;
        self.keys("where").await;
        self.until("document.querySelector('[role=option]')?.innerText.includes('Where is the new house?')")
            .await;
        self.key(Key::Enter).await;
        self.until("document.activeElement.value.includes('Where is the new house?')").await;
        self.key(Key::Enter).await;
        self.until("document.querySelector('#form[open]')").await;
        self.value("document.getElementById('field-answer').focus()").await;
        self.key(Key::End).await;
        self.keys(more).await;
    }

    /// Types into whatever has the focus.
    pub(super) async fn keys(&self, keys: impl Into<thirtyfour::TypingData>) {
        within("keys are typed", async { self.driver.active_element().await?.send_keys(keys).await }).await;
    }

    /// Presses one key.
    pub(super) async fn key(&self, key: Key) {
        self.keys(key.value().to_string()).await;
    }

    /// Clicks the only element that a CSS selector finds, once it is there.
    pub(super) async fn click(&self, css: &str) {
        self.until(&format!("document.querySelectorAll({css:?}).length === 1")).await;
        within("an element is clicked", async { self.driver.find(By::Css(css)).await?.click().await }).await;
    }

    /// Puts the focus on an element that a JavaScript expression gives, and presses Enter.
    pub(super) async fn press(&self, expression: &str) {
        self.until(&format!("({expression})?.isConnected")).await;
        let is_focused =
            self.value(&format!("(({expression}).focus(), document.activeElement === ({expression}))")).await;
        assert_eq!(is_focused, true, "{expression} takes no focus\n{}", self.state().await);
        self.key(Key::Enter).await;
    }

    /// Chooses an option of a menu by its value.
    pub(super) async fn choose(&self, css: &str, value: &str) {
        let script = format!(
            "const menu = document.querySelector({css:?}); menu.value = {value:?}; \
             menu.dispatchEvent(new Event('change', {{bubbles: true}}));"
        );
        within("an option is chosen", self.driver.execute(script, Vec::new())).await;
    }

    /// Waits until a JavaScript expression holds, looked at whenever the page changes, and gives its value.
    ///
    /// The expression must change nothing: it may be looked at many times.
    pub(super) async fn until(&self, expression: &str) -> Value {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             const events = ['focusin', 'focusout', 'input', 'change', 'load', 'resize', 'transitionend'];
             const end = (result) => {{
               observer.disconnect();
               clearTimeout(timer);
               events.forEach((name) => removeEventListener(name, look, true));
               done(result);
             }};
             const look = () => {{
               try {{ const found = ({expression}); if (found) end({{found}}); }}
               catch (error) {{ end({{fault: String(error)}}); }}
             }};
             const timer = setTimeout(() => end({{fault: 'the time is over'}}), {limit});
             const observer = new MutationObserver(look);
             observer.observe(document, {{subtree: true, childList: true, attributes: true, characterData: true}});
             events.forEach((name) => addEventListener(name, look, true));
             look();",
            limit = PATIENCE.as_millis()
        );
        let result = match tokio::time::timeout(COMMAND, self.driver.execute_async(script, Vec::new())).await
        {
            Ok(Ok(result)) => result.json().clone(),
            Ok(Err(error)) => json!({"fault": error.to_string()}),
            Err(_) => panic!("waited in vain for {expression}: the browser does not answer"),
        };
        match result.get("found") {
            Some(found) => found.clone(),
            None => panic!("waited in vain for {expression}: {}\n{}", result["fault"], self.state().await),
        }
    }

    /// What the page shows, and what the browser complains about.
    async fn state(&self) -> String {
        let mut text = String::new();
        for part in self.value(STATE).await.as_array().unwrap() {
            writeln!(text, "{}: {}", part[0].as_str().unwrap(), part[1].as_str().unwrap_or("nothing"))
                .unwrap();
        }
        for complaint in self.complaints().await {
            writeln!(text, "complaint: {complaint}").unwrap();
        }
        text
    }

    /// The value of a JavaScript expression.
    pub(super) async fn value(&self, expression: &str) -> Value {
        let script = format!("return ({expression});");
        within(expression, self.driver.execute(script, Vec::new())).await.json().clone()
    }

    /// Everything that can be read on the page.
    pub(super) async fn text(&self) -> String {
        self.value("document.body.innerText").await.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the last message contains a text.
    pub(super) async fn until_last(&self, text: &str) {
        self.until(&format!("document.querySelector('.message:last-child')?.innerText.includes({text:?})"))
            .await;
    }

    /// Waits until the last private message contains a text.
    pub(super) async fn until_private(&self, text: &str) {
        self.until(&format!(
            "[...document.querySelectorAll('.message.private')].at(-1)?.innerText.includes({text:?})"
        ))
        .await;
    }

    /// The size of the window in CSS pixels, with `scale` pixels of a picture for each.
    pub(super) async fn resize(&self, width: u32, height: u32, scale: u32) {
        let size =
            json!({"width": width, "height": height, "deviceScaleFactor": scale, "mobile": width < 700});
        let resized = async { self.driver.cdp().send_raw("Emulation.setDeviceMetricsOverride", size).await };
        within("the window is resized", resized).await;
    }

    /// What the operating system prefers: `light` or `dark`, and no movement, which a picture would catch halfway.
    pub(super) async fn prefer(&self, scheme: &str) {
        let media = json!({"features": [
            {"name": "prefers-color-scheme", "value": scheme}, {"name": "prefers-reduced-motion", "value": "reduce"},
        ]});
        let preferred = async { self.driver.cdp().send_raw("Emulation.setEmulatedMedia", media).await };
        within("a scheme of colours is preferred", preferred).await;
    }

    /// A picture of the page, as PNG.
    pub(super) async fn picture(&self) -> Vec<u8> {
        within("a picture is taken", self.driver.screenshot_as_png()).await
    }

    /// What the browser complains about: scripts that fail, files that are refused.
    pub(super) async fn complaints(&self) -> Vec<String> {
        let log = within("the browser's log is read", self.driver.browser_log()).await;
        log.into_iter().map(|entry| entry.message).collect()
    }

    /// Ends the browser.
    pub(super) async fn quit(self) {
        within("the browser ends", self.driver.clone().quit()).await;
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Ending the session here would wait in vain: the runtime that its connection needs is the one that waits.
        // All of this fails once the browser has ended, which is what we want. Chromium ends with chromedriver.
        let _ = self.driver.clone().leak();
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// The button under the last message whose label begins so, as a JavaScript expression.
pub(super) fn button(label: &str) -> String {
    format!(
        "[...document.querySelectorAll('.message:last-child .button')].find((each) => each.textContent.startsWith({label:?}))"
    )
}

/// What a command to the browser gives, or a failed test that says which one it was.
async fn within<T>(what: &str, command: impl Future<Output = WebDriverResult<T>>) -> T {
    match tokio::time::timeout(COMMAND, command).await {
        Ok(Ok(result)) => result,
        Ok(Err(error)) => panic!("{what}: {error}"),
        Err(_) => panic!("{what}: the browser does not answer"),
    }
}
