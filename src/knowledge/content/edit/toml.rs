//! Changes the front matter of a file: texts and lists of texts. Every text is written on one line in double quotes, so
//! that nothing in it can end the front matter.

use toml_edit::{Array, DocumentMut, Item, Table, TableLike, Value};

use super::tidy;
use crate::lang::Lang;

const WORDINGS: &str = "also_asked";

/// Sets the text `key`; the comment after it stays.
pub(super) fn set_text(document: &mut DocumentMut, key: &str, text: &str) {
    let mut value = string(text);
    match document.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => {
            *value.decor_mut() = old.decor().clone();
            *old = value;
        }
        None => {
            document.insert(key, Item::Value(value));
        }
    }
}

/// Adds texts at the end of the list `key`, which is created if it is missing.
pub(super) fn add_to_list(document: &mut DocumentMut, key: &str, added: &[String]) {
    add(document.as_table_mut(), key, added);
}

/// Removes texts from the list `key`, and the list if nothing is left of it.
pub(super) fn remove_from_list(document: &mut DocumentMut, key: &str, removed: &[String]) {
    remove(document.as_table_mut(), key, removed);
}

/// Whether the wordings are a table with a list per language.
pub(super) fn has_wording_table(document: &DocumentMut) -> bool {
    document.get(WORDINGS).is_some_and(Item::is_table_like)
}

/// Adds wordings of `lang`. A plain list of English wordings becomes a table if `lang` is another language.
pub(super) fn add_wordings(document: &mut DocumentMut, lang: Lang, added: &[String]) {
    let is_list = document.get(WORDINGS).is_some_and(Item::is_array);
    if is_list && lang == Lang::En {
        return add(document.as_table_mut(), WORDINGS, added);
    }
    if !has_wording_table(document) {
        let mut table = Table::new();
        if let Some(list) = document.remove(WORDINGS) {
            table.insert(Lang::En.code(), list);
        }
        table.decor_mut().set_prefix("\n");
        document.insert(WORDINGS, Item::Table(table));
    }
    if let Some(table) = document.get_mut(WORDINGS).and_then(Item::as_table_like_mut) {
        add(table, lang.code(), added);
    }
}

/// Removes wordings of `lang` from the list or the table; returns whether anything was removed.
pub(super) fn remove_wordings(document: &mut DocumentMut, lang: Lang, removed: &[String]) -> bool {
    let Some(item) = document.get_mut(WORDINGS) else { return false };
    let Some(table) = item.as_table_like_mut() else {
        return remove(document.as_table_mut(), WORDINGS, removed);
    };
    let is_changed = remove(table, lang.code(), removed);
    if table.is_empty() {
        document.remove(WORDINGS);
    }
    is_changed
}

fn add(table: &mut dyn TableLike, key: &str, added: &[String]) {
    if added.is_empty() {
        return;
    }
    if table.get(key).and_then(Item::as_array).is_none() {
        table.insert(key, Item::Value(Value::Array(Array::new())));
    }
    let Some(array) = table.get_mut(key).and_then(Item::as_array_mut) else { return };
    let indent = match array.iter().last() {
        None => "\n  ".to_owned(),
        Some(last) => indent(last, array.len()),
    };
    // What follows the last item on its line, such as a comment, stays there; the bracket comes on the next line.
    let mut after_last = String::new();
    let last = array.len().checked_sub(1);
    if array.trailing_comma() || last.is_none() {
        after_last.push_str(array.trailing().as_str().unwrap_or_default());
    } else if let Some(last) = last.and_then(|at| array.get_mut(at)) {
        after_last.push_str(last.decor().suffix().and_then(|suffix| suffix.as_str()).unwrap_or_default());
        last.decor_mut().set_suffix("");
    }
    let (comment, before_bracket) = match after_last.rfind('\n') {
        Some(at) => after_last.split_at(at),
        None => ("", after_last.as_str()),
    };
    for (n, text) in added.iter().enumerate() {
        let before = if n == 0 { format!("{comment}{indent}") } else { indent.clone() };
        array.push_formatted(string(text).decorated(before, ""));
    }
    let has_lines = indent.contains('\n');
    array.set_trailing_comma(has_lines);
    array.set_trailing(if has_lines && before_bracket.is_empty() { "\n" } else { before_bracket });
}

/// What separates a new item from the one before it: a line end with the same indentation, or a space.
fn indent(last: &Value, n_items: usize) -> String {
    let before = last.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default();
    match before.rsplit_once('\n') {
        Some((_, spaces)) => format!("\n{}", spaces.chars().take_while(|c| *c == ' ').collect::<String>()),
        None if n_items > 1 || before.is_empty() => " ".to_owned(),
        None => before.to_owned(),
    }
}

fn remove(table: &mut dyn TableLike, key: &str, removed: &[String]) -> bool {
    let Some(array) = table.get_mut(key).and_then(Item::as_array_mut) else { return false };
    let before = array.len();
    array.retain(|value| !value.as_str().is_some_and(|text| removed.contains(&tidy(text))));
    let (is_empty, is_changed) = (array.is_empty(), array.len() != before);
    if is_empty && is_changed {
        table.remove(key);
    }
    is_changed
}

/// A text as a TOML string on one line.
fn string(text: &str) -> Value {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted.parse().unwrap_or_else(|_| Value::from(text))
}
