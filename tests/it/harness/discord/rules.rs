//! What Discord refuses beyond its OpenAPI file, and what our bot must never do: ping.

use std::collections::HashSet;

use serde_json::Value;

use super::{Record, Route, seen::list};

/// Everything wrong with a request.
pub(crate) fn check(record: &Record) -> Vec<String> {
    let mut faults = Vec::new();
    if record.route == Route::Register {
        commands(&record.body, &mut faults);
    }
    match (record.route, record.body["type"].as_u64()) {
        (Route::Callback, Some(8)) => choices(&record.body["data"], &mut faults),
        (Route::Callback, Some(9)) => modal(&record.body["data"], &mut faults),
        (Route::Callback, Some(5 | 6)) => {}
        _ => {
            if let Some(message) = record.shown() {
                visible(message, &mut faults);
            }
        }
    }
    faults
}

fn visible(message: &Value, faults: &mut Vec<String>) {
    let mentions = &message["allowed_mentions"];
    let is_closed = mentions["parse"].as_array().is_some_and(Vec::is_empty)
        && list(&mentions["users"]).next().is_none()
        && list(&mentions["roles"]).next().is_none()
        && mentions["replied_user"] != true;
    if !is_closed {
        faults.push("it could ping".into());
    }
    limit(faults, "content", &message["content"], 2000);
    let embeds: Vec<&Value> = list(&message["embeds"]).collect();
    if embeds.len() > 10 {
        faults.push("more than 10 embeds".into());
    }
    let is_empty = message["content"].as_str().unwrap_or_default().trim().is_empty() && embeds.is_empty();
    if is_empty {
        faults.push("there is nothing in it".into());
    }
    let total: usize = embeds.iter().map(|embed| embed_chars(embed, faults)).sum();
    if total > 6000 {
        faults.push(format!("{total} characters over all embeds"));
    }
    rows(&message["components"], faults);
}

fn embed_chars(embed: &Value, faults: &mut Vec<String>) -> usize {
    let fields: Vec<&Value> = list(&embed["fields"]).collect();
    if fields.len() > 25 {
        faults.push("more than 25 fields".into());
    }
    let mut total = limit(faults, "title", &embed["title"], 256)
        + limit(faults, "description", &embed["description"], 4096)
        + limit(faults, "footer", &embed["footer"]["text"], 2048)
        + limit(faults, "author", &embed["author"]["name"], 256);
    for field in fields {
        for (part, max) in [("name", 256), ("value", 1024)] {
            let chars = limit(faults, part, &field[part], max);
            if chars == 0 {
                faults.push(format!("a field without a {part}"));
            }
            total += chars;
        }
    }
    total
}

fn rows(components: &Value, faults: &mut Vec<String>) {
    let rows: Vec<&Value> = list(components).collect();
    if rows.len() > 5 {
        faults.push("more than 5 rows".into());
    }
    let mut ids = HashSet::new();
    for row in rows {
        let buttons: Vec<&Value> = list(&row["components"]).collect();
        if !(1..=5).contains(&buttons.len()) {
            faults.push("a row of none or more than 5".into());
        }
        for button in buttons {
            let has_id = button["custom_id"].is_string();
            if has_id == (button["style"] == 5) {
                faults.push("a button needs either an id or a link".into());
            }
            id(button, &mut ids, faults);
            if limit(faults, "label", &button["label"], 80) == 0 && button["emoji"].is_null() {
                faults.push("a button without a label".into());
            }
        }
    }
}

fn modal(modal: &Value, faults: &mut Vec<String>) {
    if limit(faults, "modal title", &modal["title"], 45) == 0 {
        faults.push("a form without a title".into());
    }
    limit(faults, "custom_id", &modal["custom_id"], 100);
    let rows: Vec<&Value> = list(&modal["components"]).collect();
    if !(1..=5).contains(&rows.len()) {
        faults.push("a form needs 1 to 5 rows".into());
    }
    let mut ids = HashSet::new();
    for row in rows {
        let inputs: Vec<&Value> = list(&row["components"]).collect();
        if inputs.len() != 1 || inputs[0]["type"] != 4 {
            faults.push("a form's row holds one text input".into());
        }
        for input in inputs {
            id(input, &mut ids, faults);
            limit(faults, "label", &input["label"], 45);
            limit(faults, "placeholder", &input["placeholder"], 100);
            let max = input["max_length"].as_u64().unwrap_or(4000).min(4000);
            limit(faults, "value", &input["value"], usize::try_from(max).unwrap());
        }
    }
}

fn choices(data: &Value, faults: &mut Vec<String>) {
    let choices: Vec<&Value> = list(&data["choices"]).collect();
    if choices.len() > 25 {
        faults.push("more than 25 completions".into());
    }
    for choice in choices {
        for part in ["name", "value"] {
            if limit(faults, part, &choice[part], 100) == 0 {
                faults.push(format!("a completion without a {part}"));
            }
        }
    }
}

fn commands(commands: &Value, faults: &mut Vec<String>) {
    let mut names = HashSet::new();
    for command in list(commands) {
        let kind = command["type"].as_u64().unwrap_or(1);
        if !names.insert((kind, command["name"].to_string())) {
            faults.push(format!("two commands {}", command["name"]));
        }
        let total = command_chars(command, kind == 1, faults);
        if total > 8000 {
            faults.push(format!("{total} characters in the command {}", command["name"]));
        }
    }
}

/// The characters that Discord counts of a command or option: names, descriptions and values, the longest translation.
fn command_chars(item: &Value, is_typed: bool, faults: &mut Vec<String>) -> usize {
    let mut total = 0;
    for (part, max) in [("name", 32), ("description", 100)] {
        let texts = std::iter::once(&item[part]).chain(
            item[format!("{part}_localizations")].as_object().into_iter().flat_map(|all| all.values()),
        );
        let texts: Vec<&str> = texts.filter_map(Value::as_str).collect();
        for text in &texts {
            let chars = text.chars().count();
            if is_typed && !(1..=max).contains(&chars) {
                faults.push(format!("a {part} of {chars} characters: {text:?}"));
            }
            let is_name =
                |c: char| c == '-' || c == '_' || c == '\'' || (c.is_alphanumeric() && !c.is_uppercase());
            if part == "name" && is_typed && !text.chars().all(is_name) {
                faults.push(format!("no name for a command: {text:?}"));
            }
        }
        total += texts.iter().map(|text| text.chars().count()).max().unwrap_or(0);
    }
    let options: Vec<&Value> = list(&item["options"]).collect();
    if options.len() > 25 {
        faults.push("more than 25 options".into());
    }
    let required: Vec<bool> = options.iter().map(|option| option["required"] == true).collect();
    if !required.is_sorted_by(|before, after| before >= after) {
        faults.push(format!("required options come first: {}", item["name"]));
    }
    total + options.iter().map(|option| command_chars(option, true, faults)).sum::<usize>()
}

fn id(component: &Value, ids: &mut HashSet<String>, faults: &mut Vec<String>) {
    let Some(id) = component["custom_id"].as_str() else { return };
    if !(1..=100).contains(&id.chars().count()) {
        faults.push(format!("a custom id of {} characters", id.chars().count()));
    }
    if !ids.insert(id.to_owned()) {
        faults.push(format!("the custom id {id:?} twice"));
    }
}

/// Counts the characters of a text and complains beyond `max`.
fn limit(faults: &mut Vec<String>, what: &str, value: &Value, max: usize) -> usize {
    let chars = value.as_str().unwrap_or_default().chars().count();
    if chars > max {
        faults.push(format!("{what}: {chars} characters, at most {max}"));
    }
    chars
}

#[cfg(test)]
mod tests {
    use axum::http::Method;
    use serde_json::json;

    use super::*;

    fn faults(route: Route, body: Value) -> Vec<String> {
        check(&Record { route, method: Method::POST, path: String::new(), body, status: None })
    }

    #[test]
    fn a_message_that_could_ping_or_is_too_long_is_refused() {
        let closed = json!({"parse": []});
        assert!(faults(Route::Message, json!({"content": "x", "allowed_mentions": closed})).is_empty());
        assert!(!faults(Route::Message, json!({"content": "x"})).is_empty());
        assert!(
            !faults(Route::Message, json!({"content": "x", "allowed_mentions": {"parse": ["users"]}}))
                .is_empty()
        );
        let long = "é".repeat(2001);
        assert_eq!(faults(Route::Message, json!({"content": long, "allowed_mentions": closed})).len(), 1);
        assert_eq!(faults(Route::Message, json!({"content": "", "allowed_mentions": closed})).len(), 1);
    }

    #[test]
    fn required_options_come_first_and_names_are_lower_case() {
        let option = |name: &str, required: bool| json!({"name": name, "description": "d", "type": 3, "required": required});
        let command = |options: Value| json!([{"name": "ask", "description": "d", "options": options}]);
        assert!(faults(Route::Register, command(json!([option("a", true), option("b", false)]))).is_empty());
        assert_eq!(faults(Route::Register, command(json!([option("a", false), option("b", true)]))).len(), 1);
        assert_eq!(faults(Route::Register, command(json!([option("A b", false)]))).len(), 1);
    }
}
