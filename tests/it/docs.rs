//! Documents and locales held against the code.

mod locales;
mod readme;
