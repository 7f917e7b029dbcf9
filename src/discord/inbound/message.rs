//! A message as a request: a mention, a reply to the bot, a direct message, or anything in an ask channel.

use serenity::all::{Message, MessageType};

use crate::{
    bot::{
        Ask, Request,
        request::{Actor, Place},
    },
    config,
    discord::inbound::{Incoming, ReplyTarget},
    ids::{ChannelId, EventId, GuildId, UserId},
    lang::Lang,
};

/// A message as a request; `None` for those that are not for the bot: machines', its own, the server's own notices.
pub(crate) fn message(message: Message, me: UserId, settings: &config::Discord) -> Option<Incoming> {
    let is_from_machine = message.author.bot || message.author.system || message.webhook_id.is_some();
    let is_ordinary = matches!(message.kind, MessageType::Regular | MessageType::InlineReply);
    if is_from_machine || message.author.id.get() == me.get() || !is_ordinary {
        return None;
    }
    let mentions = message.mentions.iter().any(|user| user.id.get() == me.get());
    let replies =
        message.referenced_message.as_ref().is_some_and(|answered| answered.author.id.get() == me.get());
    let channel = ChannelId::new(message.channel_id.get());
    let text = without_mention(&message.content, me);
    let is_empty = text.is_empty();
    let ask = if message.guild_id.is_none() || mentions || replies {
        match is_empty {
            // Somebody mentions the bot and says nothing, or Discord did not send the text.
            true if mentions && !replies => Ask::Help,
            true => return None,
            // What is asked in the open is answered in the open.
            false => Ask::Question { text, private: message.guild_id.map(|_| false) },
        }
    } else if settings.ask_channels.contains(&channel) && !is_empty {
        Ask::Overheard { text }
    } else {
        return None;
    };
    let place = match message.guild_id {
        Some(guild) => Place::Guild { guild: GuildId::new(guild.get()), channel },
        None => Place::Direct,
    };
    Some(Incoming {
        id: EventId::new(message.id.get()),
        request: Request {
            // Discord reports no permissions with a message, and none of these requests needs any.
            actor: Actor { id: UserId::new(message.author.id.get()), is_moderator: false },
            place,
            locale: Lang::En,
            ask,
        },
        target: ReplyTarget::Message { channel },
    })
}

fn without_mention(content: &str, me: UserId) -> String {
    let plain = content.replace(&format!("<@{me}>"), " ").replace(&format!("<@!{me}>"), " ");
    plain.trim().to_owned()
}
