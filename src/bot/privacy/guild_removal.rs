//! Servers that the bot was removed from: what is stored about them is erased. Enquiries from there are still delivered.

use crate::{bot::Bot, ids::GuildId};

impl Bot {
    /// Forgets a server that the bot has left.
    pub async fn left(&self, guild: GuildId) {
        let Some(desk) = &self.desk else { return };
        match desk.store().clear_guild(guild).await {
            Ok(enquiries) => {
                tracing::info!(enquiries, "the bot left a server; its id was erased from enquiries");
            }
            Err(error) => {
                tracing::warn!(%error, "a server that the bot left is forgotten at the next connection");
            }
        }
    }

    /// Forgets the servers that the bot left while it was away: those of which `is_left` says so.
    pub(crate) async fn left_while_away(&self, is_left: impl Fn(GuildId) -> bool) {
        let Some(desk) = &self.desk else { return };
        match desk.store().guilds().await {
            Ok(guilds) => {
                for guild in guilds.into_iter().filter(|guild| is_left(*guild)) {
                    self.left(guild).await;
                }
            }
            Err(error) => {
                tracing::warn!(%error, "servers that the bot left are forgotten at the next connection");
            }
        }
    }
}
