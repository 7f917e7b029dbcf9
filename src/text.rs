//! Every sentence a human reads, in the language of the reader.
//!
//! The words stand in `locales/<lang>/*.ftl` (Project Fluent); this module gives each of them a function with typed
//! arguments, one file an area. Nothing else in the crate builds a sentence. A test checks that every message exists
//! in every language and that no message is unused.

use std::sync::OnceLock;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};

use crate::knowledge::entry::Lang;

type Bundle = FluentBundle<FluentResource>;

/// The wording in one language.
#[derive(Clone, Copy)]
pub struct Text {
    lang: Lang,
}

/// The wording in `lang`; English where there is no such wording.
pub fn text(lang: Lang) -> Text {
    Text { lang: if lang == Lang::Fr { Lang::Fr } else { Lang::En } }
}

impl Text {
    /// The language it speaks.
    pub fn lang(self) -> Lang {
        self.lang
    }

    /// The message `key` with `args` put in; the key itself if it is missing, which a test makes impossible.
    fn get(self, key: &str, args: &[(&'static str, FluentValue<'_>)]) -> String {
        let bundle = bundle(self.lang);
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let mut fluent_args = FluentArgs::new();
        for (name, value) in args {
            fluent_args.set(*name, value.clone());
        }
        bundle.format_pattern(pattern, Some(&fluent_args), &mut Vec::new()).into_owned()
    }
}

/// The files of each language.
const EN: &[&str] = &[];
const FR: &[&str] = &[];

fn bundle(lang: Lang) -> &'static Bundle {
    static ENGLISH: OnceLock<Bundle> = OnceLock::new();
    static FRENCH: OnceLock<Bundle> = OnceLock::new();
    match lang {
        Lang::Fr => FRENCH.get_or_init(|| parse("fr", FR)),
        _ => ENGLISH.get_or_init(|| parse("en", EN)),
    }
}

fn parse(code: &str, files: &[&str]) -> Bundle {
    let lang = code.parse().expect("our own language codes are valid");
    let mut bundle = Bundle::new_concurrent(vec![lang]);
    bundle.set_use_isolating(false);
    for file in files {
        let resource =
            FluentResource::try_new((*file).to_owned()).expect("our own Fluent files parse, a test says so");
        bundle.add_resource(resource).expect("no message stands in two of our files, a test says so");
    }
    bundle
}
