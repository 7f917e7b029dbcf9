//! What a sender has to correct in the form before an enquiry can be stored.

/// What is to be corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::bot) enum Fault {
    /// No name.
    Name,
    /// Not exactly one address.
    Email,
    /// An address that looks like a typo.
    EmailTypo {
        /// The address that may be meant.
        meant: String,
    },
    /// Neither an address nor anything else.
    Reach,
    /// An hour without a zone.
    DeadlineZone {
        /// The hour as typed.
        hour: String,
    },
    /// An hour that a change of clocks skips or repeats.
    DeadlineClockChange {
        /// The hour as typed.
        hour: String,
    },
    /// A time that has passed.
    DeadlinePast {
        /// As understood.
        date: String,
    },
    /// No question.
    Question,
}
