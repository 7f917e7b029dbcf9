//! Text that a person typed, given back: in a code block, where nothing links, embeds or pings.

/// What a fence inside the text becomes, so that it does not end the block.
const QUOTES: &str = "'''";

/// A person's own text in a code block.
pub(crate) fn code_block(typed: &str) -> String {
    format!("```\n{}\n```", typed.replace("```", QUOTES))
}
