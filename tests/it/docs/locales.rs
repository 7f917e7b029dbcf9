//! The wording itself: every message in both languages, none unused, arguments in agreement.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use fluent_syntax::{ast, parser};

type Messages = BTreeMap<String, BTreeSet<String>>;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.to_string_lossy().ends_with(ending));
    files.sort();
    files
}

/// Every message of a language with the arguments it uses.
fn messages(lang: &str) -> Messages {
    let mut messages = Messages::new();
    for path in files(&root().join("locales").join(lang), ".ftl") {
        let text = std::fs::read_to_string(&path).unwrap();
        let resource =
            parser::parse(text.as_str()).unwrap_or_else(|(_, errors)| panic!("{path:?}: {errors:?}"));
        for entry in resource.body {
            let ast::Entry::Message(message) = entry else { continue };
            let mut arguments = BTreeSet::new();
            collect(message.value.as_ref().unwrap(), &mut arguments);
            let before = messages.insert(message.id.name.to_owned(), arguments);
            assert!(before.is_none(), "{} stands twice in {lang}", message.id.name);
        }
    }
    messages
}

fn collect(pattern: &ast::Pattern<&str>, into: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let ast::PatternElement::Placeable { expression } = element else { continue };
        match expression {
            ast::Expression::Inline(inline) => collect_inline(inline, into),
            ast::Expression::Select { selector, variants } => {
                collect_inline(selector, into);
                variants.iter().for_each(|variant| collect(&variant.value, into));
            }
        }
    }
}

fn collect_inline(inline: &ast::InlineExpression<&str>, into: &mut BTreeSet<String>) {
    match inline {
        ast::InlineExpression::VariableReference { id } => {
            into.insert(id.name.to_owned());
        }
        ast::InlineExpression::Placeable { expression } => {
            if let ast::Expression::Inline(inner) = &**expression {
                collect_inline(inner, into);
            }
        }
        _ => {}
    }
}

/// Every message that `src/text/*.rs` says, with the arguments it gives: `say("key")` and `get("key", &[("name", …)])`.
fn said() -> BTreeMap<String, Vec<BTreeSet<String>>> {
    let mut said: BTreeMap<String, Vec<BTreeSet<String>>> = BTreeMap::new();
    for path in files(&root().join("src/text"), ".rs") {
        let source = std::fs::read_to_string(path).unwrap();
        for call in source.split(".say(").skip(1) {
            if let Some(key) = literal(call) {
                said.entry(key.to_owned()).or_default().push(BTreeSet::new());
            }
        }
        let gets = source.split(".get(").skip(1);
        for call in gets.chain(source.split("format(bundle(lang),").skip(1)) {
            let Some(key) = literal(call) else { continue };
            let list = call.split_once("&[").unwrap().1;
            said.entry(key.to_owned()).or_default().push(arguments(list));
        }
    }
    said
}

/// The string that a call begins with.
fn literal(call: &str) -> Option<&str> {
    Some(call.trim_start().strip_prefix('"')?.split_once('"')?.0)
}

/// The names of `("name", value), …` up to the closing bracket.
fn arguments(list: &str) -> BTreeSet<String> {
    let mut depth = 1;
    let end = list.char_indices().find(|(_, c)| {
        match c {
            '[' => depth += 1,
            ']' => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    let (list, _) = list.split_at(end.unwrap().0);
    let strings = list.split("(\"").skip(1).filter_map(|rest| rest.split_once('"'));
    // A name is followed by its value; a string alone between brackets is none.
    strings.filter(|(_, after)| after.starts_with(',')).map(|(name, _)| name.to_owned()).collect()
}

#[test]
fn every_message_exists_in_english_and_french_with_the_same_arguments() {
    assert_eq!(messages("en"), messages("fr"));
}

#[test]
fn the_other_languages_hold_only_messages_that_english_has() {
    let english = messages("en");
    for lang in ["rw", "sw"] {
        for (key, arguments) in messages(lang) {
            assert_eq!(english.get(&key), Some(&arguments), "{key} in {lang}");
        }
    }
}

#[test]
fn no_message_is_unused() {
    let sources: String = files(&root().join("src/text"), ".rs")
        .iter()
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    let is_used = |key: &String| sources.contains(&format!("\"{key}\""));
    let unused: Vec<_> = messages("en").into_keys().filter(|key| !is_used(key)).collect();
    assert!(unused.is_empty(), "unused: {unused:?}");
}

#[test]
fn functions_and_messages_agree_on_arguments() {
    let messages = messages("en");
    for (key, calls) in said() {
        let wanted = messages.get(&key).unwrap_or_else(|| panic!("{key} is said and stands in no file"));
        for given in calls {
            assert_eq!(&given, wanted, "{key}");
        }
    }
}
