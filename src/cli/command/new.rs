//! `faqbot new`: a folder for another organisation, with settings, an announcement, three entries and general routes.
//!
//! What is not given as an option is asked for. `new/files.rs` holds what is written.

mod files;

use std::{
    fs,
    io::{self, BufRead, Write},
    path::Path,
};

use crate::{
    bot::echo,
    cli::{args::New, exit::CommandError},
    email,
    lang::Lang,
};

/// What the files are made of.
struct Answers {
    /// The name of the organisation.
    name: String,
    /// The title and the paragraphs of the announcement, if there is one.
    announcement: Option<(String, Vec<String>)>,
    /// The mail address for the media; empty for none.
    media_contact: String,
    /// English and the languages beside it.
    languages: Vec<Lang>,
}

/// Asks for what is missing and writes the folder.
pub(crate) fn command(args: &New, out: &mut dyn Write) -> Result<(), CommandError> {
    if fs::read_dir(&args.dir).is_ok_and(|mut inside| inside.next().is_some()) {
        return Err(CommandError::Usage(format!("{} is not empty; choose a new folder", args.dir.display())));
    }
    let answers = answers(args, &mut io::stdin().lock(), out)?;
    let files = files::files(&answers);
    for (path, text) in &files {
        write(&args.dir.join(path), text)?;
    }
    let dir = args.dir.display();
    writeln!(out, "{} files written to {dir}. Next:", files.len())?;
    writeln!(out, "  cd {dir}")?;
    writeln!(out, "  faqbot check     # what is missing or wrong, with its line")?;
    writeln!(out, "  faqbot chat      # try it here; the first start builds an index meanwhile")?;
    writeln!(
        out,
        "Then edit the three examples in {}, and read docs/your-own-faq.md.",
        args.dir.join("faq").display()
    )?;
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<(), CommandError> {
    let refused =
        |error: io::Error| CommandError::Temporary(format!("cannot write {}: {error}", path.display()));
    fs::create_dir_all(path.parent().unwrap_or(path)).map_err(refused)?;
    fs::write(path, text).map_err(refused)
}

fn answers(args: &New, input: &mut dyn BufRead, out: &mut dyn Write) -> Result<Answers, CommandError> {
    let mut ask = |given: &Option<String>, question: &str| -> Result<String, CommandError> {
        if let Some(given) = given {
            return Ok(given.trim().to_owned());
        }
        write!(out, "{question} ")?;
        out.flush()?;
        let mut line = String::new();
        input.read_line(&mut line)?;
        Ok(echo::clean(line.trim()))
    };
    let name = ask(&args.name, "Name of the organisation:")?;
    if name.is_empty() {
        return Err(CommandError::Usage("the organisation needs a name: --name \"…\"".to_owned()));
    }
    let file = ask(&args.announcement, "File of the announcement (text or Markdown; empty: none):")?;
    let announcement = if file.is_empty() { None } else { Some(announcement(Path::new(&file))?) };
    let media_contact = ask(&args.media_contact, "E-mail address for journalists (empty: none):")?;
    if !media_contact.is_empty() && !email::is_address(&media_contact) {
        let message = format!("`{}` is not one e-mail address", echo::clean(&media_contact));
        return Err(CommandError::Usage(message));
    }
    let codes = ask(&args.languages, "Languages beside English: fr, rw, sw (empty: none):")?;
    let mut languages = vec![Lang::En];
    for code in codes.split([',', ' ']).map(str::trim).filter(|code| !code.is_empty()) {
        match Lang::ALL.iter().find(|lang| lang.code() == code) {
            Some(lang) if languages.contains(lang) => {}
            Some(lang) => languages.push(*lang),
            None => {
                let message = format!("`{}` is none of en, fr, rw and sw", echo::clean(code));
                return Err(CommandError::Usage(message));
            }
        }
    }
    Ok(Answers { name, announcement, media_contact, languages })
}

/// The title and the paragraphs of a text: its first line, and what blank lines separate.
fn announcement(path: &Path) -> Result<(String, Vec<String>), CommandError> {
    let unusable = |why: String| CommandError::Usage(format!("{}: {why}", path.display()));
    let text = fs::read(path).map_err(|error| unusable(error.to_string()))?;
    let text =
        String::from_utf8(text).map_err(|_| unusable("it is not UTF-8; save it as UTF-8 text".to_owned()))?;
    let text = echo::clean(&text);
    let mut paragraphs = text.split("\n\n").map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "));
    let title = paragraphs.find(|part| !part.is_empty()).unwrap_or_default();
    let title = title.trim_start_matches(['#', '*', ' ']).trim_end_matches('*').to_owned();
    let paragraphs: Vec<String> = paragraphs.filter(|part| !part.is_empty()).collect();
    if title.is_empty() || paragraphs.is_empty() {
        let how = "the first line is the title; a blank line and at least one paragraph follow";
        return Err(unusable(how.to_owned()));
    }
    Ok((title, paragraphs))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(name: &str) -> New {
        New {
            dir: "unused".into(),
            name: Some(name.to_owned()),
            announcement: None,
            media_contact: None,
            languages: None,
        }
    }

    #[test]
    fn what_is_not_given_is_asked_for() {
        let mut asked = Vec::new();
        let input = "\npress@harbour.example\nfr fr\n";
        let answers = answers(&given("Harbour Aid"), &mut input.as_bytes(), &mut asked).unwrap();
        assert_eq!(answers.media_contact, "press@harbour.example");
        assert_eq!(answers.languages, [Lang::En, Lang::Fr]);
        assert!(answers.announcement.is_none());
        let asked = String::from_utf8(asked).unwrap();
        assert!(asked.contains("journalists") && !asked.contains("organisation"), "{asked}");
    }

    #[test]
    fn answers_that_cannot_be_used_are_refused_by_name() {
        for (input, wanted) in
            [("\nnot-an-address\n\n", "not-an-address"), ("\n\nde\n", "`de`"), ("/no/file\n", "/no/file")]
        {
            let refused =
                answers(&given("Harbour Aid"), &mut input.as_bytes(), &mut Vec::new()).err().unwrap();
            assert!(refused.to_string().contains(wanted), "{refused}");
        }
    }
}
