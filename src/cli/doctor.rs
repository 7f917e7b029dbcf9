//! `faqbot doctor`: one line for each thing the bot needs, with what to do where it lacks.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use crate::{
    cli::{args::Global, exit::Failure, setup},
    config::{Config, Origin, Tls, Transport, secrets::Name},
    discord::{Discord, ExitReason},
    ids::GuildId,
    knowledge::{BuildError, Generation},
    mail::{self, Phase, Problem, Timeouts},
    store::Store,
};

/// How long Discord and the mail server may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Ok,
    Warn,
    Fail,
}

/// Looks at one thing after the other; exit code 1 if one of them fails.
pub(crate) fn command(global: &Global, out: &mut dyn Write) -> Result<(), Failure> {
    let mut sheet = Sheet { out, has_failed: false };
    let config = Arc::new(setup::settings(global)?);
    let path = setup::origin(global).path().to_owned();
    let is_there = path.is_file() || setup::origin(global) != Origin::Usual;
    let settings =
        if is_there { path.display().to_string() } else { "no bot.toml, the defaults are used".into() };
    sheet.line(State::Ok, "settings", &settings)?;
    let contact = sheet.knowledge(&config)?;
    sheet.discord(&config)?;
    sheet.data(&config)?;
    sheet.mail(&config, contact.as_deref())?;
    sheet.alerts(&config)?;
    if sheet.has_failed { Err(Failure::Findings) } else { Ok(()) }
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

struct Sheet<'a> {
    out: &'a mut dyn Write,
    has_failed: bool,
}

impl Sheet<'_> {
    fn line(&mut self, state: State, what: &str, word: &str) -> Result<(), Failure> {
        let name = match state {
            State::Ok => "ok",
            State::Warn => "warn",
            State::Fail => "fail",
        };
        self.has_failed |= state == State::Fail;
        writeln!(self.out, "{name:<6}{what:<10}{word}")?;
        Ok(self.out.flush()?)
    }

    /// Content, index and model; the media contact of the announcement.
    fn knowledge(&mut self, config: &Config) -> Result<Option<String>, Failure> {
        let loaded = match setup::content(config) {
            Ok(loaded) => loaded,
            Err(failure) => {
                let word = format!("{failure}: see `faqbot check`");
                self.line(State::Fail, "content", &word)?;
                return Ok(None);
            }
        };
        let n = loaded.content.entries.len();
        let dir = config.faq.dir.display();
        match loaded.warnings.n_warnings() {
            0 => self.line(State::Ok, "content", &format!("{n} entries in {dir}"))?,
            warnings => {
                let word = format!("{n} entries in {dir}, {warnings} warnings: see `faqbot check`");
                self.line(State::Warn, "content", &word)?;
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
                    "search.vectors is false: questions are matched by words alone",
                )?;
            }
            Err(error @ BuildError::Model(_)) => self.line(State::Fail, "model", &error.to_string())?,
            Err(error) => self.line(State::Fail, "index", &error.to_string())?,
        }
        Ok(contact.filter(|contact| !contact.is_empty()))
    }

    fn discord(&mut self, config: &Arc<Config>) -> Result<(), Failure> {
        let secret = match Name::DiscordToken.read(&|name| std::env::var_os(name)) {
            Ok(Some(secret)) => secret,
            Ok(None) => {
                let word = "none: the bot talks in the terminal; set DISCORD_TOKEN or DISCORD_TOKEN_FILE for Discord";
                return self.line(State::Warn, "token", word);
            }
            Err(faults) => return self.line(State::Fail, "token", faults.to_string().trim()),
        };
        match &secret.warning {
            Some(fault) => {
                self.line(State::Warn, "token", &format!("{}: {}", secret.origin, fault.message))?
            }
            None => self.line(State::Ok, "token", &format!("from {}", secret.origin))?,
        }
        let url = &config.discord.api_url;
        let probe = async {
            let discord = Discord::new(secret.value, Arc::clone(config))?;
            tokio::time::timeout(PATIENCE, discord.probe())
                .await
                .unwrap_or_else(|_| Err(ExitReason::Unreachable("no answer".into())))
        };
        match setup::runtime()?.block_on(probe) {
            Ok(joined) => {
                self.line(State::Ok, "discord", &format!("{url} is reached and accepts the token"))?;
                let (state, text) = home_servers(&config.discord.guilds, &joined);
                self.line(state, "servers", &text)
            }
            Err(stop) => self.line(State::Fail, "discord", &stop.to_string()),
        }
    }

    fn data(&mut self, config: &Config) -> Result<(), Failure> {
        let folder = folder_of(&config.store.path);
        if let Err(error) = try_writing(&folder) {
            let word = format!("{} cannot be written: {error}", folder.display());
            return self.line(State::Fail, "data", &word);
        }
        if !config.store.path.exists() {
            let word = format!("{} can be written; there is no database yet", folder.display());
            return self.line(State::Ok, "data", &word);
        }
        match setup::runtime()?.block_on(Store::examine(&config.store.path)) {
            Ok(()) => self.line(State::Ok, "data", &format!("{} is sound", config.store.path.display())),
            Err(error) => self.line(State::Fail, "data", &error.to_string()),
        }
    }

    /// Whether anybody is told of an enquiry that cannot be delivered.
    fn alerts(&mut self, config: &Config) -> Result<(), Failure> {
        match config.discord.moderator_channel {
            Some(channel) => {
                let word = format!("what needs a human is told in the channel {channel}, and in the log");
                self.line(State::Ok, "alerts", &word)
            }
            None => {
                let word = "discord.moderator_channel is not set: what needs a human stands in the log alone";
                self.line(State::Warn, "alerts", word)
            }
        }
    }

    fn mail(&mut self, config: &Config, contact: Option<&str>) -> Result<(), Failure> {
        let media = &config.media;
        let to = if media.to.is_empty() { contact.unwrap_or_default() } else { &media.to };
        if to.is_empty() {
            let word =
                "media.to is empty and the announcement names no media contact: enquiries reach nobody";
            return self.line(State::Fail, "mail", word);
        }
        let is_smtp =
            media.transport.map_or(!media.smtp.host.is_empty(), |transport| transport == Transport::Smtp);
        if !is_smtp {
            let folder = media.folder.display();
            let word =
                format!("enquiries for {to} are written to {folder}; set media.smtp.host to send them");
            return match try_writing(&media.folder) {
                Ok(()) => self.line(State::Warn, "mail", &word),
                Err(error) => self.line(State::Fail, "mail", &format!("{folder} cannot be written: {error}")),
            };
        }
        let password = match Name::SmtpPassword.read(&|name| std::env::var_os(name)) {
            Ok(password) => password,
            Err(faults) => return self.line(State::Fail, "mail", faults.to_string().trim()),
        };
        let exposed = password.as_ref().filter(|secret| secret.warning.is_some()).map(|s| s.origin.clone());
        let patience = Timeouts { session: PATIENCE, ..Timeouts::default() };
        let password = password.map(|secret| secret.value);
        let transport = match mail::Transport::with_timeouts(media, password, patience) {
            Ok(transport) => transport,
            Err(error) => return self.line(State::Fail, "mail", &error.to_string()),
        };
        let server = format!("{}:{}", media.smtp.host, media.smtp.port);
        match (setup::runtime()?.block_on(transport.probe()), exposed) {
            (Err(problem), _) => {
                let word =
                    format!("{server} does not let us in ({problem}): {}", advice(problem, media.smtp.tls));
                self.line(State::Fail, "mail", &word)
            }
            (Ok(()), Some(file)) => {
                let word = format!("{server} lets us in; every user can read {file}");
                self.line(State::Warn, "mail", &word)
            }
            (Ok(()), None) => {
                self.line(State::Ok, "mail", &format!("{server} lets us in; enquiries go to {to}"))
            }
        }
    }
}

/// Where to look when the mail server does not let us in.
fn advice(problem: Problem, tls: Tls) -> &'static str {
    match (problem.phase, tls) {
        (Phase::Tls, _) => {
            "it offers no STARTTLS, or its certificate is not for media.smtp.host, has expired or is of an unknown \
             authority (media.smtp.ca_file)"
        }
        (Phase::Auth, _) => "look at media.smtp.user and at the password",
        (Phase::Connect, Tls::Wrapper) => {
            "look at media.smtp.host and media.smtp.port (465 as a rule with \"wrapper\"), at the firewall, and at its \
             certificate"
        }
        (Phase::Connect, _) => "look at media.smtp.host and media.smtp.port, and at the firewall",
        _ => "ask whoever runs it",
    }
}

fn folder_of(file: &Path) -> PathBuf {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn try_writing(folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
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
