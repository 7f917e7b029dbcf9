//! Files as other people have them: what becomes of each is a snapshot of its notes and its entries.

use std::{fs, path::Path};

use faqbot::knowledge::{Columns, import};

/// What an import of `file` says and writes.
fn imported(file: &Path, columns: &str, to: &Path) -> String {
    let columns: Columns = if columns.is_empty() { Columns::default() } else { columns.parse().unwrap() };
    let imported = match import(file, &columns, to) {
        Ok(imported) => imported,
        Err(error) => return format!("error: {error}\n"),
    };
    let mut shown = String::new();
    for note in &imported.notes {
        shown += &format!("{}{note}\n", if note.is_loss { "loss: " } else { "" });
    }
    let mut paths: Vec<_> = fs::read_dir(to).unwrap().map(|item| item.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap().display().to_string();
        shown += &format!("== {name}\n{}", fs::read_to_string(path).unwrap());
    }
    shown
}

fn check(name: &str, file: &str, columns: &str, bytes: &[u8]) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(file);
    fs::write(&path, bytes).unwrap();
    let shown = imported(&path, columns, &dir.path().join("faq"));
    insta::with_settings!({omit_expression => true}, {
        insta::assert_snapshot!(name, shown.replace(&dir.path().display().to_string(), "DIR"));
    });
}

/// Tables: a name, the file, `--columns`, the bytes.
const TABLES: &[(&str, &str, &str, &[u8])] = &[
    ("a_byte_order_mark", "a.csv", "", "\u{feff}id,question,answer\nopen,When?,Now.\n".as_bytes()),
    ("semicolons", "a.csv", "", b"id;question;alternates;answer\nopen;When?;what time|hours;At nine, always.\n"),
    ("tabs", "a.tsv", "", b"id\tquestion\talternates\tanswer\nopen\tWhen?\thours\tAt nine.\n"),
    ("windows_1252", "a.csv", "", b"question,answer\n\"O\xf9 ?\",\"C\x92est gratuit \x96 l\x92\xe9t\xe9 aussi.\"\nWhen?,Now.\n"),
    ("an_unquoted_comma", "a.csv", "", b"question,answer\nWhen?,On Monday, not on Sunday.\nWho?,You.\n"),
    ("a_stray_quote", "a.csv", "", b"question,answer\nHow wide?,\"It is 24\" wide.\"\nWho?,\"You.\"\n"),
    ("a_stray_quote_that_ends_no_cell", "a.csv", "", b"question,answer\nHow wide?,\"It is 24\" wide.\nWho?,\"You.\"\nWhat?,\"A 5\" one\"\n"),
    ("an_unclosed_quote", "a.csv", "", b"question,answer\nWho?,\"She said: no.\nWhen?,Now.\nWhere?,\"Here.\"\n"),
    ("backslashes_before_quotes", "a.csv", "", b"question,answer\n\"What is \\\"free\\\", exactly?\",\"It means \\\"no cost\\\", no more.\"\nWho?,You.\n"),
    ("line_breaks_and_doubled_quotes", "a.csv", "", b"question,answer\n\"Where\ncan I park?\",\"In the yard.\n\nIt is called \"\"North\"\".\n- cars: left\"\n"),
    ("blank_rows_and_one_fault", "a.csv", "", b"question,answer\r\nWhen?,Now.\r\n,\r\n,\r\n , \r\nWho?,\r\n"),
    ("headings_of_others", "a.csv", "", b"ID;Category;Questions;Answers\n1;General;When?;Now.\n"),
    ("capital_headings_and_more_columns", "a.csv", "", b"ID,Category,Question,Answer,Answer (Original)\n2,general,When?,Now.,<p>Now.</p>\n"),
    ("no_headings", "a.csv", "", b"When are you open?,From 9 to 17.\nHow much?,Nothing.\n"),
    ("named_headings", "a.csv", "question=Frage,answer=Antwort", "Frage,Antwort\nWann?,Jetzt.\n".as_bytes()),
    ("a_named_heading_that_is_not_there", "a.csv", "question=Frage,answer=Text", "Frage,Antwort\nWann?,Jetzt.\n".as_bytes()),
    ("questions_without_latin_letters", "a.csv", "", "question,answer\nمتى تفتح؟,الآن.\n图书馆几点开门？,九点。\n".as_bytes()),
    ("signs_that_tell_questions_apart", "a.csv", "", b"question,answer\nWhat is C?,1972.\nWhat is C++?,1985.\nWhat is C#?,2000.\nIs -5 too cold?,Yes.\nIs 5 too cold?,No.\n"),
    ("letters_and_vowel_signs_that_tell_questions_apart", "a.csv", "", "question,answer\nDo you sell AA?,Yes.\nDo you sell AAA?,No.\nदिन क्या है?,एक।\nदान क्या है?,दो।\n".as_bytes()),
    ("html_in_an_answer", "a.csv", "", b"question,answer\nHow do I join?,\"<p>Write to&nbsp;us&hellip;</p><ul><li>name</li><li>date</li></ul><br/>See <a href=\"\"/join\"\">the page</a> &amp; wait.\"\n"),
    ("alternates_in_other_dress", "a.csv", "", b"question,alternates,answer\nWhen?,\"[\"\"what time\"\",\"\"hours\"\"]\",Now.\nA card?,library card; new card,Bring a photo.\nWhat does a | b mean?,pipe|what is a | b,It joins.\n"),
    ("control_characters", "a.csv", "", b"question,answer\n\"When\x1b[31m?\",\"Now\x07.\"\n"),
];

#[test]
fn tables_are_read_or_refused_with_the_reason() {
    for (name, file, columns, bytes) in TABLES {
        check(name, file, columns, bytes);
    }
}

/// Lists, pages and the files of other bots.
const OTHERS: &[(&str, &str, &str)] = &[
    (
        "null_and_text_in_place_of_lists",
        "a.jsonl",
        "{\"id\": \"a\", \"question\": \"When?\", \"alternates\": null, \"answer\": \"Now.\"}\n{\"id\": \"b\", \"question\": \"A card?\", \"alternates\": \"library card|new card\", \"answer\": \"Bring a photo.\"}\n{\"id\": \"c\", \"question\": \"How much?\", \"answer\": [\"Nothing.\", \"It is free.\"]}\n{\"id\": \"d\", \"question\": [\"Where?\", \"address\"], \"answer\": \"Here.\"}\n{\"id\": \"e\", \"question\": \"Is it warm?\", \"answer\": null}\n",
    ),
    (
        "a_pretty_array_named_jsonl",
        "a.jsonl",
        "[\n  {\n    \"question\": \"When?\",\n    \"answer\": \"Now.\"\n  }\n]\n",
    ),
    ("an_array_of_short_names", "a.json", "[{\"Q\": \"When?\", \"A\": \"Now.\"}]"),
    (
        "lines_of_other_names",
        "a.jsonl",
        "{\"questionText\":\"When?\",\"answerText\":\"Now.\",\"language\":\"en\"}\n{\"q\":[\"Where?\",\"address\"],\"a\":\"Here.\",\"qid\":\"Where.001\"}\n",
    ),
    ("lines_of_unknown_names", "a.jsonl", "{\"frage\":\"Wann?\",\"antwort\":\"Jetzt.\"}\n"),
    (
        "a_list_in_an_object",
        "a.json",
        "{\"qna\": [{\"qid\": \"When.1\", \"q\": [\"When?\", \"what time\"], \"a\": \"Now.\"}]}",
    ),
    (
        "intents",
        "a.json",
        "{\"intents\": [{\"tag\": \"hours\", \"patterns\": [\"When?\", \"hours\"], \"responses\": [\"Now.\", \"At once.\"]}]}",
    ),
    ("broken_json", "a.json", "[{\"question\": \"When?\", \"answer\": \"Now.\",}]"),
    ("a_map_of_questions", "a.json", "{\"When are you open?\": \"Now.\", \"Where?\": \"Here.\"}"),
    (
        "rasa",
        "nlu.yml",
        "version: \"3.1\"\nnlu:\n- intent: faq/hours\n  examples: |\n    - when are you open\n    - open on [Monday](day)\n- intent: bye\n  examples: |\n    - bye\nresponses:\n  utter_faq/hours:\n  - text: From 9 to 17.\n",
    ),
    ("rasa_without_responses", "nlu.yml", "nlu:\n- intent: hours\n  examples: |\n    - when\n"),
    (
        "yaml_list",
        "a.yaml",
        "- question: When?\n  answer: |\n    Now.\n\n    Always.\n- question: Where?\n  answer: Here.\n  aliases: [address]\n",
    ),
    (
        "toml_tags",
        "tags.toml",
        "[hours]\ncontent = \"From 9 to 17.\"\naliases = [\"opening times\"]\n\n[card]\ntitle = \"How do I get a card?\"\ncontent = \"Bring a photo.\"\n",
    ),
    ("toml_texts", "tags.toml", "[tags]\nhours = \"From 9 to 17.\"\nno-card = \"Bring a photo.\"\n"),
    (
        "a_page_of_headings",
        "faq.md",
        "# FAQ\n\nWelcome!\n\n## General\n\n### When are you open?\n\nFrom 9 to 17.\n\n### Where are you?\n\nIn Main Street:\n\n- first floor\n",
    ),
    (
        "a_web_page",
        "faq.html",
        "<html><head><title>FAQ</title></head><body><nav>Home</nav><h1>FAQ</h1><h2>When are you open?</h2><p>From 9 to 17, see <a href=\"https://example.org/map\">the map</a>.</p><h2>Where?</h2><p>Here.</p></body></html>",
    ),
    ("a_text_of_letters", "faq.txt", "Q: When are you open?\nA: From 9 to 17.\n\nQ: Where?\nA: Here.\n"),
    ("a_text_without_questions", "note.txt", "We are open from 9 to 17.\n"),
    ("a_spreadsheet", "faq.xlsx", "PK"),
];

#[test]
fn other_files_are_read_or_refused_with_the_reason() {
    for (name, file, text) in OTHERS {
        check(name, file, "", text.as_bytes());
    }
}

#[test]
fn a_folder_of_tags_is_read_with_its_aliases() {
    let dir = tempfile::tempdir().unwrap();
    let tags = dir.path().join("tags");
    fs::create_dir_all(tags.join("more")).unwrap();
    for (name, text) in [
        ("README.md", "# How to write tags\n"),
        ("LICENSE", "CC-BY\n"),
        (".pep8.md.swp", "x"),
        ("exit().md", "Type `exit()`.\n"),
        (
            "empty_json.md",
            "---\naliases: [\"json\"]\nembed:\n  title: \"Why is my file empty?\"\n---\nIt was not saved.\n",
        ),
        ("ServersTag.md", "+++\ntitle = \"Where is the list of servers?\"\n+++\nIn the wiki.\n"),
        ("more/rules.ytag", "type: text\n\n---\n\nBe kind.\n"),
        ("open.md", "---\ntitle: never closed\n"),
    ] {
        fs::write(tags.join(name), text).unwrap();
    }
    insta::with_settings!({omit_expression => true}, {
        insta::assert_snapshot!("a_folder_of_tags", imported(&tags, "", &dir.path().join("faq")));
    });
}
