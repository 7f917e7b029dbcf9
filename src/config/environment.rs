//! Second pass: the variables `FAQBOT__SECTION__KEY`, which override the file.
//!
//! Each variable is first tried on its own, so that every wrong one is reported; the `config` crate merges the rest.

use std::{
    collections::{BTreeMap, HashMap},
    ffi::OsString,
};

use config::{ConfigError, Environment};
use toml::{Table, Value};

use crate::config::{
    Config,
    fault::{Code, Fault, Location},
    keys, types,
};

const PREFIX: &str = "FAQBOT__";

/// The variables that set a setting.
#[derive(Default)]
pub(super) struct Variables {
    /// The variable's name and value, by the path of the setting.
    by_path: BTreeMap<String, (String, String)>,
    /// The faults of all other variables.
    pub(super) faults: Vec<Fault>,
}

impl Variables {
    /// Reads every variable of `vars` that begins with `FAQBOT__`.
    pub(super) fn read(vars: impl IntoIterator<Item = (OsString, OsString)>) -> Variables {
        let mut read = Variables::default();
        for (name, value) in vars {
            let Some(name) = name.to_str().filter(|name| name.starts_with(PREFIX)) else { continue };
            if let Err(fault) = read.take(name, value) {
                read.faults.push(fault);
            }
        }
        read
    }

    fn take(&mut self, name: &str, value: OsString) -> Result<(), Fault> {
        let location = || Location::Variable(name.to_owned());
        let path = name.trim_start_matches(PREFIX).to_lowercase().replace("__", ".");
        let Some(key) = keys::find(&path) else {
            let fault = Fault::new(Code::UnknownVariable, location(), "no setting has this name");
            let nearest = keys::nearest(&path, false).map(|path| variable(&path));
            return Err(match nearest {
                Some(nearest) => fault.hint(format!("did you mean {nearest}?")),
                None => fault,
            });
        };
        let value = value
            .into_string()
            .map_err(|_| Fault::new(Code::NotUtf8, location(), format!("{path} is not UTF-8")))?;
        // Container tools pass unset variables on as empty ones.
        if value.trim().is_empty() {
            return Ok(());
        }
        let mut alone = Variables::default();
        alone.by_path.insert(path.clone(), (name.to_owned(), value.clone()));
        if alone.over(&Table::new()).is_err() {
            let shown: String = value.chars().take(40).collect();
            let expected = types::mismatch(&path, as_toml(key.is_list, &value))
                .unwrap_or_else(|| "another value".into());
            return Err(Fault::new(
                Code::WrongType,
                location(),
                format!("{path} is {shown:?}, expected {expected}"),
            ));
        }
        self.by_path.append(&mut alone.by_path);
        Ok(())
    }

    /// The name of the variable that sets `path`, if there is one.
    pub(super) fn name_of(&self, path: &str) -> Option<&str> {
        self.by_path.get(path).map(|(name, _)| name.as_str())
    }

    /// The settings of `file`, overridden by these variables.
    pub(super) fn over(&self, file: &Table) -> Result<Config, ConfigError> {
        let mut builder = config::Config::builder().add_source(config::Config::try_from(file)?);
        let mut scalars = HashMap::new();
        for (path, (name, value)) in &self.by_path {
            if keys::find(path).is_some_and(|key| key.is_list) {
                // The crate parses lists only together with its type guessing, which turns a list of one id and
                // a text such as "+250788…" into numbers.
                builder = builder.set_override(path, pieces(value))?;
            } else {
                scalars.insert(name.clone(), value.clone());
            }
        }
        let environment = Environment::with_prefix("FAQBOT").prefix_separator("__").separator("__");
        builder.add_source(environment.source(Some(scalars))).build()?.try_deserialize()
    }
}

/// The items of a list: separated by commas, with or without square brackets around the list and quotes around items.
fn pieces(value: &str) -> Vec<String> {
    let value = value.trim();
    let inner = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(value);
    inner
        .split(',')
        .map(|piece| piece.trim_matches(|c: char| c.is_whitespace() || "\"'".contains(c)).to_owned())
        .filter(|piece| !piece.is_empty())
        .collect()
}

fn as_toml(is_list: bool, value: &str) -> Value {
    if is_list { pieces(value).into() } else { value.into() }
}

/// `FAQBOT__MEDIA__SMTP__PORT` of `media.smtp.port`.
fn variable(path: &str) -> String {
    format!("{PREFIX}{}", path.to_uppercase().replace('.', "__"))
}
