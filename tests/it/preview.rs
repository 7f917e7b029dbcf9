//! `faqbot preview`: the program and its page, over HTTP and in a real browser.
//!
//! `preview/program.rs` runs the program, `preview/browser.rs` drives Chromium through WebDriver,
//! `preview/lines.rs` reads what either writes, `preview/palette.rs` makes pictures small.

mod bodies;
mod browser;
mod conversation;
mod guard;
mod lines;
mod palette;
mod pictures;
mod program;
