//! The two secrets: the Discord token and the mail server's password. They are never read from `bot.toml` and never
//! shown.
//!
//! Each secret is looked up as a systemd credential, then in the file that `*_FILE` names, then in a variable. The
//! variable stays in the environment: removing it requires `unsafe`, and this process starts no others.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use secrecy::SecretString;

use crate::config::{
    Faults,
    fault::{Code, Fault, Location},
};

/// Which secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SecretName {
    /// The bot's token, from Discord's developer portal.
    DiscordToken,
    /// The password of `media.smtp.user`.
    SmtpPassword,
}

/// A secret and where it was found. `Debug` hides its value.
#[derive(Debug, Clone)]
pub(crate) struct Secret {
    /// The secret itself.
    pub value: SecretString,
    /// A variable's name or a file's path, for messages.
    pub origin: String,
    /// What should be corrected although the secret is usable.
    pub warnings: Vec<Fault>,
}

/// Looks up an environment variable.
pub(crate) type Lookup<'a> = &'a dyn Fn(&str) -> Option<OsString>;

impl SecretName {
    /// `DISCORD_TOKEN`
    pub(crate) fn variable(self) -> &'static str {
        match self {
            SecretName::DiscordToken => "DISCORD_TOKEN",
            SecretName::SmtpPassword => "SMTP_PASSWORD",
        }
    }

    /// Looks the secret up; `None` if it is not set.
    pub(crate) fn read(self, lookup: Lookup<'_>) -> Result<Option<Secret>, Faults> {
        self.find(lookup).map_err(|fault| Faults::new(PathBuf::new(), String::new(), vec![fault]))
    }

    fn find(self, lookup: Lookup<'_>) -> Result<Option<Secret>, Fault> {
        let set = |name: &str| lookup(name).filter(|value| !value.is_empty());
        if let Some(folder) = set("CREDENTIALS_DIRECTORY") {
            let file = Path::new(&folder).join(self.variable().to_lowercase());
            if file.exists() {
                return self.read_file(&file).map(Some);
            }
        }
        if let Some(file) = set(&format!("{}_FILE", self.variable())) {
            return self.read_file(Path::new(&file)).map(Some);
        }
        let Some(value) = set(self.variable()) else { return Ok(None) };
        let location = Location::Variable(self.variable().to_owned());
        let value = value.into_string().map_err(|_| malformed(&location, "is not UTF-8"))?;
        let (value, warning) = self.parse(&value, &location)?;
        let warnings = warning.into_iter().collect();
        Ok(Some(Secret { value, origin: self.variable().to_owned(), warnings }))
    }

    fn read_file(self, file: &Path) -> Result<Secret, Fault> {
        let location = Location::Secret(file.to_owned());
        let text = fs::read(file).map_err(|error| {
            Fault::new(Code::SecretUnreadable, location.clone(), format!("cannot be read: {error}"))
        })?;
        let text = String::from_utf8(text).map_err(|_| malformed(&location, "is not UTF-8"))?;
        let (value, warning) = self.parse(&text, &location)?;
        let exposed = is_world_readable(file).then(|| {
            Fault::new(
                Code::SecretExposed,
                location.clone(),
                "every user of this machine can read the secret",
            )
            .hint(format!("chmod 600 {}", file.display()))
        });
        let warnings = warning.into_iter().chain(exposed).collect();
        Ok(Secret { value, origin: file.display().to_string(), warnings })
    }

    /// The secret in `text`, and a warning if something around it was ignored.
    fn parse(self, text: &str, location: &Location) -> Result<(SecretString, Option<Fault>), Fault> {
        let text = text.trim();
        let name = self.variable();
        let assigned = text.trim_start_matches("export ").strip_prefix(name).map(str::trim_start);
        if assigned.is_some_and(|rest| rest.starts_with('=')) {
            return Err(malformed(location, &format!("begins with \"{name}=\""))
                .hint("leave the name and the equals sign out: only the secret itself is wanted"));
        }
        // Discord's documentation shows the token in a header, after the word "Bot".
        let bare = text.strip_prefix("Bot ").filter(|_| self == SecretName::DiscordToken).map(str::trim);
        let value = bare.unwrap_or(text);
        let is_quoted =
            ['"', '\'', '`'].iter().any(|quote| value.starts_with(*quote) || value.ends_with(*quote));
        let problem = if value.is_empty() {
            "is empty"
        } else if value.contains(['\n', '\r']) {
            "has more than one line"
        } else if is_quoted {
            "has quotation marks around it"
        } else if value.chars().any(char::is_control) {
            "contains control characters"
        } else if self == SecretName::DiscordToken && !value.chars().all(|c| c.is_ascii_graphic()) {
            "contains characters that are not allowed in a token"
        } else {
            let warning = bare.map(|_| {
                Fault::new(
                    Code::SecretPrefixed,
                    location.clone(),
                    "the word \"Bot\" before the token is ignored",
                )
                .hint("store only the token itself")
            });
            return Ok((SecretString::from(value), warning));
        };
        Err(malformed(location, problem).hint("it is one line, exactly as you received it, and nothing else"))
    }
}

fn malformed(location: &Location, problem: &str) -> Fault {
    Fault::new(Code::SecretMalformed, location.clone(), format!("the secret {problem}"))
}

#[cfg(unix)]
fn is_world_readable(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(file).is_ok_and(|metadata| metadata.permissions().mode() & 0o004 != 0)
}

#[cfg(not(unix))]
fn is_world_readable(_file: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    fn token(value: &str) -> Result<Option<Secret>, Faults> {
        SecretName::DiscordToken.read(&|name| (name == "DISCORD_TOKEN").then(|| value.into()))
    }

    #[test]
    fn white_space_and_the_word_bot_are_ignored_and_the_word_is_reported() {
        let secret = token(" Bot abc.def-ghi_jkl\n").unwrap().unwrap();
        assert_eq!(secret.value.expose_secret(), "abc.def-ghi_jkl");
        assert_eq!(secret.warnings[0].code, Code::SecretPrefixed);
        assert!(token(" abc.def\r\n").unwrap().unwrap().warnings.is_empty());
        assert!(token("").unwrap().is_none());
    }

    #[test]
    fn an_assignment_in_place_of_a_secret_is_refused_with_its_name() {
        for assignment in ["DISCORD_TOKEN=hush.hush", "export DISCORD_TOKEN = hush.hush"] {
            let faults = token(assignment).unwrap_err().to_string();
            assert!(
                faults.contains("begins with \"DISCORD_TOKEN=\"") && !faults.contains("hush"),
                "{faults}"
            );
        }
        let password = |value: &'static str| {
            SecretName::SmtpPassword.read(&|name| (name == "SMTP_PASSWORD").then(|| value.into()))
        };
        assert!(password("SMTP_PASSWORD=hush").is_err());
        assert_eq!(password("Bot =hush").unwrap().unwrap().value.expose_secret(), "Bot =hush");
    }

    #[test]
    fn quotes_and_line_breaks_are_refused_without_showing_the_secret() {
        for bad in ["\"hush.hush\"", "hush\nhush", "'hush", "hush hush", "Bot \"hush\""] {
            let faults = token(bad).unwrap_err();
            assert_eq!(faults.all()[0].code, Code::SecretMalformed);
            assert!(!faults.to_string().contains("hush"), "{faults}");
        }
    }

    #[test]
    fn debug_never_shows_a_secret() {
        let secret = token("hush.hush").unwrap();
        assert!(!format!("{secret:?}").contains("hush"));
    }

    #[test]
    fn a_credential_comes_before_a_file_and_a_file_before_a_variable() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("discord_token"), "from-credential\n").unwrap();
        fs::write(folder.path().join("file"), "from-file\n").unwrap();
        let origin = |names: &[&str]| {
            let lookup = |name: &str| {
                let value: OsString = match name {
                    "CREDENTIALS_DIRECTORY" => folder.path().into(),
                    "DISCORD_TOKEN_FILE" => folder.path().join("file").into(),
                    _ => "from-variable".into(),
                };
                names.contains(&name).then_some(value)
            };
            SecretName::DiscordToken.read(&lookup).unwrap().unwrap().value.expose_secret().to_owned()
        };
        assert_eq!(
            origin(&["CREDENTIALS_DIRECTORY", "DISCORD_TOKEN_FILE", "DISCORD_TOKEN"]),
            "from-credential"
        );
        assert_eq!(origin(&["DISCORD_TOKEN_FILE", "DISCORD_TOKEN"]), "from-file");
        assert_eq!(origin(&["DISCORD_TOKEN"]), "from-variable");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_everyone_can_read_is_a_warning() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("token");
        fs::write(&file, "abc").unwrap();
        let read = || {
            SecretName::DiscordToken.read(&|name| (name == "DISCORD_TOKEN_FILE").then(|| file.clone().into()))
        };
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(read().unwrap().unwrap().warnings[0].code == Code::SecretExposed);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        assert!(read().unwrap().unwrap().warnings.is_empty());
    }
}
