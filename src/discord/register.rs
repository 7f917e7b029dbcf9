//! Tells Discord which commands there are, once, and again only when the table has changed.
//!
//! The table itself is `bot/commands.rs`. What was last registered is kept as a hash in a small file beside the database.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serenity::all::{
    CommandOptionType, CommandType, CreateCommand, CreateCommandOption, InstallationContext,
    InteractionContext, Permissions,
};

use crate::{
    bot::commands::{COMMANDS, Call, Command, CommandOption, Takes, Who},
    discord::rest::{Rest, RestError},
    ids::ApplicationId,
    lang::Lang,
    text::{CommandGroup, Described, text},
};

/// The longest question Discord lets a person type into an option.
const QUESTION_CHARS: u16 = 1000;

/// What the last registration was.
#[derive(Debug, Serialize, Deserialize, PartialEq, Eq)]
struct Registered {
    application: ApplicationId,
    hash: String,
}

/// The commands in the form that Discord takes.
///
/// Where moderators are named by role, `/faq` is shown to everybody, since Discord would hide it from members who may
/// not manage the server; either way the bot checks each call.
pub(super) fn commands(has_moderator_roles: bool) -> Vec<CreateCommand> {
    let mut groups = Vec::new();
    let created = COMMANDS.iter().filter_map(|command| match command.call {
        Call::Slash => {
            let created = slash(command.word, command, has_moderator_roles);
            Some(created.set_options(command.options.iter().map(option).collect()))
        }
        Call::MessageMenu => {
            Some(registered(command.word, command, has_moderator_roles).kind(CommandType::Message))
        }
        Call::Subcommand(group) if groups.contains(&group) => None,
        Call::Subcommand(group) => {
            groups.push(group);
            Some(slash(group, command, has_moderator_roles).set_options(subcommands(group)))
        }
    });
    created.collect()
}

/// Registers the commands unless Discord already has them.
pub(super) async fn register(
    rest: &Rest,
    application: ApplicationId,
    data: &Path,
    has_moderator_roles: bool,
) -> Result<bool, RestError> {
    let body = serde_json::to_vec(&commands(has_moderator_roles)).expect("our own commands are plain data");
    let wanted = Registered { application, hash: blake3::hash(&body).to_hex().as_str().to_owned() };
    if read(data).is_some_and(|last| last == wanted) && is_known(rest, application).await {
        return Ok(false);
    }
    rest.put_commands(application, body).await?;
    if let Err(error) = write(data, &wanted) {
        tracing::warn!(%error, "the hash of the registered commands could not be kept: they are sent again at the next start");
    }
    Ok(true)
}

/// Whether Discord still has a command of each of our names; where it cannot be asked, the file is believed.
async fn is_known(rest: &Rest, application: ApplicationId) -> bool {
    let Ok(known) = rest.command_names(application).await else { return true };
    let english = text(Lang::En);
    COMMANDS.iter().all(|command| {
        known.contains(&match command.call {
            Call::Slash | Call::MessageMenu => english.command_name(command.word),
            Call::Subcommand(group) => english.command_name(group),
        })
    })
}

/// The file of the registered commands, in the folder of the database.
const FILE: &str = "commands.json";

fn path(data: &Path) -> PathBuf {
    data.join(FILE)
}

fn read(data: &Path) -> Option<Registered> {
    serde_json::from_slice(&std::fs::read(path(data)).ok()?).ok()
}

fn write(data: &Path, registered: &Registered) -> std::io::Result<()> {
    crate::private_file::write(data, FILE, &serde_json::to_vec(registered).expect("plain data"))
}

/// A command that is typed, with its description and without its options.
fn slash(word: impl Described + Copy, command: &Command, has_moderator_roles: bool) -> CreateCommand {
    registered(word, command, has_moderator_roles)
        .kind(CommandType::ChatInput)
        .description(text(Lang::En).command_about(word))
        .description_localized("fr", text(Lang::Fr).command_about(word))
}

/// A command by its names, with where it can be called and by whom.
fn registered(word: impl Described + Copy, command: &Command, has_moderator_roles: bool) -> CreateCommand {
    let created = CreateCommand::new(text(Lang::En).command_name(word))
        .name_localized("fr", text(Lang::Fr).command_name(word))
        .integration_types(vec![InstallationContext::Guild])
        .contexts(if command.in_direct {
            vec![InteractionContext::Guild, InteractionContext::BotDm]
        } else {
            vec![InteractionContext::Guild]
        });
    if command.who == Who::Moderators && !has_moderator_roles {
        created.default_member_permissions(Permissions::MANAGE_GUILD)
    } else {
        created
    }
}

/// The subcommands of a group.
fn subcommands(group: CommandGroup) -> Vec<CreateCommandOption> {
    let of_group = COMMANDS.iter().filter(|command| command.call == Call::Subcommand(group));
    of_group
        .map(|command| {
            let created = described(CommandOptionType::SubCommand, command.word);
            command.options.iter().fold(created, |created, each| created.add_sub_option(option(each)))
        })
        .collect()
}

fn option(option: &CommandOption) -> CreateCommandOption {
    let kind =
        if option.takes == Takes::Flag { CommandOptionType::Boolean } else { CommandOptionType::String };
    let created = described(kind, option.word).required(option.is_required);
    match option.takes {
        Takes::Question => created.max_length(QUESTION_CHARS).set_autocomplete(true),
        Takes::Text => created.max_length(100),
        Takes::Flag => created,
    }
}

fn described(kind: CommandOptionType, word: impl Described + Copy) -> CreateCommandOption {
    let (english, french) = (text(Lang::En), text(Lang::Fr));
    CreateCommandOption::new(kind, english.command_name(word), english.command_about(word))
        .name_localized("fr", french.command_name(word))
        .description_localized("fr", french.command_about(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_registered_table_is_what_it_was() {
        insta::assert_json_snapshot!(commands(false));
    }

    #[test]
    fn every_name_and_description_is_one_that_discord_takes() {
        let json = serde_json::to_value(commands(false)).unwrap();
        let mut stack: Vec<&serde_json::Value> = json.as_array().unwrap().iter().collect();
        while let Some(item) = stack.pop() {
            let is_menu = item["type"] == 3 && item.get("contexts").is_some();
            let mut names = vec![item["name"].as_str().unwrap()];
            names.extend(
                item["name_localizations"].as_object().unwrap().values().map(|v| v.as_str().unwrap()),
            );
            for name in names {
                assert!((1..=32).contains(&name.chars().count()), "{name}");
                if !is_menu {
                    let fits = |c: char| c == '-' || c == '_' || (c.is_alphanumeric() && !c.is_uppercase());
                    assert!(name.chars().all(fits), "{name}");
                    let about = item["description"].as_str().unwrap();
                    assert!((1..=100).contains(&about.chars().count()), "{about}");
                    let about = item["description_localizations"]["fr"].as_str().unwrap();
                    assert!((1..=100).contains(&about.chars().count()), "{about}");
                }
            }
            stack.extend(item["options"].as_array().into_iter().flatten());
        }
    }

    #[test]
    fn moderators_named_by_role_can_see_their_command() {
        let shown = |has_roles| {
            let json = serde_json::to_value(commands(has_roles)).unwrap();
            let faq = json.as_array().unwrap().iter().find(|c| c["name"] == "faq").unwrap().clone();
            faq["default_member_permissions"].clone()
        };
        assert_eq!(shown(false), "32");
        assert!(shown(true).is_null());
    }
}
