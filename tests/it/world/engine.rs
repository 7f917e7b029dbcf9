//! The bot itself: as a library in this process, or as the program in one of its own.

use std::{
    fs::File,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Arc,
    time::Duration,
};

use faqbot::{
    bot::{Bot, Desk},
    config::Config,
    discord::Exit,
    knowledge::{BuildOptions, Current, Generation, load::load},
    mail::{Delivery, Doorbell, Pace, Transport},
    store::{Store, Tuning},
};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::discord::TOKEN;

/// How a bot ended.
#[derive(Debug)]
pub(crate) struct End {
    /// The exit code.
    pub(crate) code: i32,
    /// What it said for the operator.
    pub(crate) said: String,
}

/// The bot as a library: the same rim over the same sockets, without a process.
pub(crate) struct Library {
    run: JoinHandle<Exit>,
    shutdown: CancellationToken,
}

impl Library {
    /// Starts it.
    pub(crate) fn start(config: &Config) -> Library {
        Library::with_token(config, TOKEN)
    }

    /// Starts it with another token.
    pub(crate) fn with_token(config: &Config, token: &str) -> Library {
        let config = Arc::new(config.clone());
        let bot = Arc::new(Bot::new(Arc::clone(&config), Arc::new(Current::new(generation(&config)))));
        let shutdown = CancellationToken::new();
        let run = tokio::spawn(faqbot::discord::run(token.to_owned().into(), config, bot, shutdown.clone()));
        Library { run, shutdown }
    }

    /// Starts it with a press desk over a database and a delivery loop, put together as `cli/run.rs` does.
    pub(crate) async fn with_press(config: &Config, tuning: Tuning) -> Library {
        let config = Arc::new(config.clone());
        let store = Store::open_with(&config.store.path, tuning).await.unwrap();
        let transport = Transport::from_settings(&config.media, None).unwrap();
        let bell = Arc::new(Doorbell::default());
        let desk = Desk::new(store.clone(), Arc::clone(&bell), transport.folder().is_some());
        let current = Arc::new(Current::new(generation(&config)));
        let bot = Arc::new(Bot::new(Arc::clone(&config), current).with_desk(desk));
        let discord = faqbot::discord::Discord::new(TOKEN.to_owned().into(), config).unwrap();
        let pace = Pace { drain: Duration::from_millis(50), ..Pace::default() };
        let notifier = Arc::new(discord.notifier());
        let delivery = Delivery::new(store.clone(), transport, notifier, bell, pace).await.unwrap();
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
        Library { run, shutdown }
    }

    /// Asks it to end, and waits until it has.
    pub(crate) async fn stop(self) -> End {
        self.shutdown.cancel();
        self.end().await
    }

    /// Waits until it ends.
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
    log: PathBuf,
}

impl Process {
    /// Starts `faqbot run` in `home` with the settings and the token.
    pub(crate) fn start(home: &Path, config: &Config, token: &str) -> Process {
        std::fs::write(home.join("bot.toml"), toml::to_string(config).unwrap()).unwrap();
        let log = home.join("log.txt");
        let file = File::options().create(true).append(true).open(&log).unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_faqbot"))
            .args(["run", "--config"])
            .arg(home.join("bot.toml"))
            .current_dir(home)
            .env("DISCORD_TOKEN", token)
            .stdin(Stdio::null())
            .stdout(file.try_clone().unwrap())
            .stderr(file)
            .spawn()
            .unwrap();
        Process { child, log }
    }

    /// Sends a signal by its name, such as `TERM`.
    pub(crate) fn signal(&self, name: &str) {
        let kill = format!("kill -{name} {}", self.child.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
    }

    /// Waits until it has ended.
    pub(crate) async fn end(mut self) -> End {
        let (this, code) = tokio::task::spawn_blocking(move || {
            let status = self.child.wait().unwrap();
            (self, status.code().unwrap_or(-1))
        })
        .await
        .unwrap();
        End { code, said: this.said() }
    }

    /// Everything it has written so far.
    pub(crate) fn said(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Both fail once it has ended, which is what we want.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
