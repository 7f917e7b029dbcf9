//! From a question to a decision.
//!
//! A question that equals a stored wording needs nothing else (`exact.rs`). Any other is folded (`normalise.rs`), parted (`split.rs`), mended (`spelling.rs`) and embedded (`embed.rs`); the
//! trained [`matcher::Matcher`] gives every entry a probability, `rank.rs` makes one score of it, `calibration.rs` says
//! how likely the best entry is right, and `decide.rs` decides. `train.rs` makes a matcher out of an FAQ's wordings.
//! Only `vectors.rs` touches the disk: it keeps the vectors of known wordings.

pub mod calibration;
pub mod caution;
pub mod decide;
pub(crate) mod detector;
pub(crate) mod doubt;
pub mod embed;
pub(crate) mod exact;
pub mod head;
pub mod index;
pub mod language;
pub mod matcher;
pub mod names;
pub mod ngrams;
pub mod normalise;
pub mod parallel;
pub(crate) mod passages;
pub mod progress;
pub mod rank;
pub mod spelling;
pub mod split;
pub mod train;
pub mod vectors;
pub mod verdict;

pub use caution::Caution;
pub use progress::Progress;
