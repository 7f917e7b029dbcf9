//! An interaction or a message as a [`Request`], and how it may be answered. Decides nothing else and sends nothing.
//!
//! Who moderates is read from the event itself each time: a role that was taken away counts from the next press on.
//! Calls are read by the names of `commands.rs`; the answer goes out through `dispatch.rs`.

mod message;

use serenity::all::{
    ActionRowComponent, CommandDataOption, CommandDataOptionValue, CommandInteraction, CommandType,
    ComponentInteraction, Interaction, Member, ModalInteraction, User,
};

pub(super) use message::message;

use crate::ids::{ApplicationId, ChannelId, GuildId, InteractionId, RoleId, UserId};
use crate::{
    bot::{
        Ask, Request,
        request::{Actor, EnquiryFields, Place},
    },
    config,
    discord::{
        custom_id,
        home_guilds::{GuildKind, HomeGuilds},
        rest::InteractionToken,
    },
    lang::Lang,
};

/// Something a person did, and how to answer it.
pub(super) struct Incoming {
    /// The event's own id: the same one twice is one request.
    pub id: u64,
    /// What the person wants.
    pub request: Request,
    /// How to answer.
    pub target: ReplyTarget,
}

/// How to answer.
pub(super) enum ReplyTarget {
    /// The interaction's own channel back.
    Interaction(InteractionTarget),
    /// A message.
    Message {
        /// The channel of the question.
        channel: ChannelId,
    },
}

/// The target back to an interaction.
pub(super) struct InteractionTarget {
    /// The application it was meant for.
    pub application: ApplicationId,
    /// Its token.
    pub token: InteractionToken,
    /// What may come first.
    pub first: InitialResponse,
    /// What was typed into a form that can no longer be taken.
    pub typed: Option<String>,
}

/// What may come first where the answer takes long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InitialResponse {
    /// A promise to everybody.
    Deferred,
    /// A promise to the person alone.
    DeferredPrivate,
    /// Silence: the message under the button will change.
    InPlace,
    /// A form can only come first, so no promise is possible.
    Form,
    /// Completions can only come first, so no promise is possible.
    Completions,
}

/// An interaction as a request; `None` for those that ask nothing.
///
/// Outside the home servers nobody is a moderator, whatever the permissions there say.
pub(super) fn interaction(
    interaction: Interaction,
    settings: &config::Discord,
    home: &HomeGuilds,
) -> Option<Incoming> {
    let mut incoming = match interaction {
        Interaction::Command(call) => command(call, settings),
        Interaction::Autocomplete(call) => completion(call, settings),
        Interaction::Component(press) => component(press, settings),
        Interaction::Modal(form) => modal(form, settings),
        _ => return None,
    };
    let request = &mut incoming.request;
    let is_home = matches!(request.place, Place::Guild { guild, .. } if home.kind(guild) == GuildKind::Home);
    request.actor.is_moderator &= is_home;
    Some(incoming)
}

fn command(call: CommandInteraction, settings: &config::Discord) -> Incoming {
    let ask = command_ask(&call);
    let first = match &ask {
        Ask::Question { private: None, .. } if !settings.private_answers => InitialResponse::Deferred,
        Ask::Question { private: Some(false), .. } => InitialResponse::Deferred,
        _ => InitialResponse::DeferredPrivate,
    };
    Incoming {
        id: call.id.get(),
        request: Request {
            actor: actor(&call.user, call.member.as_deref(), settings),
            place: place(call.guild_id, call.channel_id),
            locale: locale(&call.locale),
            ask,
        },
        target: ReplyTarget::Interaction(InteractionTarget {
            application: ApplicationId::new(call.application_id.get()),
            token: InteractionToken(call.token),
            first,
            typed: None,
        }),
    }
}

/// What a command asks. A call that the table does not know comes from an older registration: [`Ask::Stale`].
fn command_ask(call: &CommandInteraction) -> Ask {
    if call.data.kind == CommandType::Message {
        let message =
            call.data.target_id.and_then(|target| call.data.resolved.messages.get(&target.to_message_id()));
        let text = message.map(|message| message.content.clone()).unwrap_or_default();
        return Ask::Question { text, private: None };
    }
    let options = Options::of(&call.data.options);
    match (call.data.name.as_str(), options.sub) {
        ("ask", None) => Ask::Question { text: options.text("question"), private: options.flag("private") },
        ("media", sub) => match options.text("status") + &options.text("reference") {
            reference if !reference.trim().is_empty() => Ask::MediaStatus { reference },
            _ if sub == Some("status") => Ask::MediaStatus { reference: String::new() },
            _ => Ask::Media,
        },
        ("help", None) => Ask::Help,
        ("privacy", Some("erase")) => Ask::PrivacyErase,
        ("faq", Some("reload")) => Ask::Reload { allow_shrink: false },
        ("faq", Some("test")) => Ask::Test { text: options.text("question") },
        ("faq", Some("status")) => Ask::Status,
        ("faq", Some("enquiries")) => Ask::Enquiries,
        ("faq", Some("retry")) => Ask::EnquiryRetry { reference: options.text("reference") },
        ("faq", Some("block")) => Ask::EnquiryBlock { reference: options.text("reference") },
        _ => Ask::Stale,
    }
}

fn completion(call: CommandInteraction, settings: &config::Discord) -> Incoming {
    let prefix = call.data.autocomplete().map(|typed| typed.value.to_owned()).unwrap_or_default();
    let mut incoming = command(call, settings);
    incoming.request.ask = Ask::Complete { prefix };
    if let ReplyTarget::Interaction(back) = &mut incoming.target {
        back.first = InitialResponse::Completions;
    }
    incoming
}

fn component(press: ComponentInteraction, settings: &config::Discord) -> Incoming {
    let ask = custom_id::decode(&press.data.custom_id);
    let first = match &ask {
        Ask::Show { .. } => InitialResponse::InPlace,
        Ask::MediaForm { .. } => InitialResponse::Form,
        _ => InitialResponse::DeferredPrivate,
    };
    Incoming {
        id: press.id.get(),
        request: Request {
            actor: actor(&press.user, press.member.as_ref(), settings),
            place: place(press.guild_id, press.channel_id),
            locale: locale(&press.locale),
            ask,
        },
        target: ReplyTarget::Interaction(InteractionTarget {
            application: ApplicationId::new(press.application_id.get()),
            token: InteractionToken(press.token),
            first,
            typed: None,
        }),
    }
}

fn modal(form: ModalInteraction, settings: &config::Discord) -> Incoming {
    let id = form.id.get();
    let fields = typed(&form);
    let (ask, typed) = if form.data.custom_id == custom_id::MEDIA_FORM {
        (Ask::MediaSubmit { interaction: InteractionId::new(id), fields: enquiry(fields) }, None)
    } else {
        let typed = fields.into_iter().map(|(_, value)| value).collect::<Vec<_>>().join("\n\n");
        (Ask::Stale, Some(typed))
    };
    Incoming {
        id,
        request: Request {
            actor: actor(&form.user, form.member.as_ref(), settings),
            place: place(form.guild_id, form.channel_id),
            locale: locale(&form.locale),
            ask,
        },
        target: ReplyTarget::Interaction(InteractionTarget {
            application: ApplicationId::new(form.application_id.get()),
            token: InteractionToken(form.token),
            first: InitialResponse::DeferredPrivate,
            typed,
        }),
    }
}

/// The fields of a form as typed, by key.
fn typed(form: &ModalInteraction) -> Vec<(String, String)> {
    let inputs = form.data.components.iter().flat_map(|row| &row.components);
    let typed = inputs.filter_map(|component| match component {
        ActionRowComponent::InputText(input) => {
            Some((input.custom_id.clone(), input.value.clone().unwrap_or_default()))
        }
        _ => None,
    });
    typed.collect()
}

fn enquiry(typed: Vec<(String, String)>) -> EnquiryFields {
    let mut fields = EnquiryFields::default();
    for (key, value) in typed {
        match key.as_str() {
            "name" => fields.name = value,
            "email" => fields.email = value,
            "deadline" => fields.deadline = value,
            "question" => fields.question = value,
            "extra" => fields.extra = value,
            _ => {}
        }
    }
    fields
}

fn actor(user: &User, member: Option<&Member>, settings: &config::Discord) -> Actor {
    let may_manage = |member: &Member| {
        let permissions = member.permissions.unwrap_or_default();
        permissions.manage_guild() || permissions.administrator()
    };
    let has_role = |member: &Member| {
        member.roles.iter().any(|role| settings.moderator_roles.contains(&RoleId::new(role.get())))
    };
    let is_moderator = member.is_some_and(|member| may_manage(member) || has_role(member));
    Actor { id: UserId::new(user.id.get()), is_moderator }
}

fn place(guild: Option<serenity::all::GuildId>, channel: serenity::all::ChannelId) -> Place {
    match guild {
        Some(guild) => {
            Place::Guild { guild: GuildId::new(guild.get()), channel: ChannelId::new(channel.get()) }
        }
        None => Place::Direct,
    }
}

fn locale(code: &str) -> Lang {
    Lang::from_code(code).unwrap_or(Lang::En)
}

/// The options of a call, those of its subcommand where it has one.
struct Options<'a> {
    sub: Option<&'a str>,
    options: &'a [CommandDataOption],
}

impl<'a> Options<'a> {
    fn of(options: &'a [CommandDataOption]) -> Options<'a> {
        let sub = options.iter().find_map(|option| match &option.value {
            CommandDataOptionValue::SubCommand(inner) => Some((option.name.as_str(), inner.as_slice())),
            _ => None,
        });
        match sub {
            Some((name, options)) => Options { sub: Some(name), options },
            None => Options { sub: None, options },
        }
    }

    fn get(&self, name: &str) -> Option<&'a CommandDataOptionValue> {
        self.options.iter().find(|option| option.name == name).map(|option| &option.value)
    }

    fn text(&self, name: &str) -> String {
        self.get(name).and_then(CommandDataOptionValue::as_str).unwrap_or_default().to_owned()
    }

    fn flag(&self, name: &str) -> Option<bool> {
        self.get(name).and_then(CommandDataOptionValue::as_bool)
    }
}

#[cfg(test)]
mod tests;
