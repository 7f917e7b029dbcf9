//! A bare serenity bot that echoes the question of `/ask`: the least that any bot on serenity costs.
//!
//! It runs in a process of its own, which is this program again with `FAQBOT_BENCH_ECHO` set to Discord's address.

use std::process::{Child, Command, Stdio};

use serenity::{
    all::{
        Command as SlashCommand, CommandDataOptionValue, CommandOptionType, Context, CreateCommand,
        CreateCommandOption, CreateInteractionResponse, CreateInteractionResponseMessage, EventHandler,
        GatewayIntents, Interaction, Ready,
    },
    async_trait,
    client::ClientBuilder,
    http::HttpBuilder,
};

use crate::harness::{
    discord::{BOT, TOKEN},
    world::World,
};

const ADDRESS: &str = "FAQBOT_BENCH_ECHO";

/// The process of the echo; it is killed when it is dropped.
pub(crate) struct Echo(Child);

impl Echo {
    /// The id of the process.
    pub(crate) fn id(&self) -> u32 {
        self.0.id()
    }
}

impl Drop for Echo {
    fn drop(&mut self) {
        // Both fail once it has ended.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The address of Discord, if this process is to be the echo.
pub(crate) fn requested() -> Option<String> {
    std::env::var(ADDRESS).ok()
}

/// Starts it and waits until it can be asked.
pub(crate) async fn start(world: &World) -> Echo {
    let before = world.discord.with(|state| state.identifies.len());
    let child = Command::new(std::env::current_exe().unwrap())
        .env(ADDRESS, world.discord.url())
        .stdin(Stdio::null())
        .spawn()
        .unwrap();
    world.discord.until_ready(before + 1).await;
    world
        .discord
        .until("the command is registered", |state| (!state.commands.is_empty()).then_some(()))
        .await;
    Echo(child)
}

/// Serves until it is killed.
pub(crate) fn run(url: String) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let http =
            HttpBuilder::new(TOKEN).proxy(url).ratelimiter_disabled(true).application_id(BOT.into()).build();
        let mut client =
            ClientBuilder::new_with_http(http, GatewayIntents::empty()).event_handler(Handler).await.unwrap();
        client.start().await.unwrap();
    });
}

struct Handler;

#[async_trait]
impl EventHandler for Handler {
    async fn ready(&self, context: Context, _: Ready) {
        let question =
            CreateCommandOption::new(CommandOptionType::String, "question", "What to echo").required(true);
        let ask = CreateCommand::new("ask").description("Echoes").add_option(question);
        SlashCommand::set_global_commands(&context.http, vec![ask]).await.unwrap();
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        let Interaction::Command(command) = interaction else { return };
        let Some(CommandDataOptionValue::String(question)) =
            command.data.options.first().map(|o| o.value.clone())
        else {
            return;
        };
        let message = CreateInteractionResponseMessage::new().content(question);
        command.create_response(&context.http, CreateInteractionResponse::Message(message)).await.unwrap();
    }
}
