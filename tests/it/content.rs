//! Content folders: the shipped one, and everything that can be wrong with one.

mod bad_content;
mod imports;
mod shipped;
