//! From a ranking to a decision: answer, suggest, say that the texts do not say it, or take a route. Pure.
//!
//! Every doubt is decided against answering: a wrong answer is worse than none.

use crate::knowledge::{
    content::entry::{Content, Entry, EntryId, Kind},
    matching::verdict::Decision,
};

/// What is known of one question.
pub struct Case<'a> {
    /// Entries with their shares of all scores, best first.
    pub order: &'a [(usize, f32)],
    /// The probability that the best is right.
    pub confidence: f32,
    /// The confidence an answer needs.
    pub threshold: f32,
    /// Whether it is far from every wording of the FAQ: then nothing is offered.
    pub is_far: bool,
    /// Whether it names somebody or something that the texts do not know.
    pub mentions_unknown_name: &'a dyn Fn() -> bool,
}

/// A person in need is recognised from this share on: to miss one is worse than to be too careful.
const NEED_SHARE: f32 = 0.13;
/// A journalist, at this share.
const MEDIA_SHARE: f32 = 0.22;
/// Small talk and other subjects, at this share.
const ROUTE_SHARE: f32 = 0.25;
/// An honest "the texts do not say" needs this share: the wrong one says nothing false, but nothing useful either.
const REFUSAL_SHARE: f32 = 0.35;
/// A question that names somebody or something the texts do not know is answered from this confidence on only: mostly
/// the name is beside the point ("I teach in Liège, …"), sometimes it is the point ("How long has Tearfund …").
const SURE_OF_STRANGERS: f32 = 0.80;
/// A near miss is shown from this share on.
const NEAR_SHARE: f32 = 0.06;
/// Near misses shown at most.
const MAX_NEAR: usize = 3;

/// Decides one question. `is_open` tells whether an entry may be answered (it is not expired).
pub fn decide(content: &Content, case: &Case<'_>, is_open: &dyn Fn(&Entry) -> bool) -> Decision {
    let entry = |at: usize| &content.entries[at];
    let share_of = |kind: Kind| -> (f32, Option<usize>) {
        let mut of_kind = case.order.iter().filter(|(at, _)| entry(*at).kind == kind);
        of_kind.next().map_or((0.0, None), |(at, share)| (*share, Some(*at)))
    };
    for (kind, least) in [(Kind::Need, NEED_SHARE), (Kind::Media, MEDIA_SHARE)] {
        if let (share, Some(at)) = share_of(kind)
            && share >= least
        {
            return Decision::Route(kind, entry(at).id.clone());
        }
    }
    let Some(&(best, share)) = case.order.first() else { return Decision::Unknown(Vec::new()) };
    let near = if case.is_far { Vec::new() } else { near(content, case.order, is_open) };
    let id = entry(best).id.clone();
    match entry(best).kind {
        Kind::Answer if is_sure(case) && is_open(entry(best)) => Decision::Answer(id),
        Kind::NotCovered if share >= REFUSAL_SHARE && is_open(entry(best)) => {
            Decision::NotCovered(id.clone(), near.into_iter().filter(|other| *other != id).collect())
        }
        Kind::Answer | Kind::NotCovered if !near.is_empty() => Decision::Suggest(near),
        kind if kind.is_route() && share >= ROUTE_SHARE => Decision::Route(kind, id),
        _ => Decision::Unknown(near),
    }
}

/// Whether the confidence is enough for an answer.
fn is_sure(case: &Case<'_>) -> bool {
    case.confidence >= case.threshold
        && (case.confidence >= SURE_OF_STRANGERS || !(case.mentions_unknown_name)())
}

/// Entries worth offering, best first.
fn near(content: &Content, order: &[(usize, f32)], is_open: &dyn Fn(&Entry) -> bool) -> Vec<EntryId> {
    order
        .iter()
        .take_while(|(_, share)| *share >= NEAR_SHARE)
        .map(|(at, _)| &content.entries[*at])
        .filter(|entry| !entry.kind.is_route() && is_open(entry))
        .take(MAX_NEAR)
        .map(|entry| entry.id.clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::content::{
        finding::Findings,
        load,
        source::{Bundle, SourceFile},
    };

    const FILES: [(&str, &str); 5] = [
        (
            "announcement.md",
            "+++\ntitle = \"Closing\"\nurl = \"https://library.example/closing\"\nmedia_contact = \"press@library.example\"\n\
             publisher = \"The library\"\n+++\nReaders borrowed over 300 books.\n",
        ),
        (
            "books.md",
            "+++\nquestion = \"How many books?\"\nquotes = [\"borrowed over 300 books\"]\n+++\nOver 300 books.\n",
        ),
        ("hours.md", "+++\nquestion = \"When is it open?\"\nkind = \"not_covered\"\n+++\nIt does not say.\n"),
        ("_routes/need.md", "+++\nquestion = \"Somebody hurt me\"\nroute = \"need\"\n+++\nI am so sorry.\n"),
        ("_routes/greeting.md", "+++\nquestion = \"hello\"\nroute = \"small_talk\"\n+++\nHello.\n"),
    ];

    /// The decision where these entries have these shares, the first with this confidence.
    fn decided(shares: &[(&str, f32)], confidence: f32, mentions_unknown_name: bool) -> Decision {
        let file =
            |(path, text): (&str, &str)| SourceFile { path: path.into(), bytes: text.as_bytes().into() };
        let bundle = Bundle::new(FILES.into_iter().map(file).collect(), Findings::new());
        let content = load::validate(&bundle, jiff::civil::date(2026, 8, 1)).unwrap().content;
        let place = |id: &str| content.entries.iter().position(|entry| entry.id.to_string() == id).unwrap();
        let order: Vec<(usize, f32)> = shares.iter().map(|(id, share)| (place(id), *share)).collect();
        let case = Case {
            order: &order,
            confidence,
            threshold: 0.7,
            is_far: confidence < 0.05,
            mentions_unknown_name: &|| mentions_unknown_name,
        };
        decide(&content, &case, &|_| true)
    }

    fn id(name: &str) -> EntryId {
        EntryId::new(name).unwrap()
    }

    #[test]
    fn an_answer_needs_its_threshold_and_a_surer_match_where_a_stranger_is_named() {
        let shares = [("books", 0.9), ("hours", 0.05)];
        assert_eq!(decided(&shares, 0.75, false), Decision::Answer(id("books")));
        assert_eq!(decided(&shares, 0.65, false), Decision::Suggest(vec![id("books")]));
        assert_eq!(decided(&shares, 0.75, true), Decision::Suggest(vec![id("books")]));
        assert_eq!(decided(&shares, 0.95, true), Decision::Answer(id("books")));
    }

    #[test]
    fn a_person_in_need_goes_before_a_better_match() {
        let shares = [("books", 0.8), ("need", 0.15)];
        assert_eq!(decided(&shares, 0.95, false), Decision::Route(Kind::Need, id("need")));
    }

    #[test]
    fn what_is_not_covered_is_said_with_what_is_near() {
        let shares = [("hours", 0.6), ("books", 0.3)];
        assert_eq!(decided(&shares, 0.1, false), Decision::NotCovered(id("hours"), vec![id("books")]));
    }

    #[test]
    fn a_question_far_from_every_wording_is_offered_nothing() {
        let shares = [("books", 0.6), ("hours", 0.3)];
        assert_eq!(decided(&shares, 0.1, false), Decision::Suggest(vec![id("books"), id("hours")]));
        assert_eq!(decided(&shares, 0.01, false), Decision::Unknown(Vec::new()));
    }

    #[test]
    fn nothing_near_is_nothing_offered() {
        assert_eq!(decided(&[("books", 0.04)], 0.1, false), Decision::Unknown(Vec::new()));
        assert_eq!(decided(&[], 0.0, false), Decision::Unknown(Vec::new()));
        let greeted = decided(&[("greeting", 0.5), ("books", 0.1)], 0.1, false);
        assert_eq!(greeted, Decision::Route(Kind::SmallTalk, id("greeting")));
    }
}
