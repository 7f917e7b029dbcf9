//! `Bot::handle`, the only entry point: every request gets its reply, whoever asks and whatever they type.

use faqbot::{
    Lang,
    bot::{Action, Ask, EnquiryFields, Outcome, Place, Reply, Scene, Visibility, compose},
    config::Config,
    ids::{ChannelId, GuildId, InteractionId, UserId},
    knowledge::{Decision, Evidence, Kind, Verdict},
};
use proptest::prelude::*;

use crate::harness::sample_faq::{self, FILES, at_terminal, bot, id, member, moderator, words};

fn question(text: &str) -> Ask {
    Ask::Question { text: text.into(), private: None }
}

/// Nothing, or something to read.
fn says_something_or_is_silent(reply: &Reply) -> bool {
    let is_full = |text: &str| !text.trim().is_empty();
    match reply.visibility {
        Visibility::Silent => reply.cards.is_empty() && reply.form.is_none(),
        _ => {
            let has_cards = !reply.cards.is_empty() && reply.cards.iter().all(|card| is_full(&card.body));
            has_cards && reply.buttons.iter().all(|button| is_full(&button.label))
        }
    }
}

#[tokio::test]
async fn every_moderators_request_is_refused_to_a_member_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let bot = bot(FILES, folder.path(), Config::default());
    let reference = || "M-7K4Q2".to_owned();
    let asks = [
        Ask::Reload { allow_shrink: true },
        Ask::Test { text: "why?".into() },
        Ask::Status,
        Ask::Enquiries,
        Ask::EnquiryRetry { reference: reference() },
        Ask::EnquiryBlock { reference: reference() },
    ];
    for ask in asks {
        assert!(ask.needs_moderator());
        let reply = bot.handle(member(ask.clone())).await;
        assert_eq!(reply.visibility, Visibility::Private, "{ask:?}");
        assert!(words(&reply).contains("Only moderators"), "{ask:?}");
        assert!(!words(&bot.handle(moderator(ask.clone())).await).contains("Only moderators"), "{ask:?}");
    }
}

#[tokio::test]
async fn an_empty_question_gets_help_and_an_empty_message_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let bot = bot(FILES, folder.path(), Config::default());
    let help = bot.handle(member(Ask::Help)).await;
    assert_eq!(bot.handle(member(question(" \n\t"))).await, help);
    assert!(bot.handle(member(Ask::Overheard { text: " ".into() })).await.is_silent());
}

#[tokio::test]
async fn a_person_who_asks_too_fast_reads_privately_how_long_to_wait() {
    let folder = tempfile::tempdir().unwrap();
    let bot = bot(FILES, folder.path(), Config::default());
    for _ in 0..5 {
        assert!(!words(&bot.handle(member(question("why does the branch close?"))).await).contains("wait"));
    }
    let reply = bot.handle(member(question("why does the branch close?"))).await;
    assert_eq!(reply.visibility, Visibility::Private);
    assert!(words(&reply).contains("Please wait"));
    // Buttons, help and the contact are no questions.
    assert_eq!(bot.handle(member(Ask::Media)).await.outcome, Outcome::Media);
    let mut other = member(question("why does the branch close?"));
    other.actor.id = UserId::new(8);
    assert!(!words(&bot.handle(other).await).contains("Please wait"));
}

#[tokio::test]
async fn no_request_bypasses_the_limits() {
    let folder = tempfile::tempdir().unwrap();
    let bot = bot(FILES, folder.path(), Config::default());
    let fields = || EnquiryFields { question: "My ```question```".into(), ..EnquiryFields::default() };
    let asks = [
        question("entry:why-closing"),
        question(" "),
        Ask::Show { entry: id("books"), private: None },
        Ask::NotHelpful { entry: None },
        Ask::Help,
        Ask::Media,
        Ask::MediaForm { draft: None },
        Ask::MediaStatus { reference: "M-7K4Q2".into() },
        Ask::MediaSubmit { interaction: InteractionId::new(1), fields: fields() },
        Ask::PrivacyErase,
        Ask::Stale,
    ];
    for (at, ask) in (100..).zip(asks) {
        let mut request = member(ask);
        request.actor.id = UserId::new(at);
        let mut last = bot.handle(request.clone()).await;
        assert!(!words(&last).contains("Please wait"), "{:?}", request.ask);
        for _ in 0..30 {
            last = bot.handle(request.clone()).await;
        }
        assert!(words(&last).contains("Please wait"), "{:?}", request.ask);
        assert_eq!(last.visibility, Visibility::Private, "{:?}", request.ask);
        let is_form = matches!(request.ask, Ask::MediaSubmit { .. });
        assert_eq!(words(&last).contains("My '''question'''"), is_form, "a form gives back what was typed");
        request.ask = Ask::NeedHelp;
        assert_eq!(bot.handle(request).await.outcome, Outcome::Sensitive);
    }
    let mut found = usize::MAX;
    for _ in 0..150 {
        found = bot.handle(member(Ask::Complete { prefix: "branch".into() })).await.completions.len();
    }
    assert_eq!(found, 0, "completions are left empty over the limit");
}

#[tokio::test]
async fn a_near_miss_is_shown_privately_to_whoever_did_not_ask() {
    let folder = tempfile::tempdir().unwrap();
    let bot = bot(FILES, folder.path(), Config::default());
    let near = Action::Show { entry: id("books"), asker: Some(UserId::new(7)) };
    for (person, visibility) in [(7, Visibility::Public), (8, Visibility::Private)] {
        let mut request = member(near.ask(UserId::new(person)).unwrap());
        request.actor.id = UserId::new(person);
        assert_eq!(bot.handle(request).await.visibility, visibility);
    }
}

#[tokio::test]
async fn a_person_in_need_is_never_asked_to_wait() {
    let folder = tempfile::tempdir().unwrap();
    let bot = bot(FILES, folder.path(), Config::default());
    for _ in 0..6 {
        bot.handle(member(question("why does the branch close?"))).await;
    }
    for ask in [question("Somebody hurt me"), Ask::Overheard { text: "somebody hurt me".into() }] {
        let reply = bot.handle(member(ask)).await;
        assert_eq!((reply.outcome, reply.visibility), (Outcome::Sensitive, Visibility::Private));
        assert!(reply.buttons.is_empty());
    }
}

#[tokio::test]
async fn each_question_of_a_message_is_answered_once_and_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let bot = bot(FILES, folder.path(), Config::default());
    let text = "How many books were borrowed? Why does the branch close? How many books were borrowed?";
    let reply = bot.handle(member(question(text))).await;
    let entries: Vec<_> = reply.cards.iter().filter_map(|card| card.entry.clone()).collect();
    assert_eq!(entries, [id("books"), id("why-closing")]);
}

#[tokio::test]
async fn the_terminal_may_ask_as_fast_as_it_likes() {
    let folder = tempfile::tempdir().unwrap();
    let bot = bot(FILES, folder.path(), Config::default());
    for _ in 0..50 {
        assert!(!words(&bot.handle(at_terminal("why does the branch close?")).await).contains("Please wait"));
    }
}

#[tokio::test]
async fn a_chosen_completion_shows_its_entry() {
    let folder = tempfile::tempdir().unwrap();
    let bot = bot(FILES, folder.path(), Config::default());
    let mut request = member(Ask::Complete { prefix: "branch".into() });
    request.locale = Lang::Fr;
    let choices = bot.handle(request).await.completions;
    assert!(!choices.is_empty() && choices.len() <= 25);
    let choice = choices.iter().find(|choice| choice.value == "entry:why-closing").unwrap();
    assert_eq!(choice.name, "Pourquoi la filiale ferme-t-elle ?");
    assert!(choices.iter().all(|choice| !choice.value.contains("need")), "routes are not offered");
    let reply = bot.handle(member(question(&choice.value))).await;
    assert_eq!(reply.outcome, Outcome::Answer);
    assert_eq!(reply.cards[0].entry, Some(id("why-closing")));
}

#[tokio::test]
async fn an_entry_whose_last_day_is_over_is_not_shown_by_an_old_button() {
    let folder = tempfile::tempdir().unwrap();
    let old = "+++\nquestion = \"Is there a feast?\"\nkind = \"not_covered\"\nvalid_until = 2026-07-31\n+++\nThere is.\n";
    let files = [FILES, &[("feast.md", old)]].concat();
    let bot = bot(&files, folder.path(), Config::default());
    let reply = bot.handle(member(Ask::Show { entry: id("feast"), private: None })).await;
    assert!(words(&reply).contains("no longer"));
}

#[tokio::test]
async fn not_helpful_is_counted_by_entry_and_ids_that_never_existed_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let bot = bot(FILES, folder.path(), Config::default());
    for entry in [Some(id("books")), Some(id("books")), None, Some(id("invented"))] {
        bot.handle(member(Ask::NotHelpful { entry })).await;
    }
    let status = words(&bot.handle(moderator(Ask::Status)).await);
    assert!(status.contains("since the start: 3"), "{status}");
    assert!(status.contains("`books`") && !status.contains("invented"), "{status}");
}

#[tokio::test]
async fn without_a_press_desk_no_reply_says_that_an_enquiry_was_saved() {
    let folder = tempfile::tempdir().unwrap();
    let bot = bot(FILES, folder.path(), Config::default());
    let fields = EnquiryFields { name: "Ann".into(), ..EnquiryFields::default() };
    let reply = bot.handle(member(Ask::MediaSubmit { interaction: InteractionId::new(1), fields })).await;
    assert!(words(&reply).contains("nothing was stored"));
}

fn any_lang() -> impl Strategy<Value = Lang> {
    proptest::sample::select(Lang::ALL.to_vec())
}

fn any_place() -> impl Strategy<Value = Place> {
    proptest::sample::select(vec![
        Place::Terminal,
        Place::Direct,
        Place::Guild { guild: GuildId::new(1), channel: ChannelId::new(2) },
    ])
}

fn any_decision() -> impl Strategy<Value = Decision> {
    let names = ["books", "why-closing", "opening-hours", "media", "need", "greeting", "gone"];
    let entry = proptest::sample::select(names.to_vec()).prop_map(id);
    let near = proptest::collection::vec(entry.clone(), 0..4);
    let kinds = [Kind::Media, Kind::Need, Kind::SmallTalk, Kind::OffTopic, Kind::Chatter];
    prop_oneof![
        entry.clone().prop_map(Decision::Answer),
        (0usize..5).prop_map(|number| Decision::Passages(vec![number, 1])),
        near.clone().prop_map(Decision::Suggest),
        (entry.clone(), near.clone()).prop_map(|(entry, near)| Decision::NotCovered(entry, near)),
        near.prop_map(Decision::Unknown),
        (proptest::sample::select(kinds.to_vec()), entry).prop_map(|(kind, id)| Decision::Route(kind, id)),
    ]
}

fn any_verdict() -> impl Strategy<Value = Verdict> {
    (any::<String>(), any_lang(), any_decision(), any::<f32>(), any::<usize>()).prop_map(
        |(question, lang, decision, confidence, wording)| {
            let evidence = Evidence { margin: confidence, wording, ..Evidence::default() };
            Verdict { question, lang, decision, confidence, evidence }
        },
    )
}

proptest! {
    #[test]
    fn any_verdicts_give_a_reply_that_says_something_or_silence(
        verdicts in proptest::collection::vec(any_verdict(), 0..5),
        place in any_place(),
        locale in any_lang(),
        private in any::<Option<bool>>(),
        is_overheard in any::<bool>(),
    ) {
        let (content, config) = (sample_faq::content(), Config::default());
        let scene =
            Scene { content: &content, generation: 1, config: &config, asker: UserId::new(7), place, locale, private, is_overheard };
        let reply = compose(&scene, &verdicts);
        prop_assert!(says_something_or_is_silent(&reply));
        prop_assert!(is_overheard || !reply.is_silent());
        prop_assert!(reply.buttons.len() <= 10);
        let is_need = verdicts.iter().any(|v| matches!(v.decision, Decision::Route(Kind::Need, _)));
        prop_assert_eq!(is_need, reply.outcome == Outcome::Sensitive);
        prop_assert!(!is_need || reply.visibility == Visibility::Private);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_message_gets_a_reply_that_says_something_or_silence(
        typed in prop_oneof![any::<String>(), "\\PC{0,4000}", "[@<>#&`*_|~\\[\\]()^\\\\ \"':]{0,80}"],
        locale in any_lang(),
        place in any_place(),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let bot = bot(FILES, folder.path(), Config::default());
        let asks = [
            Ask::Question { text: typed.clone(), private: None },
            Ask::Overheard { text: typed.clone() },
            Ask::Test { text: typed.clone() },
        ];
        for ask in asks {
            let is_overheard = matches!(ask, Ask::Overheard { .. });
            let mut request = moderator(ask);
            (request.locale, request.place) = (locale, place);
            let reply = runtime.block_on(bot.handle(request));
            prop_assert!(says_something_or_is_silent(&reply));
            prop_assert!(is_overheard || !reply.is_silent());
            prop_assert!(!words(&reply).contains("that was my fault"), "an apology: {}", words(&reply));
        }
        let mut request = member(Ask::Complete { prefix: typed });
        request.place = place;
        let reply = runtime.block_on(bot.handle(request));
        prop_assert!(reply.completions.len() <= 25);
    }
}
