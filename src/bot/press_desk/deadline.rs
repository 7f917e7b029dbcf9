//! Parses a deadline in a person's words. One that can only mean one thing is understood; anything else is passed on as
//! typed, never guessed.
//!
//! A weekday that is today, "next Friday" and 3/4 leave a choice and are not understood. An hour without a time zone, and
//! an hour that a change of clocks skips or repeats, are asked about. `deadline/words.rs` knows the words,
//! `deadline/zone.rs` the time zones.

mod words;
mod zone;

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Time, Weekday},
    tz::TimeZone,
};

use crate::{bot::press_desk::fault::Fault, mail::clean};

/// The longest deadline in characters.
pub(in crate::bot) const CAP: usize = 100;

/// A deadline that was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::bot) struct Deadline {
    /// As typed, cleaned; empty for none.
    pub(in crate::bot) typed: String,
    /// The day, or the moment with its offset from UTC, if it was understood.
    pub(in crate::bot) understood: Option<String>,
}

impl Deadline {
    /// Parses a deadline as of `now`.
    pub(in crate::bot) fn parse(typed: &str, now: Timestamp) -> Result<Deadline, Fault> {
        let typed = clean::line(typed, CAP);
        let read = Reading::of(&typed);
        if let (Some(hour), false) = (&read.hour, read.names_a_zone()) {
            return Err(Fault::DeadlineZone { hour: hour.clone() });
        }
        let understood = read.understand(now)?;
        Ok(Deadline { typed, understood })
    }

    /// The deadline for the subject: as understood, else as typed; `None` if there is none.
    pub(in crate::bot) fn shown(&self) -> Option<&str> {
        let shown = self.understood.as_deref().unwrap_or(&self.typed);
        (!shown.is_empty()).then_some(shown)
    }
}

/// What was recognised in the words.
#[derive(Debug, Default)]
pub(super) struct Reading {
    day: Option<Day>,
    /// The hour as typed, and as a time if it is one.
    hour: Option<String>,
    time: Option<Time>,
    zone: Option<TimeZone>,
    /// An unknown zone is named: "Butare time".
    has_foreign_zone: bool,
    /// Some words were not recognised.
    has_rest: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Day {
    Date(Date),
    OfYear(i8, i8),
    Weekday(Weekday),
    /// Today or tomorrow: a number of days ahead.
    Ahead(i8),
}

impl Reading {
    fn of(typed: &str) -> Reading {
        // `2026-11-30T17:00Z` is one word and is split at the `T`.
        let spaced = typed.to_lowercase().replace('’', "'");
        let spaced = match spaced.split_once('t') {
            Some((date, time)) if date.parse::<Date>().is_ok() => format!("{date} {time}"),
            _ => spaced,
        };
        let parts: Vec<&str> = spaced.split([' ', ',', '(', ')']).filter(|part| !part.is_empty()).collect();
        let mut reading = Reading::default();
        let mut rest = parts.as_slice();
        while !rest.is_empty() {
            let used = reading.take_zone(rest).max(reading.take_hour(rest)).max(reading.take_day(rest));
            if used == 0 && !words::is_filler(rest[0]) {
                reading.has_rest = true;
            }
            rest = &rest[used.max(1)..];
        }
        reading
    }

    fn names_a_zone(&self) -> bool {
        self.zone.is_some() || self.has_foreign_zone
    }

    fn take_zone(&mut self, rest: &[&str]) -> usize {
        let Some((zone, used)) = zone::find(rest) else { return 0 };
        match zone {
            Some(zone) if self.zone.is_none() => self.zone = Some(zone),
            Some(_) => self.has_rest = true,
            None => self.has_foreign_zone = true,
        }
        used
    }

    fn take_hour(&mut self, rest: &[&str]) -> usize {
        if let Some(used) = words::duration(rest) {
            self.has_rest = true;
            return used;
        }
        let Some((time, used)) = words::hour(rest) else { return 0 };
        if self.hour.is_some() {
            self.has_rest = true;
        } else {
            self.hour = Some(rest.iter().take(used).copied().collect::<Vec<_>>().join(" "));
            self.time = time;
        }
        // "17:00+02:00" and "17:00z" carry their zone without a space.
        if let Some(zone) = words::attached_zone(rest[0]).and_then(zone::named) {
            self.zone = Some(zone);
        }
        used
    }

    fn take_day(&mut self, rest: &[&str]) -> usize {
        let Some((day, used)) = words::day(rest) else { return 0 };
        match (self.day, day) {
            (None, _) => self.day = Some(day),
            // "Friday 27 November 2026": the date decides if the weekday agrees.
            (Some(Day::Weekday(weekday)), Day::Date(date)) if date.weekday() == weekday => {
                self.day = Some(day)
            }
            _ => self.has_rest = true,
        }
        used
    }

    fn understand(&self, now: Timestamp) -> Result<Option<String>, Fault> {
        let Some(day) = self.day else { return Ok(None) };
        if let Day::Date(date) = day {
            // A day has passed only once it has passed in every time zone.
            let last_today = (now - 12.hours()).to_zoned_datetime(TimeZone::UTC).date();
            if date < last_today {
                return Err(Fault::DeadlinePast { date: date.to_string() });
            }
        }
        if self.has_rest || self.has_foreign_zone {
            return Ok(None);
        }
        let Some(date) = self.date(day, now) else { return Ok(None) };
        let (Some(time), Some(zone)) = (self.time, &self.zone) else {
            let is_day_alone = self.hour.is_none();
            return Ok(is_day_alone.then(|| date.to_string()));
        };
        let local = zone.to_ambiguous_zoned_datetime(date.to_datetime(time));
        if local.is_ambiguous() {
            let hour = self.hour.clone().unwrap_or_default();
            return Err(Fault::DeadlineClockChange { hour });
        }
        let Ok(moment) = local.unambiguous() else { return Ok(None) };
        if moment.timestamp() < now {
            return Err(Fault::DeadlinePast { date: moment.strftime("%Y-%m-%d %H:%M %:z").to_string() });
        }
        let name = zone.iana_name().filter(|name| name.contains('/'));
        let shown = moment.strftime("%Y-%m-%d %H:%M UTC%:z").to_string();
        Ok(Some(name.map_or_else(|| shown.clone(), |name| format!("{shown} ({name})"))))
    }

    /// The date, if only one can be meant. Without a zone, "today" is two or three dates around the world.
    fn date(&self, day: Day, now: Timestamp) -> Option<Date> {
        let in_zone = |zone: &TimeZone| now.to_zoned_datetime(zone.clone()).date();
        let (first, last) = match &self.zone {
            Some(zone) => (in_zone(zone), in_zone(zone)),
            None => (
                (now - 12.hours()).to_zoned_datetime(TimeZone::UTC).date(),
                (now + 14.hours()).to_zoned_datetime(TimeZone::UTC).date(),
            ),
        };
        match day {
            Day::Date(date) => Some(date),
            Day::OfYear(month, day) => {
                let this_year = Date::new(first.year(), month, day).ok()?;
                if this_year >= first {
                    Some(this_year)
                } else {
                    Date::new(first.year() + 1, month, day).ok()
                }
            }
            Day::Weekday(weekday) => {
                let mut date = first;
                while date <= last {
                    if date.weekday() == weekday {
                        return None;
                    }
                    date = date.tomorrow().ok()?;
                }
                last.nth_weekday(1, weekday).ok()
            }
            Day::Ahead(days) => (first == last).then(|| first.checked_add(i64::from(days).days()).ok())?,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A Tuesday, noon in Kigali, early morning in Toronto.
    fn now() -> Timestamp {
        "2026-11-24T10:00:00Z".parse().unwrap()
    }

    fn understood(typed: &str) -> Option<String> {
        Deadline::parse(typed, now()).unwrap().understood
    }

    #[test]
    fn what_can_only_mean_one_thing_is_understood() {
        for (typed, meant) in [
            ("2026-11-30", "2026-11-30"),
            ("Friday", "2026-11-27"),
            ("vendredi", "2026-11-27"),
            ("by Friday 5pm UTC", "2026-11-27 17:00 UTC+00:00"),
            ("Friday 5pm Toronto time", "2026-11-27 17:00 UTC-05:00 (America/Toronto)"),
            ("Friday 5pm, Kigali", "2026-11-27 17:00 UTC+02:00 (Africa/Kigali)"),
            ("vendredi à 17h30 heure de Paris", "2026-11-27 17:30 UTC+01:00 (Europe/Paris)"),
            ("Friday 27 November 2026 at noon ET", "2026-11-27 12:00 UTC-05:00 (America/New_York)"),
            ("30 November", "2026-11-30"),
            ("Nov 30, 2026", "2026-11-30"),
            ("le 3 janvier", "2027-01-03"),
            ("tomorrow 9:30 am +02:00", "2026-11-25 09:30 UTC+02:00"),
            ("2026-11-30T17:00Z", "2026-11-30 17:00 UTC+00:00"),
            ("2026-11-30 17:00+02:00", "2026-11-30 17:00 UTC+02:00"),
            ("today 23:00 UTC+2", "2026-11-24 23:00 UTC+02:00"),
        ] {
            assert_eq!(understood(typed).as_deref(), Some(meant), "{typed}");
        }
    }

    #[test]
    fn an_hour_without_a_zone_is_asked_about() {
        for (typed, asked) in [
            ("Friday 5pm", "5pm"),
            ("Friday 5 pm", "5 pm"),
            ("17:00", "17:00"),
            ("demain 17h", "17h"),
            ("noon on Monday", "noon"),
            ("before 5pm friday please", "5pm"),
            ("5pm local time", "5pm"),
            ("2026-11-30T17:00", "17:00"),
        ] {
            assert_eq!(
                Deadline::parse(typed, now()),
                Err(Fault::DeadlineZone { hour: asked.into() }),
                "{typed}"
            );
        }
    }

    #[test]
    fn an_hour_that_a_change_of_clocks_skips_or_repeats_is_asked_about() {
        for (typed, asked) in [
            ("2027-03-14 2:30 am Toronto time", "2:30 am"),
            ("2027-11-07 1:30 am Toronto time", "1:30 am"),
            ("2027-03-28 02:30 heure de Paris", "02:30"),
        ] {
            assert_eq!(
                Deadline::parse(typed, now()),
                Err(Fault::DeadlineClockChange { hour: asked.into() }),
                "{typed}"
            );
        }
        assert_eq!(understood("2027-03-14 2:30 am UTC").as_deref(), Some("2027-03-14 02:30 UTC+00:00"));
        assert_eq!(
            understood("2027-11-07 3:30 am Toronto time").as_deref(),
            Some("2027-11-07 03:30 UTC-05:00 (America/Toronto)")
        );
    }

    #[test]
    fn what_leaves_a_choice_is_passed_on_as_typed() {
        for typed in [
            "",
            "soon",
            "Tuesday",
            "next Friday",
            "before Friday",
            "3/4/2027",
            "today",
            "within 24 hours",
            "in 12h",
            "5pm UTC",
            "Friday 5pm Butare time",
            "Friday or Monday",
            "30 February",
            "Monday 27 November 2026",
            "25:99 Friday UTC",
            "👍 \u{202e}yadirF",
        ] {
            assert_eq!(understood(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_day_that_is_over_everywhere_is_refused() {
        for typed in ["2026-11-22", "2025-12-31 5pm UTC", "2026-11-24 09:00 UTC", "1 November 2026"] {
            assert!(matches!(Deadline::parse(typed, now()), Err(Fault::DeadlinePast { .. })), "{typed}");
        }
        assert_eq!(understood("2026-11-24").as_deref(), Some("2026-11-24"));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(typed in ".{0,120}") {
            drop(Deadline::parse(&typed, now()));
        }
    }
}
