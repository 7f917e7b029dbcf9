//! The trials of an earlier build, kept beside the vectors: after a small edit they say as much as new ones, and a
//! build without trials takes a third of the time.

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::knowledge::matching::{
    cache_file, calibration::Trial, matcher::MATCHER_VERSION, train::TrainingSet,
};

/// Wordings from which on trials are kept: below, new ones take less than a second.
const MIN_WORDINGS: usize = 1_000;
/// The share of wordings that may differ, one in this many.
const MAX_CHANGED: usize = 50;

/// The trials, and the wordings they were made of.
#[derive(Serialize, Deserialize)]
struct Kept {
    /// The version of the features and the training.
    version: u32,
    /// A hash of each wording with its entry, among them those that must not be answered.
    wordings: HashSet<u64>,
    trials: Vec<Trial>,
}

/// The trials kept in `cache`, if at most one in fifty wordings has changed since they were made. `wordings` are the
/// [`hashes`] of the set.
pub(super) fn load(set: &TrainingSet<'_>, wordings: &HashSet<u64>, cache: &Path) -> Option<Vec<Trial>> {
    let kept: Kept = cache_file::read(&file(set, cache))?;
    let changed = wordings.symmetric_difference(&kept.wordings).count();
    let is_alike = wordings.len() >= MIN_WORDINGS && changed * MAX_CHANGED <= wordings.len();
    (kept.version == MATCHER_VERSION && is_alike).then_some(kept.trials)
}

/// Keeps the trials in `cache`. If the disk cannot be written, the next build makes new ones.
pub(super) fn save(set: &TrainingSet<'_>, wordings: HashSet<u64>, cache: &Path, trials: &[Trial]) {
    if wordings.len() >= MIN_WORDINGS {
        let kept = Kept { version: MATCHER_VERSION, wordings, trials: trials.to_vec() };
        cache_file::write(&file(set, cache), &kept);
    }
}

/// The features differ with and without vectors.
fn file(set: &TrainingSet<'_>, cache: &Path) -> PathBuf {
    cache.join(if set.vectors.is_empty() { "words.trials" } else { "vectors.trials" })
}

/// A hash of each wording of the set with its entry.
pub(super) fn hashes(set: &TrainingSet<'_>) -> HashSet<u64> {
    let hash = |(wording, is_refused): (&super::Wording, bool)| {
        let entry = &set.content.entries[wording.class];
        let mut hasher = DefaultHasher::new();
        (&entry.id, entry.kind, &wording.words, is_refused).hash(&mut hasher);
        hasher.finish()
    };
    let wordings = set.wordings.iter().map(|wording| (wording, false));
    wordings.chain(set.refused.iter().map(|wording| (wording, true))).map(hash).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::{
        content::{entry::Content, load},
        matching::{calibration::Calibrator, train::train},
    };

    /// Ten entries, each with wordings of the words `first..first + each`, `extra` more of the first entry.
    fn content(folder: &Path, each: usize, extra: usize) -> Content {
        std::fs::create_dir_all(folder).unwrap();
        for entry in 0..10 {
            let n = if entry == 0 { each + extra } else { each };
            let wordings: Vec<String> =
                (0..n).map(|n| format!("\"what about w{} of subject {entry} and w{n}\"", n % 7)).collect();
            let text = format!(
                "+++\nquestion = \"What about subject {entry}?\"\nkind = \"not_covered\"\nalso_asked = [{}]\n\
                 +++\nIt does not say.\n",
                wordings.join(", ")
            );
            std::fs::write(folder.join(format!("e{entry}.md")), text).unwrap();
        }
        load::load(folder, jiff::civil::date(2026, 8, 1)).unwrap().content
    }

    #[test]
    fn a_small_edit_keeps_the_trials_and_a_large_one_makes_new_ones() {
        let folder = tempfile::tempdir().unwrap();
        let cache = folder.path().join("index");
        std::fs::create_dir(&cache).unwrap();
        let calibrator = |extra: usize| -> Calibrator {
            let content = content(&folder.path().join("faq"), 110, extra);
            train(&content, false, &cache, &|_| {}).unwrap().calibrator
        };
        let first = calibrator(0);
        let file = cache.join("words.trials");
        let kept = std::fs::read(&file).unwrap();
        assert_eq!(calibrator(1), first, "the same trials, so the same calibrator");
        assert_eq!(std::fs::read(&file).unwrap(), kept);
        calibrator(60);
        assert_ne!(std::fs::read(&file).unwrap(), kept);
        std::fs::write(&file, b"cut").unwrap();
        assert_eq!(calibrator(0), first, "damaged trials are made again");
    }
}
