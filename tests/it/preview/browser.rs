//! A real Chromium, driven through WebDriver as a person drives it: by keys, presses and what is to be seen.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    time::Duration,
};

use serde_json::{Value, json};
use thirtyfour::prelude::*;

/// A guard against waiting forever; no test asserts a time.
const PATIENCE: Duration = Duration::from_secs(90);

/// The browser with one page. It ends when it is dropped.
pub(super) struct Browser {
    driver: WebDriver,
    server: Child,
}

impl Browser {
    /// Starts it; `None` where there is no chromedriver, unless `REQUIRE_CHROMIUM` is 1.
    pub(super) async fn start() -> Option<Browser> {
        let started =
            Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
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
        let mut lines = BufReader::new(server.stdout.take().unwrap()).lines().map_while(Result::ok);
        let port = lines.find_map(|line| {
            let (_, port) = line.split_once("started successfully on port ")?;
            port.trim_end_matches('.').parse::<u16>().ok()
        });
        // What it writes later must not fill the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        let mut wanted = DesiredCapabilities::chrome();
        for argument in
            ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1280,860"]
        {
            wanted.add_arg(argument).unwrap();
        }
        wanted.set("goog:loggingPrefs", json!({"browser": "ALL"})).unwrap();
        let driver = WebDriver::new(format!("http://127.0.0.1:{}", port.unwrap()), wanted).await.unwrap();
        driver.set_script_timeout(PATIENCE).await.unwrap();
        Some(Browser { driver, server })
    }

    /// Opens a page.
    pub(super) async fn open(&self, url: &str) {
        self.driver.goto(url).await.unwrap();
    }

    /// Opens the preview and waits until the bot has registered its commands.
    pub(super) async fn open_preview(&self, url: &str) {
        self.open(url).await;
        self.until("document.body.dataset.ready === 'yes' && document.activeElement.id === 'write'").await;
    }

    /// Types into whatever has the focus.
    pub(super) async fn keys(&self, keys: impl Into<thirtyfour::TypingData>) {
        self.driver.active_element().await.unwrap().send_keys(keys).await.unwrap();
    }

    /// Presses one key.
    pub(super) async fn key(&self, key: Key) {
        self.keys(key.value().to_string()).await;
    }

    /// Clicks the only element that a CSS selector finds.
    pub(super) async fn click(&self, css: &str) {
        self.driver.query(By::Css(css)).single().await.unwrap().click().await.unwrap();
    }

    /// Puts the focus on an element that a JavaScript expression gives, and presses Enter.
    pub(super) async fn press(&self, expression: &str) {
        self.until(&format!("({expression}) && (({expression}).focus(), true)")).await;
        self.key(Key::Enter).await;
    }

    /// Chooses an option of a menu by its value.
    pub(super) async fn choose(&self, css: &str, value: &str) {
        let script = format!(
            "const menu = document.querySelector({css:?}); menu.value = {value:?}; \
             menu.dispatchEvent(new Event('change', {{bubbles: true}}));"
        );
        self.driver.execute(script, Vec::new()).await.unwrap();
    }

    /// Waits until a JavaScript expression holds, looked at whenever the page changes, and gives its value.
    pub(super) async fn until(&self, expression: &str) -> Value {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             const look = () => {{ const found = ({expression}); if (found) {{ observer.disconnect(); done(found); }} }};
             const observer = new MutationObserver(look);
             observer.observe(document, {{subtree: true, childList: true, attributes: true, characterData: true}});
             document.addEventListener('focusin', look);
             look();"
        );
        match self.driver.execute_async(script, Vec::new()).await {
            Ok(found) => found.json().clone(),
            Err(error) => panic!("waited in vain for {expression}: {error}\n{}", self.text().await),
        }
    }

    /// The value of a JavaScript expression.
    pub(super) async fn value(&self, expression: &str) -> Value {
        self.driver.execute(format!("return ({expression});"), Vec::new()).await.unwrap().json().clone()
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

    /// The size of the window in CSS pixels, with `scale` pixels of a picture for each.
    pub(super) async fn resize(&self, width: u32, height: u32, scale: u32) {
        let size =
            json!({"width": width, "height": height, "deviceScaleFactor": scale, "mobile": width < 700});
        self.driver.cdp().send_raw("Emulation.setDeviceMetricsOverride", size).await.unwrap();
    }

    /// What the operating system prefers: `light` or `dark`.
    pub(super) async fn prefer(&self, scheme: &str) {
        let media = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        self.driver.cdp().send_raw("Emulation.setEmulatedMedia", media).await.unwrap();
    }

    /// A picture of the page, as PNG.
    pub(super) async fn picture(&self) -> Vec<u8> {
        self.driver.screenshot_as_png().await.unwrap()
    }

    /// What the browser complains about: scripts that fail, files that are refused.
    pub(super) async fn complaints(&self) -> Vec<String> {
        let log = self.driver.browser_log().await.unwrap();
        log.into_iter().map(|entry| entry.message).collect()
    }

    /// Ends the browser.
    pub(super) async fn quit(mut self) {
        self.driver.clone().quit().await.unwrap();
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
