//! The time as the use cases see it: a value that a test can fix.

/// Where the time comes from.
#[derive(Debug, Clone, Copy)]
pub enum Clock {
    /// The machine's clock and time zone.
    System,
    /// Always this moment, in UTC.
    Fixed(jiff::Timestamp),
}

impl Clock {
    /// Now.
    pub fn now(self) -> jiff::Timestamp {
        match self {
            Clock::System => jiff::Timestamp::now(),
            Clock::Fixed(moment) => moment,
        }
    }

    /// The date and the time of day.
    pub(super) fn local(self) -> jiff::civil::DateTime {
        match self {
            Clock::System => jiff::ZonedDateTime::now().datetime(),
            Clock::Fixed(moment) => moment.to_zoned_datetime(jiff::tz::TimeZone::UTC).datetime(),
        }
    }

    /// The day, by which an entry's last day is judged.
    pub fn today(self) -> jiff::civil::Date {
        match self {
            Clock::System => jiff::ZonedDateTime::now().date(),
            Clock::Fixed(moment) => moment.to_zoned_datetime(jiff::tz::TimeZone::UTC).date(),
        }
    }
}
