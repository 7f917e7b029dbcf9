//! A message as a request: a mention, a reply to the bot, a direct message, a forum's new post, or anything in an ask
//! channel.

use serenity::all::{ActionRow, ActionRowComponent, ButtonKind, Message, MessageSnapshot, MessageType};

use crate::{
    bot::{
        Ask, ConversationAction, ConversationAsk, Passages, Preceding, Request, Unreadable,
        reply::Action,
        request::{Actor, Place},
    },
    config,
    discord::{
        channels::{Channels, Location},
        custom_id,
        inbound::{Incoming, ReplyTarget},
    },
    ids::{ChannelId, EventId, GuildId, RoleId, UserId},
    knowledge::content::entry::EntryId,
    lang::Lang,
};

/// A message as a request; `None` for those that are not for the bot: machines', its own, the server's own notices.
pub(crate) fn message(
    message: Message,
    me: UserId,
    settings: &config::Discord,
    channels: &Channels,
) -> Option<Incoming> {
    let is_from_machine = message.author.bot || message.author.system || message.webhook_id.is_some();
    let is_ordinary = matches!(message.kind, MessageType::Regular | MessageType::InlineReply);
    if is_from_machine || message.author.id.get() == me.get() || !is_ordinary {
        return None;
    }
    let channel = ChannelId::new(message.channel_id.get());
    let at = channels.location(channel);
    let ask = ask(&message, me, settings, channels, &at)?;
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
        target: ReplyTarget::Message { channel, is_thread: at.is_thread },
    })
}

fn ask(
    message: &Message,
    me: UserId,
    settings: &config::Discord,
    channels: &Channels,
    at: &Location,
) -> Option<Ask> {
    let is_in_server = message.guild_id.is_some();
    let mut own_roles =
        message.mention_roles.iter().map(|role| RoleId::new(role.get())).filter(|r| channels.is_own_role(*r));
    let own_role = own_roles.next();
    let mentions = message.mentions.iter().any(|user| user.id.get() == me.get()) || own_role.is_some();
    let answered = message.referenced_message.as_ref().filter(|it| it.author.id.get() == me.get());
    let text = without_mentions(&text(message), me, own_role);
    let is_ask_channel = settings.ask_channels.contains(&at.parent);
    // The first message of a post has the id of the post.
    let is_opening = at.is_post && message.id.get() == message.channel_id.get();
    if is_opening && is_ask_channel {
        let title = channels.take_title(ChannelId::new(message.channel_id.get())).unwrap_or_default();
        let text = format!("{}\n{text}", title.trim());
        return Some(Ask::Conversation(ConversationAsk::OpeningPost { text: text.trim().to_owned() }))
            .filter(|_| !text.trim().is_empty());
    }
    if !is_in_server || mentions || answered.is_some() {
        if text.is_empty() {
            return match answered {
                _ if !is_in_server || (answered.is_some() && has_something(message)) => {
                    Some(unreadable(Unreadable::NoText))
                }
                // Discord sends the text only of messages that mention the bot, unless the bot may read all.
                Some(_) => Some(unreadable(Unreadable::Withheld)),
                None => Some(Ask::Help),
            };
        }
        // What is asked in the open is answered in the open.
        let private = message.guild_id.map(|_| false);
        let shown = answered.and_then(|answered| shown_entry(&answered.components));
        let preceding = Preceding { shown, is_thread: at.is_thread };
        return Some(match preceding == Preceding::default() {
            true => Ask::Question { text, private },
            false => Ask::Conversation(ConversationAsk::Question { text, private, preceding }),
        });
    }
    // Below the first message of a post people talk to each other.
    (is_ask_channel && !at.is_post && !text.is_empty()).then_some(Ask::Overheard { text })
}

fn unreadable(why: Unreadable) -> Ask {
    Ask::Conversation(ConversationAsk::Unreadable(why))
}

/// Whether a message without text shows something else.
fn has_something(message: &Message) -> bool {
    !message.attachments.is_empty() || !message.sticker_items.is_empty() || !message.embeds.is_empty()
}

/// The text of a message; of a forwarded one, that of the message it forwards.
pub(super) fn text(message: &Message) -> String {
    let forwarded =
        message.message_snapshots.iter().map(|snapshot: &MessageSnapshot| snapshot.content.as_str());
    let texts = std::iter::once(message.content.as_str()).chain(forwarded);
    texts.map(str::trim).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The entry that a message of the bot shows, which its buttons carry; of several, the last.
fn shown_entry(rows: &[ActionRow]) -> Option<EntryId> {
    let ids = rows.iter().flat_map(|row| &row.components).filter_map(|component| match component {
        ActionRowComponent::Button(button) => match &button.data {
            ButtonKind::NonLink { custom_id, .. } => Some(custom_id.as_str()),
            _ => None,
        },
        _ => None,
    });
    let actions: Vec<Action> = ids.filter_map(custom_id::decode).collect();
    let of_why = actions.iter().rev().find_map(|action| match action {
        Action::Why(why) => Some(why.entry.clone()),
        _ => None,
    });
    of_why.or_else(|| {
        actions.into_iter().rev().find_map(|action| match action {
            Action::NotHelpful(entry) => entry,
            Action::Conversation(ConversationAction::Passages(Passages::Entry(entry))) => Some(entry),
            _ => None,
        })
    })
}

fn without_mentions(content: &str, me: UserId, own_role: Option<RoleId>) -> String {
    let plain = content.replace(&format!("<@{me}>"), " ").replace(&format!("<@!{me}>"), " ");
    let plain = own_role.map_or(plain.clone(), |role| plain.replace(&format!("<@&{role}>"), " "));
    plain.trim().to_owned()
}
