//! Every sentence that people read, in the language of the reader.
//!
//! The sentences are in `locales/<lang>/*.ftl` (Project Fluent); this module loads them, and `text/<area>.rs` gives each
//! message a function with typed arguments. Nothing else in the crate builds a sentence. A test checks that every
//! message exists in English and French, that none is unused, and that functions and messages agree on arguments.

mod answer;
mod command;
mod conversation;
mod editor;
mod editor_tools;
mod gaps;
mod media;
mod moderate;
mod platform;
mod press_desk;
mod press_desk_staff;
mod preview;
mod privacy;
mod reload;

pub(crate) use answer::AnsweredBefore;
pub(crate) use command::{CommandGroup, CommandWord, Described, OptionWord};
pub(crate) use gaps::DayCounts;

use std::sync::OnceLock;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};

use crate::lang::Lang;

type Bundle = FluentBundle<FluentResource>;

/// The files of each language. Kinyarwanda and Swahili hold the one line that says the answer is in English.
const EN: &[&str] = &[
    include_str!("../locales/en/answer.ftl"),
    include_str!("../locales/en/command.ftl"),
    include_str!("../locales/en/conversation.ftl"),
    include_str!("../locales/en/editor.ftl"),
    include_str!("../locales/en/gaps.ftl"),
    include_str!("../locales/en/press_desk.ftl"),
    include_str!("../locales/en/privacy.ftl"),
    include_str!("../locales/en/media.ftl"),
    include_str!("../locales/en/moderate.ftl"),
    include_str!("../locales/en/platform.ftl"),
    include_str!("../locales/en/preview.ftl"),
];
const FR: &[&str] = &[
    include_str!("../locales/fr/answer.ftl"),
    include_str!("../locales/fr/command.ftl"),
    include_str!("../locales/fr/conversation.ftl"),
    include_str!("../locales/fr/editor.ftl"),
    include_str!("../locales/fr/gaps.ftl"),
    include_str!("../locales/fr/press_desk.ftl"),
    include_str!("../locales/fr/privacy.ftl"),
    include_str!("../locales/fr/media.ftl"),
    include_str!("../locales/fr/moderate.ftl"),
    include_str!("../locales/fr/platform.ftl"),
    include_str!("../locales/fr/preview.ftl"),
];
const RW: &[&str] = &[include_str!("../locales/rw/answer.ftl")];
const SW: &[&str] = &[include_str!("../locales/sw/answer.ftl")];

/// The wording in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Text {
    lang: Lang,
}

/// The wording in `lang`; English where there is no such wording.
pub(crate) fn text(lang: Lang) -> Text {
    Text { lang: if lang == Lang::Fr { Lang::Fr } else { Lang::En } }
}

impl Text {
    /// The language of the wording.
    pub(crate) fn lang(self) -> Lang {
        self.lang
    }

    /// The message `key` without arguments.
    fn say(self, key: &str) -> String {
        self.get(key, &[])
    }

    /// The message `key` with `args` put in; the key itself if it is missing, which a test makes impossible.
    fn get(self, key: &str, args: &[(&'static str, FluentValue<'_>)]) -> String {
        format(bundle(self.lang), key, args).unwrap_or_else(|| key.to_owned())
    }
}

fn format(bundle: &Bundle, key: &str, args: &[(&'static str, FluentValue<'_>)]) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    let fluent_args: FluentArgs<'_> = args.iter().map(|(name, value)| (*name, value.clone())).collect();
    let mut faults = Vec::new();
    let formatted = bundle.format_pattern(pattern, Some(&fluent_args), &mut faults).into_owned();
    debug_assert!(faults.is_empty(), "{key}: {faults:?}");
    Some(formatted)
}

fn bundle(lang: Lang) -> &'static Bundle {
    static BUNDLES: OnceLock<[Bundle; 4]> = OnceLock::new();
    let [en, fr, rw, sw] =
        BUNDLES.get_or_init(|| [parse("en", EN), parse("fr", FR), parse("rw", RW), parse("sw", SW)]);
    match lang {
        Lang::En => en,
        Lang::Fr => fr,
        Lang::Rw => rw,
        Lang::Sw => sw,
    }
}

fn parse(code: &str, files: &[&str]) -> Bundle {
    let lang = code.parse().expect("our own language codes are valid");
    let mut bundle = Bundle::new_concurrent(vec![lang]);
    // Isolation marks around every argument would show as boxes in some terminals and break e-mail addresses.
    bundle.set_use_isolating(false);
    for file in files {
        let resource =
            FluentResource::try_new((*file).to_owned()).expect("our own Fluent files parse, a test says so");
        bundle.add_resource(resource).expect("no message is in two of our files, a test says so");
    }
    bundle
}
