//! Third pass: whether values that have the right type make sense, alone and together.

use std::ops::RangeInclusive;

use crate::config::{
    ApiUrl, Config, Tls, Transport,
    api_url::is_loopback,
    fault::{Code, Fault, Place},
};
use crate::ids::{ChannelId, GuildId, RoleId};

/// Adds what is wrong with `config` to `faults`; `place` tells where a setting was set.
pub(super) fn check(config: &Config, place: &dyn Fn(&str) -> Place, faults: &mut Vec<Fault>) {
    let mut checks = Checks { place, faults };
    checks.paths(config);
    checks.discord(config);
    checks.media(config);
    checks.rest(config);
}

struct Checks<'a> {
    place: &'a dyn Fn(&str) -> Place,
    faults: &'a mut Vec<Fault>,
}

impl Checks<'_> {
    fn tell(&mut self, code: Code, path: &str, message: String, hint: &str) {
        let fault = Fault::new(code, (self.place)(path), message);
        self.faults.push(if hint.is_empty() { fault } else { fault.hint(hint) });
    }

    fn range(&mut self, path: &str, value: u64, allowed: RangeInclusive<u64>) {
        if !allowed.contains(&value) {
            let message =
                format!("{path} is {value}, expected a number from {} to {}", allowed.start(), allowed.end());
            self.tell(Code::OutOfRange, path, message, "");
        }
    }

    fn paths(&mut self, config: &Config) {
        let all = [
            ("faq.dir", &config.faq.dir),
            ("index.dir", &config.index.dir),
            ("media.folder", &config.media.folder),
            ("store.path", &config.store.path),
        ];
        for (path, value) in all {
            if value.as_os_str().is_empty() {
                self.tell(Code::BadPath, path, format!("{path} is empty, expected a path"), "");
            }
        }
        for (path, value) in all.into_iter().skip(1) {
            let lies_in_faq = !config.faq.dir.as_os_str().is_empty() && value.starts_with(&config.faq.dir);
            if lies_in_faq {
                let message = format!("{path} lies in faq.dir, which holds nothing but the FAQ");
                self.tell(Code::BadPath, path, message, "choose a folder beside it");
            }
        }
        if config.store.path.is_dir() {
            self.tell(Code::BadPath, "store.path", "store.path is a folder, expected a file".into(), "");
        }
        if let Some(file) = config.media.smtp.ca_file.as_deref().filter(|file| !file.is_file()) {
            let message = format!("media.smtp.ca_file: there is no file {}", file.display());
            self.tell(Code::BadPath, "media.smtp.ca_file", message, "paths lead from the folder of bot.toml");
        }
    }

    fn discord(&mut self, config: &Config) {
        let discord = &config.discord;
        if let Err(why) = ApiUrl::parse(&discord.api_url) {
            let message = format!("discord.api_url is {:?}, {why}", discord.api_url);
            self.tell(Code::BadUrl, "discord.api_url", message, "Discord's own is https://discord.com");
        }
        let has_zero = [
            ("discord.ask_channels", discord.ask_channels.contains(&ChannelId::new(0))),
            ("discord.guilds", discord.guilds.contains(&GuildId::new(0))),
            ("discord.moderator_roles", discord.moderator_roles.contains(&RoleId::new(0))),
            ("discord.moderator_channel", discord.moderator_channel == Some(ChannelId::new(0))),
        ];
        for (path, has_zero) in has_zero {
            if has_zero {
                let hint = "switch on Developer Mode in Discord, then right-click and \"Copy ID\"";
                self.tell(Code::BadId, path, format!("{path} holds 0, which is no id"), hint);
            }
        }
        if discord.leave_other_guilds && discord.guilds.is_empty() {
            let message =
                "discord.leave_other_guilds is true, but discord.guilds names no home server".into();
            let hint = "set discord.guilds to the ids of the servers that the bot is for";
            self.tell(Code::Missing, "discord.leave_other_guilds", message, hint);
        }
    }

    fn media(&mut self, config: &Config) {
        let media = &config.media;
        for (path, address) in [("media.to", &media.to), ("media.from", &media.from)] {
            let is_left_out = path == "media.to" && address.is_empty();
            if !is_left_out && !crate::email::is_address(address) {
                let message =
                    format!("{path} is {address:?}, expected an e-mail address such as press@example.org");
                self.tell(Code::BadAddress, path, message, "");
            }
        }
        self.range("media.keep_days", media.keep_days.into(), 1..=365);
        self.range("media.smtp.port", media.smtp.port.into(), 1..=65535);
        if media.transport == Some(Transport::Smtp) && media.smtp.host.is_empty() {
            let message = "media.transport is \"smtp\", but media.smtp.host is not set".into();
            self.tell(Code::Missing, "media.transport", message, "name the mail server, or use \"folder\"");
        }
        if media.smtp.host.is_empty() && !media.smtp.user.is_empty() {
            let message = "media.smtp.user is set, but media.smtp.host is not".into();
            self.tell(Code::Missing, "media.smtp.user", message, "");
        }
        if media.smtp.host.contains(|c: char| c.is_whitespace() || "/:@".contains(c))
            && !is_loopback(&media.smtp.host)
        {
            let message =
                format!("media.smtp.host is {:?}, expected the name of a machine alone", media.smtp.host);
            self.tell(Code::BadText, "media.smtp.host", message, "the port goes to media.smtp.port");
        }
        if media.smtp.tls == Tls::None && !media.smtp.host.is_empty() && !is_loopback(&media.smtp.host) {
            let message = "media.smtp.tls is \"none\", which is allowed to this machine alone".into();
            self.tell(
                Code::Plaintext,
                "media.smtp.tls",
                message,
                "use \"starttls\" (port 587) or \"wrapper\" (port 465)",
            );
        }
    }

    fn rest(&mut self, config: &Config) {
        self.range("limits.asks_per_half_minute", config.limits.asks_per_half_minute.into(), 1..=1000);
        self.range("limits.enquiries_per_day", config.limits.enquiries_per_day.into(), 1..=1000);
        self.range(
            "limits.enquiries_per_guild_hour",
            config.limits.enquiries_per_guild_hour.into(),
            1..=100_000,
        );
        self.range("limits.enquiries_total_day", config.limits.enquiries_total_day.into(), 1..=1_000_000);
        let levels = ["error", "warn", "info", "debug", "trace"];
        if !levels.contains(&config.log.level.as_str()) {
            let level = &config.log.level;
            let message = format!("log.level is {level:?}, expected one of {}", levels.join(", "));
            self.tell(Code::WrongType, "log.level", message, "");
        }
        // An embed's description holds 4096 characters; the careful text around it needs room.
        let contact = &config.safety.contact;
        if contact.chars().count() > 1000 || contact.chars().any(|c| c.is_control() && c != '\n') {
            let message = "safety.contact has more than 1000 characters, or control characters".into();
            self.tell(Code::BadText, "safety.contact", message, "");
        }
    }
}
