//! Third pass: validates the values, alone and together; their types are already right.

use std::ops::RangeInclusive;

use crate::{
    config::{
        ApiUrl, Config, Media, Schedule, Tls, Transport,
        api_url::is_loopback,
        fault::{Code, Fault, Location},
    },
    ids::{ChannelId, GuildId, RoleId},
};

/// Adds the faults of `config` to `faults`; `location` returns where a setting was set.
pub(super) fn check(config: &Config, location: &dyn Fn(&str) -> Location, faults: &mut Vec<Fault>) {
    let mut checks = Checks { location, faults };
    checks.paths(config);
    checks.conversation(config);
    checks.discord(config);
    checks.media(config);
    checks.rest(config);
}

struct Checks<'a> {
    location: &'a dyn Fn(&str) -> Location,
    faults: &'a mut Vec<Fault>,
}

impl Checks<'_> {
    fn report(&mut self, code: Code, path: &str, message: String, hint: &str) {
        let fault = Fault::new(code, (self.location)(path), message);
        self.faults.push(if hint.is_empty() { fault } else { fault.hint(hint) });
    }

    fn range(&mut self, path: &str, value: u64, allowed: RangeInclusive<u64>) {
        if !allowed.contains(&value) {
            let message =
                format!("{path} is {value}, expected a number from {} to {}", allowed.start(), allowed.end());
            self.report(Code::OutOfRange, path, message, "");
        }
    }

    fn conversation(&mut self, config: &Config) {
        self.range("conversation.minutes", config.conversation.minutes.into(), 0..=60);
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
                self.report(Code::BadPath, path, format!("{path} is empty, expected a path"), "");
            }
        }
        for (path, value) in all.into_iter().skip(1) {
            let is_in_faq = !config.faq.dir.as_os_str().is_empty() && value.starts_with(&config.faq.dir);
            if is_in_faq {
                let message = format!("{path} is inside faq.dir, which may contain only the FAQ");
                self.report(Code::BadPath, path, message, "choose a folder next to it");
            }
        }
        if config.store.path.is_dir() {
            self.report(Code::BadPath, "store.path", "store.path is a folder, expected a file".into(), "");
        }
        if let Some(file) = config.media.smtp.ca_file.as_deref().filter(|file| !file.is_file()) {
            let message = format!("media.smtp.ca_file: there is no file {}", file.display());
            self.report(
                Code::BadPath,
                "media.smtp.ca_file",
                message,
                "paths are relative to the folder of bot.toml",
            );
        }
    }

    fn discord(&mut self, config: &Config) {
        let discord = &config.discord;
        if let Err(why) = ApiUrl::parse(&discord.api_url) {
            let message = format!("discord.api_url is {:?}, {why}", discord.api_url);
            self.report(Code::BadUrl, "discord.api_url", message, "Discord's own is https://discord.com");
        }
        let has_zero = [
            ("discord.ask_channels", discord.ask_channels.contains(&ChannelId::new(0))),
            ("discord.guilds", discord.guilds.contains(&GuildId::new(0))),
            ("discord.moderator_roles", discord.moderator_roles.contains(&RoleId::new(0))),
            ("discord.moderator_channel", discord.moderator_channel == Some(ChannelId::new(0))),
        ];
        for (path, has_zero) in has_zero {
            if has_zero {
                let hint = "turn on Developer Mode in Discord, then right-click and \"Copy ID\"";
                self.report(Code::BadId, path, format!("{path} contains 0, which is not an id"), hint);
            }
        }
        if config.faq.review && discord.moderator_channel.is_none() {
            let message = "faq.review is true, but discord.moderator_channel is not set".into();
            let hint = "edits wait there for the approval of another moderator";
            self.report(Code::Missing, "faq.review", message, hint);
        }
        if discord.leave_other_guilds && discord.guilds.is_empty() {
            let message =
                "discord.leave_other_guilds is true, but discord.guilds names no home server".into();
            let hint = "set discord.guilds to the ids of the servers that the bot is for";
            self.report(Code::Missing, "discord.leave_other_guilds", message, hint);
        }
    }

    fn media(&mut self, config: &Config) {
        let media = &config.media;
        if !media.to.is_empty() && !crate::email::is_address(&media.to) {
            let message =
                format!("media.to is {:?}, expected an email address such as press@example.org", media.to);
            self.report(Code::BadAddress, "media.to", message, "");
        }
        self.sender(media);
        self.range("media.keep_days", media.keep_days.into(), 1..=365);
        self.range("media.smtp.port", media.smtp.port.into(), 1..=65535);
        if media.transport == Some(Transport::Smtp) && media.smtp.host.is_empty() {
            let message = "media.transport is \"smtp\", but media.smtp.host is not set".into();
            self.report(Code::Missing, "media.transport", message, "name the mail server, or use \"folder\"");
        }
        if media.smtp.host.is_empty() && !media.smtp.user.is_empty() {
            let message = "media.smtp.user is set, but media.smtp.host is not".into();
            self.report(Code::Missing, "media.smtp.user", message, "");
        }
        if media.smtp.host.contains(|c: char| c.is_whitespace() || "/:@".contains(c))
            && !is_loopback(&media.smtp.host)
        {
            let message = format!("media.smtp.host is {:?}, expected only a host name", media.smtp.host);
            self.report(Code::BadText, "media.smtp.host", message, "the port belongs in media.smtp.port");
        }
        if media.smtp.tls == Tls::None && !media.smtp.host.is_empty() && !is_loopback(&media.smtp.host) {
            let message = "media.smtp.tls is \"none\", which is only for loopback".into();
            self.report(
                Code::Plaintext,
                "media.smtp.tls",
                message,
                "use \"starttls\" (port 587) or \"wrapper\" (port 465)",
            );
        }
    }

    /// The sender of the bot's mails, who must be one that another machine accepts.
    fn sender(&mut self, media: &Media) {
        let Some(sender) = crate::email::sender(&media.from) else {
            let message = format!(
                "media.from is {:?}, expected an email address such as faqbot@example.org, with or without a name",
                media.from
            );
            self.report(Code::BadAddress, "media.from", message, "with a name: \"FAQ <faqbot@example.org>\"");
            return;
        };
        let (host, domain) = (&media.smtp.host, sender.email.domain().to_lowercase());
        let is_local = ["localhost", "localdomain"].iter().any(|local| {
            domain == *local || domain.strip_suffix(local).is_some_and(|start| start.ends_with('.'))
        });
        let is_remote = media.transport != Some(Transport::Folder) && !host.is_empty() && !is_loopback(host);
        if is_local && is_remote {
            let message = format!("media.from is at {domain}, which the mail server {host} cannot accept");
            let hint = "give an address of your own domain that this server may send for";
            self.report(Code::BadAddress, "media.from", message, hint);
        }
        if media.smtp.port == 465 && media.smtp.tls == Tls::Starttls && !host.is_empty() {
            let message = "media.smtp.port is 465, where servers expect TLS from the first byte, but \
                           media.smtp.tls is \"starttls\""
                .into();
            let hint = "use tls = \"wrapper\" with port 465, or port 587 with \"starttls\"";
            self.report(Code::BadPort, "media.smtp.port", message, hint);
        }
    }

    fn rest(&mut self, config: &Config) {
        self.range("privacy.min_askers", config.privacy.min_askers.into(), 2..=1000);
        self.range("limits.asks_per_half_minute", config.limits.asks_per_half_minute.into(), 1..=1000);
        self.range("limits.enquiries_per_day", config.limits.enquiries_per_day.into(), 1..=1000);
        self.range(
            "limits.enquiries_per_guild_hour",
            config.limits.enquiries_per_guild_hour.into(),
            1..=100_000,
        );
        self.range("limits.enquiries_total_day", config.limits.enquiries_total_day.into(), 1..=1_000_000);
        let metrics = &config.metrics;
        if !metrics.listen.is_empty() && !metrics.address().is_some_and(|address| address.ip().is_loopback())
        {
            let message =
                format!("metrics.listen is {:?}, expected a loopback address with a port", metrics.listen);
            let hint = "such as 127.0.0.1:9464; nobody but this machine may read them";
            self.report(Code::BadAddress, "metrics.listen", message, hint);
        }
        if Schedule::parse(&config.digest.schedule).is_none() {
            let message = format!(
                "digest.schedule is {:?}, expected a day and a time such as \"monday 09:00\", or \"never\"",
                config.digest.schedule
            );
            self.report(Code::BadText, "digest.schedule", message, "");
        }
        let levels = ["error", "warn", "info", "debug", "trace"];
        if !levels.contains(&config.log.level.as_str()) {
            let level = &config.log.level;
            let message = format!("log.level is {level:?}, expected one of {}", levels.join(", "));
            self.report(Code::WrongType, "log.level", message, "");
        }
        // An embed's description is limited to 4096 characters, and the text around the contact needs room.
        let contact = &config.safety.contact;
        if contact.chars().count() > 1000 || contact.chars().any(|c| c.is_control() && c != '\n') {
            let message =
                "safety.contact has more than 1000 characters, or contains control characters".into();
            self.report(Code::BadText, "safety.contact", message, "");
        }
    }
}
