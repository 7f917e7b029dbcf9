//! `faqbot preview`: the program and its page, over HTTP and in a real browser.
//!
//! `preview/program.rs` runs the program, `preview/browser.rs` drives Chromium through WebDriver,
//! `preview/lines.rs` reads what either writes.

mod bodies;
mod browser;
mod conversation;
mod guard;
mod lines;
mod pictures;
mod program;
