//! Reads a page whose questions are headings, lines in bold type, or lines that begin with `Q:`.

use super::super::{ImportError, Note, RowPlace};
use super::Row;

/// What marks a question in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// A heading of this level.
    Heading(usize),
    /// A line in bold type, or the summary of a folded paragraph.
    Bold,
    /// `Q:` before the question and `A:` before the answer.
    Letter,
}

/// A line that may be a question.
struct Candidate {
    mark: Mark,
    /// The index of its line, and of the first line after it.
    at: usize,
    end: usize,
    text: String,
}

/// The rows of a text; a note says what belongs to no question.
pub(super) fn rows(text: &str) -> Result<(Vec<Row>, Vec<Note>), ImportError> {
    let lines: Vec<&str> = text.lines().collect();
    let begin = front_matter(&lines);
    let candidates = candidates(&lines, begin);
    let Some(mark) = question_mark(&candidates) else {
        return Err(ImportError::Shape(
            "no questions were found: each must be a heading (`## When are you open?`), a line in bold type \
             (`**When are you open?**`) or begin with `Q:`, with its answer below it"
                .to_owned(),
        ));
    };
    let is_question = |candidate: &&Candidate| candidate.mark == mark;
    // A heading above the questions begins a section.
    let ends_answer = |candidate: &Candidate| match (candidate.mark, mark) {
        (Mark::Heading(level), Mark::Heading(questions)) => level <= questions,
        (Mark::Heading(_), _) => true,
        (other, mark) => other == mark,
    };
    let borders: Vec<&Candidate> = candidates.iter().filter(|candidate| ends_answer(candidate)).collect();
    let (mut rows, mut notes) = (Vec::new(), Vec::new());
    let first = borders.first().map_or(lines.len(), |border| border.at);
    orphan(&lines, begin, first, &mut notes);
    for (n, border) in borders.iter().enumerate() {
        let until = borders.get(n + 1).map_or(lines.len(), |next| next.at);
        if !is_question(border) {
            orphan(&lines, border.end, until, &mut notes);
            continue;
        }
        rows.push(Row {
            place: line(border.at),
            id: None,
            question: border.text.clone(),
            alternates: Vec::new(),
            answer: answer(lines.get(border.end..until).unwrap_or_default()),
        });
    }
    Ok((rows, notes))
}

fn line(at: usize) -> RowPlace {
    RowPlace::Line(at as u64 + 1)
}

/// Notes text that is not below a question.
fn orphan(lines: &[&str], from: usize, until: usize, notes: &mut Vec<Note>) {
    let text = lines.get(from..until).unwrap_or_default();
    if let Some(at) = text.iter().position(|line| !line.trim().is_empty()) {
        notes.push(Note::change(&line(from + at), "text that is not below a question was left out"));
    }
}

/// The answer without the lines that fold it and without its `A:`.
fn answer(lines: &[&str]) -> String {
    let is_fold = |line: &str| matches!(line.trim(), "<details>" | "</details>" | "<details open>");
    let text = lines.iter().filter(|line| !is_fold(line)).copied().collect::<Vec<_>>().join("\n");
    let text = text.trim();
    let marks = ["**A:**", "**A**:", "A:", "**Answer:**", "Answer:", "R:", "**R:**", "Réponse:", "Réponse :"];
    marks.iter().find_map(|mark| text.strip_prefix(mark)).unwrap_or(text).trim().to_owned()
}

/// The index of the first line after front matter.
fn front_matter(lines: &[&str]) -> usize {
    let Some(fence) = lines.first().map(|line| line.trim()).filter(|line| matches!(*line, "---" | "+++"))
    else {
        return 0;
    };
    lines.iter().skip(1).position(|line| line.trim() == fence).map_or(0, |at| at + 2)
}

/// The mark that most lines with a question mark have; without any, the level of most headings.
fn question_mark(candidates: &[Candidate]) -> Option<Mark> {
    let count = |mark: Mark, only_asking: bool| {
        candidates
            .iter()
            .filter(|other| other.mark == mark && (!only_asking || other.text.ends_with(['?', '？', '؟'])))
            .count()
    };
    let best = |only_asking: bool| {
        let marks = candidates.iter().map(|candidate| candidate.mark);
        marks.map(|mark| (count(mark, only_asking), mark)).filter(|(n, _)| *n > 0).max_by_key(|(n, _)| *n)
    };
    let letters = candidates.iter().any(|candidate| candidate.mark == Mark::Letter).then_some(Mark::Letter);
    let headings = || {
        let is_heading = |mark: &Mark| matches!(mark, Mark::Heading(_));
        best(false).map(|(_, mark)| mark).filter(is_heading)
    };
    letters.or_else(|| best(true).map(|(_, mark)| mark)).or_else(headings)
}

fn candidates(lines: &[&str], begin: usize) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let mut fence: Option<&str> = None;
    for (at, line) in lines.iter().enumerate().skip(begin) {
        let trimmed = line.trim();
        let mark = ["```", "~~~"].into_iter().find(|mark| trimmed.starts_with(mark));
        match (fence, mark) {
            (Some(open), Some(mark)) if open == mark => fence = None,
            (None, Some(mark)) => fence = Some(mark),
            _ => {}
        }
        if fence.is_some() || mark.is_some() {
            continue;
        }
        let below = lines.get(at + 1).map(|line| line.trim()).unwrap_or_default();
        let underline = |c: char| below.len() >= 3 && below.chars().all(|other| other == c);
        let candidate = |mark, end, text: &str| Candidate { mark, at, end, text: plain(text) };
        let level = trimmed.chars().take_while(|c| *c == '#').count();
        let heading = trimmed.trim_start_matches('#');
        if (1..=6).contains(&level) && heading.starts_with([' ', '\t']) {
            found.push(candidate(Mark::Heading(level), at + 1, heading.trim_end_matches('#')));
        } else if !trimmed.is_empty()
            && (underline('=') || underline('-'))
            && !trimmed.starts_with(['-', '*', '|'])
        {
            found.push(candidate(Mark::Heading(if underline('=') { 1 } else { 2 }), at + 2, trimmed));
        } else if let Some(text) = letter(trimmed) {
            found.push(candidate(Mark::Letter, at + 1, text));
        } else if let Some(text) = between(trimmed, "**", "**")
            .or_else(|| between(trimmed, "__", "__"))
            .or_else(|| between(trimmed.trim_start_matches("<details>"), "<summary>", "</summary>"))
        {
            found.push(candidate(Mark::Bold, at + 1, text));
        }
    }
    found.retain(|candidate| !candidate.text.is_empty());
    found
}

/// The text behind `Q:`.
fn letter(line: &str) -> Option<&str> {
    let marks = ["**Q:**", "**Q**:", "Q:", "**Question:**", "Question:", "Question :"];
    let text = marks.iter().find_map(|mark| line.strip_prefix(mark));
    text.or_else(|| between(line, "**Q:", "**"))
}

fn between<'a>(line: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let inner = line.strip_prefix(before)?.strip_suffix(after)?;
    (!inner.contains(after)).then_some(inner)
}

/// A question without its number, emphasis, anchor and links.
fn plain(text: &str) -> String {
    let text = text.trim().trim_matches('*').trim();
    let text = text.split("{#").next().unwrap_or(text).trim();
    let text = text.strip_prefix("Q:").unwrap_or(text).trim();
    let unnumbered = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let text = match unnumbered.strip_prefix(['.', ')']) {
        Some(rest) if unnumbered.len() < text.len() && rest.starts_with(' ') => rest.trim(),
        _ => text,
    };
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        let Some((word, behind)) =
            after.split_once("](").and_then(|(word, link)| Some((word, link.split_once(')')?.1)))
        else {
            break;
        };
        plain = plain + before + word;
        rest = behind;
    }
    (plain + rest).trim_matches('*').trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, String)> {
        rows(text).unwrap().0.into_iter().map(|row| (row.question, row.answer)).collect()
    }

    fn pair(question: &str, answer: &str) -> (String, String) {
        (question.to_owned(), answer.to_owned())
    }

    #[test]
    fn questions_are_marked_in_several_ways() {
        let expected = [pair("When are you open?", "From 9 to 17."), pair("Where?", "Here.\n\nUpstairs.")];
        for text in [
            "# FAQ\n\n## General\n\n### 1. When are you open?\nFrom 9 to 17.\n\n### [Where?](#where)\n\nHere.\n\nUpstairs.\n",
            "When are you open?\n---\nFrom 9 to 17.\n\nWhere?\n------\nHere.\n\nUpstairs.\n",
            "---\ntitle: FAQ\n---\n## About\n**When are you open?**\n\nFrom 9 to 17.\n\n**Where?**\nHere.\n\nUpstairs.",
            "Q: When are you open?\nA: From 9 to 17.\n\nQ: Where?\nA: Here.\n\nUpstairs.\n",
            "<details><summary>When are you open?</summary>\n\nFrom 9 to 17.\n</details>\n<details>\n\
             <summary>Where?</summary>\n\nHere.\n\nUpstairs.\n\n</details>\n",
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_below_no_question_is_noted_and_code_is_no_heading() {
        let text = "# FAQ\n\nWelcome.\n\n## Why?\n```sh\n# no heading?\n```\n### More\nBecause.\n";
        let (rows, notes) = rows(text).unwrap();
        assert_eq!(rows[0].answer, "```sh\n# no heading?\n```\n### More\nBecause.");
        assert_eq!(rows.len(), 1);
        assert_eq!(
            notes.iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["line 3: text that is not below a question was left out"]
        );
        assert!(super::rows("Just a text.\n").is_err());
    }
}
