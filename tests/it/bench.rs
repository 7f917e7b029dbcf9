//! The whole program over the local Discord, beside a bare serenity bot that echoes what it is asked.
//!
//! `cargo bench --bench discord` measures everything; a word measures one part: `same`, `different`, `memory`, `reload`
//! or `start`. Each bot is a process of its own. Both see the same events from the same stand-in for Discord, so the
//! ratios can be compared between machines, and the absolute figures cannot.
//!
//! It is beside the tests because it drives the bot with their harness.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench that cannot go on has failed")]

#[path = "bench/echo.rs"]
mod echo;
#[expect(dead_code, unused_imports, reason = "the tests use the rest")]
mod harness;
#[path = "bench/load.rs"]
mod load;
#[path = "bench/process.rs"]
mod process;

use std::{fs, path::Path, time::Instant};

use serde::Deserialize;

use harness::{discord::Person, world::World};
use load::Load;
use process::Memory;

const REPOSITORY: &str = env!("CARGO_MANIFEST_DIR");

fn main() {
    if let Some(url) = echo::requested() {
        return echo::run(url);
    }
    // `cargo bench` adds `--bench`.
    let parts: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let is_wanted = |part: &str| parts.is_empty() || parts.iter().any(|wanted| wanted == part);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        if is_wanted("same") {
            same().await;
        }
        if is_wanted("different") {
            different().await;
        }
        if is_wanted("memory") {
            memory().await;
        }
        if is_wanted("reload") {
            reload().await;
        }
        if is_wanted("start") {
            start().await;
        }
    });
}

/// One question again and again: as fast as it can be answered, and one at a time. Three rounds, in turn.
async fn same() {
    println!("\none question again and again, 64 waiting for an answer");
    let (bot, echo) = (shipped_faq().await, shipped_faq().await);
    let (_program, _echo) = (bot.program().await, echo::start(&echo).await);
    let question = || "Why is IJM leaving Rwanda?".to_owned();
    let (mut shares, mut slower) = (Vec::new(), Vec::new());
    for _ in 0..3 {
        let (n, n_single) = (20_000, 2_000);
        let (of_echo, of_bot) =
            (Load::new(&echo).rate(n, question).await, Load::new(&bot).rate(n, question).await);
        let (one_of_echo, one_of_bot) = (
            Load::new(&echo).one_by_one(n_single, question).await,
            Load::new(&bot).one_by_one(n_single, question).await,
        );
        println!("  echo {of_echo:6.0}/s, {one_of_echo}");
        println!("  bot  {of_bot:6.0}/s, {one_of_bot}");
        shares.push(of_bot / of_echo);
        slower.push(one_of_bot.median() / one_of_echo.median());
    }
    println!(
        "  throughput of the echo's: {:.2}; median of the echo's: {:.2}",
        median(shares),
        median(slower)
    );
}

/// Different questions: 40 a second, and as many as can be answered.
async fn different() {
    println!("\ndifferent questions");
    let world = shipped_faq().await;
    let _program = world.program().await;
    let mut questions = questions();
    Load::new(&world).rate(50, || questions.next().unwrap()).await;
    let latencies = Load::new(&world).at_rate(400, 40.0, || questions.next().unwrap()).await;
    println!("  40 a second: {latencies}");
    let rate = Load::new(&world).rate(1_000, || questions.next().unwrap()).await;
    println!("  as many as it can take: {rate:.0}/s");
}

/// Resident memory after the start and after 1,500 different questions.
async fn memory() {
    println!("\nmemory");
    let (bot, echo) = (shipped_faq().await, shipped_faq().await);
    let (program, echo_program) = (bot.program().await, echo::start(&echo).await);
    // The generation that the benches before may have built is not what is measured.
    drop(program);
    let program = bot.program().await;
    println!("  after the start: bot {}, echo {}", Memory::of(program.id()), Memory::of(echo_program.id()));
    for (world, name, id) in [(&bot, "bot", program.id()), (&echo, "echo", echo_program.id())] {
        let mut questions = questions();
        Load::new(world).rate(1_500, || questions.next().unwrap()).await;
        println!("  after 1,500 questions: {name} {}", Memory::of(id));
    }
}

/// One wording is added, and a moderator reloads: twenty times.
async fn reload() {
    println!("\n`/faq reload` with one wording changed");
    let world = shipped_faq().await;
    drop(world.program().await);
    let program = world.program().await;
    let moderator = Person::new("mo").with_role();
    println!("  before: {}", Memory::of(program.id()));
    let (mut seconds, mut last) = (Vec::new(), String::new());
    for n in 1..=20 {
        add_wording(&world.config.faq.dir.join("why-leaving.md"), n);
        let begun = Instant::now();
        let seen = world.slash(&moderator, "/faq reload", &[]).await;
        seconds.push(begun.elapsed().as_secs_f64());
        last = seen.text();
        println!("  {n:2}: {:.1} s, {}", seconds[n - 1], Memory::of(program.id()));
    }
    println!(
        "  median {:.1} s; the last answer begins: {:?}",
        median(seconds),
        last.lines().next().unwrap_or("")
    );
}

/// From the start of the program without an index to the first answer.
async fn start() {
    println!("\nan empty index");
    let world = shipped_faq_without_index().await;
    let begun = Instant::now();
    let program = world.program().await;
    println!("  connected after {:.1} s", begun.elapsed().as_secs_f64());
    let person = Person::new("ann");
    loop {
        let seen = world.ask(&person, "What are One Stop Centers?").await;
        if seen.text().contains("One Stop") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    println!("  first answer after {:.1} s, {}", begun.elapsed().as_secs_f64(), Memory::of(program.id()));
}

/// A world with a copy of the FAQ that is shipped and an index that is kept from one run to the next.
async fn shipped_faq() -> World {
    let mut world = shipped_faq_without_index().await;
    world.config.index.dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-index");
    world
}

async fn shipped_faq_without_index() -> World {
    let mut world = World::without_bot(|config| {
        config.search.vectors = true;
        config.limits.asks_per_half_minute = 1_000_000;
    })
    .await;
    world.config.faq.dir = world.home().join("shipped");
    copy(&Path::new(REPOSITORY).join("faq"), &world.config.faq.dir);
    world
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for item in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(item.file_name());
        if item.path().is_dir() {
            copy(&item.path(), &target)
        } else {
            _ = fs::copy(item.path(), target).unwrap()
        }
    }
}

/// Adds a wording to an entry, as a moderator would.
fn add_wording(entry: &Path, n: usize) {
    let text = fs::read_to_string(entry).unwrap();
    let (before, after) = text.split_once("\nen = [\n").unwrap();
    let wording = format!("why leave, asked for the time number {n}");
    fs::write(entry, format!("{before}\nen = [\n  {wording:?},\n{after}")).unwrap();
}

/// The development questions, then the same with another greeting before each, and so on: never the same twice.
fn questions() -> impl Iterator<Item = String> {
    #[derive(Deserialize)]
    struct Line {
        q: String,
    }
    let text = fs::read_to_string(Path::new(REPOSITORY).join("tests/questions/dev.jsonl")).unwrap();
    let questions: Vec<String> =
        text.lines().map(|line| serde_json::from_str::<Line>(line).unwrap().q).collect();
    let greetings = ["", "hello, ", "good morning, ", "please, ", "one question: "];
    greetings.into_iter().flat_map(move |greeting| {
        questions.clone().into_iter().map(move |question| format!("{greeting}{question}"))
    })
}

fn median(mut of: Vec<f64>) -> f64 {
    of.sort_by(f64::total_cmp);
    of[of.len() / 2]
}
