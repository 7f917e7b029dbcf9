//! When the weekly digest is sent: `monday 09:00`, or `never`.

use jiff::civil::{Time, Weekday};

/// A day of the week and a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Schedule {
    /// The day.
    pub(crate) weekday: Weekday,
    /// The time, in the time zone of the machine.
    pub(crate) time: Time,
}

impl Schedule {
    /// Reads `monday 09:00`; `Some(None)` for `never`, `None` for anything else.
    pub(crate) fn parse(text: &str) -> Option<Option<Schedule>> {
        let text = text.trim().to_lowercase();
        if text == "never" {
            return Some(None);
        }
        let (day, time) = text.split_once(' ')?;
        let weekday = match day {
            "monday" => Weekday::Monday,
            "tuesday" => Weekday::Tuesday,
            "wednesday" => Weekday::Wednesday,
            "thursday" => Weekday::Thursday,
            "friday" => Weekday::Friday,
            "saturday" => Weekday::Saturday,
            "sunday" => Weekday::Sunday,
            _ => return None,
        };
        let (hour, minute) = time.trim().split_once(':')?;
        let time = Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()?;
        Some(Some(Schedule { weekday, time }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_and_a_time_or_never() {
        let at = |weekday, hour| Some(Some(Schedule { weekday, time: Time::constant(hour, 30, 0, 0) }));
        assert_eq!(Schedule::parse("monday 09:30"), at(Weekday::Monday, 9));
        assert_eq!(Schedule::parse(" Sunday  23:30 "), at(Weekday::Sunday, 23));
        assert_eq!(Schedule::parse("never"), Some(None));
        for wrong in ["", "monday", "09:00", "lundi 09:00", "monday 24:00", "monday 9", "monday 09:60"] {
            assert_eq!(Schedule::parse(wrong), None, "{wrong}");
        }
    }
}
