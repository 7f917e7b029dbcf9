//! `faqbot doctor`: checks everything the bot needs, with one line for each and advice where something is wrong.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use crate::{
    cli::{args::Global, exit::CommandError, setup},
    config::{Config, Origin, Tls, Transport, secrets::SecretName},
    discord::{Discord, ExitReason},
    ids::GuildId,
    knowledge::{BuildError, Generation},
    mail::{self, Phase, Problem, Timeouts},
    store::Store,
};

/// The time limit for Discord and for the mail server.
const TIMEOUT: Duration = Duration::from_secs(5);

/// The result of one check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Ok,
    Warn,
    Fail,
}

/// Runs every check; fails with exit code 1 if one of them does.
pub(crate) fn command(global: &Global, out: &mut dyn Write) -> Result<(), CommandError> {
    let mut checkup = Checkup { out, has_failed: false };
    let config = Arc::new(setup::settings(global)?);
    let path = setup::origin(global).path().to_owned();
    let exists = path.is_file() || setup::origin(global) != Origin::Default;
    let settings =
        if exists { path.display().to_string() } else { "no bot.toml, the defaults are used".into() };
    checkup.line(State::Ok, "settings", &settings)?;
    let contact = checkup.knowledge(&config)?;
    checkup.discord(&config)?;
    checkup.data(&config)?;
    checkup.mail(&config, contact.as_deref())?;
    checkup.alerts(&config)?;
    if checkup.has_failed { Err(CommandError::Findings) } else { Ok(()) }
}

/// What `discord.guilds` means for the servers that the bot is in.
fn home_servers(configured: &[GuildId], joined: &[GuildId]) -> (State, String) {
    let list = |guilds: &[GuildId]| guilds.iter().map(GuildId::to_string).collect::<Vec<_>>().join(", ");
    let missing: Vec<GuildId> = configured.iter().copied().filter(|guild| !joined.contains(guild)).collect();
    match (configured, joined) {
        ([], []) => (State::Warn, "the bot is in no server yet".into()),
        ([], [only]) => {
            let text = format!("{only} is the only server and counts as home; set discord.guilds = [{only}]");
            (State::Ok, text)
        }
        ([], several) => {
            let text = format!(
                "moderation is off: the bot is in several servers; set discord.guilds to the home servers among [{}]",
                list(several)
            );
            (State::Fail, text)
        }
        _ if !missing.is_empty() => {
            (State::Warn, format!("the bot is not in [{}] of discord.guilds", list(&missing)))
        }
        _ => (State::Ok, format!("home: {}", list(configured))),
    }
}

struct Checkup<'a> {
    out: &'a mut dyn Write,
    has_failed: bool,
}

impl Checkup<'_> {
    fn line(&mut self, state: State, what: &str, text: &str) -> Result<(), CommandError> {
        let name = match state {
            State::Ok => "ok",
            State::Warn => "warn",
            State::Fail => "fail",
        };
        self.has_failed |= state == State::Fail;
        writeln!(self.out, "{name:<6}{what:<10}{text}")?;
        Ok(self.out.flush()?)
    }

    /// Checks content, index and model. Returns the announcement's media contact.
    fn knowledge(&mut self, config: &Config) -> Result<Option<String>, CommandError> {
        let loaded = match setup::content(config) {
            Ok(loaded) => loaded,
            Err(error) => {
                let text = format!("{error}: see `faqbot check`");
                self.line(State::Fail, "content", &text)?;
                return Ok(None);
            }
        };
        let n = loaded.content.entries.len();
        let dir = config.faq.dir.display();
        match loaded.warnings.n_warnings() {
            0 => self.line(State::Ok, "content", &format!("{n} entries in {dir}"))?,
            warnings => {
                let text = format!("{n} entries in {dir}, {warnings} warnings: see `faqbot check`");
                self.line(State::Warn, "content", &text)?;
            }
        }
        let contact =
            loaded.content.announcement.as_ref().map(|announcement| announcement.media_contact.clone());
        let options = setup::options(config, config.search.caution);
        let index = config.index.dir.display();
        match Generation::build(loaded.content, 1, &options, &|_| ()) {
            Ok(_) if config.search.vectors => {
                self.line(State::Ok, "index", &format!("{index} is up to date"))?;
                self.line(State::Ok, "model", "the sentence model runs")?;
            }
            Ok(_) => {
                self.line(State::Ok, "index", &format!("{index} is up to date"))?;
                self.line(
                    State::Warn,
                    "model",
                    "search.vectors is false: questions are matched only by words",
                )?;
            }
            Err(error @ BuildError::Model(_)) => self.line(State::Fail, "model", &error.to_string())?,
            Err(error) => self.line(State::Fail, "index", &error.to_string())?,
        }
        Ok(contact.filter(|contact| !contact.is_empty()))
    }

    fn discord(&mut self, config: &Arc<Config>) -> Result<(), CommandError> {
        let secret = match SecretName::DiscordToken.read(&|name| std::env::var_os(name)) {
            Ok(Some(secret)) => secret,
            Ok(None) => {
                let text =
                    "none: the bot runs in the terminal; set DISCORD_TOKEN or DISCORD_TOKEN_FILE for Discord";
                return self.line(State::Warn, "token", text);
            }
            Err(faults) => return self.line(State::Fail, "token", faults.to_string().trim()),
        };
        match secret.warnings.as_slice() {
            [] => self.line(State::Ok, "token", &format!("from {}", secret.origin))?,
            warnings => {
                let messages: Vec<&str> = warnings.iter().map(|fault| fault.message.as_str()).collect();
                let text = format!("{}: {}", secret.origin, messages.join("; "));
                self.line(State::Warn, "token", &text)?;
            }
        }
        let url = &config.discord.api_url;
        let probe = async {
            let discord = Discord::new(secret.value, Arc::clone(config))?;
            tokio::time::timeout(TIMEOUT, discord.probe())
                .await
                .unwrap_or_else(|_| Err(ExitReason::Unreachable("no answer".into())))
        };
        match setup::runtime()?.block_on(probe) {
            Ok(joined) => {
                self.line(State::Ok, "discord", &format!("{url} is reachable and accepts the token"))?;
                let (state, text) = home_servers(&config.discord.guilds, &joined);
                self.line(state, "servers", &text)
            }
            Err(stop) => self.line(State::Fail, "discord", &stop.to_string()),
        }
    }

    fn data(&mut self, config: &Config) -> Result<(), CommandError> {
        let folder = folder_of(&config.store.path);
        if let Err(error) = try_writing(&folder) {
            let text = format!("{} is not writable: {error}", folder.display());
            return self.line(State::Fail, "data", &text);
        }
        if !config.store.path.exists() {
            let text = format!("{} is writable; there is no database yet", folder.display());
            return self.line(State::Ok, "data", &text);
        }
        match setup::runtime()?.block_on(Store::examine(&config.store.path)) {
            Ok(()) => self.line(State::Ok, "data", &format!("{} is intact", config.store.path.display())),
            Err(error) => self.line(State::Fail, "data", &error.to_string()),
        }
    }

    /// Checks whether anybody learns of an enquiry that cannot be delivered.
    fn alerts(&mut self, config: &Config) -> Result<(), CommandError> {
        match config.discord.moderator_channel {
            Some(channel) => {
                let text = format!("alerts are sent to the channel {channel} and logged");
                self.line(State::Ok, "alerts", &text)
            }
            None => {
                let text = "discord.moderator_channel is not set: alerts are only logged";
                self.line(State::Warn, "alerts", text)
            }
        }
    }

    fn mail(&mut self, config: &Config, contact: Option<&str>) -> Result<(), CommandError> {
        let media = &config.media;
        let to = if media.to.is_empty() { contact.unwrap_or_default() } else { &media.to };
        if to.is_empty() {
            let text =
                "media.to is empty and the announcement names no media contact: enquiries have no recipient";
            return self.line(State::Fail, "mail", text);
        }
        let is_smtp =
            media.transport.map_or(!media.smtp.host.is_empty(), |transport| transport == Transport::Smtp);
        if !is_smtp {
            let folder = media.folder.display();
            let text =
                format!("enquiries for {to} are written to {folder}; set media.smtp.host to send them");
            return match try_writing(&media.folder) {
                Ok(()) => self.line(State::Warn, "mail", &text),
                Err(error) => self.line(State::Fail, "mail", &format!("{folder} is not writable: {error}")),
            };
        }
        let password = match SecretName::SmtpPassword.read(&|name| std::env::var_os(name)) {
            Ok(password) => password,
            Err(faults) => return self.line(State::Fail, "mail", faults.to_string().trim()),
        };
        let exposed =
            password.as_ref().filter(|secret| !secret.warnings.is_empty()).map(|s| s.origin.clone());
        let timeouts = Timeouts { session: TIMEOUT, ..Timeouts::default() };
        let password = password.map(|secret| secret.value);
        let transport = match mail::Transport::with_timeouts(media, password, timeouts) {
            Ok(transport) => transport,
            Err(error) => return self.line(State::Fail, "mail", &error.to_string()),
        };
        let server = format!("{}:{}", media.smtp.host, media.smtp.port);
        match (setup::runtime()?.block_on(transport.probe()), exposed) {
            (Err(problem), _) => {
                let text = format!(
                    "{server} rejects the login or cannot be used ({problem}): {}",
                    advice(problem, media.smtp.tls)
                );
                self.line(State::Fail, "mail", &text)
            }
            (Ok(()), Some(file)) => {
                let text = format!("{server} accepts the login; every user can read {file}");
                self.line(State::Warn, "mail", &text)
            }
            (Ok(()), None) => {
                self.line(State::Ok, "mail", &format!("{server} accepts the login; enquiries go to {to}"))
            }
        }
    }
}

/// What to check when the mail server cannot be used.
fn advice(problem: Problem, tls: Tls) -> &'static str {
    match (problem.phase, tls) {
        (Phase::Tls, _) => {
            "it offers no STARTTLS, or its certificate is not for media.smtp.host, has expired or was issued by an \
             unknown authority (media.smtp.ca_file)"
        }
        (Phase::Auth, _) => "check media.smtp.user and the password",
        (Phase::Connect, _) if problem.code.is_some() => {
            "check media.smtp.host and the domain of media.from: it rejects this machine or its name"
        }
        (Phase::Connect, Tls::Wrapper) => {
            "check media.smtp.host, media.smtp.port (usually 465 with \"wrapper\"), the firewall, and the server's \
             certificate"
        }
        (Phase::Connect, _) => "check media.smtp.host, media.smtp.port and the firewall",
        _ => "ask the operator of the mail server",
    }
}

fn folder_of(file: &Path) -> PathBuf {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn try_writing(folder: &Path) -> std::io::Result<()> {
    crate::private_file::create_folder(folder)?;
    let file = folder.join(format!(".doctor-{}", std::process::id()));
    fs::write(&file, b"ok")?;
    fs::remove_file(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_servers_without_a_home_server_are_a_fault_with_what_to_set() {
        let (a, b) = (GuildId::new(1), GuildId::new(2));
        let (state, text) = home_servers(&[], &[a, b]);
        assert!(state == State::Fail && text.contains("discord.guilds") && text.contains("[1, 2]"), "{text}");
        assert_eq!(home_servers(&[], &[a]).0, State::Ok);
        assert_eq!(home_servers(&[a], &[a, b]).0, State::Ok);
        assert_eq!(
            home_servers(&[a, b], &[a]),
            (State::Warn, "the bot is not in [2] of discord.guilds".into())
        );
    }
}
