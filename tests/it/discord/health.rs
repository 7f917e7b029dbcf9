//! Metrics and health of the running program, read over HTTP while the local Discord counts too.

use std::{fs, net::TcpListener, sync::Arc};

use tokio::sync::Semaphore;

use crate::harness::{
    discord::{Fault, Person, Route, TOKEN},
    world::{Process, World},
};

/// A world whose program serves metrics, and the base of their addresses.
async fn watched_world() -> (World, String) {
    // The port is free for as long as it takes to start the program.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let world = World::without_bot(|config| config.metrics.listen = port.to_string()).await;
    (world, format!("http://{port}"))
}

async fn get(url: String) -> (u16, String) {
    let response = reqwest::get(url).await.unwrap();
    (response.status().as_u16(), response.text().await.unwrap())
}

/// Reads a page until it contains `text`.
async fn until(url: &str, text: &str) -> (u16, String) {
    loop {
        let (status, page) = get(url.to_owned()).await;
        if page.contains(text) {
            return (status, page);
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn the_metrics_count_what_discord_received_and_name_nobody() {
    let (world, base) = watched_world().await;
    let _program = world.program().await;
    let (ann, secret) = (Person::new("ann"), "canary-4711");
    world.ask(&ann, "Where is the new house?").await;
    world.ask(&Person::new("bob"), secret).await;
    world.slash(&ann, "/help", &[]).await;
    until(&format!("{base}/readyz"), "discord ok").await;
    let received = world.discord.requests(Route::Callback).len();
    let (status, page) = get(format!("{base}/metrics")).await;
    assert_eq!(status, 200);
    let replies = page.lines().filter(|line| line.starts_with("faqbot_replies_total{"));
    let counted: usize = replies.map(|line| line.rsplit(' ').next().unwrap().parse::<usize>().unwrap()).sum();
    assert_eq!(counted, received, "{page}");
    for line in [
        "faqbot_replies_total{ask=\"question\",outcome=\"answer\"} 1",
        "faqbot_ready 1",
        "faqbot_connected 1",
        "faqbot_enquiries{state=\"pending\"} 0",
    ] {
        assert!(page.lines().any(|found| found == line), "{line}\n{page}");
    }
    for private in [secret, "Where is", ann.user()["id"].as_str().unwrap()] {
        assert!(!page.contains(private), "{private}\n{page}");
    }
}

#[tokio::test]
async fn readiness_says_what_is_missing_and_refused_files_are_reported() {
    let (world, base) = watched_world().await;
    let program = world.program().await;
    let url = format!("{base}/readyz");
    assert_eq!(get(format!("{base}/livez")).await.0, 200);
    let (status, page) = until(&url, "discord ok").await;
    assert_eq!((status, page.as_str()), (200, "content ok\ndiscord ok\ndatabase ok\n"));

    fs::write(world.path("new-place.md"), "+++\nbroken\n+++\n").unwrap();
    program.signal("HUP");
    let (status, page) = until(&url, "the files on disk were refused").await;
    assert_eq!(status, 200, "{page}");
    assert!(world.ask(&Person::new("ann"), "Where is the new house?").await.text().contains("Mill Pond"));
}

#[tokio::test]
async fn a_program_that_is_not_connected_lives_and_is_not_ready() {
    let (world, base) = watched_world().await;
    let gate = Arc::new(Semaphore::new(0));
    world.discord.fail(Fault::hold(Route::Gateway, Arc::clone(&gate)));
    let _program = Process::start(world.home(), &world.config, TOKEN);
    world
        .discord
        .until("the gateway's address is asked for", |state| {
            state.records.iter().any(|record| record.route == Route::Gateway).then_some(())
        })
        .await;
    let (status, page) = get(format!("{base}/readyz")).await;
    assert_eq!(status, 503, "{page}");
    assert!(page.contains("discord failed: not connected"), "{page}");
    assert_eq!(get(format!("{base}/livez")).await.0, 200);
    gate.add_permits(1);
    let (status, page) = until(&format!("{base}/readyz"), "discord ok").await;
    assert_eq!(status, 200, "{page}");
}
