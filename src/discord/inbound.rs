//! An interaction or a message as a [`Request`], and how it may be answered. Decides nothing else and sends nothing.
//!
//! Who moderates is read from the event itself each time: a role that was taken away counts from the next press on.
//! `bot/commands.rs` says what a call asks; the answer goes out through `dispatch.rs`.

mod message;

use serenity::all::{
    ActionRowComponent, CommandDataOption, CommandDataOptionValue, CommandInteraction, CommandType,
    ComponentInteraction, Interaction, Member, ModalInteraction, User,
};

pub(super) use message::message;

use crate::{
    bot::{
        Ask, ConversationAsk, Request, Unreadable,
        commands::{self, Arguments},
        request::{Actor, Place},
    },
    config,
    discord::{
        custom_id,
        home_guilds::{GuildKind, HomeGuilds},
        rest::InteractionToken,
    },
    ids::{ApplicationId, ChannelId, EventId, GuildId, InteractionId, RoleId, UserId},
    lang::Lang,
    text::{CommandWord, OptionWord, text},
};

/// Something a person did, and how to answer it.
pub(super) struct Incoming {
    /// Which event it was; the same one delivered twice is one request.
    pub id: EventId,
    /// What the person wants.
    pub request: Request,
    /// How to answer.
    pub target: ReplyTarget,
}

/// How to answer.
pub(super) enum ReplyTarget {
    /// As a response to an interaction.
    Interaction(InteractionTarget),
    /// As a message.
    Message {
        /// The channel of the question.
        channel: ChannelId,
        /// Whether that is a thread or a forum's post.
        is_thread: bool,
    },
}

/// What a response to an interaction needs.
pub(super) struct InteractionTarget {
    /// The application it was meant for.
    pub application: ApplicationId,
    /// Its token.
    pub token: InteractionToken,
    /// Which initial response is possible.
    pub first: InitialResponse,
    /// What was typed into a form that can no longer be taken.
    pub typed: Option<String>,
}

/// The initial response to an interaction if the reply takes longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InitialResponse {
    /// A deferred response that everybody sees.
    Deferred,
    /// A deferred response that only the person sees.
    DeferredPrivate,
    /// Nothing is shown: the message under the button will change.
    InPlace,
    /// A form can only be the initial response, so it cannot be deferred.
    Form,
    /// Completions can only be the initial response, so they cannot be deferred.
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

impl Incoming {
    /// An interaction whose initial response may be `first`.
    fn from_interaction(
        (id, application, token): (u64, serenity::all::ApplicationId, String),
        request: Request,
        first: InitialResponse,
    ) -> Incoming {
        let application = ApplicationId::new(application.get());
        let target = InteractionTarget { application, token: InteractionToken(token), first, typed: None };
        Incoming { id: EventId::new(id), request, target: ReplyTarget::Interaction(target) }
    }

    /// The same, with what was typed into a form that can no longer be taken.
    fn giving_back(mut self, text: Option<String>) -> Incoming {
        if let ReplyTarget::Interaction(target) = &mut self.target {
            target.typed = text;
        }
        self
    }
}

fn command(call: CommandInteraction, settings: &config::Discord) -> Incoming {
    let ask = command_ask(&call);
    let first = match &ask {
        Ask::Question { private: None, .. } if !settings.private_answers => InitialResponse::Deferred,
        Ask::Question { private: Some(false), .. } => InitialResponse::Deferred,
        Ask::Editor(ask) if ask.opens_form() => InitialResponse::Form,
        _ => InitialResponse::DeferredPrivate,
    };
    called(call, ask, first, settings)
}

fn completion(call: CommandInteraction, settings: &config::Discord) -> Incoming {
    let prefix = call.data.autocomplete().map(|typed| typed.value.to_owned()).unwrap_or_default();
    called(call, Ask::Complete { prefix }, InitialResponse::Completions, settings)
}

fn called(
    call: CommandInteraction,
    ask: Ask,
    first: InitialResponse,
    settings: &config::Discord,
) -> Incoming {
    let request = Request {
        actor: actor(&call.user, call.member.as_deref(), settings),
        place: place(call.guild_id, call.channel_id),
        locale: locale(&call.locale),
        ask,
    };
    Incoming::from_interaction((call.id.get(), call.application_id, call.token), request, first)
}

/// What a command asks. A call that the table does not know comes from an older registration: [`Ask::Stale`].
fn command_ask(call: &CommandInteraction) -> Ask {
    if call.data.kind == CommandType::Message {
        let message =
            call.data.target_id.and_then(|target| call.data.resolved.messages.get(&target.to_message_id()));
        let text = message.map(message::text).unwrap_or_default();
        let item = commands::find(&call.data.name, None).map_or(CommandWord::AnswerThis, |item| item.word);
        if text.is_empty() && item == CommandWord::AnswerThis {
            return Ask::Conversation(ConversationAsk::Unreadable(Unreadable::NoText));
        }
        return commands::ask(item, Arguments { text, private: None });
    }
    let options = Options::of(&call.data.options);
    // An older registration had `/media status` as a subcommand; now it is an option of `/media`.
    let command = commands::find(&call.data.name, options.sub)
        .or_else(|| commands::find(&call.data.name, None).filter(|_| options.sub.is_some()));
    match command {
        Some(command) => {
            let arguments = Arguments { text: options.text(), private: options.flag(OptionWord::Private) };
            commands::ask(command.word, arguments)
        }
        None => Ask::Stale,
    }
}

fn component(press: ComponentInteraction, settings: &config::Discord) -> Incoming {
    let action = custom_id::decode(&press.data.custom_id);
    let presser = UserId::new(press.user.id.get());
    let ask = action.and_then(|action| action.ask(presser)).unwrap_or(Ask::Stale);
    let first = match &ask {
        Ask::Show { private: None, .. } => InitialResponse::InPlace,
        Ask::MediaForm { .. } => InitialResponse::Form,
        Ask::Conversation(ConversationAsk::Remove { .. }) => InitialResponse::InPlace,
        Ask::Editor(ask) if ask.opens_form() => InitialResponse::Form,
        _ => InitialResponse::DeferredPrivate,
    };
    let request = Request {
        actor: actor(&press.user, press.member.as_ref(), settings),
        place: place(press.guild_id, press.channel_id),
        locale: locale(&press.locale),
        ask,
    };
    Incoming::from_interaction((press.id.get(), press.application_id, press.token), request, first)
}

fn modal(form: ModalInteraction, settings: &config::Discord) -> Incoming {
    let typed = typed(&form);
    let (ask, stale) = match custom_id::decode_form(&form.data.custom_id) {
        Some(id) => (id.ask(InteractionId::new(form.id.get()), typed), None),
        None => {
            let values: Vec<String> = typed.into_iter().map(|(_, value)| value).collect();
            (Ask::Stale, Some(values.join("\n\n")))
        }
    };
    let request = Request {
        actor: actor(&form.user, form.member.as_ref(), settings),
        place: place(form.guild_id, form.channel_id),
        locale: locale(&form.locale),
        ask,
    };
    let event = (form.id.get(), form.application_id, form.token);
    Incoming::from_interaction(event, request, InitialResponse::DeferredPrivate).giving_back(stale)
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

    /// The text of the one option that takes text.
    fn text(&self) -> String {
        let mut texts = self.options.iter().filter_map(|option| option.value.as_str());
        texts.next().unwrap_or_default().to_owned()
    }

    fn flag(&self, word: OptionWord) -> Option<bool> {
        let name = text(Lang::En).command_name(word);
        self.options.iter().find(|option| option.name == name)?.value.as_bool()
    }
}

#[cfg(test)]
mod tests;
