//! Second pass: `FAQBOT__SECTION__KEY` laid over the file.
//!
//! Every variable is tried by itself first, so that each wrong one is told; the `config` crate then merges the rest.

use std::{
    collections::{BTreeMap, HashMap},
    ffi::OsString,
};

use config::{ConfigError, Environment};
use toml::{Table, Value};

use crate::config::{
    Config,
    fault::{Code, Fault, Place},
    keys, types,
};

const PREFIX: &str = "FAQBOT__";

/// The variables that name settings.
#[derive(Default)]
pub(super) struct Variables {
    /// Name and value by the path of the setting.
    by_path: BTreeMap<String, (String, String)>,
    /// What is wrong with the others.
    pub(super) faults: Vec<Fault>,
}

impl Variables {
    /// Takes from `vars` what begins with `FAQBOT__`.
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
        let place = || Place::Variable(name.to_owned());
        let path = name.trim_start_matches(PREFIX).to_lowercase().replace("__", ".");
        let Some(key) = keys::find(&path) else {
            let fault = Fault::new(Code::UnknownVariable, place(), "no setting has this name");
            let nearest = keys::nearest(&path, false).map(|path| variable(&path));
            return Err(match nearest {
                Some(nearest) => fault.hint(format!("did you mean {nearest}?")),
                None => fault,
            });
        };
        let value = value
            .into_string()
            .map_err(|_| Fault::new(Code::NotUtf8, place(), format!("{path} is not UTF-8")))?;
        // Container tools pass on variables that nobody set as empty ones.
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
                place(),
                format!("{path} is {shown:?}, expected {expected}"),
            ));
        }
        self.by_path.append(&mut alone.by_path);
        Ok(())
    }

    /// The name of the variable that sets `path`, if one does.
    pub(super) fn name_of(&self, path: &str) -> Option<&str> {
        self.by_path.get(path).map(|(name, _)| name.as_str())
    }

    /// The settings of a file with these variables laid over them.
    pub(super) fn over(&self, file: &Table) -> Result<Config, ConfigError> {
        let mut builder = config::Config::builder().add_source(config::Config::try_from(file)?);
        let mut scalars = HashMap::new();
        for (path, (name, value)) in &self.by_path {
            if keys::find(path).is_some_and(|key| key.is_list) {
                // The crate's own lists need its guessing of types on, which turns a list of one id into a number
                // and "+250788…" in a text into another number.
                builder = builder.set_override(path, pieces(value))?;
            } else {
                scalars.insert(name.clone(), value.clone());
            }
        }
        let environment = Environment::with_prefix("FAQBOT").prefix_separator("__").separator("__");
        builder.add_source(environment.source(Some(scalars))).build()?.try_deserialize()
    }
}

fn pieces(value: &str) -> Vec<String> {
    value.split(',').map(|piece| piece.trim().to_owned()).filter(|piece| !piece.is_empty()).collect()
}

fn as_toml(is_list: bool, value: &str) -> Value {
    if is_list { pieces(value).into() } else { value.into() }
}

/// `FAQBOT__MEDIA__SMTP__PORT` of `media.smtp.port`.
fn variable(path: &str) -> String {
    format!("{PREFIX}{}", path.to_uppercase().replace('.', "__"))
}
