//! What to expect of a FAQ before anyone asks: how many questions it will answer, and which entries it will mistake for
//! each other.
//!
//! The shares are those of the FAQ's own wordings, each asked of a classifier that has not seen it. With fewer than
//! three wordings per entry none can be held out: then they are those measured on public question sets by
//! `model/fit_prior.py`. Which entries are alike is read off the FAQ itself.

use std::fmt::Write;

use crate::{
    config::Caution,
    knowledge::{Generation, content::entry::Content},
};

/// Wordings per entry, with the share of answerable questions that are answered right at the default caution, and the
/// share for which the right entry is among those offered: the columns "recall" and "offered" of the means that
/// `model/fit_prior.py` prints.
const MEASURED: [(f32, f32, f32); 3] = [(1.0, 0.14, 0.75), (3.0, 0.31, 0.86), (10.0, 0.49, 0.94)];
/// Pairs of entries that are named.
const PAIRS: usize = 5;

/// Some lines for a FAQ with fewer wordings per entry than were measured, or with none; nothing for one with more, or
/// with a single entry.
pub(crate) fn text(generation: &Generation, caution: Caution) -> Option<String> {
    let (n_entries, each) = size(generation.content());
    if n_entries == 0 {
        return announcement_alone(generation.content());
    }
    if n_entries < 2 || each > MEASURED[MEASURED.len() - 1].0 {
        return None;
    }
    let (answered, offered) = match generation.expected() {
        Some(expected) => (expected.answered(caution), expected.offered()),
        None => shares(each),
    };
    let wordings = match each.round() {
        rounded if rounded <= 1.0 => "one wording each".to_owned(),
        rounded => format!("about {rounded} wordings each"),
    };
    let mut out = format!(
        "{n_entries} entries, {wordings}: of 10 questions that an entry answers, about {} will be answered and {} will \
         find it among those offered.\n",
        tenths(answered),
        tenths(offered),
    );
    if each < MEASURED[1].0 {
        out.push_str("Three wordings each would about double the answers.\n");
    } else {
        out.push_str("Ten wordings each would bring about half as many answers again.\n");
    }
    let pairs = generation.most_alike(PAIRS);
    if !pairs.is_empty() {
        out.push_str("Hardest to tell apart, so the first to give more wordings:\n");
        for (one, other) in pairs {
            writeln!(out, "  {one} and {other}").expect("writing to a String cannot fail");
        }
    }
    Some(out)
}

/// What an announcement without entries does.
fn announcement_alone(content: &Content) -> Option<String> {
    let n = content.announcement.as_ref()?.passages.len();
    Some(format!(
        "no entries: nothing is answered; for each question the nearest of {n} paragraphs of the announcement are \
         offered, word for word\n"
    ))
}

/// Entries that are no routes, and their wordings on average.
fn size(content: &Content) -> (usize, f32) {
    let entries = content.entries.iter().filter(|entry| !entry.kind.is_route());
    let wordings: Vec<usize> = entries.map(|entry| entry.all_wordings().count()).collect();
    (wordings.len(), wordings.iter().sum::<usize>() as f32 / wordings.len().max(1) as f32)
}

/// The measured shares at `each` wordings per entry, between two measurements by the logarithm.
fn shares(each: f32) -> (f32, f32) {
    let [first, .., last] = MEASURED;
    let between = MEASURED.windows(2).find(|pair| (pair[0].0..pair[1].0).contains(&each));
    let Some([low, high]) = between else {
        return if each < first.0 { (first.1, first.2) } else { (last.1, last.2) };
    };
    let way = (each / low.0).ln() / (high.0 / low.0).ln();
    (low.1 + way * (high.1 - low.1), low.2 + way * (high.2 - low.2))
}

/// A share as a number out of ten.
fn tenths(share: f32) -> usize {
    (share * 10.0).round() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_wordings_promise_more_answers() {
        assert_eq!(shares(1.0), (MEASURED[0].1, MEASURED[0].2));
        assert_eq!(shares(10.0), (MEASURED[2].1, MEASURED[2].2));
        assert!(
            shares(1.0).0 < shares(2.0).0 && shares(2.0).0 < shares(3.0).0 && shares(3.0).0 < shares(5.0).0
        );
    }
}
