//! Recognises time zones as people name them: an offset, an unambiguous abbreviation, a city.

use jiff::tz::{Offset, TimeZone};

/// A zone at the beginning of `rest`, and how many words it takes. The inner `None` is an unknown name such as "Butare
/// time", which the reader will understand, so it is not asked about.
pub(super) fn find(rest: &[&str]) -> Option<(Option<TimeZone>, usize)> {
    if matches!(rest.first(), Some(&("heure" | "heures"))) {
        let of = usize::from(matches!(rest.get(1), Some(&("de" | "du"))));
        let name = rest.get(1 + of)?.trim_start_matches("d'");
        if matches!(name, "locale" | "précise" | "max" | "chez") {
            return None;
        }
        return Some((named(name).or_else(|| city(name)), 2 + of));
    }
    for length in (1..=rest.len().min(3)).rev() {
        let Some(words) = rest.get(..length) else { continue };
        let joined = words.join(" ");
        let zone = if length == 1 { named(&joined).or_else(|| city(&joined)) } else { city(&joined) };
        if zone.is_some() {
            let says_time = usize::from(rest.get(length) == Some(&"time"));
            return Some((zone, length + says_time));
        }
    }
    let says_time = rest.get(1) == Some(&"time");
    let is_nowhere = matches!(
        rest[0],
        "my" | "local"
            | "our"
            | "your"
            | "the"
            | "this"
            | "that"
            | "any"
            | "some"
            | "day"
            | "in"
            | "same"
            | "no"
            | "first"
    );
    (says_time && !is_nowhere && rest[0].chars().all(char::is_alphabetic)).then_some((None, 2))
}

/// An offset or an abbreviation. Ambiguous ones (CST, IST, BST, AST) are left out.
pub(super) fn named(word: &str) -> Option<TimeZone> {
    let hours = match word {
        "z" | "utc" | "gmt" | "wet" => 0,
        "cet" | "wat" | "west" => 1,
        "cest" | "cat" | "eet" | "sast" => 2,
        "eat" | "eest" | "msk" => 3,
        "jst" => 9,
        "edt" => -4,
        "est" | "cdt" => -5,
        "mdt" => -6,
        "mst" | "pdt" => -7,
        "pst" => -8,
        "et" => return TimeZone::get("America/New_York").ok(),
        "ct" => return TimeZone::get("America/Chicago").ok(),
        "mt" => return TimeZone::get("America/Denver").ok(),
        "pt" => return TimeZone::get("America/Los_Angeles").ok(),
        _ => return offset(word).or_else(|| iana(word)),
    };
    Some(TimeZone::fixed(Offset::from_hours(hours).ok()?))
}

fn iana(word: &str) -> Option<TimeZone> {
    word.contains('/').then(|| TimeZone::get(word).ok())?
}

/// `+02:00`, `utc+2`, `gmt-5`, `+0200`.
fn offset(word: &str) -> Option<TimeZone> {
    let bare = word.trim_start_matches("utc").trim_start_matches("gmt");
    let (sign, digits) = match bare.strip_prefix('+') {
        Some(digits) => (1, digits),
        None => (-1, bare.strip_prefix(['-', '−'])?),
    };
    let plain = digits.replace(':', "");
    if plain.is_empty() || plain.len() > 4 || !plain.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i32 = plain.parse().ok()?;
    let (hours, minutes) = if plain.len() <= 2 { (number, 0) } else { (number / 100, number % 100) };
    if hours > 14 || minutes > 59 {
        return None;
    }
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok().map(TimeZone::fixed)
}

/// A city that names a zone of the time zone database, or one of a few capitals that name none.
fn city(name: &str) -> Option<TimeZone> {
    let known = match name {
        "ottawa" => "America/Toronto",
        "washington" | "boston" | "new york city" => "America/New_York",
        "geneva" | "genève" | "geneve" => "Europe/Zurich",
        "rwanda" => "Africa/Kigali",
        // Parts of names in the database that are words of their own.
        "center" | "easter" | "west" | "north" | "south" | "act" | "general" | "acre" | "east"
        | "central" => return None,
        _ => "",
    };
    if !known.is_empty() {
        return TimeZone::get(known).ok();
    }
    if name.chars().count() < 4 || !name.is_ascii() {
        return None;
    }
    let wanted = name.replace(' ', "_");
    let found = jiff::tz::db().available().find(|zone| {
        zone.as_str().rsplit('/').next().is_some_and(|last| last.eq_ignore_ascii_case(&wanted))
            && zone.as_str().contains('/')
            && !zone.as_str().starts_with("Etc/")
    })?;
    TimeZone::get(found.as_str()).ok()
}
