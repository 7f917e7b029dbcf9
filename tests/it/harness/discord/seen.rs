//! An answer as a person sees it.

use serde_json::Value;

/// An answer as a person sees it.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    /// What it is.
    pub(crate) kind: Kind,
    /// Whether only that person sees it.
    pub(crate) is_private: bool,
    /// Whether "thinking…" was shown first.
    pub(crate) was_deferred: bool,
    /// What the bot sent.
    pub(crate) body: Value,
    /// Its message.
    pub(crate) message: Option<u64>,
    /// Its channel.
    pub(crate) channel: u64,
}

/// What an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A message.
    Message,
    /// A changed message.
    InPlace,
    /// A form.
    Form,
    /// Completions.
    Choices,
}

impl Seen {
    /// Everything a person can read in it, line by line; buttons not included.
    pub(crate) fn text(&self) -> String {
        let mut text = Vec::new();
        let mut add =
            |value: &Value| text.extend(value.as_str().filter(|text| !text.is_empty()).map(str::to_owned));
        add(&self.body["content"]);
        for embed in list(&self.body["embeds"]) {
            add(&embed["author"]["name"]);
            add(&embed["title"]);
            add(&embed["description"]);
            for field in list(&embed["fields"]) {
                add(&field["name"]);
                add(&field["value"]);
            }
            add(&embed["footer"]["text"]);
        }
        text.join("\n")
    }

    /// The heading of the first embed.
    pub(crate) fn title(&self) -> &str {
        self.body["embeds"][0]["title"].as_str().unwrap_or_default()
    }

    /// The labels of its buttons, in order.
    pub(crate) fn buttons(&self) -> Vec<String> {
        self.parts().filter_map(|part| Some(part["label"].as_str()?.to_owned())).collect()
    }

    /// The custom id of a button.
    pub(crate) fn button(&self, label: &str) -> String {
        let id = self.parts().find(|part| part["label"] == label).and_then(|part| part["custom_id"].as_str());
        id.unwrap_or_else(|| panic!("there is no button {label:?} among {:?}", self.buttons())).to_owned()
    }

    /// The custom id of a form.
    pub(crate) fn form(&self) -> String {
        assert_eq!(self.kind, Kind::Form, "{self:?}");
        self.body["custom_id"].as_str().unwrap().to_owned()
    }

    /// What the fields of a form hold when it opens, in order.
    pub(crate) fn values(&self) -> Vec<String> {
        assert_eq!(self.kind, Kind::Form, "{self:?}");
        self.parts().map(|field| field["value"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// What is offered while a person types: what is shown and what is sent.
    pub(crate) fn choices(&self) -> Vec<(String, String)> {
        assert_eq!(self.kind, Kind::Choices, "{self:?}");
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        list(&self.body["choices"]).map(|choice| (text(&choice["name"]), text(&choice["value"]))).collect()
    }

    fn parts(&self) -> impl Iterator<Item = &Value> {
        list(&self.body["components"]).flat_map(|row| list(&row["components"]))
    }
}

/// The items of a list; none where it is no list.
pub(crate) fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}
