//! Tells questions that stand by themselves from those that go on from the one before: "who runs them?", "and judges?",
//! "since when?". Pure; `generation/asking/in_context.rs` asks such a question again with the subject of the entry that
//! was answered before.
//!
//! Nothing here knows the FAQ. What marks a question as depending on another is closed-class words, of which a language
//! has only so many: pronouns, conjunctions, question words.

use std::collections::BTreeSet;

use crate::{
    knowledge::{content::entry::Entry, matching::normalise},
    lang::Lang,
};

/// How a question depends on what was asked before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dependence {
    /// It says by itself what it is about.
    None,
    /// It has a subject of its own, but refers or joins on to something: "who helps them", "what about judges".
    Partial,
    /// It has no subject of its own: "since when?".
    Full,
}

/// A longer message says enough by itself.
const MAX_WORDS: usize = 14;
/// A message of so few words is a fragment even without a pronoun.
const FRAGMENT: usize = 3;
/// Words that are pronouns in a short message and mostly something else in a long one count up to this length.
const SHORT: usize = 6;

/// Words without a subject of their own: articles, prepositions, pronouns, auxiliaries, question words, fillers.
const FUNCTION_WORDS: &str = "\
    a an the of in on at to for from by with and or but is are was were be been being am do does did doing done has \
    have had will would can could should may might must shall what when where who whom whose which why how many much \
    long often it they them their theirs its these those this that there here he him his she her hers we us our you \
    your i me my mine not no yes so then about than as if into out up down over any some all also too just only \
    really exactly precisely ever still already yet please pls plz ok okay im ive youre theyre its dont doesnt didnt \
    isnt arent wasnt werent wont cant couldnt wouldnt shouldnt hasnt havent whats whos wheres whens hows thats theres \
    since ago tell know get got go going come make let lets tho though well um hey s t re ve ll d anything something nothing \
    anybody anyone somebody someone everybody everyone everything else one ones other others another same such \
    le la les l un une des du de en au aux et ou mais est sont etait etaient sera seront etre ete ont avait avaient \
    ai as avez avons qui que qu quoi quand pourquoi comment combien quel quelle quels quelles ils elles il elle on \
    leur leurs lui eux y ce cet cette ces c ca cela ceci se n ne pas plus pour par avec dans sur sous apres avant \
    depuis pendant temps tu vous nous je j m mon ma mes ton ta tes son sa ses notre nos votre vos si oui non aussi \
    alors donc bien tres tout tous toutes toute faire fait font dire dit dis svp stp meme encore deja toujours jamais \
    exactement vraiment celui celle ceux celles autre autres quelque chose quelqu";

/// Pronouns and the like that point to something said before.
const REFERENCES: &str = "\
    it they them their theirs its these those this that he him his she her ones others else same then such \
    ils elles eux leur leurs lui cela ca ceci celui celle ceux celles ces";

/// References in a short message only: in a long one they are mostly articles, prepositions or fillers.
const SHORT_REFERENCES: &str = "there here one other en y les cet cette autres";

/// Words with which a message goes on from another.
const JOINING: &str = "and but or so also then plus et mais ou alors donc aussi ni";

/// Words that ask for something.
const ASKING: &str = "\
    what when where who whom whose which why how since did does do is are was were will would can could has have whats whos \
    wheres hows qui que quoi quand ou pourquoi comment combien quel quelle quels quelles est sont depuis avec";

fn is_in(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|known| known == word)
}

/// How the folded `words` of a question depend on what was asked before.
pub(crate) fn dependence(words: &[String]) -> Dependence {
    let is_asking =
        joins_on(words) || words.iter().any(|word| is_in(ASKING, word)) || words.len() <= FRAGMENT;
    if words.is_empty() || words.len() > MAX_WORDS || !is_asking {
        return Dependence::None;
    }
    if n_content(words) == 0 {
        // "Ok" and "and so" ask nothing.
        let asks = words.iter().any(|word| is_in(ASKING, word));
        return if asks { Dependence::Full } else { Dependence::None };
    }
    let refers = words.iter().enumerate().any(|(at, word)| {
        is_in(REFERENCES, word)
            || (words.len() <= SHORT && is_in(SHORT_REFERENCES, word) && !is_expletive(words, at))
    });
    match refers || joins_on(words) || words.len() <= FRAGMENT {
        true => Dependence::Partial,
        false => Dependence::None,
    }
}

/// Forms of "be" before or behind a "there" that points to nothing.
const BE: &str = "is are was were will be isnt arent wasnt werent s";

/// Whether the word at `at` is the "there" of "is there parking", which points to nothing.
fn is_expletive(words: &[String], at: usize) -> bool {
    let is_be = |at: usize| words.get(at).is_some_and(|word| is_in(BE, word));
    // At the end it is a place: "how long were you there".
    words[at] == "there" && at + 1 < words.len() && (is_be(at + 1) || (at > 0 && is_be(at - 1)))
}

/// Whether a message begins or ends as the continuation of another: "and …", "what about …", "… too".
pub(crate) fn joins_on(words: &[String]) -> bool {
    let begins =
        |with: &[&str]| words.len() > with.len() && words.iter().zip(with).all(|(word, with)| word == with);
    let last = words.last().map_or("", String::as_str);
    words.len() > 1
        && (words.first().is_some_and(|word| is_in(JOINING, word))
            || begins(&["what", "about"])
            || begins(&["how", "about"])
            || begins(&["qu", "en", "est", "il"])
            || ["too", "either", "aussi"].contains(&last))
}

/// How many words of a question have a subject of their own.
pub(crate) fn n_content(words: &[String]) -> usize {
    content(words).count()
}

/// The words of a question that have a subject of their own.
pub(crate) fn content(words: &[String]) -> impl Iterator<Item = &String> {
    words.iter().filter(|word| is_content(word))
}

fn is_content(word: &str) -> bool {
    !is_in(FUNCTION_WORDS, word)
}

/// From so many entries on, a word of many questions is what the whole FAQ is about.
const MIN_ENTRIES: usize = 8;
/// The share of questions from which on a word is in many.
const COMMON: f32 = 0.2;

/// The subject of the entry at `at`, as words to put behind a question: the content words of its own question that other
/// entries' questions share, since those name what the entries have in common and not what tells them apart. All of them
/// where none is shared.
pub(crate) fn subject(entries: &[Entry], at: usize, lang: Lang) -> String {
    let Some(entry) = entries.get(at) else { return String::new() };
    let words = |entry: &Entry| normalise::words(&entry.version(lang).question);
    let others: Vec<BTreeSet<String>> = entries
        .iter()
        .filter(|other| !other.kind.is_route() && other.id != entry.id)
        .map(|other| words(other).iter().map(|word| normalise::stem(word)).collect())
        .collect();
    let count = |word: &String| others.iter().filter(|other| other.contains(&normalise::stem(word))).count();
    let is_common =
        |word: &String| others.len() >= MIN_ENTRIES && count(word) as f32 > COMMON * others.len() as f32;
    let content: Vec<String> =
        words(entry).into_iter().filter(|word| is_content(word) && !is_common(word)).collect();
    let shared: Vec<String> = content.iter().filter(|word| count(word) > 0).cloned().collect();
    if shared.is_empty() { content.join(" ") } else { shared.join(" ") }
}

/// Names of languages that an answer can be asked for in, folded.
const LANGUAGES: [(&str, Lang); 12] = [
    ("english", Lang::En),
    ("anglais", Lang::En),
    ("icyongereza", Lang::En),
    ("kiingereza", Lang::En),
    ("french", Lang::Fr),
    ("francais", Lang::Fr),
    ("igifaransa", Lang::Fr),
    ("kifaransa", Lang::Fr),
    ("kinyarwanda", Lang::Rw),
    ("ikinyarwanda", Lang::Rw),
    ("swahili", Lang::Sw),
    ("kiswahili", Lang::Sw),
];

/// Words around the name of a language in a message that only asks for another language.
const ASKING_FOR_LANGUAGE: &str = "\
    say answer translate translation repeat again write version language same thing text speak \
    repondre repondez reponds traduire traduis traduisez traduction repeter ecrire langue texte plait plais te parler";

/// The language that a message asks for, if it asks for nothing else: "and in French?".
pub(crate) fn asked_language(words: &[String]) -> Option<Lang> {
    let named = |word: &String| LANGUAGES.iter().find(|(name, _)| name == word).map(|(_, lang)| *lang);
    let mut langs = words.iter().filter_map(named);
    let lang = langs.next()?;
    let is_filler =
        |word: &String| !is_content(word) || is_in(ASKING_FOR_LANGUAGE, word) || named(word).is_some();
    (langs.next().is_none() && words.len() <= MAX_WORDS && words.iter().all(is_filler)).then_some(lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(question: &str) -> Dependence {
        dependence(&normalise::words(question))
    }

    #[test]
    fn a_question_with_its_own_subject_stands_by_itself() {
        for question in [
            "Why is the library moving?",
            "how many books were lent to the prison",
            "Where is the new building?",
            "Pourquoi la bibliothèque déménage-t-elle ?",
            "combien de livres ont été prêtés",
            "haha that was a nice and long read thank you all so much for it friends",
            "lol nice one guys",
            "ok",
            "and so",
            "Is there parking for bicycles?",
            "will there be a new library",
        ] {
            assert_eq!(of(question), Dependence::None, "{question}");
        }
    }

    #[test]
    fn pronouns_fragments_and_joining_words_depend_on_what_was_asked_before() {
        for question in
            ["since when?", "why not?", "with whom", "how many of them are there", "et pourquoi ?", "où ?"]
        {
            assert_eq!(of(question), Dependence::Full, "{question}");
        }
        for question in [
            "who runs them?",
            "what about judges?",
            "and the police?",
            "pastors too?",
            "qui les dirige ?",
            "et les juges ?",
            "combien y en aura-t-il ?",
            "exact number?",
        ] {
            assert_eq!(of(question), Dependence::Partial, "{question}");
        }
    }

    #[test]
    fn a_message_that_asks_only_for_another_language_is_recognised() {
        let asked = |text: &str| asked_language(&normalise::words(text));
        for text in [
            "and in French?",
            "en français svp",
            "say that in french pls",
            "Réponds en français s'il te plaît",
        ] {
            assert_eq!(asked(text), Some(Lang::Fr), "{text}");
        }
        assert_eq!(asked("in English please"), Some(Lang::En));
        for text in
            ["do the French police help?", "is there a French school", "in French or English?", "and?"]
        {
            assert_eq!(asked(text), None, "{text}");
        }
    }
}
