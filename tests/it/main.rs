//! Everything a user meets, tested as they meet it: one binary, so that it is linked once.

mod bad_content;
mod cli;
