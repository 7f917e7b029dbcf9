//! A stand-in for Discord on loopback, with a page on which a person uses the bot as members will: `faqbot preview`.
//!
//! It replaces Discord on both sides of the bot's own adapter, which runs unchanged. The adapter sends its requests to
//! `preview/api.rs`, and what it sent is what the page draws; what a person does on the page becomes the JSON of a
//! gateway event in `preview/event.rs`. `preview/server.rs` serves the page, `preview/state.rs` holds the messages,
//! `preview/people.rs` the people and channels.

mod api;
mod event;
mod guard;
mod people;
mod rules;
mod server;
mod state;

use std::{io, net::Ipv4Addr, sync::Arc};

use axum::Router;
use secrecy::SecretString;
use serde_json::Value;
use tokio::{net::TcpListener, sync::mpsc};
use tokio_util::sync::CancellationToken;

use crate::{config, ids::GuildId};
use guard::Key;
use state::Simulation;

/// Events that may wait for the bot.
const WAITING: usize = 64;

/// The stand-in and its page, listening but not served yet.
pub(crate) struct Preview {
    api: TcpListener,
    page: TcpListener,
    bot_token: String,
    page_key: Key,
    simulation: Arc<Simulation>,
    payloads: mpsc::Receiver<Value>,
}

impl Preview {
    /// Listens on loopback: the page on `port`, or on any free port if it is 0, and the API on a free one.
    pub(crate) async fn bind(port: u16) -> io::Result<Preview> {
        let (sender, payloads) = mpsc::channel(WAITING);
        Ok(Preview {
            api: TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?,
            page: TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?,
            bot_token: guard::random()?,
            page_key: Key::new(guard::random()?),
            simulation: Arc::new(Simulation::new(sender)),
            payloads,
        })
    }

    /// The address of the page. Whoever knows it can use the page, so it contains a random key.
    pub(crate) fn url(&self) -> io::Result<String> {
        Ok(format!("http://{}/{}/", self.page.local_addr()?, self.page_key.text()))
    }

    /// The token with which the bot may use the API.
    pub(crate) fn bot_token(&self) -> SecretString {
        self.bot_token.clone().into()
    }

    /// Points the settings at the stand-in's API, server and channels.
    pub(crate) fn configure(&self, settings: &mut config::Discord) -> io::Result<()> {
        settings.api_url = format!("http://{}", self.api.local_addr()?);
        settings.guilds = vec![GuildId::new(people::GUILD)];
        settings.leave_other_guilds = false;
        settings.ask_channels = vec![people::ASK.id()];
        settings.moderator_channel = Some(people::MODERATORS.id());
        settings.log_channel = settings.log_channel.map(|_| people::MODERATORS.id());
        settings.moderator_roles = Vec::new();
        Ok(())
    }

    /// Serves until `stop`. Returns at once with the events for the bot and a task that does the serving.
    pub(crate) fn start(
        self,
        stop: CancellationToken,
    ) -> io::Result<(mpsc::Receiver<Value>, tokio::task::JoinHandle<io::Result<()>>)> {
        let Preview { api, page, bot_token, page_key, simulation, payloads } = self;
        let page_address = page.local_addr()?;
        let api_router = Router::new()
            .fallback(api::answer)
            .with_state(api::Api { simulation: Arc::clone(&simulation), token: bot_token.into() });
        let page_router = Router::new().fallback(server::answer).with_state(server::Page {
            simulation: Arc::clone(&simulation),
            key: Arc::new(page_key),
            address: page_address,
            stop: stop.clone(),
        });
        let serving = tokio::spawn(async move {
            simulation.connect().await;
            tokio::select! {
                ended = axum::serve(api, api_router).into_future() => ended,
                ended = axum::serve(page, page_router).into_future() => ended,
                () = stop.cancelled() => Ok(()),
            }
        });
        Ok((payloads, serving))
    }
}
