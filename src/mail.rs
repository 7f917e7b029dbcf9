//! stub

/// Whether `text` is an address that a mail can go to.
pub fn is_address(text: &str) -> bool {
    text.parse::<lettre::Address>().is_ok()
}
