//! The reference of an enquiry, short enough to be read out over the telephone.

use std::fmt;

/// Letters and digits that cannot be confused: no 0 O, 1 I L, U V.
const ALPHABET: [char; 29] = [
    '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'M', 'N', 'P',
    'Q', 'R', 'S', 'T', 'W', 'X', 'Y', 'Z',
];

/// The length of a code: 20 million references.
const LENGTH: usize = 5;

/// A reference such as `M-7K4Q2`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Reference(String);

impl Reference {
    /// A random reference. The database ensures that it is unique.
    pub fn draw() -> Reference {
        let code: String = (0..LENGTH).map(|_| ALPHABET[fastrand::usize(..ALPHABET.len())]).collect();
        Reference(format!("M-{code}"))
    }

    /// Parses what a person typed, with or without `M-`, in either case.
    pub fn parse(typed: &str) -> Option<Reference> {
        let folded = typed.trim().to_uppercase();
        let code = match folded.strip_prefix("M-").or_else(|| folded.strip_prefix("M ")) {
            Some(code) => code,
            // `M` is also a letter of the alphabet, so without a dash only the length shows whether it is the prefix.
            None if folded.chars().count() == LENGTH + 1 => folded.strip_prefix('M')?,
            None => &folded,
        };
        let fits = code.chars().count() == LENGTH && code.chars().all(|c| ALPHABET.contains(&c));
        fits.then(|| Reference(format!("M-{code}")))
    }

    /// The reference as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A reference from the database.
    pub(crate) fn stored(text: String) -> Reference {
        Reference(text)
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_drawn_reference_reads_back_however_it_is_typed() {
        for _ in 0..500 {
            let drawn = Reference::draw();
            let bare = drawn.as_str().trim_start_matches("M-").to_lowercase();
            for typed in
                [drawn.to_string(), format!(" {} ", drawn.as_str().to_lowercase()), format!("m{bare}"), bare]
            {
                assert_eq!(Reference::parse(&typed).as_ref(), Some(&drawn), "{typed}");
            }
        }
    }

    #[test]
    fn anything_else_is_not_a_reference() {
        for typed in
            ["", "M-", "M-7K4Q", "M-7K4Q22", "M-7K4QO", "X-7K4Q2", "é-7K4Q2", "'; DROP TABLE", "M-7K4QI"]
        {
            assert_eq!(Reference::parse(typed), None, "{typed}");
        }
    }
}
