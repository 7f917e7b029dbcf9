//! Turns a ranking into a decision: answer, suggest, refuse, or use a route instead. Pure.
//!
//! In doubt it does not answer: a wrong answer is worse than none.

use crate::knowledge::{
    content::entry::{Content, Entry, EntryId, Kind},
    matching::verdict::Decision,
};

/// What is known about one question.
pub(crate) struct Case<'a> {
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
    /// Whether it is far from every wording of the entry at this position.
    pub is_far_from: &'a dyn Fn(usize) -> bool,
    /// The probability that a journalist wrote it, from a classifier of its own; `None` if there is none.
    pub media: Option<f32>,
}

/// The share from which on a person is treated as in need: missing one is worse than being too careful.
const NEED_SHARE: f32 = 0.13;
/// The share from which on the sender is treated as a journalist if there is no classifier for that.
const MEDIA_SHARE: f32 = 0.22;
/// The odds of the share times those of the classifier from which on the sender is treated as a journalist. Set on
/// development questions so that nobody is lost whom the share alone finds.
const MEDIA_ODDS: f32 = 0.1;
/// The share that small talk and other subjects need.
const ROUTE_SHARE: f32 = 0.25;
/// The share that "the texts do not say" needs: a wrong one says nothing false, but nothing useful either.
const REFUSAL_SHARE: f32 = 0.35;
/// The confidence that an answer needs if the question mentions an unknown name. Mostly the name does not matter
/// ("I teach in Liège, …"), but sometimes it does ("How long has Tearfund …").
const SURE_DESPITE_UNKNOWN_NAME: f32 = 0.90;
/// The share from which on a near miss is shown.
const NEAR_SHARE: f32 = 0.06;
/// The most near misses that are shown.
const MAX_NEAR: usize = 3;

/// Decides one question. `is_answerable` says whether an entry may be shown, that is, has not expired.
pub(crate) fn decide(content: &Content, case: &Case<'_>, is_answerable: &dyn Fn(&Entry) -> bool) -> Decision {
    let entry = |at: usize| &content.entries[at];
    let share_of = |kind: Kind| -> (f32, Option<usize>) {
        let mut of_kind = case.order.iter().filter(|(at, _)| entry(*at).kind == kind);
        of_kind.next().map_or((0.0, None), |(at, share)| (*share, Some(*at)))
    };
    if let (share, Some(at)) = share_of(Kind::Need)
        && share >= NEED_SHARE
        && !(case.is_far_from)(at)
    {
        return Decision::Route(Kind::Need, entry(at).id.clone());
    }
    if let (share, Some(at)) = share_of(Kind::Media)
        && is_media(case, share)
        && !(case.is_far_from)(at)
    {
        return Decision::Route(Kind::Media, entry(at).id.clone());
    }
    // Whoever only mentions the press gets what is best besides; the confidence is not about that.
    let is_other_best = case.order.first().is_some_and(|(at, _)| entry(*at).kind != Kind::Media);
    let order = match is_other_best {
        true => case.order.to_vec(),
        false => without(case.order, |at| entry(at).kind == Kind::Media),
    };
    let Some(&(best, share)) = order.first() else { return Decision::Unknown(Vec::new()) };
    let near = if case.is_far { Vec::new() } else { near(content, &order, is_answerable) };
    let id = entry(best).id.clone();
    match entry(best).kind {
        Kind::Answer if is_other_best && is_sure(case) && is_answerable(entry(best)) => Decision::Answer(id),
        Kind::NotCovered if share >= REFUSAL_SHARE && is_answerable(entry(best)) => {
            Decision::NotCovered(id.clone(), near.into_iter().filter(|other| *other != id).collect())
        }
        Kind::Answer | Kind::NotCovered if !near.is_empty() => Decision::Suggest(near),
        kind if kind.is_route() && share >= ROUTE_SHARE && !(case.is_far_from)(best) => {
            Decision::Route(kind, id)
        }
        _ => Decision::Unknown(near),
    }
}

/// The ranking without some entries; the shares of the others sum to 1 again.
fn without(order: &[(usize, f32)], is_left_out: impl Fn(usize) -> bool) -> Vec<(usize, f32)> {
    let kept: Vec<(usize, f32)> = order.iter().copied().filter(|(at, _)| !is_left_out(*at)).collect();
    let total: f32 = kept.iter().map(|(_, share)| share).sum();
    kept.into_iter().map(|(at, share)| (at, share / total.max(f32::MIN_POSITIVE))).collect()
}

/// Whether a journalist wrote it, given the share of the route for them. With a classifier of its own, both must agree
/// to some extent: the odds are multiplied.
fn is_media(case: &Case<'_>, share: f32) -> bool {
    let odds = |p: f32| p.max(1e-3) / (1.0 - p).max(1e-3);
    case.may_be_media
        && match case.media {
            Some(media) => odds(share) * odds(media) >= MEDIA_ODDS,
            None => share >= MEDIA_SHARE,
        }
}

/// Whether the confidence is enough for an answer.
fn is_sure(case: &Case<'_>) -> bool {
    case.confidence >= case.threshold
        && (case.confidence >= SURE_DESPITE_UNKNOWN_NAME || !(case.mentions_unknown_name)())
        && !(case.is_doubtful)()
}

/// Entries worth offering, best first.
fn near(content: &Content, order: &[(usize, f32)], is_answerable: &dyn Fn(&Entry) -> bool) -> Vec<EntryId> {
    let is_offered = |at: usize| !content.entries[at].kind.is_route() && is_answerable(&content.entries[at]);
    near_places(order, is_offered).map(|at| content.entries[at].id.clone()).collect()
}

/// The positions of the entries worth offering, best first; `is_offered` says which may be.
pub(crate) fn near_places(
    order: &[(usize, f32)],
    is_offered: impl Fn(usize) -> bool,
) -> impl Iterator<Item = usize> {
    let near = order.iter().take_while(|(_, share)| *share >= NEAR_SHARE).map(|(at, _)| *at);
    near.filter(move |at| is_offered(*at)).take(MAX_NEAR)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::content::{
        finding::Findings,
        load,
        source::{Bundle, SourceFile},
    };

    const FILES: [(&str, &str); 6] = [
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
        ("_routes/media.md", "+++\nquestion = \"I write for a paper\"\nroute = \"media\"\n+++\nThank you.\n"),
        ("_routes/greeting.md", "+++\nquestion = \"hello\"\nroute = \"small_talk\"\n+++\nHello.\n"),
    ];

    /// The decision where these entries have these shares, the first with this confidence.
    fn decided(shares: &[(&str, f32)], confidence: f32, mentions_unknown_name: bool) -> Decision {
        decided_with(shares, confidence, mentions_unknown_name, false, None)
    }

    fn decided_with(
        shares: &[(&str, f32)],
        confidence: f32,
        mentions_unknown_name: bool,
        is_doubtful: bool,
        media: Option<f32>,
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
            is_far_from: &|_| confidence < 0.05,
            media,
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
        assert_eq!(decided_with(&shares, 0.97, false, true, None), Decision::Suggest(vec![id("books")]));
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
    fn a_route_that_is_far_from_the_message_is_not_taken_for_want_of_anything_nearer() {
        assert_eq!(decided(&[("need", 0.9)], 0.01, false), Decision::Unknown(Vec::new()));
    }

    #[test]
    fn a_message_that_only_mentions_the_press_gets_what_is_best_besides() {
        let shares = [("media", 0.5), ("greeting", 0.3), ("books", 0.1)];
        let media = Decision::Route(Kind::Media, id("media"));
        assert_eq!(decided(&shares, 0.9, false), media);
        assert_eq!(decided_with(&shares, 0.9, false, false, Some(0.6)), media);
        let besides = decided_with(&shares, 0.9, false, false, Some(0.05));
        assert_eq!(besides, Decision::Route(Kind::SmallTalk, id("greeting")));
        let unsure = decided_with(&[("media", 0.5), ("books", 0.4)], 0.9, false, false, Some(0.05));
        assert_eq!(unsure, Decision::Suggest(vec![id("books")]));
    }

    #[test]
    fn a_journalist_who_asks_for_a_fact_is_recognised_by_the_classifier() {
        let shares = [("books", 0.7), ("media", 0.2)];
        let with = |media| decided_with(&shares, 0.9, false, false, media);
        assert_eq!(with(Some(0.9)), Decision::Route(Kind::Media, id("media")));
        assert_eq!(with(Some(0.2)), Decision::Answer(id("books")));
        assert_eq!(with(None), Decision::Answer(id("books")));
    }

    #[test]
    fn without_a_near_entry_nothing_is_offered() {
        assert_eq!(decided(&[("books", 0.04)], 0.1, false), Decision::Unknown(Vec::new()));
        assert_eq!(decided(&[], 0.0, false), Decision::Unknown(Vec::new()));
        let greeted = decided(&[("greeting", 0.5), ("books", 0.1)], 0.1, false);
        assert_eq!(greeted, Decision::Route(Kind::SmallTalk, id("greeting")));
    }
}
