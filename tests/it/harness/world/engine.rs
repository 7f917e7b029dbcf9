//! The bot itself: in this process, or as the program in a process of its own.

use std::{
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    time::Duration,
};

use faqbot::{
    bot::{Bot, PressDesk},
    config::Config,
    discord::Exit,
    knowledge::{BuildOptions, Current, Generation, load},
    mail::{Delivery, DeliveryOptions, DeliverySignal, Transport},
    store::{Store, Tuning},
};
use tokio::{sync::mpsc, task::JoinHandle};
use tokio_util::sync::CancellationToken;

use crate::harness::discord::TOKEN;

/// How a bot stopped.
#[derive(Debug)]
pub(crate) struct End {
    /// The exit code.
    pub(crate) code: i32,
    /// Its line for the operator, or everything the program wrote.
    pub(crate) said: String,
}

/// The bot in this process, with the same Discord adapter over the same sockets.
pub(crate) struct InProcessBot {
    run: JoinHandle<Exit>,
    shutdown: CancellationToken,
}

impl InProcessBot {
    /// Starts it.
    pub(crate) fn start(config: &Config) -> InProcessBot {
        InProcessBot::with_token(config, TOKEN)
    }

    /// Starts it with another token.
    pub(crate) fn with_token(config: &Config, token: &str) -> InProcessBot {
        let config = Arc::new(config.clone());
        let bot = Arc::new(Bot::new(Arc::clone(&config), Arc::new(Current::new(generation(&config)))));
        let shutdown = CancellationToken::new();
        let run = tokio::spawn(faqbot::discord::run(token.to_owned().into(), config, bot, shutdown.clone()));
        InProcessBot { run, shutdown }
    }

    /// Starts it with a press desk and a delivery loop, assembled as in `cli/run.rs`.
    pub(crate) async fn with_press(config: &Config, tuning: Tuning) -> InProcessBot {
        let config = Arc::new(config.clone());
        let store = Store::open_with(&config.store.path, tuning).await.unwrap();
        let transport = Transport::from_settings(&config.media, None).unwrap();
        let signal = Arc::new(DeliverySignal::default());
        let desk = PressDesk::new(store.clone(), Arc::clone(&signal), transport.folder().is_some());
        let current = Arc::new(Current::new(generation(&config)));
        let bot = Arc::new(Bot::new(Arc::clone(&config), current).with_desk(desk));
        let discord = faqbot::discord::Discord::new(TOKEN.to_owned().into(), config).unwrap();
        let options = DeliveryOptions { drain: Duration::from_millis(50), ..DeliveryOptions::default() };
        let notifier = Arc::new(discord.notifier());
        let delivery = Delivery::new(store.clone(), transport, notifier, signal, options).await.unwrap();
        let shutdown = CancellationToken::new();
        let stop = shutdown.clone();
        let run = tokio::spawn(async move {
            let stop_mail = CancellationToken::new();
            let mail = tokio::spawn(delivery.run(stop_mail.clone()));
            let exit = discord.run(bot, stop).await;
            stop_mail.cancel();
            mail.await.unwrap();
            store.close().await;
            exit
        });
        InProcessBot { run, shutdown }
    }

    /// Stops it and waits until it has stopped.
    pub(crate) async fn stop(self) -> End {
        self.shutdown.cancel();
        self.end().await
    }

    /// Waits until it stops.
    pub(crate) async fn end(self) -> End {
        let exit = self.run.await.unwrap();
        End { code: exit.code.into(), said: exit.line }
    }
}

fn generation(config: &Config) -> Generation {
    let today = jiff::ZonedDateTime::now().date();
    let loaded = load(&config.faq.dir, today).unwrap_or_else(|findings| panic!("{findings:?}"));
    let options = BuildOptions {
        index_dir: config.index.dir.clone(),
        vectors: config.search.vectors,
        caution: config.search.caution,
    };
    Generation::build(loaded.content, 1, &options, &|_| {}).unwrap()
}

/// The bot as the program. It is killed when it is dropped.
pub(crate) struct Process {
    child: Child,
    /// Everything it has written so far.
    log: Arc<Mutex<String>>,
    /// Each line of it, for `wrote`.
    lines: mpsc::UnboundedReceiver<String>,
    readers: Vec<std::thread::JoinHandle<()>>,
}

impl Process {
    /// Starts `faqbot run` in `home` with the settings and the token.
    pub(crate) fn start(home: &Path, config: &Config, token: &str) -> Process {
        Process::with_failpoint(home, config, token, "")
    }

    /// The same with a failpoint at which it pauses or panics: `src/failpoint/injected.rs`.
    pub(crate) fn with_failpoint(home: &Path, config: &Config, token: &str, plan: &str) -> Process {
        std::fs::write(home.join("bot.toml"), toml::to_string(config).unwrap()).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_faqbot"))
            .args(["run", "--config"])
            .arg(home.join("bot.toml"))
            .current_dir(home)
            .env("DISCORD_TOKEN", token)
            .env("FAQBOT_FAILPOINT", plan)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let log = Arc::new(Mutex::new(String::new()));
        let (line, lines) = mpsc::unbounded_channel();
        let read = |stream: Box<dyn Read + Send>| {
            let (log, line) = (Arc::clone(&log), line.clone());
            std::thread::spawn(move || {
                for text in BufReader::new(stream).lines().map_while(Result::ok) {
                    *log.lock().unwrap() += &format!("{text}\n");
                    // The test may have seen enough.
                    let _ = line.send(text);
                }
            })
        };
        let (out, err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        let readers = vec![read(Box::new(out)), read(Box::new(err))];
        Process { child, log, lines, readers }
    }

    /// Its id.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits until it has written a line that contains `wanted`; `false` if it ended first.
    pub(crate) async fn wrote(&mut self, wanted: &str) -> bool {
        while let Some(line) = self.lines.recv().await {
            if line.contains(wanted) {
                return true;
            }
        }
        false
    }

    /// Sends a signal by its name, such as `TERM`.
    pub(crate) fn signal(&self, name: &str) {
        signal(self.id(), name);
    }

    /// Waits until it has ended.
    pub(crate) async fn end(mut self) -> End {
        let (this, code) = tokio::task::spawn_blocking(move || {
            let status = self.child.wait().unwrap();
            self.readers.drain(..).for_each(|reader| reader.join().unwrap());
            (self, status.code().unwrap_or(-1))
        })
        .await
        .unwrap();
        End { code, said: this.said() }
    }

    /// Everything it has written so far.
    pub(crate) fn said(&self) -> String {
        self.log.lock().unwrap().clone()
    }
}

/// Sends a signal to a process.
pub(crate) fn signal(process: u32, name: &str) {
    let kill = format!("kill -{name} {process}");
    assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
}

impl Drop for Process {
    fn drop(&mut self) {
        // Both fail once it has ended, which is what we want.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
