//! From a question to a decision.
//!
//! A question that equals a stored wording needs nothing else (`exact.rs`). Any other is folded (`normalise.rs`), split
//! (`split.rs`), corrected (`spelling.rs`) and embedded (`embed.rs`); the trained [`matcher::Matcher`] gives every entry
//! a probability, `rank.rs` makes one score of it, `calibration.rs` says
//! how likely the best entry is right, and `decide.rs` decides. `train.rs` makes a matcher out of an FAQ's wordings.
//! Two files touch the disk: `cache_file.rs`, for what a build leaves for the next one (vectors and trials), and `index.rs`.

pub(crate) mod alike;
mod cache_file;
pub(crate) mod calibration;
pub(crate) mod caution;
pub(crate) mod decide;
pub(crate) mod detector;
pub(crate) mod doubt;
pub(crate) mod embed;
pub(crate) mod exact;
pub(crate) mod follow_up;
pub(crate) mod head;
pub(crate) mod index;
pub(crate) mod language;
pub(crate) mod matcher;
pub(crate) mod names;
pub(crate) mod ngrams;
pub(crate) mod normalise;
pub(crate) mod parallel;
pub(crate) mod passages;
pub(crate) mod progress;
pub(crate) mod rank;
pub(crate) mod spelling;
pub(crate) mod split;
pub(crate) mod train;
pub(crate) mod vectors;
pub(crate) mod verdict;

pub use caution::Caution;
pub(crate) use progress::Progress;
