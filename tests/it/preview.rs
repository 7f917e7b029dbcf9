//! `faqbot preview`: the program and its page, over HTTP and in a real browser.
//!
//! `preview/program.rs` runs the program, `preview/browser.rs` drives Chromium through WebDriver.

mod bodies;
mod browser;
mod conversation;
mod guard;
mod pictures;
mod program;
