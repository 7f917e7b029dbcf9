//! Who may use the page: whoever has its address, from the page itself, on this computer.

use reqwest::Method;
use serde_json::json;

use super::program::{ADA, GENERAL, MO, MODERATORS, Program, ask};

#[tokio::test]
async fn without_the_key_and_from_elsewhere_there_is_nothing() {
    let program = Program::start();
    let get = |path: &str| program.request(Method::GET, path);
    let page = get("").send().await.unwrap();
    assert_eq!(page.status(), 200);
    let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    for (name, wanted) in [
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(page.headers()[name], wanted);
    }
    assert!(page.headers().get("access-control-allow-origin").is_none());

    let elsewhere = reqwest::Client::builder().no_proxy().build().unwrap();
    for path in ["/", "/events", "/setup", "/00000000000000000000000000000000/setup"] {
        let refused = elsewhere.get(format!("{}{path}", program.origin())).send().await.unwrap();
        assert_eq!(refused.status(), 403, "{path}");
    }
    // A name of somebody else that leads here, and a page of another origin that knows the address.
    assert_eq!(get("setup").header("host", "evil.example").send().await.unwrap().status(), 403);
    assert_eq!(get("setup").header("origin", "https://evil.example").send().await.unwrap().status(), 403);
    assert_eq!(get("events").header("sec-fetch-site", "cross-site").send().await.unwrap().status(), 403);
    let act = json!({"person": ADA, "channel": GENERAL, "locale": "en-US", "content": "hello"}).to_string();
    for (origin, kind, status) in [
        ("https://evil.example", "application/json", 403),
        ("null", "application/json", 403),
        (program.origin().as_str(), "text/plain", 405),
        (program.origin().as_str(), "application/json", 200),
    ] {
        let post = program.request(Method::POST, "act").header("origin", origin).header("content-type", kind);
        assert_eq!(post.body(act.clone()).send().await.unwrap().status(), status, "{origin} {kind}");
    }
    let shown = program.shown().await;
    assert_eq!(shown["messages"].as_array().unwrap().len(), 1, "only the last one was accepted: {shown}");
}

#[tokio::test]
async fn a_member_can_do_no_more_than_on_discord() {
    let program = Program::start();
    program.registered().await;
    let reload = json!({"kind": 2, "data": {"name": "faq", "type": 1, "options": [{"name": "reload", "type": 1, "options": []}]}});
    assert_eq!(program.act(ADA, GENERAL, reload.clone()).await.status(), 422, "it is not offered to members");
    assert_eq!(program.act(MO, GENERAL, reload).await.status(), 200);
    let hello = json!({"content": "hello"});
    assert_eq!(
        program.act(ADA, MODERATORS, hello.clone()).await.status(),
        422,
        "members do not see that channel"
    );
    assert_eq!(program.act("1", GENERAL, hello).await.status(), 422);
    let unknown = json!({"kind": 2, "data": {"name": "format", "type": 1, "options": []}});
    assert_eq!(program.act(ADA, GENERAL, unknown).await.status(), 422);
    // A button can be pressed where it is, and nothing else can.
    program.call(ADA, GENERAL, ask("Why is the library moving?")).await;
    let answer = program.shown().await["messages"].as_array().unwrap().last().unwrap()["id"].clone();
    let press =
        |id: &str| json!({"kind": 3, "message": answer, "data": {"custom_id": id, "component_type": 2}});
    assert_eq!(program.act(ADA, GENERAL, press("1m")).await.status(), 422);
}
