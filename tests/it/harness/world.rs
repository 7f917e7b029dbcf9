//! The whole bot under test: a FAQ in a temporary folder, a local Discord, the bot connected to it, and people.
//!
//! Each method does what a person does and waits for what that person then sees; nothing sleeps. When a [`World`] is
//! dropped, it checks everything the bot sent: no ping, no limit exceeded, and Discord's OpenAPI file if there is one.

mod engine;
mod faq;
mod press;

use std::{path::PathBuf, sync::Arc, sync::OnceLock};

use faqbot::{
    config::{Config, Confirm},
    ids::{ChannelId, RoleId},
    store::Tuning,
};
use serde_json::{Value, json};

use crate::harness::discord::{
    self, ASK_CHANNEL, BOT, CHANNEL, Call, Discord, MODERATOR_CHANNEL, OpenApi, Person, ROLE, Seen, TOKEN,
    kind,
};

pub(crate) use engine::{End, InProcessBot, Process, signal};
pub(crate) use faq::write_small_faq;
pub(crate) use press::{form, mailing, reference};

/// A bot and its surroundings.
pub(crate) struct World {
    /// Discord.
    pub(crate) discord: Discord,
    /// The settings the bot runs with.
    pub(crate) config: Config,
    /// The time limits of the press desk's database; `None`: there is no press desk.
    press: Option<Tuning>,
    home: tempfile::TempDir,
    bot: Option<InProcessBot>,
}

impl World {
    /// Starts a bot with the usual settings.
    pub(crate) async fn start() -> World {
        World::with(|_| {}).await
    }

    /// Starts a bot with changed settings.
    pub(crate) async fn with(change: impl FnOnce(&mut Config)) -> World {
        let mut world = World::without_bot(change).await;
        world.start_bot().await;
        world
    }

    /// Starts a bot with a database, whose enquiries go into a folder.
    pub(crate) async fn with_store(change: impl FnOnce(&mut Config)) -> World {
        let mut world = World::without_bot(change).await;
        world.press = Some(Tuning::default());
        world.start_bot().await;
        world
    }

    /// Adds an entry to the files of the FAQ.
    pub(crate) fn add(&self, name: &str, question: &str, answer: &str) {
        let entry = format!("+++\nquestion = \"{question}\"\nkind = \"not_covered\"\n+++\n{answer}\n");
        std::fs::write(self.path(name), entry).unwrap();
    }

    /// Adds what the announcement and the FAQ say about bicycles, which they did not mention before.
    pub(crate) fn add_bicycles(&self) {
        let announcement = std::fs::read_to_string(self.path("announcement.md")).unwrap();
        let said = "Forty bicycles can be parked behind the new house.";
        std::fs::write(self.path("announcement.md"), format!("{announcement}\n{said}\n")).unwrap();
        let entry = format!(
            "+++\nquestion = \"Is there parking for bicycles?\"\nquotes = [\"{said}\"]\n\
             also_asked = [\"bicycle parking\", \"where to park my bicycle\"]\n+++\n{said}\n"
        );
        std::fs::write(self.path("bicycles.md"), entry).unwrap();
    }

    /// Everything but the bot, which `start_bot` or `program` starts.
    pub(crate) async fn without_bot(change: impl FnOnce(&mut Config)) -> World {
        let home = tempfile::tempdir().unwrap();
        let discord = Discord::start().await;
        write_small_faq(&home.path().join("faq"));
        let mut config = Config::default();
        config.faq.dir = home.path().join("faq");
        config.faq.watch = false;
        config.index.dir = home.path().join("index");
        config.store.path = home.path().join("data/faqbot.db");
        config.media.folder = home.path().join("data/enquiries");
        config.search.vectors = false;
        config.discord.api_url = discord.url();
        config.discord.ask_channels = vec![ChannelId::new(ASK_CHANNEL)];
        config.discord.moderator_roles = vec![RoleId::new(ROLE)];
        config.discord.moderator_channel = Some(ChannelId::new(MODERATOR_CHANNEL));
        config.limits.asks_per_half_minute = 1000;
        // Tests that are about the confirmation set it.
        config.reload.confirm = Confirm::Never;
        change(&mut config);
        World { discord, config, press: None, home, bot: None }
    }

    /// Starts the bot in this process and waits until it is ready.
    pub(crate) async fn start_bot(&mut self) {
        let before = self.sessions();
        self.bot = Some(match &self.press {
            Some(tuning) => InProcessBot::with_press(&self.config, tuning.clone()).await,
            None => InProcessBot::start(&self.config),
        });
        self.until_ready(before + 1).await;
    }

    /// Starts the program in a process of its own and waits until it is ready.
    pub(crate) async fn program(&self) -> Process {
        self.with_failpoint("").await
    }

    /// The same with a failpoint: `src/failpoint/injected.rs`.
    pub(crate) async fn with_failpoint(&self, plan: &str) -> Process {
        let before = self.sessions();
        let program = Process::with_failpoint(self.home(), &self.config, TOKEN, plan);
        self.until_ready(before + 1).await;
        program
    }

    /// Sessions opened so far.
    fn sessions(&self) -> usize {
        self.discord.with(|state| state.identifies.len())
    }

    async fn until_ready(&self, sessions: usize) {
        self.discord.until_ready(sessions).await;
        self.discord
            .until("the commands are registered", |state| (!state.commands.is_empty()).then_some(()))
            .await;
    }

    /// Stops the bot as SIGTERM does: requests in progress are finished.
    pub(crate) async fn stop_bot(&mut self) -> End {
        self.bot.take().expect("the bot is running").stop().await
    }

    /// Waits until the bot stops by itself.
    pub(crate) async fn bot_exit(&mut self) -> End {
        self.bot.take().expect("the bot is running").end().await
    }

    /// A file of the FAQ.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join("faq").join(name)
    }

    /// The temporary folder.
    pub(crate) fn home(&self) -> &std::path::Path {
        self.home.path()
    }

    /// A person calls a command in the common channel.
    pub(crate) async fn slash(&self, by: &Person, call: &str, options: &[(&str, Value)]) -> Seen {
        self.slash_in(CHANNEL, by, call, options).await
    }

    /// A person calls a command somewhere.
    pub(crate) async fn slash_in(
        &self,
        channel: u64,
        by: &Person,
        call: &str,
        options: &[(&str, Value)],
    ) -> Seen {
        let token = self.call(channel, by, call, options);
        self.seen(&token).await
    }

    /// A person calls a command; `seen` waits for the answer by the returned token.
    pub(crate) fn call(&self, channel: u64, by: &Person, call: &str, options: &[(&str, Value)]) -> String {
        let data = self.discord.with(|state| discord::command(state, call, options, None));
        self.act(channel, by, kind::COMMAND, data, None)
    }

    /// Every way to call the registered commands whose calls begin with `prefix`.
    pub(crate) fn calls(&self, prefix: &str) -> Vec<Call> {
        let calls = self.discord.with(|state| discord::calls(state));
        let calls: Vec<Call> = calls.into_iter().filter(|call| call.name.starts_with(prefix)).collect();
        assert!(!calls.is_empty(), "no command begins with {prefix}");
        calls
    }

    /// `/ask`
    pub(crate) async fn ask(&self, by: &Person, question: &str) -> Seen {
        self.slash(by, "/ask", &[("question", json!(question))]).await
    }

    /// What is offered while a person types the question of a command.
    pub(crate) async fn complete(&self, by: &Person, call: &str, typed: &str) -> Seen {
        let options = [("question", json!(typed))];
        let data = self.discord.with(|state| discord::command(state, call, &options, Some("question")));
        let token = self.act(CHANNEL, by, kind::COMPLETION, data, None);
        self.seen(&token).await
    }

    /// A person uses a command of a message's context menu.
    pub(crate) async fn menu(&self, by: &Person, name: &str, message: u64) -> Seen {
        let data = self.discord.with(|state| discord::menu(state, name, message));
        let token = self.act(CHANNEL, by, kind::COMMAND, data, None);
        self.seen(&token).await
    }

    /// A person presses a button by its label.
    pub(crate) async fn press(&self, by: &Person, seen: &Seen, label: &str) -> Seen {
        self.press_id(by, seen, &seen.button(label)).await
    }

    /// A person presses a button with that custom id, which may be one of an old version.
    pub(crate) async fn press_id(&self, by: &Person, seen: &Seen, id: &str) -> Seen {
        let data = json!({"custom_id": id, "component_type": 2, "id": 1});
        let token = self.act(seen.channel, by, kind::COMPONENT, data, seen.message);
        self.seen(&token).await
    }

    /// A person sends a form, which may be one of an old version.
    pub(crate) async fn submit(&self, by: &Person, form_id: &str, fields: &[(&str, &str)]) -> Seen {
        let token = self.act(CHANNEL, by, kind::MODAL, discord::form(form_id, fields), None);
        self.seen(&token).await
    }

    /// A person does something that Discord reports as an interaction.
    pub(crate) fn act(&self, channel: u64, by: &Person, kind: u8, data: Value, under: Option<u64>) -> String {
        self.discord.with(|state| {
            let (event, token) = discord::interaction(state, by, channel, kind, data, under);
            state.send("INTERACTION_CREATE", event);
            token
        })
    }

    /// A person does something in another server, where that person has the same roles and permissions.
    pub(crate) async fn act_in_other_guild(
        &self,
        by: &Person,
        kind: u8,
        data: Value,
        under: Option<u64>,
    ) -> Seen {
        let token = self.discord.with(|state| {
            let (mut event, token) = discord::interaction(state, by, CHANNEL, kind, data, under);
            let guild = json!(discord::OTHER_GUILD.to_string());
            event["guild"]["id"] = guild.clone();
            event["authorizing_integration_owners"]["0"] = guild.clone();
            event["guild_id"] = guild;
            state.send("INTERACTION_CREATE", event);
            token
        });
        self.seen(&token).await
    }

    /// A person calls a command in another server.
    pub(crate) async fn slash_in_other_guild(
        &self,
        by: &Person,
        call: &str,
        options: &[(&str, Value)],
    ) -> Seen {
        let data = self.discord.with(|state| discord::command(state, call, options, None));
        self.act_in_other_guild(by, kind::COMMAND, data, None).await
    }

    /// Waits for the answer to an interaction.
    pub(crate) async fn seen(&self, token: &str) -> Seen {
        self.discord
            .until("there is an answer", |state| {
                state.interactions.get(token).and_then(|interaction| interaction.result().cloned())
            })
            .await
    }

    /// A person mentions the bot in the common channel.
    pub(crate) async fn mention(&self, by: &Person, text: &str) -> Seen {
        let message = self.say(CHANNEL, by, &format!("<@{BOT}> {text}"), None);
        self.answer(message).await
    }

    /// A person replies to a message of the bot.
    pub(crate) async fn reply(&self, by: &Person, to: &Seen, text: &str) -> Seen {
        let message = self.say(to.channel, by, text, to.message);
        self.answer(message).await
    }

    /// A person writes to the bot directly.
    pub(crate) async fn direct(&self, by: &Person, text: &str) -> Seen {
        let channel = self.direct_channel(by);
        let message = self.say(channel, by, text, None);
        self.answer(message).await
    }

    /// A person writes in the ask channel.
    pub(crate) async fn ask_in_ask_channel(&self, by: &Person, text: &str) -> Seen {
        let message = self.say(ASK_CHANNEL, by, text, None);
        self.answer(message).await
    }

    /// A person writes a message; nothing waits for an answer.
    pub(crate) fn say(&self, channel: u64, by: &Person, text: &str, answers: Option<u64>) -> u64 {
        self.discord.with(|state| {
            let message = discord::message(state, by, channel, text, answers);
            let id = message["id"].as_str().unwrap().parse().unwrap();
            state.send("MESSAGE_CREATE", message);
            id
        })
    }

    /// The private channel with a person.
    pub(crate) fn direct_channel(&self, by: &Person) -> u64 {
        self.discord.with(|state| state.direct_channel(by.id))
    }

    /// The bot's answer to a message.
    pub(crate) async fn answer(&self, to: u64) -> Seen {
        self.discord.until("there is an answer", |state| state.answers(to).into_iter().next()).await
    }

    /// The bot's first message in the private channel with a person.
    pub(crate) async fn direct_message(&self, to: &Person) -> Seen {
        self.discord
            .until("there is a direct message", |state| {
                let channel = state.direct.get(&to.id)?;
                state.of_bot().find(|message| message.channel == *channel)
            })
            .await
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert_eq!(self.discord.violations(), Vec::<String>::new());
            assert_eq!(against_openapi(&self.discord), Vec::<String>::new());
        }
    }
}

/// Every deviation of the bot from Discord's OpenAPI file; empty without the file.
pub(crate) fn against_openapi(discord: &Discord) -> Vec<String> {
    match openapi() {
        Some(judge) => discord.records().iter().flat_map(|record| judge.check(record)).collect(),
        None => Vec::new(),
    }
}

/// Discord's OpenAPI file, read once.
pub(crate) fn openapi() -> Option<Arc<OpenApi>> {
    static JUDGE: OnceLock<Option<Arc<OpenApi>>> = OnceLock::new();
    JUDGE.get_or_init(|| OpenApi::from_environment().map(Arc::new)).clone()
}
