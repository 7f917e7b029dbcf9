//! Loads the settings in three passes: the file, the environment, and validation. All faults are reported at once.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use crate::config::{
    Config, Faults,
    environment::Variables,
    fault::{Code, Fault, Location},
    file::{self, Parsed},
    validate,
};

/// Which settings file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// `bot.toml` in the working directory; without it, the defaults.
    Default,
    /// The file named by `--config`; it must exist.
    Named(PathBuf),
}

impl Origin {
    /// The file.
    pub fn path(&self) -> &Path {
        match self {
            Origin::Default => Path::new("bot.toml"),
            Origin::Named(path) => path,
        }
    }
}

/// Loads the settings of `origin`, overridden by the environment `vars`. Paths are relative to the folder of the file.
pub fn load(origin: &Origin, vars: impl IntoIterator<Item = (OsString, OsString)>) -> Result<Config, Faults> {
    let path = origin.path();
    let report = |text: &str, faults| Faults::new(path.to_owned(), file::without_secrets(text), faults);
    let text = read(origin).map_err(|fault| report("", vec![fault]))?;

    let parsed = file::parse(&text);
    let variables = Variables::read(vars);
    let layered = variables.over(&parsed.values);
    let Parsed { spans, mut faults, .. } = parsed;
    faults.extend(variables.faults.iter().cloned());

    let mut config = match layered {
        Ok(config) => config,
        Err(error) => {
            // Each value fits on its own. If the whole does not, the fault is reported without a line.
            faults.push(Fault::new(Code::WrongType, Location::File, error.to_string()));
            return Err(report(&text, faults));
        }
    };
    let location = |path: &str| location_of(path, &variables, &spans);
    resolve(&mut config, path.parent().unwrap_or(Path::new("")));
    validate::check(&config, &location, &mut faults);
    if faults.is_empty() { Ok(config) } else { Err(report(&text, faults)) }
}

fn read(origin: &Origin) -> Result<String, Fault> {
    let bytes = match std::fs::read(origin.path()) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound && *origin == Origin::Default => {
            return Ok(String::new());
        }
        Err(error) => {
            let fault = Fault::new(Code::Unreadable, Location::File, format!("cannot be read: {error}"));
            return Err(
                fault.hint("without --config, bot.toml of the working directory is read, if there is one")
            );
        }
    };
    String::from_utf8(bytes).map_err(|error| {
        let line =
            error.as_bytes().iter().take(error.utf8_error().valid_up_to()).filter(|b| **b == b'\n').count()
                + 1;
        Fault::new(Code::NotUtf8, Location::File, format!("line {line} is not UTF-8"))
            .hint("save the file as UTF-8")
    })
}

fn location_of(
    path: &str,
    variables: &Variables,
    spans: &BTreeMap<String, std::ops::Range<usize>>,
) -> Location {
    match (variables.name_of(path), spans.get(path)) {
        (Some(name), _) => Location::Variable(name.to_owned()),
        (None, Some(span)) => Location::Span(span.clone()),
        (None, None) => Location::Default,
    }
}

/// Makes every path relative to `base`. Empty paths stay empty, so that validation reports them.
fn resolve(config: &mut Config, base: &Path) {
    let paths =
        [&mut config.faq.dir, &mut config.index.dir, &mut config.media.folder, &mut config.store.path];
    for path in paths.into_iter().chain(&mut config.media.smtp.ca_file) {
        if !path.as_os_str().is_empty() {
            *path = base.join(&*path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Caution, Tls};
    use crate::ids::{ChannelId, RoleId};

    /// Loads `text` as the file `bot.toml` of a fresh folder; returns faults as text without the folder.
    fn load_text(text: &str, vars: &[(&str, &str)]) -> Result<Config, String> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("bot.toml");
        std::fs::write(&file, text).unwrap();
        let vars = vars.iter().map(|(name, value)| (name.into(), value.into()));
        let prefix = format!("{}/", folder.path().display());
        load(&Origin::Named(file), vars).map_err(|faults| faults.to_string().replace(&prefix, ""))
    }

    #[test]
    fn the_shipped_file_contains_every_default_and_nothing_else() {
        let shipped = include_str!("../../bot.toml");
        assert_eq!(toml::from_str::<Config>(shipped).unwrap(), Config::default());
        assert!(file::parse(shipped).faults.is_empty());
        for key in crate::config::keys::ALL.iter() {
            let name = key.path.rsplit('.').next().unwrap();
            assert!(shipped.contains(&format!("{name} = ")), "{} is not explained in bot.toml", key.path);
        }
    }

    #[test]
    fn every_fault_is_reported_at_once_with_its_line() {
        let text = "[search]\ncauton = \"high\"\nvectors = \"yes\"\n\n[media]\nto = \"nobody\"\nkeep_days = 0\n\n\
                    [media.smtp]\nhost = \"mail.example.org\"\nport = \"x\"\ntls = \"none\"\n\n[discrod]\n\n\
                    [discord]\napi_url = \"http://example.org\"\nask_channels = [0]\nmoderator_roles = 5\n";
        insta::assert_snapshot!(
            load_text(
                text,
                &[
                    ("FAQBOT__SEARCH__CAUTOIN", "low"),
                    ("FAQBOT__LOG__JSON", "2x"),
                    ("FAQBOT__MEDIA__FROM", "faqbot@example.org"),
                ]
            )
            .unwrap_err()
        );
    }

    #[test]
    fn a_file_that_is_not_toml_is_shown_with_a_caret() {
        insta::assert_snapshot!(load_text("[search]\ncaution = \n[faq\n", &[]).unwrap_err());
    }

    #[test]
    fn a_token_in_the_file_is_refused_and_never_shown() {
        let reported =
            load_text("[discord]\ntoken = \"hush\"\n[media.smtp]\npassword = \"hush\n", &[]).unwrap_err();
        assert!(!reported.contains("hush"), "{reported}");
        let reported = load_text("[discord]\ntoken = \"hush\"\n", &[]).unwrap_err();
        assert!(reported.contains("DISCORD_TOKEN") && !reported.contains("hush"), "{reported}");
    }

    #[test]
    fn the_environment_wins_over_the_file() {
        let config = load_text(
            "[search]\ncaution = \"low\"\n[safety]\ncontact = \"office\"\n",
            &[
                ("FAQBOT__SEARCH__CAUTION", "high"),
                ("FAQBOT__SEARCH__VECTORS", "false"),
                ("FAQBOT__DISCORD__ASK_CHANNELS", "11, 12"),
                ("FAQBOT__DISCORD__MODERATOR_ROLES", "13"),
                ("FAQBOT__DISCORD__MODERATOR_CHANNEL", "14"),
                ("FAQBOT__MEDIA__SMTP__TLS", "wrapper"),
                ("FAQBOT__SAFETY__CONTACT", "+250788123456"),
                ("FAQBOT__MEDIA__TRANSPORT", ""),
                ("FAQBOTX", "not ours"),
            ],
        )
        .unwrap();
        assert_eq!((config.search.caution, config.search.vectors), (Caution::High, false));
        assert_eq!(
            (config.discord.ask_channels, config.discord.moderator_roles),
            (vec![ChannelId::new(11), ChannelId::new(12)], vec![RoleId::new(13)])
        );
        assert_eq!(config.discord.moderator_channel, Some(ChannelId::new(14)));
        assert_eq!((config.media.smtp.tls, config.media.transport), (Tls::Wrapper, None));
        assert_eq!(config.safety.contact, "+250788123456");
    }

    #[test]
    fn ids_are_accepted_as_numbers_and_as_text() {
        let config = load_text(
            "[discord]\nask_channels = [\"1096123456789012345\"]\nmoderator_roles = [\"46\", 47]\n\
             moderator_channel = \"48\"\n",
            &[],
        )
        .unwrap();
        assert_eq!(config.discord.ask_channels, [ChannelId::new(1_096_123_456_789_012_345)]);
        assert_eq!(config.discord.moderator_roles, [RoleId::new(46), RoleId::new(47)]);
        assert_eq!(config.discord.moderator_channel, Some(ChannelId::new(48)));
        for (value, expected) in
            [("11", "a list"), ("[1.09e18]", "a whole number"), ("[\"ann\"]", "a whole number")]
        {
            let faults = load_text(&format!("[discord]\nask_channels = {value}\n"), &[]).unwrap_err();
            assert!(faults.contains("C005") && faults.contains(expected), "{value}: {faults}");
        }
    }

    #[test]
    fn a_list_in_the_environment_may_have_brackets_and_quotes() {
        for value in ["11,12", "[11, 12]", "11, 12,", "[\"11\", \"12\"]"] {
            let config = load_text("", &[("FAQBOT__DISCORD__ASK_CHANNELS", value)]).unwrap();
            assert_eq!(config.discord.ask_channels, [ChannelId::new(11), ChannelId::new(12)], "{value}");
        }
    }

    #[test]
    fn paths_are_relative_to_the_folder_of_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("bot.toml");
        std::fs::write(&file, "[faq]\ndir = \"texts\"\n").unwrap();
        let config = load(&Origin::Named(file), []).unwrap();
        assert_eq!(config.faq.dir, folder.path().join("texts"));
        assert_eq!(config.index.dir, folder.path().join("index"));
    }

    #[test]
    fn a_named_file_must_exist() {
        let faults = load(&Origin::Named("no/such/file.toml".into()), []).unwrap_err();
        assert_eq!(faults.all()[0].code, Code::Unreadable);
    }

    #[test]
    fn unencrypted_mail_is_only_for_loopback() {
        let smtp = |host: &str| format!("[media.smtp]\nhost = \"{host}\"\ntls = \"none\"\n");
        for host in ["localhost", "127.0.0.1", "127.8.8.8", "::1"] {
            assert!(load_text(&smtp(host), &[]).is_ok(), "{host}");
        }
        for host in ["mail.example.org", "10.0.0.1", "localhost.example.org", "127.0.0.1.example.org"] {
            assert!(load_text(&smtp(host), &[]).unwrap_err().contains("C011"), "{host}");
        }
    }

    #[test]
    fn a_sender_at_localhost_is_refused_by_a_remote_server_before_it_is_asked() {
        let media = |from: &str, host: &str| {
            load_text(&format!("[media]\nfrom = \"{from}\"\n[media.smtp]\nhost = \"{host}\"\n"), &[])
        };
        for from in ["faqbot@localhost", "FAQ <faqbot@localhost>", "faqbot@mail.localdomain"] {
            let fault = media(from, "mail.example.org").unwrap_err();
            assert!(fault.contains("C009") && fault.contains("media.from is at"), "{from}: {fault}");
            assert!(media(from, "localhost").is_ok() && media(from, "").is_ok(), "{from}");
        }
        let named = media("L'équipe FAQ <faqbot@example.org>", "mail.example.org").unwrap();
        assert_eq!(named.media.from, "L'équipe FAQ <faqbot@example.org>");
        assert!(media("FAQ faqbot@example.org", "mail.example.org").unwrap_err().contains("C009"));
    }

    #[test]
    fn port_465_with_starttls_is_a_fault_that_names_the_way_out() {
        let smtp = |tls: &str| {
            let text = "[media]\nfrom = \"faqbot@example.org\"\n[media.smtp]\nhost = \"mail.example.org\"\nport = 465\n";
            load_text(&format!("{text}tls = \"{tls}\"\n"), &[])
        };
        assert!(smtp("wrapper").is_ok());
        let fault = smtp("starttls").unwrap_err();
        assert!(fault.contains("C015") && fault.contains("wrapper") && fault.contains("587"), "{fault}");
    }

    #[test]
    fn metrics_are_served_on_loopback_only() {
        let at = |listen: &str| load_text(&format!("[metrics]\nlisten = \"{listen}\"\n"), &[]);
        for listen in ["", "127.0.0.1:9464", "[::1]:0"] {
            assert!(at(listen).is_ok(), "{listen}");
        }
        for listen in ["0.0.0.0:9464", "9464", "localhost:9464", "192.168.0.7:1", "127.0.0.1"] {
            assert!(at(listen).unwrap_err().contains("C009"), "{listen}");
        }
    }

    #[test]
    fn discord_is_reached_by_https_or_on_loopback() {
        let at = |url: &str| load_text(&format!("[discord]\napi_url = \"{url}\"\n"), &[]);
        for url in ["https://discord.com", "http://127.0.0.1:4000", "http://localhost:1", "http://[::1]:80"] {
            assert!(at(url).is_ok(), "{url}");
        }
        for url in ["http://discord.com", "ftp://localhost", "discord.com", "https://u:p@discord.com", ""] {
            assert!(at(url).unwrap_err().contains("C010"), "{url}");
        }
    }
}
