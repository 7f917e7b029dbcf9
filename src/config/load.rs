//! Reads the settings: the file, then the environment over it, then what they mean. Every fault is told at once.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use crate::config::{
    Config,
    environment::Variables,
    fault::{Code, Fault, Faults, Place},
    file::{self, Parsed},
    validate,
};

/// Which file of settings to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// `bot.toml` of the working directory; where there is none, the defaults.
    Usual,
    /// The file a person named: it has to be there.
    Named(PathBuf),
}

impl Origin {
    /// The file.
    pub fn path(&self) -> &Path {
        match self {
            Origin::Usual => Path::new("bot.toml"),
            Origin::Named(path) => path,
        }
    }
}

/// The settings of `origin` with `vars`, the environment, laid over them; paths lead from the folder of the file.
pub fn load(origin: &Origin, vars: impl IntoIterator<Item = (OsString, OsString)>) -> Result<Config, Faults> {
    let path = origin.path();
    let told = |text: &str, faults| Faults::new(path.to_owned(), file::without_secrets(text), faults);
    let text = read(origin).map_err(|fault| told("", vec![fault]))?;

    let parsed = file::parse(&text);
    let variables = Variables::read(vars);
    let layered = variables.over(&parsed.values);
    let Parsed { spans, mut faults, .. } = parsed;
    faults.extend(variables.faults.iter().cloned());

    let mut config = match layered {
        Ok(config) => config,
        Err(error) => {
            // Each value fits by itself; should the whole not, it is told without a line rather than not at all.
            faults.push(Fault::new(Code::WrongType, Place::File, error.to_string()));
            return Err(told(&text, faults));
        }
    };
    let place = |path: &str| place_of(path, &variables, &spans);
    resolve(&mut config, path.parent().unwrap_or(Path::new("")));
    validate::check(&config, &place, &mut faults);
    if faults.is_empty() { Ok(config) } else { Err(told(&text, faults)) }
}

fn read(origin: &Origin) -> Result<String, Fault> {
    let bytes = match std::fs::read(origin.path()) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound && *origin == Origin::Usual => {
            return Ok(String::new());
        }
        Err(error) => {
            let fault = Fault::new(Code::Unreadable, Place::File, format!("cannot be read: {error}"));
            return Err(
                fault.hint("without --config, bot.toml of the working directory is read, if there is one")
            );
        }
    };
    String::from_utf8(bytes).map_err(|error| {
        let line =
            error.as_bytes().iter().take(error.utf8_error().valid_up_to()).filter(|b| **b == b'\n').count()
                + 1;
        Fault::new(Code::NotUtf8, Place::File, format!("line {line} is not UTF-8"))
            .hint("save the file as UTF-8")
    })
}

fn place_of(path: &str, variables: &Variables, spans: &BTreeMap<String, std::ops::Range<usize>>) -> Place {
    match (variables.name_of(path), spans.get(path)) {
        (Some(name), _) => Place::Variable(name.to_owned()),
        (None, Some(span)) => Place::Span(span.clone()),
        (None, None) => Place::Default,
    }
}

/// Makes every path of the settings lead from `base`. Empty paths stay empty: they are faults of their own.
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

    /// Loads `text` as the file `bot.toml` of a fresh folder; faults as text with the folder taken out.
    fn load_text(text: &str, vars: &[(&str, &str)]) -> Result<Config, String> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("bot.toml");
        std::fs::write(&file, text).unwrap();
        let vars = vars.iter().map(|(name, value)| (name.into(), value.into()));
        let prefix = format!("{}/", folder.path().display());
        load(&Origin::Named(file), vars).map_err(|faults| faults.to_string().replace(&prefix, ""))
    }

    #[test]
    fn the_shipped_file_holds_every_default_and_nothing_else() {
        let shipped = include_str!("../../bot.toml");
        assert_eq!(toml::from_str::<Config>(shipped).unwrap(), Config::default());
        assert!(file::parse(shipped).faults.is_empty());
        for key in crate::config::keys::ALL.iter() {
            let name = key.path.rsplit('.').next().unwrap();
            assert!(shipped.contains(&format!("{name} = ")), "{} is not explained in bot.toml", key.path);
        }
    }

    #[test]
    fn every_fault_is_told_at_once_with_its_line() {
        let text = "[search]\ncauton = \"high\"\nvectors = \"yes\"\n\n[media]\nto = \"nobody\"\nkeep_days = 0\n\n\
                    [media.smtp]\nhost = \"mail.example.org\"\nport = \"x\"\ntls = \"none\"\n\n[discrod]\n\n\
                    [discord]\napi_url = \"http://example.org\"\nask_channels = [0]\nmoderator_roles = 5\n";
        insta::assert_snapshot!(
            load_text(text, &[("FAQBOT__SEARCH__CAUTOIN", "low"), ("FAQBOT__LOG__JSON", "2x")]).unwrap_err()
        );
    }

    #[test]
    fn a_file_that_is_not_toml_is_shown_with_a_caret() {
        insta::assert_snapshot!(load_text("[search]\ncaution = \n[faq\n", &[]).unwrap_err());
    }

    #[test]
    fn a_token_in_the_file_is_refused_and_never_shown() {
        let told =
            load_text("[discord]\ntoken = \"hush\"\n[media.smtp]\npassword = \"hush\n", &[]).unwrap_err();
        assert!(!told.contains("hush"), "{told}");
        let told = load_text("[discord]\ntoken = \"hush\"\n", &[]).unwrap_err();
        assert!(told.contains("DISCORD_TOKEN") && !told.contains("hush"), "{told}");
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
    fn paths_lead_from_the_folder_of_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("bot.toml");
        std::fs::write(&file, "[faq]\ndir = \"texts\"\n").unwrap();
        let config = load(&Origin::Named(file), []).unwrap();
        assert_eq!(config.faq.dir, folder.path().join("texts"));
        assert_eq!(config.index.dir, folder.path().join("index"));
    }

    #[test]
    fn a_named_file_must_be_there() {
        let faults = load(&Origin::Named("no/such/file.toml".into()), []).unwrap_err();
        assert_eq!(faults.all()[0].code, Code::Unreadable);
    }

    #[test]
    fn mail_goes_unencrypted_to_this_machine_alone() {
        let smtp = |host: &str| format!("[media.smtp]\nhost = \"{host}\"\ntls = \"none\"\n");
        for host in ["localhost", "127.0.0.1", "127.8.8.8", "::1"] {
            assert!(load_text(&smtp(host), &[]).is_ok(), "{host}");
        }
        for host in ["mail.example.org", "10.0.0.1", "localhost.example.org", "127.0.0.1.example.org"] {
            assert!(load_text(&smtp(host), &[]).unwrap_err().contains("C011"), "{host}");
        }
    }

    #[test]
    fn discord_is_spoken_to_with_https_or_on_this_machine() {
        let at = |url: &str| load_text(&format!("[discord]\napi_url = \"{url}\"\n"), &[]);
        for url in ["https://discord.com", "http://127.0.0.1:4000", "http://localhost:1", "http://[::1]:80"] {
            assert!(at(url).is_ok(), "{url}");
        }
        for url in ["http://discord.com", "ftp://localhost", "discord.com", "https://u:p@discord.com", ""] {
            assert!(at(url).unwrap_err().contains("C010"), "{url}");
        }
    }
}
