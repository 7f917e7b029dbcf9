//! The press desk in conversation: what a journalist, a moderator and a stranger read.

use faqbot::{
    Lang,
    bot::{Action, Ask, EnquiryFields, Place, Reply, Visibility},
    config::Config,
    ids::{ChannelId, GuildId, InteractionId, UserId},
};

use crate::harness::{
    desk::{World, fields, mailing, reference, settings},
    sample_faq::{self, FILES, member, moderator, words},
    smtp::SmtpServer,
};

/// The button that opens the form again, pressed.
fn again(reply: &Reply) -> Ask {
    let of = |action: &Action| match action {
        Action::MediaForm(draft) => Some(Ask::MediaForm { draft: *draft }),
        _ => None,
    };
    reply.buttons.iter().find_map(|button| of(&button.action)).unwrap()
}

fn values(reply: &Reply) -> Vec<String> {
    reply.form.as_ref().unwrap().fields.iter().map(|field| field.value.clone()).collect()
}

#[tokio::test]
async fn the_form_opens_says_what_is_stored_and_an_enquiry_is_saved_and_handed_over() {
    let server = SmtpServer::plain().await;
    let world = World::new(mailing(&server)).await;
    let form = world.bot.handle(member(Ask::MediaForm { draft: None })).await;
    let shown = form.form.as_ref().unwrap();
    assert_eq!(shown.fields.len(), 5);
    assert!(shown.fields.iter().any(|field| field.placeholder.contains("erased")));
    let explained = words(&world.bot.handle(member(Ask::MediaExplained)).await);
    for statement in ["press@library.example", "7 days", "/privacy erase", "number"] {
        assert!(explained.contains(statement), "{explained}");
    }

    let reply = world.submit(fields()).await;
    let reference = reference(&reply).unwrap();
    assert_eq!(reply.visibility, Visibility::Private);
    assert!(
        words(&reply)
            .contains(&format!("Reference **{reference}**. We pass it to press@library.example now."))
    );
    assert!(world.status(&reference).await.contains("saved"));
    world.deliver().await;
    assert!(world.status(&reference).await.contains("handed to the mail server at"));
    let mailed = server.accepted();
    assert_eq!(mailed.len(), 1);
    assert_eq!(
        (mailed[0].from.as_str(), mailed[0].to.as_str()),
        ("faqbot@library.example", "press@library.example")
    );
    assert_eq!(
        mailed[0].header("Subject").unwrap(),
        format!("Media enquiry {reference}, deadline 2026-11-30")
    );
    assert!(mailed[0].text().contains("How many books were borrowed?"));
}

#[tokio::test]
async fn the_recipient_of_the_settings_goes_before_the_published_one() {
    let server = SmtpServer::plain().await;
    let mut config = mailing(&server);
    config.media.to = "desk@library.example".into();
    let world = World::new(config).await;
    world.enquire("Who gets this?").await;
    world.deliver().await;
    assert_eq!(server.accepted()[0].to, "desk@library.example");
}

#[tokio::test]
async fn wrong_fields_are_shown_privately_and_the_form_opens_filled_in() {
    let world = World::new(settings()).await;
    let typed = EnquiryFields {
        name: " ".into(),
        email: "a@b,c@d".into(),
        deadline: "Friday 5pm".into(),
        question: "Why ```now``` @everyone?".into(),
        extra: "call me".into(),
    };
    let reply = world.submit(typed.clone()).await;
    assert_eq!(reply.visibility, Visibility::Private);
    let shown = words(&reply);
    for part in [
        "Nothing was sent yet",
        "Name and outlet",
        "exactly one address",
        "which time zone is “5pm”",
        "call me",
    ] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    assert!(shown.contains("Why '''now''' @everyone?"), "{shown}");
    let form = world.bot.handle(member(again(&reply))).await;
    assert_eq!(values(&form), [typed.name, typed.email, typed.deadline, typed.question, typed.extra]);
    // Somebody else's press opens an empty form.
    let mut stranger = member(again(&reply));
    stranger.actor.id = UserId::new(8);
    assert!(values(&world.bot.handle(stranger).await).iter().all(String::is_empty));
    assert!(world.store.overview(10).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_typo_in_the_address_is_pointed_out_once_and_then_accepted() {
    let world = World::new(settings()).await;
    let typed = EnquiryFields { email: "ann@gmial.com".into(), ..fields() };
    assert!(words(&world.submit(typed.clone()).await).contains("did you mean `ann@gmail.com`?"));
    assert!(reference(&world.submit(typed).await).is_some());
}

#[tokio::test]
async fn the_same_submission_twice_is_one_enquiry() {
    let server = SmtpServer::plain().await;
    let world = World::new(mailing(&server)).await;
    let ask = Ask::MediaSubmit { interaction: InteractionId::new(77), fields: fields() };
    let first = world.bot.handle(member(ask.clone())).await;
    let second = world.bot.handle(member(ask)).await;
    let reference = reference(&first).unwrap();
    assert!(words(&second).contains(reference.as_str()), "{}", words(&second));
    world.deliver().await;
    assert_eq!(server.accepted().len(), 1);
}

#[tokio::test]
async fn an_enquiry_is_shown_to_its_sender_alone() {
    let world = World::new(settings()).await;
    let reference = world.enquire("A secret scoop").await;
    let ask = Ask::MediaStatus { reference: reference.to_string() };
    let mut stranger = member(ask.clone());
    stranger.actor.id = UserId::new(8);
    let mut unknown = member(Ask::MediaStatus { reference: "M-22222".into() });
    unknown.actor.id = UserId::new(8);
    assert_eq!(world.bot.handle(stranger).await, world.bot.handle(unknown).await);
    assert!(words(&world.bot.handle(member(ask)).await).contains("saved"));
}

#[tokio::test]
async fn only_a_sender_who_agrees_gets_a_message_when_it_is_handed_over() {
    let server = SmtpServer::plain().await;
    let world = World::new(mailing(&server)).await;
    let (shown, silent) = (world.enquire("one").await, world.enquire("two").await);
    let agreed = world.bot.handle(member(Ask::MediaNotify { reference: shown.to_string() })).await;
    assert!(words(&agreed).contains("one private message"));
    world.deliver().await;
    let dms = world.notices.dms.lock().unwrap().clone();
    assert_eq!(dms.len(), 1);
    assert!(
        dms[0].0 == 7
            && dms[0].1.contains(shown.as_str())
            && dms[0].1.contains("handed to the mail server at")
    );
    // Whoever agrees too late reads the state at once.
    let late = world.bot.handle(member(Ask::MediaNotify { reference: silent.to_string() })).await;
    assert!(words(&late).contains("handed to the mail server at"));
}

#[tokio::test]
async fn without_a_mail_server_enquiries_become_files_and_everybody_can_see_that() {
    let world = World::new(settings()).await;
    let reply = world.submit(fields()).await;
    let reference = reference(&reply).unwrap();
    assert!(words(&reply).contains("No mail server is set up yet"));
    world.deliver().await;
    let file = world.folder.path().join(format!("enquiries/{reference}.eml"));
    let message = std::fs::read(&file).unwrap();
    assert!(
        mail_parser::MessageParser::default()
            .parse(&message)
            .unwrap()
            .body_text(0)
            .unwrap()
            .contains("borrowed")
    );
    let left: Vec<_> = std::fs::read_dir(file.parent().unwrap()).unwrap().collect();
    assert_eq!(left.len(), 1, "no half-written file is left");
    assert!(world.status(&reference).await.contains("put into the folder for staff at"));
    let list = words(&world.bot.handle(moderator(Ask::Enquiries)).await);
    assert!(list.contains("nobody is mailed"), "{list}");
}

#[tokio::test]
async fn moderators_see_state_age_and_reference_and_nothing_personal() {
    let world = World::new(settings()).await;
    let reference = world.enquire("A secret scoop").await;
    let list = words(&world.bot.handle(moderator(Ask::Enquiries)).await);
    assert!(list.contains(reference.as_str()) && list.contains("saved"), "{list}");
    for personal in ["Ann", "paper.example", "scoop", "7 "] {
        assert!(!list.contains(personal), "{personal} in {list}");
    }
}

#[tokio::test]
async fn a_blocked_sender_reads_that_and_the_operator_can_lift_the_block() {
    let world = World::new(settings()).await;
    let reference = world.enquire("one").await;
    let block = Ask::EnquiryBlock { reference: reference.to_string() };
    assert!(words(&world.bot.handle(moderator(block)).await).contains("no more enquiries"));
    let refused = words(&world.submit(EnquiryFields { question: "two".into(), ..fields() }).await);
    assert!(
        refused.contains("closed this form to you") && refused.contains("press@library.example"),
        "{refused}"
    );
    // Erasing everything does not lift a block.
    world.bot.handle(member(Ask::PrivacyErase)).await;
    assert!(words(&world.submit(fields()).await).contains("closed this form to you"));
    assert!(world.store.unblock(UserId::new(7)).await.unwrap());
    world.enquire("three").await;
}

#[tokio::test]
async fn limits_hold_over_erasing_and_over_a_restart() {
    let mut config = settings();
    config.limits.enquiries_per_day = 2;
    config.limits.minutes_between_enquiries = 10;
    let world = World::new(config.clone()).await;
    world.enquire("one").await;
    let soon = words(&world.submit(EnquiryFields { question: "two".into(), ..fields() }).await);
    assert!(soon.contains("in 10 minutes"), "{soon}");
    world.bot.handle(member(Ask::PrivacyErase)).await;
    let folder = world.folder;
    world.store.close().await;
    drop((world.bot, world.delivery));
    config.limits.minutes_between_enquiries = 0;
    let world = World::at(folder, config, Default::default(), Default::default(), Default::default()).await;
    let same = words(&world.submit(EnquiryFields { question: "ONE!".into(), ..fields() }).await);
    assert!(same.contains("already sent this text"), "{same}");
    world
        .bot
        .handle(member(Ask::MediaSubmit { interaction: InteractionId::new(1000), fields: fields() }))
        .await;
    let full = world.bot.handle(member(Ask::MediaSubmit {
        interaction: InteractionId::new(1001),
        fields: EnquiryFields { question: "three".into(), ..fields() },
    }));
    let full = words(&full.await);
    assert!(full.contains("number of enquiries for a day"), "{full}");
}

#[tokio::test]
async fn a_servers_hour_the_bots_day_and_a_flood_of_one_text_are_limited() {
    let from = |user: u64, guild: u64, question: &str| {
        let mut request = member(Ask::MediaSubmit {
            interaction: InteractionId::new(user),
            fields: EnquiryFields { question: question.into(), ..fields() },
        });
        (request.actor.id, request.place) =
            (UserId::new(user), Place::Guild { guild: GuildId::new(guild), channel: ChannelId::new(2) });
        request
    };
    let mut config = settings();
    (config.limits.enquiries_per_guild_hour, config.limits.enquiries_total_day) = (2, 4);
    let world = World::new(config.clone()).await;
    for (user, guild, is_taken) in
        [(1, 1, true), (2, 1, true), (3, 1, false), (4, 2, true), (5, 2, true), (6, 3, false)]
    {
        let reply = world.bot.handle(from(user, guild, &format!("question {user}"))).await;
        assert_eq!(reference(&reply).is_some(), is_taken, "{user}: {}", words(&reply));
    }
    let world = World::new(settings()).await;
    for (user, is_taken) in [(1, true), (2, true), (3, true), (4, false)] {
        let reply = world.bot.handle(from(user, user, "Buy my coin")).await;
        assert_eq!(reference(&reply).is_some(), is_taken, "{user}: {}", words(&reply));
    }
    config.limits.min_account_days = 30;
    let world = World::new(config).await;
    let newborn = u64::MAX >> 2;
    assert!(words(&world.bot.handle(from(newborn, 1, "hello")).await).contains("existed for some days"));
}

#[tokio::test]
async fn without_a_press_desk_every_part_of_it_reports_that() {
    let folder = tempfile::tempdir().unwrap();
    let bot = sample_faq::bot(FILES, folder.path(), Config::default());
    let reply =
        bot.handle(member(Ask::MediaSubmit { interaction: InteractionId::new(1), fields: fields() })).await;
    assert!(words(&reply).contains("nothing was stored"));
}

#[tokio::test]
async fn a_french_sender_reads_french_and_the_mail_is_in_french() {
    let server = SmtpServer::plain().await;
    let world = World::new(mailing(&server)).await;
    let mut request = member(Ask::MediaSubmit { interaction: InteractionId::new(5), fields: fields() });
    request.locale = Lang::Fr;
    assert!(words(&world.bot.handle(request).await).contains("**Enregistré.**"));
    world.deliver().await;
    assert!(server.accepted()[0].text().contains("Nom et média : Ann Example"));
}
