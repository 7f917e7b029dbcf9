//! The files of a new folder: the settings, the announcement, three entries as examples, and the general routes.
//!
//! The routes are in `template/faq/`. They name no organisation and no country.

use serde::Serialize;

use super::Answers;
use crate::lang::Lang;

/// The name of each route, its file and its French text.
macro_rules! routes {
    ($($name:literal),*) => {
        [$((
            $name,
            include_str!(concat!("../../../../template/faq/_routes/", $name, ".md")),
            include_str!(concat!("../../../../template/faq/fr/_routes/", $name, ".md")),
        )),*]
    };
}

const ROUTES: [(&str, &str, &str); 9] =
    routes!("about-bot", "chatter", "goodbye", "greeting", "insult", "media", "need", "off-topic", "thanks");

const SETTINGS: &str = include_str!("../../../../bot.toml");

#[derive(Serialize)]
struct Front<'a> {
    question: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    quotes: &'a [String],
    #[serde(skip_serializing_if = "<[&str]>::is_empty")]
    asks: &'a [&'a str],
    also_asked: &'a [&'a str],
}

#[derive(Serialize)]
struct AnnouncementFront<'a> {
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    media_contact: &'a str,
    publisher: &'a str,
}

/// Every file with its path in the folder.
pub(super) fn files(answers: &Answers) -> Vec<(String, String)> {
    let mut files = vec![("bot.toml".to_owned(), SETTINGS.to_owned())];
    if let Some((title, paragraphs)) = &answers.announcement {
        let front =
            AnnouncementFront { title, media_contact: &answers.media_contact, publisher: &answers.name };
        files.push(("faq/announcement.md".to_owned(), file(&front, &paragraphs.join("\n\n"))));
    }
    let has_french = answers.languages.contains(&Lang::Fr);
    for (name, text, french) in ROUTES {
        files.push((format!("faq/_routes/{name}.md"), in_languages(text, &answers.languages)));
        if has_french {
            files.push((format!("faq/fr/_routes/{name}.md"), french.to_owned()));
        }
    }
    examples(answers, &mut files);
    if has_french {
        french_examples(answers, &mut files);
    }
    files
}

/// Three entries that show an answer, an answer from the title, and what the texts do not say.
fn examples(answers: &Answers, files: &mut Vec<(String, String)>) {
    let (title, first) = match &answers.announcement {
        Some((title, paragraphs)) => (Some(title), paragraphs.first().map(|paragraph| sentence(paragraph))),
        None => (None, None),
    };
    let about =
        first.clone().unwrap_or_else(|| format!("This is the FAQ of {}. Replace this text.", answers.name));
    let mut entry = |id: &str,
                     question: &str,
                     kind: Option<&str>,
                     quotes: &[String],
                     asks: &[&str],
                     also: &[&str],
                     body: &str| {
        let asks = if title.is_some() { asks } else { &[] };
        files.push((
            format!("faq/{id}.md"),
            file(&Front { question, kind, quotes, asks, also_asked: also }, body),
        ));
    };
    entry(
        "what-is-it-about",
        "What is this about?",
        None,
        first.as_slice(),
        &["so what's this all about"],
        &[
            "what happened",
            "what is the news",
            "tell me in short",
            "summary please",
            "what does it say",
            "what's going on",
        ],
        &about,
    );
    entry(
        "who-is-it-from",
        "Who is this from?",
        None,
        &title.cloned().into_iter().collect::<Vec<_>>(),
        &["and who put this out"],
        &[
            "who wrote this",
            "who published it",
            "which organisation is this",
            "who are you people",
            "whose announcement is it",
            "who is behind this",
        ],
        &format!("It is from {}.", answers.name),
    );
    entry(
        "what-does-it-cost",
        "What does it cost?",
        Some("not_covered"),
        &[],
        &["do i have to pay for it"],
        &[
            "is it free",
            "how much is it",
            "what is the price",
            "is there a fee",
            "how expensive is that",
            "costs",
        ],
        "The texts do not say what it costs.",
    );
}

fn french_examples(answers: &Answers, files: &mut Vec<(String, String)>) {
    let about = match answers.announcement.as_ref().and_then(|(_, paragraphs)| paragraphs.first()) {
        Some(paragraph) => sentence(paragraph),
        None => format!("C'est la FAQ de {}. Remplacez ce texte.", answers.name),
    };
    let mut entry = |id: &str, question: &str, also_asked: &[&str], body: &str| {
        let front = Front { question, kind: None, quotes: &[], asks: &[], also_asked };
        files.push((format!("faq/fr/{id}.md"), file(&front, body)));
    };
    entry(
        "what-is-it-about",
        "De quoi s'agit-il ?",
        &["c'est quoi la nouvelle", "en résumé", "que se passe-t-il"],
        &about,
    );
    entry(
        "who-is-it-from",
        "De qui cela vient-il ?",
        &["qui a écrit ça", "qui publie cela", "quelle organisation est-ce"],
        &format!("Cela vient de {}.", answers.name),
    );
    entry(
        "what-does-it-cost",
        "Combien cela coûte-t-il ?",
        &["c'est gratuit ?", "quel est le prix", "il faut payer ?"],
        "Les textes ne disent pas combien cela coûte.",
    );
}

/// The first sentence of a paragraph.
fn sentence(paragraph: &str) -> String {
    let end = paragraph.find(". ").map_or(paragraph.len(), |at| at + 1);
    paragraph.get(..end).unwrap_or(paragraph).to_owned()
}

fn file(front: &impl Serialize, body: &str) -> String {
    let front = toml::to_string_pretty(front).expect("texts and lists of texts are always TOML");
    format!("+++\n{front}+++\n{body}\n")
}

/// A route without the wordings of languages that are not among `languages`.
fn in_languages(route: &str, languages: &[Lang]) -> String {
    let mut kept = String::with_capacity(route.len());
    let mut is_left_out = false;
    for line in route.split_inclusive('\n') {
        if let Some(code) = line.trim_end().strip_suffix(" = [").filter(|code| code.len() == 2) {
            is_left_out = !languages.iter().any(|lang| lang.code() == code);
        } else if line.starts_with("+++") {
            is_left_out = false;
        }
        if !is_left_out {
            kept.push_str(line);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routes_name_no_organisation_and_no_country_and_hold_only_the_languages_asked_for() {
        for (name, text, french) in ROUTES {
            for word in ["ijm", "rwanda", "kigali", "announcement", "annonce"] {
                let text = format!("{text}{french}").to_lowercase();
                assert!(!text.contains(word), "{name}: {word}");
            }
            let english = in_languages(text, &[Lang::En]);
            assert!(
                english.contains("\nen = [") && !english.contains("\nfr = [") && english.contains("\n+++\n")
            );
        }
    }

    #[test]
    fn the_first_sentence_is_found() {
        assert_eq!(sentence("We close. We thank you."), "We close.");
        assert_eq!(sentence("No end"), "No end");
    }
}
