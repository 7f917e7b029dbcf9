//! Buttons and forms.

use std::collections::HashSet;

use serenity::all::{
    ButtonStyle, CreateActionRow, CreateButton, CreateInputText, CreateModal, InputTextStyle,
};

use crate::{
    bot::{
        EditorAction,
        reply::{Action, Button, Field, Form},
        request::GapsAsk,
    },
    discord::{
        custom_id,
        outbound::{embeds::is_web_address, limits},
    },
};

const IN_A_ROW: usize = 5;
const MAX_ROWS: usize = 5;
const MAX_FIELDS: usize = 5;

/// Buttons in rows of five. A second button with the same id is left out, since Discord would refuse the message.
pub(super) fn rows(buttons: &[Button]) -> Vec<CreateActionRow> {
    let mut seen = HashSet::new();
    let groups = buttons.chunk_by(|one, _| !ends_row(&one.action));
    let mut rows = Vec::new();
    for group in groups {
        let created: Vec<CreateButton> =
            group.iter().filter_map(|button| create(button, &mut seen)).collect();
        rows.extend(created.chunks(IN_A_ROW).map(|row| CreateActionRow::Buttons(row.to_vec())));
    }
    rows.truncate(MAX_ROWS);
    rows
}

/// Whether a button is the last of those about one thing, which have a row of their own.
fn ends_row(action: &Action) -> bool {
    matches!(action, Action::Gaps(GapsAsk::Dismiss { .. }))
}

fn create(button: &Button, seen: &mut HashSet<String>) -> Option<CreateButton> {
    let label = limits::line(&button.label, 80);
    if label.is_empty() {
        return None;
    }
    if let Action::Link(url) = &button.action {
        return is_web_address(url).then(|| CreateButton::new_link(url).label(label));
    }
    let id = custom_id::encode(&button.action)?;
    let style = match button.action {
        Action::Show { .. } | Action::Media | Action::MediaForm(_) | Action::NeedHelp => ButtonStyle::Primary,
        Action::Editor(EditorAction::Apply { .. } | EditorAction::Approve { .. }) => ButtonStyle::Success,
        Action::ReloadShrunk => ButtonStyle::Danger,
        _ => ButtonStyle::Secondary,
    };
    seen.insert(id.clone()).then(|| CreateButton::new(id).style(style).label(label))
}

/// A form: one row per text field.
pub(super) fn modal(form: &Form) -> CreateModal {
    let rows = form.fields.iter().take(MAX_FIELDS).map(|field| CreateActionRow::InputText(input(field)));
    CreateModal::new(custom_id::encode_form(form.id), limits::line(&form.title, 45))
        .components(rows.collect())
}

fn input(field: &Field) -> CreateInputText {
    let style = if field.is_long { InputTextStyle::Paragraph } else { InputTextStyle::Short };
    let max = field.max_chars.clamp(1, 4000);
    let mut input = CreateInputText::new(style, limits::line(&field.label, 45), field.key)
        .max_length(max)
        .required(field.is_required);
    let placeholder = limits::line(&field.placeholder, 100);
    if !placeholder.is_empty() {
        input = input.placeholder(placeholder);
    }
    let cut = if field.is_long { limits::cut } else { limits::line };
    let value = cut(&field.value, max.into());
    if value.is_empty() { input } else { input.value(value) }
}
