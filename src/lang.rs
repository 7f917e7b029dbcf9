//! The languages the bot has content and wording in.

/// A language the bot knows content in, as an ISO 639-1 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// English, the language of the announcement and of every entry's main text.
    En,
    /// French.
    Fr,
    /// Kinyarwanda.
    Rw,
    /// Swahili.
    Sw,
}

impl Lang {
    /// Every language, English first.
    pub const ALL: [Lang; 4] = [Lang::En, Lang::Fr, Lang::Rw, Lang::Sw];

    /// The ISO 639-1 code.
    pub fn code(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Fr => "fr",
            Lang::Rw => "rw",
            Lang::Sw => "sw",
        }
    }

    /// The language of a code such as `fr` or a locale such as `fr-CA`.
    pub fn from_code(code: &str) -> Option<Lang> {
        let language = code.split(['-', '_']).next().unwrap_or(code);
        Lang::ALL.into_iter().find(|lang| lang.code().eq_ignore_ascii_case(language))
    }
}
