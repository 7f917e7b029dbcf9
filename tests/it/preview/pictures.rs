//! Makes the pictures of the documents: `docs/pictures.sh` runs this over the bundled FAQ.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use thirtyfour::prelude::Key;

use super::{
    browser::{Browser, button},
    palette::with_few_colours,
    program::{MO, Program},
};

/// Width, height and pixels of a picture for each of them.
const WINDOW: (u32, u32, u32) = (1040, 740, 1);
const PHONE: (u32, u32, u32) = (390, 780, 1);

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Writes a picture of the page into `docs/pictures`, and into `target/tmp/pictures` how the page looks to others.
async fn save(browser: &Browser, name: &str, (width, height, scale): (u32, u32, u32), scheme: &str) {
    let (documents, others) = (root().join("docs/pictures"), root().join("target/tmp/pictures"));
    for folder in [&documents, &others] {
        std::fs::create_dir_all(folder).unwrap();
    }
    for (width, height) in [(1280, 860), (390, 844)] {
        browser.resize(width, height, 1).await;
        for scheme in ["light", "dark"] {
            browser.prefer(scheme).await;
            let other = others.join(format!("{name}-{width}-{scheme}.png"));
            std::fs::write(other, browser.picture().await).unwrap();
        }
    }
    browser.resize(width, height, scale).await;
    browser.prefer(scheme).await;
    let picture = with_few_colours(&browser.picture().await);
    std::fs::write(documents.join(format!("{name}.png")), picture).unwrap();
}

/// Copies the FAQ with everything in its folders.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for item in std::fs::read_dir(from).unwrap() {
        let (path, target) = (item.as_ref().unwrap().path(), to.join(item.unwrap().file_name()));
        if path.is_dir() { copy(&path, &target) } else { std::fs::copy(&path, target).map(|_| ()).unwrap() }
    }
}

#[tokio::test]
#[ignore = "docs/pictures.sh runs it: it needs a browser and the full index, and writes into docs/pictures"]
async fn the_pictures_for_members() {
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

    browser.open_preview(&program.url).await;
    browser.ask("y r they leavin", "Why is IJM leaving Rwanda?").await;
    save(&browser, "answer", WINDOW, "dark").await;

    browser.call("/ask").await;
    browser.keys("who will").await;
    browser.until("document.querySelectorAll('[role=option]').length > 1").await;
    save(&browser, "completion", WINDOW, "light").await;
    browser.key(Key::Escape).await;
    browser.key(Key::Escape).await;

    browser.call("/media").await;
    browser.key(Key::Enter).await;
    browser.until_last("media@ijm.ca").await;
    browser.press(&button("Write")).await;
    browser.until("document.querySelector('#form[open]')").await;
    browser.keys("Ann Archer, The Daily Example").await;
    save(&browser, "form", WINDOW, "light").await;
    browser.key(Key::Escape).await;

    browser.choose("#locale", "fr").await;
    browser.ask("combien de temps êtes-vous restés au rwanda", "Rwanda").await;
    save(&browser, "phone", PHONE, "dark").await;
    browser.quit().await;
}

#[tokio::test]
#[ignore = "docs/pictures.sh runs it: it needs a browser and writes into docs/pictures"]
async fn the_pictures_for_moderators() {
    let program = Program::start();
    let browser = Browser::start().await.expect("the pictures need a browser");
    browser.open_preview(&program.url).await;
    browser.ask("where do you move to", "Mill Pond").await;
    browser.choose("#person", MO).await;
    browser.press("document.querySelector('#channels li:last-child .channel')").await;

    browser.edit_new_place(" The repair of the old one costs more.").await;
    save(&browser, "edit", WINDOW, "light").await;
    browser.press("document.querySelector('#form .primary')").await;
    browser.until(&button("Apply")).await;
    save(&browser, "change", WINDOW, "dark").await;
    browser.press(&button("Apply")).await;
    browser.until_last("Mark one earlier answer").await;
    save(&browser, "applied", WINDOW, "dark").await;

    browser.call("/faq history").await;
    browser.key(Key::Enter).await;
    browser.until_last("new-place").await;
    save(&browser, "history", WINDOW, "light").await;

    let broken = program.path("why-moving.md");
    let text = std::fs::read_to_string(&broken).unwrap();
    std::fs::write(&broken, text.replace("rain comes", "snow comes")).unwrap();
    browser.call("/faq reload").await;
    browser.key(Key::Enter).await;
    browser.until_private("why-moving.md").await;
    save(&browser, "refused", WINDOW, "dark").await;
    browser.quit().await;
}
