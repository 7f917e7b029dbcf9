//! The words of days and hours in English and French, lower-case.

use jiff::civil::{Date, Time, Weekday};

use super::Day;

/// Words that change nothing.
pub(super) fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "at" | "by" | "on" | "the" | "of" | "le" | "à" | "a" | "de" | "pour" | "deadline" | "-" | "." | "·"
    )
}

/// A day at the beginning of `rest`, and how many words it takes.
pub(super) fn day(rest: &[&str]) -> Option<(Day, usize)> {
    let first = *rest.first()?;
    if let Ok(date) = first.parse::<Date>() {
        // Only the form with dashes: `20261130` could be a telephone number.
        return first.contains('-').then_some((Day::Date(date), 1));
    }
    if let Some(weekday) = weekday(first) {
        return Some((Day::Weekday(weekday), 1));
    }
    match first {
        "today" | "aujourd'hui" => return Some((Day::Ahead(0), 1)),
        "tomorrow" | "demain" => return Some((Day::Ahead(1), 1)),
        _ => {}
    }
    let second = *rest.get(1)?;
    let (month, day) = match (month(first), month(second)) {
        (Some(month), _) => (month, ordinal(second)?),
        (None, Some(month)) => (month, ordinal(first)?),
        (None, None) => return None,
    };
    let year = rest.get(2).filter(|word| word.len() == 4).and_then(|word| word.parse::<i16>().ok());
    match year {
        Some(year) => Some((Day::Date(Date::new(year, month, day).ok()?), 3)),
        None => Some((Day::OfYear(month, day), 2)),
    }
}

/// An hour at the beginning of `rest`: its time, if it is one, and how many words it takes.
pub(super) fn hour(rest: &[&str]) -> Option<(Option<Time>, usize)> {
    let first = *rest.first()?;
    match first {
        "noon" | "midday" | "midi" => return Some((Some(Time::constant(12, 0, 0, 0)), 1)),
        // A day has two midnights, and it is unknown which one is meant.
        "midnight" | "minuit" => return Some((None, 1)),
        _ => {}
    }
    let bare = attached_zone(first).and_then(|zone| first.strip_suffix(zone)).unwrap_or(first);
    let digits_end = bare.find(|c: char| !c.is_ascii_digit()).unwrap_or(bare.len());
    let (digits, tail) = bare.split_at_checked(digits_end)?;
    if digits.is_empty() || digits.len() > 2 {
        return None;
    }
    let number: i8 = digits.parse().ok()?;
    let next = rest.get(1).copied().unwrap_or_default();
    if tail.is_empty() {
        return match next {
            "am" | "pm" | "a.m." | "p.m." | "a.m" | "p.m" => Some((twelve(number, 0, next), 2)),
            "h" | "heures" | "heure" => Some((Time::new(number, 0, 0, 0).ok(), 2)),
            "o'clock" => Some((None, 2)),
            _ => None,
        };
    }
    if let half @ ("am" | "pm" | "a.m." | "p.m.") = tail {
        return Some((twelve(number, 0, half), 1));
    }
    let minutes_and_rest = tail.strip_prefix([':', 'h'])?;
    if minutes_and_rest.is_empty() {
        return tail.starts_with('h').then(|| (Time::new(number, 0, 0, 0).ok(), 1));
    }
    let (minutes, half) = minutes_and_rest.split_at_checked(2)?;
    let minute: i8 = minutes.parse().ok()?;
    match (half, next) {
        ("am" | "pm", _) => Some((twelve(number, minute, half), 1)),
        ("" | ":00", "am" | "pm" | "a.m." | "p.m.") => Some((twelve(number, minute, next), 2)),
        ("" | ":00", _) => Some((Time::new(number, minute, 0, 0).ok(), 1)),
        _ => None,
    }
}

/// "Within 24 hours", "in 12h": a span, not an hour of the day.
pub(super) fn duration(rest: &[&str]) -> Option<usize> {
    let leads = matches!(*rest.first()?, "in" | "within" | "dans" | "sous" | "under");
    let number = if leads { *rest.get(1)? } else { rest[0] };
    let starts_with_digit = number.starts_with(|c: char| c.is_ascii_digit());
    let unit = rest.get(if leads { 2 } else { 1 }).copied().unwrap_or_default();
    let is_spelled =
        number.chars().all(|c| c.is_ascii_digit()) && matches!(unit, "hours" | "hour" | "hrs" | "days");
    match (leads, starts_with_digit, is_spelled) {
        (true, true, _) if unit.starts_with('h') || is_spelled => Some(3),
        (true, true, _) => Some(2),
        (false, true, true) => Some(2),
        _ => None,
    }
}

/// The zone at the end of an hour that is written without a space: `17:00+02:00`, `17:00z`.
pub(super) fn attached_zone(word: &str) -> Option<&str> {
    if !word.contains(':') || !word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let at = word.find(['+', '-', 'z'])?;
    word.split_at_checked(at).map(|(_, zone)| zone)
}

fn twelve(hour: i8, minute: i8, half: &str) -> Option<Time> {
    let is_afternoon = half.starts_with('p');
    let hour = match (hour, is_afternoon) {
        (12, false) => 0,
        (12, true) => 12,
        (1..=11, false) => hour,
        (1..=11, true) => hour + 12,
        _ => return None,
    };
    Time::new(hour, minute, 0, 0).ok()
}

fn ordinal(word: &str) -> Option<i8> {
    let bare = ["st", "nd", "rd", "th", "er"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    bare.parse().ok().filter(|day| (1..=31).contains(day))
}

fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" | "mon" | "lundi" => Weekday::Monday,
        "tuesday" | "tue" | "tues" | "mardi" => Weekday::Tuesday,
        "wednesday" | "wed" | "mercredi" => Weekday::Wednesday,
        "thursday" | "thu" | "thurs" | "jeudi" => Weekday::Thursday,
        "friday" | "fri" | "vendredi" => Weekday::Friday,
        "saturday" | "sat" | "samedi" => Weekday::Saturday,
        "sunday" | "sun" | "dimanche" => Weekday::Sunday,
        _ => return None,
    })
}

fn month(word: &str) -> Option<i8> {
    Some(match word.trim_end_matches('.') {
        "january" | "jan" | "janvier" => 1,
        "february" | "feb" | "février" | "fevrier" => 2,
        "march" | "mar" | "mars" => 3,
        "april" | "apr" | "avril" => 4,
        "may" | "mai" => 5,
        "june" | "jun" | "juin" => 6,
        "july" | "jul" | "juillet" => 7,
        "august" | "aug" | "août" | "aout" => 8,
        "september" | "sep" | "sept" | "septembre" => 9,
        "october" | "oct" | "octobre" => 10,
        "november" | "nov" | "novembre" => 11,
        "december" | "dec" | "décembre" | "decembre" => 12,
        _ => return None,
    })
}
