//! What Discord refuses of a body: its limits on messages, forms and completions. A preview without them would flatter.

use std::collections::HashSet;

use axum::http::Method;
use serde_json::Value;

/// Why Discord would refuse a request; empty if it would not.
pub(super) fn faults(method: &Method, parts: &[&str], body: &Value) -> Vec<String> {
    let mut faults = Faults::default();
    match (method.as_str(), parts, body["type"].as_u64()) {
        ("POST", ["interactions", ..], Some(8)) => faults.choices(&body["data"]),
        ("POST", ["interactions", ..], Some(9)) => faults.form(&body["data"]),
        ("POST", ["interactions", ..], Some(4)) => faults.message(&body["data"], false),
        ("POST", ["interactions", ..], Some(7)) => faults.message(&body["data"], true),
        ("PATCH", ["webhooks" | "channels", ..], _) => faults.message(body, true),
        ("POST", ["webhooks", ..] | ["channels", _, "messages"], _) => faults.message(body, false),
        _ => {}
    }
    faults.0
}

#[derive(Default)]
struct Faults(Vec<String>);

impl Faults {
    fn add(&mut self, fault: impl Into<String>) {
        self.0.push(fault.into());
    }

    /// Counts the characters of a text, which may have `max`.
    fn text(&mut self, what: &str, value: &Value, max: usize) -> usize {
        let chars = value.as_str().unwrap_or_default().chars().count();
        if chars > max {
            self.add(format!("{what}: {chars} characters, at most {max}"));
        }
        chars
    }

    /// The same for a text that must not be empty.
    fn required(&mut self, what: &str, value: &Value, max: usize) -> usize {
        let chars = self.text(what, value, max);
        if chars == 0 {
            self.add(format!("{what}: it is empty"));
        }
        chars
    }

    fn message(&mut self, message: &Value, is_edit: bool) {
        let content = self.text("content", &message["content"], 2000);
        let embeds: Vec<&Value> = list(&message["embeds"]).collect();
        if embeds.len() > 10 {
            self.add("more than 10 embeds");
        }
        let total: usize = embeds.iter().map(|embed| self.embed(embed)).sum();
        if total > 6000 {
            self.add(format!("embeds: {total} characters together, at most 6000"));
        }
        if content == 0 && embeds.is_empty() && !is_edit {
            self.add("an empty message");
        }
        self.rows(&message["components"]);
    }

    /// The characters of an embed.
    fn embed(&mut self, embed: &Value) -> usize {
        let fields: Vec<&Value> = list(&embed["fields"]).collect();
        if fields.len() > 25 {
            self.add("more than 25 fields");
        }
        let texts = self.text("title", &embed["title"], 256)
            + self.text("description", &embed["description"], 4096)
            + self.text("footer", &embed["footer"]["text"], 2048)
            + self.text("author", &embed["author"]["name"], 256);
        let fields = fields.iter().map(|field| {
            self.required("field name", &field["name"], 256)
                + self.required("field value", &field["value"], 1024)
        });
        texts + fields.sum::<usize>()
    }

    fn rows(&mut self, components: &Value) {
        let mut ids = HashSet::new();
        if list(components).count() > 5 {
            self.add("more than 5 rows");
        }
        for row in list(components) {
            if !(1..=5).contains(&list(&row["components"]).count()) {
                self.add("a row has 1 to 5 components");
            }
            for component in list(&row["components"]) {
                self.id(component, &mut ids);
                match component["type"].as_u64() {
                    Some(2) => self.button(component),
                    Some(3) => self.select(component),
                    _ => {}
                }
            }
        }
    }

    fn button(&mut self, button: &Value) {
        if self.text("label", &button["label"], 80) == 0 && button["emoji"].is_null() {
            self.add("a button without a label");
        }
        if button["custom_id"].is_string() == (button["style"] == 5) {
            self.add("a button has either an id or a link");
        }
    }

    fn select(&mut self, select: &Value) {
        self.text("placeholder", &select["placeholder"], 150);
        if !(1..=25).contains(&list(&select["options"]).count()) {
            self.add("a menu has 1 to 25 options");
        }
        for option in list(&select["options"]) {
            self.required("option label", &option["label"], 100);
            self.required("option value", &option["value"], 100);
            self.text("option description", &option["description"], 100);
        }
    }

    fn form(&mut self, form: &Value) {
        self.required("title", &form["title"], 45);
        self.required("custom_id", &form["custom_id"], 100);
        if !(1..=5).contains(&list(&form["components"]).count()) {
            self.add("a form has 1 to 5 rows");
        }
        let mut ids = HashSet::new();
        for row in list(&form["components"]) {
            for input in list(&row["components"]) {
                self.id(input, &mut ids);
                self.text("label", &input["label"], 45);
                self.text("placeholder", &input["placeholder"], 100);
                let max = input["max_length"].as_u64().and_then(|max| usize::try_from(max).ok());
                self.text("value", &input["value"], max.unwrap_or(4000).min(4000));
            }
        }
    }

    fn choices(&mut self, data: &Value) {
        if list(&data["choices"]).count() > 25 {
            self.add("more than 25 completions");
        }
        for choice in list(&data["choices"]) {
            self.required("completion", &choice["name"], 100);
            if choice["value"].is_string() {
                self.required("completion", &choice["value"], 100);
            }
        }
    }

    fn id(&mut self, component: &Value, ids: &mut HashSet<String>) {
        let Some(id) = component["custom_id"].as_str() else { return };
        self.required("custom_id", &component["custom_id"], 100);
        if !ids.insert(id.to_owned()) {
            self.add("two components with one id");
        }
    }
}

/// The items of a list; none where it is no list.
fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn in_channel(body: Value) -> usize {
        faults(&Method::POST, &["channels", "1", "messages"], &body).len()
    }

    #[test]
    fn what_discord_refuses_is_refused() {
        assert_eq!(in_channel(json!({"content": "hello"})), 0);
        assert_eq!(in_channel(json!({"content": "é".repeat(2001)})), 1);
        assert_eq!(in_channel(json!({"content": ""})), 1);
        assert_eq!(in_channel(json!({"embeds": [{"title": "t".repeat(257)}]})), 1);
        let long = json!({"description": "d".repeat(3001)});
        assert_eq!(in_channel(json!({"embeds": [long, long]})), 1);
        let button = json!({"type": 2, "style": 1, "label": "a", "custom_id": "x"});
        assert_eq!(
            in_channel(json!({"content": "c", "components": [{"type": 1, "components": [button]}]})),
            0
        );
        assert_eq!(
            in_channel(json!({"content": "c", "components": [{"type": 1, "components": [button, button]}]})),
            1
        );
    }

    #[test]
    fn a_form_and_completions_have_limits_too() {
        let callback = |body| faults(&Method::POST, &["interactions", "1", "t", "callback"], &body).len();
        let input = json!({"type": 4, "custom_id": "a", "label": "l".repeat(46)});
        let form =
            json!({"custom_id": "f", "title": "t", "components": [{"type": 1, "components": [input]}]});
        assert_eq!(callback(json!({"type": 9, "data": form})), 1);
        let choice = json!({"name": "n", "value": "v".repeat(101)});
        assert_eq!(callback(json!({"type": 8, "data": {"choices": [choice]}})), 1);
    }
}
