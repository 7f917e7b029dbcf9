//! The two secrets: the Discord token and the mail server's password. Never from `bot.toml`, never shown.
//!
//! Each is looked for as a systemd credential, then in the file that a variable names, then in a variable. The variable
//! stays in the environment: taking it out is not possible without `unsafe`, and the process starts no others.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use secrecy::SecretString;

use crate::config::fault::{Code, Fault, Faults, Place};

/// Which secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    /// The bot's token, from Discord's developer portal.
    DiscordToken,
    /// The password of `media.smtp.user`.
    SmtpPassword,
}

/// A secret that was found. Its `Debug` shows where, never what.
#[derive(Debug, Clone)]
pub struct Secret {
    /// The secret itself.
    pub value: SecretString,
    /// Where it came from, for a person: a variable's name or a file.
    pub origin: String,
    /// A file that every user of the machine may read.
    pub warning: Option<Fault>,
}

/// The environment as a secret is looked up in it.
pub type Lookup<'a> = &'a dyn Fn(&str) -> Option<OsString>;

impl Name {
    /// `DISCORD_TOKEN`
    pub fn variable(self) -> &'static str {
        match self {
            Name::DiscordToken => "DISCORD_TOKEN",
            Name::SmtpPassword => "SMTP_PASSWORD",
        }
    }

    /// Looks the secret up; `None` where nobody set one.
    pub fn read(self, lookup: Lookup<'_>) -> Result<Option<Secret>, Faults> {
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
        let place = Place::Variable(self.variable().to_owned());
        let value = value.into_string().map_err(|_| malformed(&place, "is not UTF-8"))?;
        let value = self.checked(&value, &place)?;
        Ok(Some(Secret { value, origin: self.variable().to_owned(), warning: None }))
    }

    fn read_file(self, file: &Path) -> Result<Secret, Fault> {
        let place = Place::Secret(file.to_owned());
        let text = fs::read(file).map_err(|error| {
            Fault::new(Code::SecretUnreadable, place.clone(), format!("cannot be read: {error}"))
        })?;
        let text = String::from_utf8(text).map_err(|_| malformed(&place, "is not UTF-8"))?;
        let value = self.checked(&text, &place)?;
        let warning = is_world_readable(file).then(|| {
            Fault::new(Code::SecretExposed, place.clone(), "every user of this machine can read the secret")
                .hint(format!("chmod 600 {}", file.display()))
        });
        Ok(Secret { value, origin: file.display().to_string(), warning })
    }

    fn checked(self, text: &str, place: &Place) -> Result<SecretString, Fault> {
        let mut value = text.trim();
        if self == Name::DiscordToken {
            // As it stands in the header that Discord's documentation shows.
            value = value.strip_prefix("Bot ").unwrap_or(value).trim();
        }
        let is_quoted =
            ['"', '\'', '`'].iter().any(|quote| value.starts_with(*quote) || value.ends_with(*quote));
        let problem = if value.is_empty() {
            "is empty"
        } else if value.contains(['\n', '\r']) {
            "has more than one line"
        } else if is_quoted {
            "has quotation marks around it"
        } else if value.chars().any(char::is_control) {
            "holds control characters"
        } else if self == Name::DiscordToken && !value.chars().all(|c| c.is_ascii_graphic()) {
            "holds characters that no token has"
        } else {
            return Ok(SecretString::from(value));
        };
        Err(malformed(place, problem).hint("it is one line, as it was given to you, and nothing else"))
    }
}

fn malformed(place: &Place, problem: &str) -> Fault {
    Fault::new(Code::SecretMalformed, place.clone(), format!("the secret {problem}"))
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
        Name::DiscordToken.read(&|name| (name == "DISCORD_TOKEN").then(|| value.into()))
    }

    #[test]
    fn white_space_and_the_word_bot_are_taken_off() {
        let secret = token(" Bot abc.def-ghi_jkl\n").unwrap().unwrap();
        assert_eq!(secret.value.expose_secret(), "abc.def-ghi_jkl");
        assert!(token("").unwrap().is_none());
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
            Name::DiscordToken.read(&lookup).unwrap().unwrap().value.expose_secret().to_owned()
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
        let read =
            || Name::DiscordToken.read(&|name| (name == "DISCORD_TOKEN_FILE").then(|| file.clone().into()));
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(read().unwrap().unwrap().warning.is_some());
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        assert!(read().unwrap().unwrap().warning.is_none());
    }
}
