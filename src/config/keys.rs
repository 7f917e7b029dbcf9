//! The names of all settings, derived from the default settings so that no list can become outdated.

use std::sync::LazyLock;

use serde_json::Value;

use crate::config::Config;

/// A setting's full name.
pub(super) struct Key {
    /// `media.smtp.port`
    pub(super) path: String,
    /// Whether its value is a list.
    pub(super) is_list: bool,
}

/// Every setting.
pub(super) static ALL: LazyLock<Vec<Key>> = LazyLock::new(|| {
    let defaults = serde_json::to_value(Config::default()).expect("the settings are plain data");
    let mut keys = Vec::new();
    collect(&defaults, "", &mut keys);
    keys
});

fn collect(value: &Value, prefix: &str, keys: &mut Vec<Key>) {
    let Value::Object(table) = value else {
        keys.push(Key { path: prefix.to_owned(), is_list: value.is_array() });
        return;
    };
    for (name, value) in table {
        let path = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        collect(value, &path, keys);
    }
}

/// The setting called `path`.
pub(super) fn find(path: &str) -> Option<&'static Key> {
    ALL.iter().find(|key| key.path == path)
}

/// Whether there is a section called `path`.
pub(super) fn is_section(path: &str) -> bool {
    let prefix = format!("{path}.");
    ALL.iter().any(|key| key.path.starts_with(&prefix))
}

/// The setting, or with `wants_section` the section, that was probably meant by the unknown `path`.
pub(super) fn nearest(path: &str, wants_section: bool) -> Option<String> {
    let candidates: Vec<String> =
        if wants_section { sections() } else { ALL.iter().map(|k| k.path.clone()).collect() };
    let last = |path: &str| path.rsplit('.').next().unwrap_or(path).to_owned();
    let score = |candidate: &str| {
        // The right name in the wrong section is about as likely as a typing error in the right section.
        strsim::jaro_winkler(path, candidate).max(0.97 * strsim::jaro_winkler(&last(path), &last(candidate)))
    };
    candidates
        .into_iter()
        .map(|candidate| (score(&candidate), candidate))
        .filter(|(score, _)| *score > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

fn sections() -> Vec<String> {
    let mut all: Vec<String> = ALL
        .iter()
        .filter_map(|key| key.path.rsplit_once('.'))
        .map(|(section, _)| section.to_owned())
        .collect();
    all.sort();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_that_are_not_set_by_default_are_known_too() {
        for path in ["discord.moderator_channel", "media.smtp.ca_file", "media.transport", "safety.contact"] {
            assert!(find(path).is_some(), "{path}");
        }
        assert!(is_section("media.smtp") && !is_section("media.to"));
    }

    #[test]
    fn a_typing_error_and_a_wrong_section_are_both_guessed() {
        assert_eq!(nearest("search.cauton", false).as_deref(), Some("search.caution"));
        assert_eq!(nearest("media.port", false).as_deref(), Some("media.smtp.port"));
        assert_eq!(nearest("serch", true).as_deref(), Some("search"));
        assert_eq!(nearest("qqqq.zzzz", false), None);
    }
}
