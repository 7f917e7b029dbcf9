//! Turns a ranking into a decision: answer, suggest, refuse, or use a route instead. Pure.
//!
//! In doubt it does not answer: a wrong answer is worse than none.

use crate::knowledge::{
    content::entry::{Content, Entry, EntryId, Kind},
    matching::verdict::Decision,
};

/// What is known about one question.
pub struct Case<'a> {
    /// Entries with their shares of all scores, best first; the shares sum to 1.
    pub order: &'a [(usize, f32)],
    /// The probability that the best entry is right, 0 to 1.
    pub confidence: f32,
    /// The confidence that an answer needs, 0 to 1.
    pub threshold: f32,
    /// Whether it is far from every wording of the FAQ: then nothing is offered.
    pub is_far: bool,
    /// Whether the question mentions a name that the texts do not have.
    pub mentions_unknown_name: &'a dyn Fn() -> bool,
    /// Whether the nearest wording looks like the question but may mean something else.
    pub is_doubtful: &'a dyn Fn() -> bool,
    /// Whether the message says enough to come from a journalist: a single word of another language does not.
    pub may_be_media: bool,
}

/// The share from which on a person is treated as in need: missing one is worse than being too careful.
const NEED_SHARE: f32 = 0.13;
/// The share from which on the sender is treated as a journalist.
const MEDIA_SHARE: f32 = 0.22;
/// The share that small talk and other subjects need.
const ROUTE_SHARE: f32 = 0.25;
/// The share that "the texts do not say" needs: a wrong one says nothing false, but nothing useful either.
const REFUSAL_SHARE: f32 = 0.35;
/// The confidence that an answer needs if the question mentions an unknown name. Mostly the name does not matter
/// ("I teach in Liège, …"), but sometimes it does ("How long has Tearfund …").
const SURE_DESPITE_UNKNOWN_NAME: f32 = 0.80;
/// The share from which on a near miss is shown.
const NEAR_SHARE: f32 = 0.06;
/// The most near misses that are shown.
const MAX_NEAR: usize = 3;

/// Decides one question. `is_answerable` says whether an entry may be shown, that is, has not expired.
pub fn decide(content: &Content, case: &Case<'_>, is_answerable: &dyn Fn(&Entry) -> bool) -> Decision {
    let entry = |at: usize| &content.entries[at];
    let share_of = |kind: Kind| -> (f32, Option<usize>) {
        let mut of_kind = case.order.iter().filter(|(at, _)| entry(*at).kind == kind);
        of_kind.next().map_or((0.0, None), |(at, share)| (*share, Some(*at)))
    };
    let media_share = if case.may_be_media { MEDIA_SHARE } else { f32::INFINITY };
    for (kind, least) in [(Kind::Need, NEED_SHARE), (Kind::Media, media_share)] {
        if let (share, Some(at)) = share_of(kind)
            && share >= least
        {
            return Decision::Route(kind, entry(at).id.clone());
        }
    }
    let Some(&(best, share)) = case.order.first() else { return Decision::Unknown(Vec::new()) };
    let near = if case.is_far { Vec::new() } else { near(content, case.order, is_answerable) };
    let id = entry(best).id.clone();
    match entry(best).kind {
        Kind::Answer if is_sure(case) && is_answerable(entry(best)) => Decision::Answer(id),
        Kind::NotCovered if share >= REFUSAL_SHARE && is_answerable(entry(best)) => {
            Decision::NotCovered(id.clone(), near.into_iter().filter(|other| *other != id).collect())
        }
        Kind::Answer | Kind::NotCovered if !near.is_empty() => Decision::Suggest(near),
        Kind::Media if !case.may_be_media => Decision::Unknown(near),
        kind if kind.is_route() && share >= ROUTE_SHARE => Decision::Route(kind, id),
        _ => Decision::Unknown(near),
    }
}

/// Whether the confidence is enough for an answer.
fn is_sure(case: &Case<'_>) -> bool {
    case.confidence >= case.threshold
        && (case.confidence >= SURE_DESPITE_UNKNOWN_NAME || !(case.mentions_unknown_name)())
        && !(case.is_doubtful)()
}

/// The entries to offer, best first.
fn near(content: &Content, order: &[(usize, f32)], is_answerable: &dyn Fn(&Entry) -> bool) -> Vec<EntryId> {
    order
        .iter()
        .take_while(|(_, share)| *share >= NEAR_SHARE)
        .map(|(at, _)| &content.entries[*at])
        .filter(|entry| !entry.kind.is_route() && is_answerable(entry))
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
        decided_in_doubt(shares, confidence, mentions_unknown_name, false)
    }

    fn decided_in_doubt(
        shares: &[(&str, f32)],
        confidence: f32,
        mentions_unknown_name: bool,
        is_doubtful: bool,
    ) -> Decision {
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
            is_doubtful: &|| is_doubtful,
            may_be_media: true,
        };
        decide(&content, &case, &|_| true)
    }

    fn id(name: &str) -> EntryId {
        EntryId::new(name).unwrap()
    }

    #[test]
    fn an_answer_needs_its_threshold_and_more_where_an_unknown_name_is_mentioned() {
        let shares = [("books", 0.9), ("hours", 0.05)];
        assert_eq!(decided(&shares, 0.75, false), Decision::Answer(id("books")));
        assert_eq!(decided(&shares, 0.65, false), Decision::Suggest(vec![id("books")]));
        assert_eq!(decided(&shares, 0.75, true), Decision::Suggest(vec![id("books")]));
        assert_eq!(decided(&shares, 0.95, true), Decision::Answer(id("books")));
    }

    #[test]
    fn an_entry_whose_wording_may_mean_something_else_is_only_offered() {
        let shares = [("books", 0.9), ("hours", 0.05)];
        assert_eq!(decided_in_doubt(&shares, 0.97, false, true), Decision::Suggest(vec![id("books")]));
    }

    #[test]
    fn a_person_in_need_takes_precedence_over_a_better_match() {
        let shares = [("books", 0.8), ("need", 0.15)];
        assert_eq!(decided(&shares, 0.95, false), Decision::Route(Kind::Need, id("need")));
    }

    #[test]
    fn a_refusal_comes_with_near_misses() {
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
    fn without_a_near_entry_nothing_is_offered() {
        assert_eq!(decided(&[("books", 0.04)], 0.1, false), Decision::Unknown(Vec::new()));
        assert_eq!(decided(&[], 0.0, false), Decision::Unknown(Vec::new()));
        let greeted = decided(&[("greeting", 0.5), ("books", 0.1)], 0.1, false);
        assert_eq!(greeted, Decision::Route(Kind::SmallTalk, id("greeting")));
    }
}
