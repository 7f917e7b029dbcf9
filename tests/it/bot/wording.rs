//! Every card in both languages, as snapshots: tone, length and translation are reviewed by reading them.

use faqbot::{
    Lang,
    bot::{Action, Ask, Place, Reply, Scene, Visibility, Why, compose},
    config::Config,
    ids::{ChannelId, GuildId, UserId},
    knowledge::{Content, Decision, Evidence, Hit, Kind, Verdict},
};

use crate::harness::sample_faq::{self, content, id};

/// A reply as a reviewer reads it.
pub(crate) fn shown(reply: &Reply) -> String {
    if reply.visibility == Visibility::Silent {
        return "(silent)\n".into();
    }
    let mut lines = vec![format!("({:?}, {:?})", reply.visibility, reply.outcome)];
    for card in &reply.cards {
        lines.extend(card.title.iter().map(|title| format!("# {title}")));
        lines.push(card.body.clone());
        for source in &card.sources {
            lines.push(format!("> {} [{}]", source.quote, reply.source_label(source)));
        }
        lines.extend(card.url.iter().map(|url| format!("<{url}>")));
        lines.extend(card.footer.iter().map(|footer| format!("-- {footer}")));
    }
    lines.extend(reply.completions.iter().map(|choice| format!("* {} = {}", choice.name, choice.value)));
    for button in &reply.buttons {
        lines.push(format!("[{}] {:?}", button.label, button.action));
    }
    if let Some(public) = &reply.in_public {
        lines.push(format!("in public: {}", shown(public)));
    }
    lines.join("\n") + "\n"
}

fn verdict(decision: Decision, lang: Lang) -> Verdict {
    let hits = match &decision {
        Decision::Answer(entry) | Decision::NotCovered(entry, _) => {
            vec![Hit { entry: entry.clone(), kind: Kind::Answer, score: 0.81, parts: Vec::new() }]
        }
        _ => Vec::new(),
    };
    let evidence =
        Evidence { hits, margin: 0.42, threshold: 0.5, wording: 0, matched: 0b101, ..Evidence::default() };
    Verdict { question: "any?".into(), lang, decision, confidence: 0.93, evidence }
}

struct World {
    content: Content,
    config: Config,
}

impl World {
    fn new() -> World {
        let mut config = Config::default();
        config.safety.contact = "call 123".into();
        World { content: content(), config }
    }

    fn scene(&self, locale: Lang) -> Scene<'_> {
        Scene {
            content: &self.content,
            generation: 3,
            config: &self.config,
            asker: UserId::new(7),
            place: Place::Guild { guild: GuildId::new(1), channel: ChannelId::new(2) },
            locale,
            private: None,
            is_overheard: false,
        }
    }

    fn reply(&self, decisions: &[Decision], lang: Lang) -> Reply {
        let verdicts: Vec<_> = decisions.iter().map(|decision| verdict(decision.clone(), lang)).collect();
        compose(&self.scene(if lang == Lang::Fr { Lang::Fr } else { Lang::En }), &verdicts)
    }

    fn overheard(&self, decision: Decision) -> Reply {
        let scene = Scene { is_overheard: true, private: Some(false), ..self.scene(Lang::En) };
        let mut verdict = verdict(decision, Lang::En);
        verdict.question = "no question".into();
        compose(&scene, &[verdict])
    }
}

fn decisions() -> Vec<(&'static str, Vec<Decision>)> {
    let answer = || Decision::Answer(id("why-closing"));
    let route = |kind, name: &str| Decision::Route(kind, id(name));
    let media = || route(Kind::Media, "media");
    let near = || vec![id("why-closing"), id("books"), id("greeting"), id("gone")];
    vec![
        ("answer", vec![answer()]),
        ("answer_without_version", vec![Decision::Answer(id("books"))]),
        ("two_answers_one_twice", vec![answer(), Decision::Answer(id("books")), answer()]),
        ("passages", vec![Decision::Passages(vec![1, 2])]),
        ("suggest", vec![Decision::Suggest(near())]),
        ("not_covered", vec![Decision::NotCovered(id("opening-hours"), vec![id("books")])]),
        ("unknown", vec![Decision::Unknown(vec![])]),
        ("unknown_near", vec![Decision::Unknown(near())]),
        ("answer_and_unknown", vec![answer(), Decision::Unknown(vec![])]),
        ("media", vec![media()]),
        ("media_and_unknown", vec![media(), Decision::Unknown(vec![])]),
        ("media_and_answer", vec![answer(), media()]),
        ("need", vec![route(Kind::Need, "need")]),
        ("need_among_others", vec![answer(), route(Kind::Need, "need"), media()]),
        ("small_talk", vec![route(Kind::SmallTalk, "greeting")]),
        ("greeting_and_answer", vec![route(Kind::SmallTalk, "greeting"), answer()]),
        ("off_topic", vec![route(Kind::OffTopic, "off-topic")]),
        ("chatter", vec![route(Kind::Chatter, "chatter")]),
        ("nothing", vec![]),
        ("entry_that_is_gone", vec![Decision::Answer(id("gone"))]),
    ]
}

#[test]
fn every_decision_in_english_and_french() {
    let world = World::new();
    for (name, decisions) in decisions() {
        for lang in [Lang::En, Lang::Fr] {
            insta::assert_snapshot!(format!("{name}_{}", lang.code()), shown(&world.reply(&decisions, lang)));
        }
    }
}

#[test]
fn a_question_in_kinyarwanda_or_swahili_gets_english_and_a_line_that_says_so() {
    let world = World::new();
    for lang in [Lang::Rw, Lang::Sw] {
        let answer = world.reply(&[Decision::Answer(id("why-closing"))], lang);
        let need = world.reply(&[Decision::Route(Kind::Need, id("need"))], lang);
        let unknown = world.reply(&[Decision::Unknown(vec![])], lang);
        let all = [answer, need, unknown].iter().map(shown).collect::<Vec<_>>().join("\n");
        insta::assert_snapshot!(format!("language_{}", lang.code()), all);
    }
}

#[test]
fn a_need_is_answered_privately_and_repeats_nothing_of_the_rest() {
    let world = World::new();
    let decisions =
        [Decision::Answer(id("books")), Decision::Route(Kind::Need, id("need")), Decision::Passages(vec![2])];
    let reply = world.reply(&decisions, Lang::En);
    assert_eq!(reply.visibility, Visibility::Private);
    assert_eq!(reply.cards.len(), 1);
    assert!(!sample_faq::words(&reply).contains("300"));
    assert!(reply.buttons.is_empty());
    let public = reply.in_public.unwrap();
    assert_eq!(public.buttons[0].action, Action::NeedHelp);
    assert!(!sample_faq::words(&public).contains("sorry"));
}

#[test]
fn an_overheard_message_is_answered_only_if_there_is_something_to_say() {
    let world = World::new();
    let silent = |decision| world.overheard(decision).is_silent();
    assert!(silent(Decision::Route(Kind::Chatter, id("chatter"))));
    assert!(silent(Decision::Route(Kind::OffTopic, id("off-topic"))));
    assert!(silent(Decision::Route(Kind::SmallTalk, id("greeting"))));
    assert!(silent(Decision::Unknown(vec![])));
    assert!(silent(Decision::Unknown(vec![id("greeting")])));
    assert!(!silent(Decision::Unknown(vec![id("books")])));
    assert!(!silent(Decision::Answer(id("books"))));
    assert!(!silent(Decision::NotCovered(id("opening-hours"), vec![])));
    assert!(!silent(Decision::Suggest(vec![id("books")])));
    assert!(!silent(Decision::Route(Kind::Media, id("media"))));
    assert!(!silent(Decision::Route(Kind::Need, id("need"))));
}

#[test]
fn the_persons_choice_comes_before_the_setting_of_who_sees_an_answer() {
    let mut world = World::new();
    let answer = [verdict(Decision::Answer(id("books")), Lang::En)];
    let seen = |world: &World, private, place| {
        compose(&Scene { private, place, ..world.scene(Lang::En) }, &answer).visibility
    };
    let server = Place::Guild { guild: GuildId::new(1), channel: ChannelId::new(2) };
    assert_eq!(seen(&world, None, server), Visibility::Public);
    assert_eq!(seen(&world, Some(true), server), Visibility::Private);
    world.config.discord.private_answers = true;
    assert_eq!(seen(&world, None, server), Visibility::Private);
    assert_eq!(seen(&world, Some(false), server), Visibility::Public);
    assert_eq!(seen(&world, None, Place::Direct), Visibility::Public);
}

#[test]
fn the_terminal_offers_the_form_too() {
    let world = World::new();
    let scene = Scene { place: Place::Terminal, ..world.scene(Lang::En) };
    let reply = compose(&scene, &[verdict(Decision::Route(Kind::Media, id("media")), Lang::En)]);
    assert_eq!(reply.buttons[0].action, Action::MediaForm(None));
    assert!(reply.cards[0].body.contains("press@library.example"));
}

#[test]
fn a_faq_without_announcement_or_routes_gets_the_default_sentences() {
    let content = sample_faq::parsed(&[("books.md", "+++\nquestion = \"How many books?\"\n+++\nMany.\n")]);
    let world = World { content, config: Config::default() };
    let route = |kind| Decision::Route(kind, id("gone"));
    let all = [
        vec![Decision::Answer(id("books"))],
        vec![Decision::Unknown(vec![])],
        vec![Decision::Answer(id("books")), Decision::Unknown(vec![])],
        vec![route(Kind::Media)],
        vec![route(Kind::Need)],
        vec![Decision::Passages(vec![1])],
    ];
    for lang in [Lang::En, Lang::Fr] {
        let shown: Vec<_> = all.iter().map(|decisions| shown(&world.reply(decisions, lang))).collect();
        insta::assert_snapshot!(format!("bare_faq_{}", lang.code()), shown.join("\n"));
    }
}

#[tokio::test]
async fn every_other_reply_in_english_and_french() {
    let folder = tempfile::tempdir().unwrap();
    let mut config = Config::default();
    config.limits.asks_per_half_minute = 1_000;
    let bot = sample_faq::bot(sample_faq::FILES, folder.path(), config);
    let why = |generation, wording, after| {
        Ask::Why(Why {
            entry: id("why-closing"),
            confidence: 93,
            margin: 42,
            threshold: 50,
            wording,
            matched: 0b10011,
            generation,
            after,
        })
    };
    let reference = || "M-7K4Q2".to_owned();
    let asks: Vec<(&str, Ask)> = vec![
        ("help", Ask::Help),
        ("contact", Ask::Media),
        ("explained", Ask::MediaExplained),
        ("form", Ask::MediaForm { draft: None }),
        ("enquiry_status", Ask::MediaStatus { reference: reference() }),
        ("enquiries", Ask::Enquiries),
        ("erase", Ask::PrivacyErase),
        ("show", Ask::Show { entry: id("why-closing"), private: None }),
        ("show_gone", Ask::Show { entry: id("gone"), private: None }),
        ("show_route", Ask::Show { entry: id("need"), private: None }),
        ("why", why(1, 0, None)),
        ("why_after", why(1, 0, Some(5))),
        ("why_reloaded", why(7, 0, Some(5))),
        ("why_no_wording", why(1, 500, None)),
        ("not_helpful", Ask::NotHelpful { entry: Some(id("books")) }),
        ("need_help", Ask::NeedHelp),
        ("stale", Ask::Stale),
        ("status", Ask::Status),
    ];
    for (name, ask) in asks {
        for lang in [Lang::En, Lang::Fr] {
            let mut request = sample_faq::moderator(ask.clone());
            request.locale = lang;
            let mut reply = bot.handle(request).await;
            reply.lang = lang;
            let shown = shown(&reply).replace(&content().hash.0, "[hash]");
            insta::assert_snapshot!(format!("{name}_{}", lang.code()), shown);
        }
    }
}
