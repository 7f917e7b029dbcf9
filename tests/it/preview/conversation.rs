//! The page in a real browser: ask, complete, press, fill the form, reload, moderate; by keyboard, in French, on a phone.

use axum::{Router, http::header, routing::get};
use serde_json::json;
use thirtyfour::prelude::Key;

use super::{
    browser::{Browser, button},
    program::{MO, Program},
};

/// Starts both; `None` where there is no browser.
async fn start() -> Option<(Program, Browser)> {
    let browser = Browser::start().await?;
    let program = Program::start();
    browser.open_preview(&program.url).await;
    Some((program, browser))
}

/// Opens the requests behind the last message by its menu, which is there with and without a mouse.
async fn show_source(browser: &Browser) {
    browser.press("document.querySelector('.message:last-child .open-menu')").await;
    browser.press("document.querySelector('.menu-popup .source')").await;
}

async fn end(browser: Browser) {
    assert_eq!(browser.complaints().await, Vec::<String>::new());
    browser.quit().await;
}

#[tokio::test]
async fn a_member_asks_completes_and_presses_by_keyboard_alone() {
    let Some((_program, browser)) = start().await else { return };
    browser.keys("/as").await;
    browser
        .until("document.querySelector('[role=option][aria-selected=true]')?.innerText.includes('/ask')")
        .await;
    browser.key(Key::Enter).await;
    browser.until("document.activeElement.id === 'option-question'").await;
    browser.keys("why is the lib").await;
    browser
        .until("document.querySelector('[role=option]')?.innerText === 'Why is the library moving?'")
        .await;
    browser.key(Key::Enter).await;
    browser.until("document.activeElement.value === 'Why is the library moving?'").await;
    browser.key(Key::Enter).await;
    browser.until_last("Rain comes through the old roof").await;
    assert_eq!(browser.value("document.activeElement.id").await, "write", "one can go on typing");
    let text = browser.text().await;
    assert!(text.contains("used") && text.contains("Announcement, § 1"), "{text}");

    browser.keys("/ask").await;
    browser.key(Key::Enter).await;
    browser.until("document.activeElement.id === 'option-question'").await;
    browser.keys("why do you move").await;
    browser.until("document.querySelector('[role=option]')").await;
    browser.key(Key::Escape).await;
    browser.key(Key::Enter).await;
    browser.until_last("Why this answer?").await;

    browser.press(&button("Why this answer?")).await;
    browser.until_last("Only you can see this").await;
    browser.press("document.querySelector('.message:last-child .only-you button')").await;
    browser.until("!document.body.innerText.includes('Only you can see this')").await;

    show_source(&browser).await;
    browser.until("document.querySelector('#source[open] pre')?.innerText.includes('\"description\": \"Rain comes')").await;
    browser.key(Key::Escape).await;
    browser.until("!document.querySelector('#source[open]')").await;
    end(browser).await;
}

#[tokio::test]
async fn a_near_miss_takes_the_place_of_its_message() {
    let Some((_program, browser)) = start().await else { return };
    let near = button("How many books were lent");
    browser.ask("how many books were not lent to the prison", "How many books were lent").await;
    let drawn = "[...document.querySelectorAll('.message')].map((each) => each.id)";
    let before = browser.value(drawn).await;
    browser.press(&near).await;
    browser.until_last("Over 900 books").await;
    browser.until(&format!("!({near})")).await;
    assert_eq!(browser.value(drawn).await, before, "the same message, with another content");
    let is_inside = "document.querySelector('.message:last-child').contains(document.activeElement)";
    assert_eq!(browser.value(is_inside).await, true, "the keyboard stays where the button was");
    show_source(&browser).await;
    browser.until("document.querySelectorAll('#source[open] section').length === 2").await;
    end(browser).await;
}

#[tokio::test]
async fn a_journalist_fills_the_form() {
    let Some((program, browser)) = start().await else { return };
    browser.call("/media").await;
    browser.key(Key::Enter).await;
    browser.until_last("press@library.example").await;
    browser.press(&button("Write to")).await;
    browser.until("document.querySelector('#form[open]')?.contains(document.activeElement)").await;
    // A field that must not be empty keeps the form open.
    browser.key(Key::Enter).await;
    browser.until("document.querySelector('#form[open] :invalid')").await;
    let fields = browser.value("document.querySelectorAll('#form .field').length").await.as_u64().unwrap();
    for _ in 0..fields {
        let key = browser.value("document.activeElement.name").await;
        let text = match key.as_str().unwrap() {
            "email" => "ann@paper.example",
            "deadline" => "",
            _ => "Ann Archer of the Paper",
        };
        browser.keys(text).await;
        browser.key(Key::Tab).await;
    }
    browser.press("document.querySelector('#form .primary')").await;
    browser.until_last("M-").await;
    browser.until("!document.querySelector('#form[open]')").await;
    assert!(!program.folder().join("data").exists(), "nothing is kept in the folder");
    end(browser).await;
}

#[tokio::test]
async fn a_moderator_breaks_a_file_and_sees_it_refused() {
    let Some((program, browser)) = start().await else { return };
    browser.keys("/faq").await;
    assert_eq!(
        browser.value("document.getElementById('popup').hidden").await,
        true,
        "members are not offered it"
    );
    browser.choose("#person", MO).await;
    browser.until("document.getElementById('channels').innerText.includes('moderators')").await;
    let reload = async || {
        browser.call("/faq reload").await;
        browser.key(Key::Enter).await;
    };
    let whole = std::fs::read_to_string(program.path("new-place.md")).unwrap();
    std::fs::write(program.path("new-place.md"), "broken").unwrap();
    // The running program watches the folder, and reports in the moderators' channel by itself.
    browser.until("document.querySelector('.channel.unread')?.innerText.includes('moderators')").await;
    browser.click(".channel.unread").await;
    browser.until_last("new-place.md").await;
    reload().await;
    browser.until_private("new-place.md").await;
    std::fs::write(program.path("new-place.md"), whole.replace("at the Mill Pond.", "at the Mill Pond now."))
        .unwrap();
    reload().await;
    // The bot that watches the folder may have been faster.
    let ends = "/The FAQ was reloaded|Nothing to reload/.test([...document.querySelectorAll('.message.private')].at(-1).innerText)";
    browser.until(ends).await;
    end(browser).await;
}

#[tokio::test]
async fn a_moderator_changes_an_entry_and_corrects_the_answer_that_showed_it() {
    let Some((_program, browser)) = start().await else { return };
    browser.ask("where do you move to", "Mill Pond").await;
    browser.choose("#person", MO).await;
    browser.edit_new_place(" The repair of the old one costs more.").await;
    browser.press("document.querySelector('#form .primary')").await;
    browser.press(&button("Apply")).await;
    browser.press(&button("Mark one earlier answer")).await;
    browser.until("document.querySelector('.message:not(.private)').innerText.includes('costs more')").await;
    end(browser).await;
}

#[tokio::test]
async fn a_mention_is_answered_below_the_message() {
    let Some((_program, browser)) = start().await else { return };
    browser.keys("@fa").await;
    browser.until("document.querySelector('[role=option]')?.innerText.includes('@faqbot')").await;
    browser.key(Key::Enter).await;
    browser.keys("where is the new house?").await;
    browser.key(Key::Enter).await;
    browser.until_last("stands at the Mill Pond").await;
    browser.until("document.querySelector('.message:last-child .above')?.innerText.includes('@Ada')").await;
    end(browser).await;
}

#[tokio::test]
async fn a_french_client_shows_everything_in_french_and_a_phone_fits() {
    let Some((_program, browser)) = start().await else { return };
    browser.choose("#locale", "fr").await;
    browser.until("document.documentElement.lang === 'fr'").await;
    browser.ask("pourquoi déménagez-vous", "Pourquoi la bibliothèque déménage-t-elle").await;
    for (width, height) in [(390, 844), (1280, 860)] {
        browser.resize(width, height, 1).await;
        let overflow = browser.value("document.documentElement.scrollWidth > innerWidth || [...document.querySelectorAll('.message, .embed, .button')].some((each) => each.getBoundingClientRect().right > innerWidth)").await;
        assert_eq!(overflow, false, "{width}");
    }
    browser.resize(390, 844, 1).await;
    browser.click("#menu").await;
    browser
        .until("document.querySelector('#sidebar.shown') && document.activeElement.matches('.channel')")
        .await;
    browser.key(Key::Escape).await;
    browser.until("document.activeElement.id === 'menu'").await;
    end(browser).await;
}

#[tokio::test]
async fn a_hostile_page_in_another_tab_can_do_nothing() {
    let Some((program, browser)) = start().await else { return };
    let script = format!(
        "<!doctype html><iframe src='{url}'></iframe><p id=result></p><script>
         const body = JSON.stringify({{person: '400000000000000001', channel: '700000000000000001', locale: 'en-US', content: 'hostile'}});
         const tries = [
           fetch('{url}act', {{method: 'POST', mode: 'no-cors', body}}).catch(() => 0),
           fetch('{url}act', {{method: 'POST', body, headers: {{'Content-Type': 'application/json'}}}}).then(() => {{ throw 'read' }}, () => 0),
           fetch('{url}setup').then(() => {{ throw 'read' }}, () => 0),
           import('{url}client.js').then(() => {{ throw 'imported' }}, () => 0),
         ];
         Promise.all(tries).then(() => 'refused', String).then((text) => {{ document.getElementById('result').textContent = text; }});
         </script>",
        url = program.url
    );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let page = get(move || async move { ([(header::CONTENT_TYPE, "text/html")], script) });
    let server =
        tokio::spawn(async move { axum::serve(listener, Router::new().route("/", page)).await.unwrap() });
    // Even a page that knows the address of the preview, key and all.
    browser.open(&format!("http://{address}/")).await;
    browser.until("document.getElementById('result')?.textContent === 'refused'").await;
    assert_eq!(program.shown().await["messages"], json!([]));
    server.abort();
    browser.quit().await;
}
