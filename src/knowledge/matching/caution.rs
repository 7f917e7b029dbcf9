//! How sure the bot must be before it answers, as the settings say it.

use serde::{Deserialize, Serialize};

/// How sure the bot must be before it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Caution {
    /// Answers more and makes more mistakes.
    Low,
    /// The shipped balance.
    #[default]
    Normal,
    /// Answers less and makes fewer.
    High,
}
