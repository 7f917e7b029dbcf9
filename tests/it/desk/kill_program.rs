//! The kill test of the program itself: `faqbot run` between the local Discord and a mail server is killed with SIGKILL
//! at each failpoint and at random moments, and started again; then the guarantees of `desk/kill.rs` are checked.
//!
//! A debug build stops at the failpoint that `FAQBOT_FAILPOINT` names (`src/failpoint/injected.rs`), where it is killed.
//! All seeds share one search index. `KILL_SEEDS=200` runs more of them.

#![cfg(debug_assertions)]

use std::{
    collections::BTreeMap,
    future::pending,
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use faqbot::failpoint;
use serde_json::Value;
use tokio::time::timeout;

use crate::{
    desk::kill::{ENQUIRIES, LONGEST, unmarked, validate},
    harness::{
        discord::{self, CHANNEL, Person, kind},
        smtp::{SmtpServer, Stage},
        world::{self, Process, World, form, mailing, reference},
    },
};

/// When the program is killed.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Moment {
    /// When it passes a failpoint for the n-th time.
    Failpoint(&'static str, u64),
    /// When the mail server reaches a stage of a conversation.
    Stage(Stage),
    /// So long after the forms were sent.
    Random(Duration),
}

fn moment(seed: u64) -> Moment {
    const STAGES: [Stage; 2] = [Stage::Dot, Stage::Accepted];
    let (marked, random) = (failpoint::ALL.len() as u64, 5);
    let in_all = marked + STAGES.len() as u64 + random;
    let (round, at) = (seed / in_all, usize::try_from(seed % in_all).unwrap());
    match (failpoint::ALL.get(at), STAGES.get(at.saturating_sub(failpoint::ALL.len()))) {
        (Some(step), _) => Moment::Failpoint(step, 1 + round % ENQUIRIES),
        (None, Some(stage)) => Moment::Stage(*stage),
        (None, None) => Moment::Random(Duration::from_micros(fastrand::Rng::with_seed(seed).u64(0..250_000))),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_program_acknowledged_survives_a_kill_at_every_failpoint() {
    let seeds: u64 = std::env::var("KILL_SEEDS").ok().and_then(|n| n.parse().ok()).unwrap_or(22);
    for seed in 0..seeds {
        run(seed, moment(seed)).await;
    }
}

/// A form that was sent: the event, so that it can be delivered again, and its token.
struct Sent {
    event: Value,
    token: String,
}

async fn run(seed: u64, moment: Moment) {
    let context = format!("seed {seed} ({moment:?})");
    let server = SmtpServer::plain().await;
    let world = World::without_bot(|config| {
        mailing(config, server.port);
        config.index.dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("kill-index");
        config.log.level = "trace".into();
    })
    .await;
    let ann = Person::new("ann");
    let plan = match moment {
        Moment::Failpoint(step, times) => format!("park:{step}:{times}"),
        Moment::Stage(_) | Moment::Random(_) => String::new(),
    };
    let program = world.with_failpoint(&plan).await;
    let forms = submit_until_killed(&world, &server, &ann, program, moment, &context).await;
    let before = acknowledged(&world, &forms);
    // What it left behind: stored and not marked as sent. The server may have any of these already.
    let window = unmarked(world.home()).await;

    let program = world.program().await;
    let forms = deliver_again(&world, &ann, forms).await;
    let acknowledged = acknowledged(&world, &forms);
    assert_eq!(acknowledged.len() as u64, ENQUIRIES, "{context}: everybody has a reference");
    for (number, reference) in &before {
        assert_eq!(acknowledged.get(number), Some(reference), "{context}: one reference for ever");
    }
    for reference in acknowledged.values() {
        world.until_status(&ann, reference, "handed to the mail server").await;
    }
    program.signal("TERM");
    let end = program.end().await;
    assert_eq!(end.code, 0, "{context}: {}", end.said);
    let duplicates = validate(&context, world.home(), &server, &acknowledged, &window).await;
    // Between the server's 250 and our mark a second copy is sure, which also shows that the kill met its place.
    if matches!(moment, Moment::Failpoint("mail.accepted" | "record.begun" | "record.written", _)) {
        assert!(duplicates > 0, "{context}: killed elsewhere");
    }
}

/// Sends the forms and kills the program at its moment.
async fn submit_until_killed(
    world: &World,
    server: &SmtpServer,
    ann: &Person,
    mut program: Process,
    moment: Moment,
    context: &str,
) -> Vec<Sent> {
    if let Moment::Stage(stage) = moment {
        let (id, is_armed) = (program.id(), AtomicBool::new(true));
        server.watch(move |seen| {
            if seen == stage && is_armed.swap(false, Ordering::SeqCst) {
                world::signal(id, "KILL");
            }
        });
    }
    // Only a sender who agreed in time receives a notice, so the mail server waits until then.
    let needs_notice = matches!(moment, Moment::Failpoint("notice.sent", _));
    let gate = needs_notice.then(|| server.hold(Stage::Greeting));
    let forms: Vec<Sent> = (1..=ENQUIRIES).map(|number| submit(world, ann, number)).collect();
    if let Some(gate) = gate {
        for sent in &forms {
            let saved = world.seen(&sent.token).await;
            world.press(ann, &saved, "Message me when it is passed on").await;
        }
        gate.close();
    }
    match moment {
        Moment::Failpoint(step, times) => {
            let line = format!("failpoint=\"{step}\"");
            for _ in 0..times {
                let passed = timeout(LONGEST, program.wrote(&line)).await;
                assert_eq!(passed, Ok(true), "{context} was never passed:\n{}", program.said());
            }
            program.signal("KILL");
        }
        // The random moment is the point of this seed: what happened until then is whatever it is.
        Moment::Random(delay) => {
            drop(timeout(delay, pending::<()>()).await);
            program.signal("KILL");
        }
        Moment::Stage(_) => {}
    }
    let ended = timeout(LONGEST, program.end()).await;
    assert!(ended.is_ok_and(|end| end.code == -1), "{context} was not killed");
    forms
}

fn submit(world: &World, ann: &Person, number: u64) -> Sent {
    let data = discord::form("1F", &form(&format!("Question {number}?")));
    world.discord.with(|state| {
        let (event, token) = discord::interaction(state, ann, CHANNEL, kind::MODAL, data, None);
        state.send("INTERACTION_CREATE", event.clone());
        Sent { event, token }
    })
}

/// Every event comes again, as after a resume; and whoever saw no answer sends the form once more, as a person would.
async fn deliver_again(world: &World, ann: &Person, forms: Vec<Sent>) -> Vec<Sent> {
    let mut answered = Vec::new();
    for (sent, number) in forms.into_iter().zip(1..) {
        let is_open = world.discord.with(|state| {
            state.send("INTERACTION_CREATE", sent.event.clone());
            state.interactions[&sent.token].answered.is_none()
        });
        let has_answer = acknowledgement(world, &sent).is_some();
        let sent = if is_open || has_answer { sent } else { submit(world, ann, number) };
        world.seen(&sent.token).await;
        answered.push(sent);
    }
    answered
}

/// References that the person has read, by the number of the form.
fn acknowledged(world: &World, forms: &[Sent]) -> BTreeMap<u64, String> {
    let of = |(sent, number): (&Sent, u64)| Some((number, acknowledgement(world, sent)?));
    forms.iter().zip(1..).filter_map(of).collect()
}

fn acknowledgement(world: &World, sent: &Sent) -> Option<String> {
    let seen = world.discord.with(|state| state.interactions[&sent.token].seen.clone());
    let shown = seen?.text();
    assert!(!shown.contains("Not stored") && !shown.contains("Not confirmed"), "{shown}");
    reference(&shown)
}
