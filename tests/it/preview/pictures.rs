//! Makes the pictures of the documents: `docs/pictures.sh` runs this over the bundled FAQ.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use thirtyfour::prelude::Key;

use super::{
    browser::Browser,
    program::{MO, Program},
};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Writes a picture of the page.
async fn save(browser: &Browser, name: &str) {
    let folder = root().join("docs/pictures");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(name), browser.picture().await).unwrap();
}

/// Copies the FAQ with everything in its folders.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for item in std::fs::read_dir(from).unwrap() {
        let (path, target) = (item.as_ref().unwrap().path(), to.join(item.unwrap().file_name()));
        if path.is_dir() { copy(&path, &target) } else { std::fs::copy(&path, target).map(|_| ()).unwrap() }
    }
}

async fn ask(browser: &Browser, question: &str, answered: &str) {
    browser.press("document.getElementById('write')").await;
    browser.keys("/ask").await;
    browser.key(Key::Enter).await;
    browser.until("document.activeElement.id === 'option-question'").await;
    browser.keys(question).await;
    browser.key(Key::Escape).await;
    browser.key(Key::Enter).await;
    browser.until_last(answered).await;
}

#[tokio::test]
#[ignore = "docs/pictures.sh runs it: it needs a browser and the full index, and writes into docs/pictures"]
async fn the_pictures_of_the_documents() {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("faq"), &folder.path().join("faq"));
    let index = root().join("target/tmp/index");
    let vars = [("FAQBOT__INDEX__DIR", index.to_str().unwrap())];
    let built = Command::new(env!("CARGO_BIN_EXE_faqbot"))
        .arg("index")
        .envs(vars)
        .current_dir(folder.path())
        .status();
    assert!(built.unwrap().success());
    let program = Program::start_in(folder, &vars);
    let browser = Browser::start().await.expect("the pictures need a browser");

    browser.prefer("dark").await;
    browser.resize(1040, 720, 1).await;
    browser.open_preview(&program.url).await;
    ask(&browser, "y r they leavin", "Why is IJM leaving Rwanda?").await;
    save(&browser, "answer.png").await;

    browser.prefer("light").await;
    browser.keys("/ask").await;
    browser.key(Key::Enter).await;
    browser.keys("who will").await;
    browser.until("document.querySelectorAll('[role=option]').length > 1").await;
    save(&browser, "completion.png").await;
    browser.key(Key::Escape).await;
    browser.key(Key::Escape).await;

    browser.until("document.getElementById('write')").await;
    browser.press("document.getElementById('write')").await;
    browser.keys("/media").await;
    browser.key(Key::Enter).await;
    browser.until("document.querySelector('.call')").await;
    browser.key(Key::Enter).await;
    browser.until_last("media@ijm.ca").await;
    browser.press("[...document.querySelectorAll('.message:last-child .button')].find((each) => each.textContent.startsWith('Write'))").await;
    browser.until("document.querySelector('#form[open]')").await;
    browser.keys("Ann Archer, The Daily Example").await;
    save(&browser, "form.png").await;
    browser.key(Key::Escape).await;

    browser.prefer("dark").await;
    browser.choose("#person", MO).await;
    let broken = program.path("why-leaving.md");
    let text = std::fs::read_to_string(&broken).unwrap();
    std::fs::write(&broken, text.replace("winding down", "shutting down")).unwrap();
    browser.press("document.getElementById('write')").await;
    browser.keys("/faq reload").await;
    browser.key(Key::Enter).await;
    browser.until("document.querySelector('.call')").await;
    browser.key(Key::Enter).await;
    browser.until_last("why-leaving.md").await;
    save(&browser, "refused.png").await;
    std::fs::write(&broken, text).unwrap();

    browser.resize(390, 780, 2).await;
    browser.choose("#locale", "fr").await;
    ask(&browser, "combien de temps êtes-vous restés au rwanda", "Rwanda").await;
    save(&browser, "phone.png").await;
    browser.quit().await;
}
