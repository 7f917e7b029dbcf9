//! Every quote of an entry must stand in one paragraph of the announcement, word for word.

use crate::knowledge::content::{
    draft::DraftEntry,
    finding::{Code, Finding, Findings},
    quote::{Proof, Quotable},
};

/// Hints are looked for this often in one folder: each costs a walk over the whole announcement.
const HINTS: usize = 50;

/// Every quote of `entry` must stand in one paragraph.
pub(super) fn check(entry: &DraftEntry, quotable: &Quotable<'_>, findings: &mut Findings) {
    for quote in &entry.quotes {
        let place = entry.place(quote);
        match quotable.locate(&quote.text) {
            Proof::Stands { .. } => {}
            Proof::Crosses => findings.push(
                Finding::new(
                    Code::QuoteCrossesParagraph,
                    place,
                    "the quote runs over the end of a paragraph",
                )
                .hint("make two quotes of it"),
            ),
            Proof::Missing => {
                let finding =
                    Finding::new(Code::QuoteNotFound, place, "the quote does not stand in the announcement");
                let near = (findings.n_errors() < HINTS).then(|| quotable.nearest(&quote.text)).flatten();
                findings.push(match near {
                    Some(near) => finding.hint(format!("nearest is: {near}")),
                    None => finding.hint("quotes are the announcement's own words, letter by letter"),
                });
            }
        }
    }
}
