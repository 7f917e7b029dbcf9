//! The kill test: a process that takes and delivers enquiries is killed with SIGKILL at every failpoint, at every
//! stage of the SMTP conversation and at random moments, and started again each time. Afterwards: whatever was
//! acknowledged was mailed, under one Message-ID and with the same bytes; nothing was acknowledged without a row; and
//! duplicates exist only if a process died between the server's 250 and the record of it.
//!
//! `desk/kill_program.rs` does the same to the program itself. Here the process is this test binary, started again for [`the_process_that_is_killed`] alone: the bot's own store
//! and delivery loop over a real file and a real socket. `KILL_SEEDS=200 cargo test --test it desk::kill` runs the
//! full set.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{BufRead, Write},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use faqbot::{
    bot::{Ask, EnquiryFields, PressDesk},
    failpoint,
    ids::{InteractionId, Reference},
    mail::{Delivery, DeliveryOptions, DeliverySignal, Timeouts, Transport},
    store::{State, Store},
};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    sync::mpsc,
};
use tokio_util::sync::CancellationToken;

use crate::harness::{
    desk::{RecordingSender, fields, mailing, reference},
    failpoints,
    sample_faq::{self, FILES, member},
    smtp::{SmtpServer, Stage},
    world::signal,
};

const FOLDER: &str = "FAQBOT_KILL_FOLDER";
const PORT: &str = "FAQBOT_KILL_PORT";
const KILL_AT: &str = "FAQBOT_KILL_AT";
/// How long a process may live before it is killed although its moment has not come.
pub(crate) const LONGEST: Duration = Duration::from_secs(20);
/// Enquiries of a seed.
pub(crate) const ENQUIRIES: u64 = 3;

/// When a process is killed.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Moment {
    /// It kills itself when it passes a failpoint for the n-th time.
    Failpoint(&'static str, u64),
    /// The server's watch kills it at a stage of the first conversation.
    Stage(Stage),
    /// So long after it was ready.
    Random(Duration),
    Never,
}

fn moment(seed: u64) -> Moment {
    const STAGES: [Stage; 7] =
        [Stage::Greeting, Stage::Ehlo, Stage::Mail, Stage::Rcpt, Stage::Data, Stage::Dot, Stage::Accepted];
    // The last, "notice.sent", needs a person who asked for a notice: `desk/kill_program.rs`.
    let steps = &failpoint::ALL[..failpoint::ALL.len() - 1];
    let marked = steps.len() as u64;
    let (round, at) = (seed / (marked + 13), seed % (marked + 13));
    let index = usize::try_from(at).unwrap();
    if at < marked {
        Moment::Failpoint(steps[index], 1 + round % ENQUIRIES)
    } else if let Some(stage) = STAGES.get(index - steps.len()) {
        Moment::Stage(*stage)
    } else {
        Moment::Random(Duration::from_micros(fastrand::Rng::with_seed(seed).u64(0..60_000)))
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_survives_a_kill_at_every_failpoint() {
    let seeds: u64 = std::env::var("KILL_SEEDS").ok().and_then(|n| n.parse().ok()).unwrap_or(27);
    let mut duplicates = 0;
    for seed in 0..seeds {
        duplicates += run(seed, moment(seed)).await;
    }
    assert!(duplicates <= 2 * seeds, "at most one for each worker of each kill");
}

/// One seed; returns how many messages came twice.
async fn run(seed: u64, moment: Moment) -> u64 {
    let folder = tempfile::tempdir().unwrap();
    let server = SmtpServer::plain().await;
    let mut acknowledged = BTreeMap::new();

    let mut first = Process::start(folder.path(), server.port, moment);
    if let Moment::Stage(stage) = moment {
        let (pid, armed) = (first.pid(), std::sync::atomic::AtomicBool::new(true));
        server.watch(move |seen| {
            if seen == stage && armed.swap(false, Ordering::SeqCst) {
                signal(pid, "KILL");
            }
        });
    }
    let is_ready = first.wait_for("READY").await;
    for interaction in 1..=ENQUIRIES {
        first.write(&format!("SUBMIT {interaction}\n"));
    }
    if let Moment::Random(delay) = moment {
        // The random moment is the point of this seed: what happened until then is whatever it is.
        let killed = tokio::time::timeout(delay, first.read_acks(&mut acknowledged)).await;
        if killed.is_err() {
            signal(first.pid(), "KILL");
        }
    }
    // A failpoint that this run never passes must not hang the test: the process is then killed wherever it is.
    if tokio::time::timeout(LONGEST, first.read_acks(&mut acknowledged)).await.is_err() {
        signal(first.pid(), "KILL");
        first.read_acks(&mut acknowledged).await;
    }
    let killed = !first.end().await;
    assert!(is_ready && killed, "seed {seed} ({moment:?}) never came to its kill");

    // What the process left behind: stored and not marked as sent. The server may have any of these already.
    let window = unmarked(folder.path()).await;

    // Again without a kill: what was not acknowledged is sent once more, as a person would.
    let mut second = Process::start(folder.path(), server.port, Moment::Never);
    assert!(second.wait_for("READY").await);
    let before = acknowledged.clone();
    for interaction in 1..=ENQUIRIES {
        second.write(&format!("SUBMIT {interaction}\n"));
    }
    second.write("DRAIN\n");
    second.read_acks(&mut acknowledged).await;
    assert!(second.end().await, "seed {seed}: the drained process ended well");

    let context = format!("seed {seed} ({moment:?})");
    assert_eq!(acknowledged.len() as u64, ENQUIRIES, "{context}");
    for (interaction, reference) in &before {
        assert_eq!(acknowledged.get(interaction), Some(reference), "{context}: one reference for ever");
    }
    validate(&context, folder.path(), &server, &acknowledged, &window).await
}

/// The Message-IDs of what is stored and not known to be handed over.
pub(crate) async fn unmarked(folder: &Path) -> BTreeSet<String> {
    let store = Store::open(&database(folder)).await.unwrap();
    let mut ids = BTreeSet::new();
    for row in store.overview(100).await.unwrap() {
        if row.state != State::Sent {
            ids.insert(store.detail(&row.reference).await.unwrap().unwrap().message.message_id);
        }
    }
    store.close().await;
    ids
}

pub(crate) async fn validate(
    context: &str,
    folder: &Path,
    server: &SmtpServer,
    acknowledged: &BTreeMap<u64, String>,
    window: &BTreeSet<String>,
) -> u64 {
    let store = Store::open(&database(folder)).await.unwrap();
    let rows = store.overview(100).await.unwrap();
    assert_eq!(rows.len() as u64, ENQUIRIES, "{context}: one row for each enquiry");
    let mut by_id: BTreeMap<String, Vec<Vec<u8>>> = BTreeMap::new();
    for mailed in server.accepted() {
        by_id.entry(mailed.header("Message-ID").unwrap()).or_default().push(mailed.bytes);
    }
    let mut ids = BTreeSet::new();
    for reference in acknowledged.values() {
        let detail = store.detail(&Reference::parse(reference).unwrap()).await.unwrap();
        let detail =
            detail.unwrap_or_else(|| panic!("{context}: {reference} was acknowledged without a row"));
        let copies = by_id.get(&detail.message.message_id).cloned().unwrap_or_default();
        assert!(!copies.is_empty(), "{context}: {reference} was acknowledged and never mailed");
        assert!(copies.iter().all(|bytes| *bytes == detail.message.bytes), "{context}: other bytes");
        ids.insert(detail.message.message_id);
    }
    assert_eq!(ids.len() as u64, ENQUIRIES, "{context}: ids are unique");
    for (id, copies) in &by_id {
        let most = if window.contains(id) { 2 } else { 1 };
        assert!(copies.len() <= most, "{context}: {id} came {} times", copies.len());
    }
    // Two workers may each have had one message in the window.
    let duplicates = by_id.values().map(Vec::len).sum::<usize>() as u64 - ENQUIRIES;
    assert!(duplicates <= 2, "{context}: {duplicates} duplicates");
    duplicates
}

#[tokio::test]
async fn sigterm_in_the_middle_of_a_delivery_ends_it_well_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let server = SmtpServer::plain().await;
    let mut process = Process::start(folder.path(), server.port, Moment::Never);
    let (pid, (seen, mut data)) = (process.pid(), mpsc::unbounded_channel());
    server.watch(move |stage| {
        if stage == Stage::Data {
            signal(pid, "TERM");
            let _ = seen.send(());
        }
    });
    assert!(process.wait_for("READY").await);
    process.write("SUBMIT 1\n");
    data.recv().await.unwrap();
    let mut acknowledged = BTreeMap::new();
    process.read_acks(&mut acknowledged).await;
    assert!(process.end().await, "exit 0");
    let store = Store::open(&database(folder.path())).await.unwrap();
    let rows = store.overview(10).await.unwrap();
    assert_eq!(rows.len(), 1);
    assert!(
        rows[0].state == State::Sent && server.accepted().len() == 1,
        "the transaction in hand was ended"
    );
}

fn database(folder: &Path) -> std::path::PathBuf {
    folder.join("data/faqbot.db")
}

/// A running process of [`the_process_that_is_killed`].
struct Process {
    child: Child,
    out: mpsc::UnboundedReceiver<String>,
}

impl Process {
    fn start(folder: &Path, port: u16, moment: Moment) -> Process {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args(["desk::kill::the_process_that_is_killed", "--exact", "--ignored", "--nocapture"])
            .env(FOLDER, folder)
            .env(PORT, port.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        if let Moment::Failpoint(step, times) = moment {
            command.env(KILL_AT, format!("{step}:{times}"));
        }
        let mut child = command.spawn().unwrap();
        let (line, out) = mpsc::unbounded_channel();
        let written = std::io::BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || written.lines().map_while(Result::ok).all(|text| line.send(text).is_ok()));
        Process { child, out }
    }

    fn pid(&self) -> u32 {
        self.child.id()
    }

    fn write(&mut self, line: &str) {
        // A process that was killed does not read any more; that is what is tested.
        let _ = self.child.stdin.as_mut().unwrap().write_all(line.as_bytes());
    }

    async fn wait_for(&mut self, wanted: &str) -> bool {
        while let Some(line) = self.out.recv().await {
            if line.contains(wanted) {
                return true;
            }
        }
        false
    }

    /// Reads what was acknowledged until the process ends.
    async fn read_acks(&mut self, into: &mut BTreeMap<u64, String>) {
        while let Some(line) = self.out.recv().await {
            let words: Vec<&str> = line.split_whitespace().collect();
            if let ["ACK", interaction, reference] = words.as_slice() {
                into.insert(interaction.parse().unwrap(), (*reference).to_owned());
            }
        }
    }

    /// Whether it ended by itself, and well.
    async fn end(mut self) -> bool {
        tokio::task::spawn_blocking(move || self.child.wait().unwrap().success()).await.unwrap()
    }
}

/// The process: reads `SUBMIT n` and `DRAIN` from standard input, writes `ACK n reference` once a person reads
/// "saved", delivers all the while, and dies at its failpoint.
#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
#[ignore = "started by the other tests of this file"]
async fn the_process_that_is_killed() {
    let Some(folder) = std::env::var_os(FOLDER).map(std::path::PathBuf::from) else { return };
    if let Ok(step) = std::env::var(KILL_AT) {
        let (name, times) = step.split_once(':').unwrap();
        let (name, left) = (name.to_owned(), AtomicU64::new(times.parse().unwrap()));
        let killer = failpoints::listener(move |step| {
            if step == name && left.fetch_sub(1, Ordering::SeqCst) == 1 {
                signal(std::process::id(), "KILL");
                loop {
                    std::thread::park();
                }
            }
        });
        tracing::subscriber::set_global_default(killer).unwrap();
    }
    let mut config = mailing(&SmtpServer::plain().await);
    config.media.smtp.port = std::env::var(PORT).unwrap().parse().unwrap();
    let store = Store::open(&database(&folder)).await.unwrap();
    let transport = Transport::with_timeouts(&config.media, None, Timeouts::default()).unwrap();
    let (signal, notices) = (Arc::new(DeliverySignal::default()), Arc::new(RecordingSender::default()));
    let desk = PressDesk::new(store.clone(), signal.clone(), false);
    let bot = Arc::new(sample_faq::bot(FILES, &folder, config).with_desk(desk));
    let options = DeliveryOptions { poll: Duration::from_millis(50), ..DeliveryOptions::default() };
    let delivery = Delivery::new(store.clone(), transport, notices, signal, options).await.unwrap();
    let stop = CancellationToken::new();
    let running = tokio::spawn(delivery.run(stop.clone()));
    println!("\nREADY");
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()).unwrap();
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    loop {
        let line = tokio::select! {
            line = lines.next_line() => line.unwrap(),
            _ = terminate.recv() => None,
        };
        let Some(line) = line else { break };
        match line.split_once(' ') {
            Some(("SUBMIT", interaction)) => take(&bot, interaction.parse().unwrap()).await,
            _ => {
                while !store.waiting().await.unwrap().is_empty() {
                    tokio::task::yield_now().await;
                }
                break;
            }
        }
    }
    stop.cancel();
    running.await.unwrap();
    store.close().await;
    // Not by returning: the runtime would wait for a line on standard input that nobody writes.
    std::process::exit(0);
}

async fn take(bot: &faqbot::bot::Bot, interaction: u64) {
    let fields = EnquiryFields { question: format!("Question {interaction}?"), ..fields() };
    let reply =
        bot.handle(member(Ask::MediaSubmit { interaction: InteractionId::new(interaction), fields })).await;
    let shown = sample_faq::words(&reply);
    let reference = reference(&reply).map(|reference| reference.to_string());
    // The same submission again returns its first reference.
    let known = || shown.split("**").find(|part| part.starts_with("M-")).map(str::to_owned);
    if let Some(reference) = reference.or_else(known) {
        #[expect(clippy::print_stdout, reason = "the parent reads what this process acknowledged")]
        {
            println!("\nACK {interaction} {reference}");
        }
    }
}
