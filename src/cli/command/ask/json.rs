//! `faqbot ask --json`: one line out for each line in, in order and flushed. `--help` documents the format, which is stable.

use std::{
    io::{BufRead, Read, Write},
    time::Instant,
};

use serde::Serialize;
use serde_json::{Value, json};

use super::request;
use crate::{
    bot::{Reply, Request, reply::Outcome},
    cli::{exit::CommandError, terminal},
    ids::UserId,
    knowledge::content::entry::{Citation, EntryId},
};

/// The longest accepted line, in bytes. The rest of a longer line is skipped without being buffered.
const MAX_LINE: usize = 64 * 1024;

/// The longest accepted question, in characters; Discord has the same limit for a command's option.
const MAX_QUESTION: usize = 6_000;

/// One answered question.
#[derive(Serialize)]
struct Answer<'a> {
    id: &'a Value,
    q: &'a str,
    outcome: Outcome,
    entry: Option<&'a EntryId>,
    confidence: f64,
    reply: String,
    buttons: Vec<&'a str>,
    sources: Vec<&'a Citation>,
    url: Option<&'a str>,
    private: bool,
    generation: u64,
    took_us: u64,
}

/// Answers one question.
pub(super) fn one(
    question: &str,
    handle: &dyn Fn(Request) -> Reply,
    out: &mut dyn Write,
) -> Result<(), CommandError> {
    let line = Line { id: Value::Null, question: question.to_owned(), after: Vec::new() };
    answer(&line, UserId::TERMINAL, handle, out)
}

/// Answers each line of `input` before it reads the next one.
pub(super) fn lines(
    mut input: impl BufRead,
    handle: &dyn Fn(Request) -> Reply,
    out: &mut dyn Write,
) -> Result<(), CommandError> {
    // Each line is somebody else's, so that none goes on from another.
    let mut people = (1..).map(UserId::new);
    while let Some(line) = next_line(&mut input)? {
        let person = people.next().unwrap_or(UserId::TERMINAL);
        match line.and_then(|line| parse(&line)) {
            Ok(line) => answer(&line, person, handle, out)?,
            Err((id, problem)) => write_line(&json!({ "id": id, "error": problem }), out)?,
        }
    }
    Ok(())
}

fn answer(
    line: &Line,
    person: UserId,
    handle: &dyn Fn(Request) -> Reply,
    out: &mut dyn Write,
) -> Result<(), CommandError> {
    for earlier in &line.after {
        handle(request(earlier, person));
    }
    let start = Instant::now();
    let reply = handle(request(&line.question, person));
    let took = start.elapsed();
    let first = reply.cards.first();
    let answer = Answer {
        id: &line.id,
        q: &line.question,
        outcome: reply.outcome,
        entry: reply.cards.iter().find_map(|card| card.entry.as_ref()),
        // Four digits, since more would be noise of 32-bit numbers.
        confidence: first.map_or(0.0, |card| (f64::from(card.confidence) * 1e4).round() / 1e4),
        reply: terminal::text(&reply),
        buttons: reply.buttons.iter().map(|button| button.label.as_str()).collect(),
        sources: reply.cards.iter().flat_map(|card| &card.sources).collect(),
        url: terminal::url(&reply),
        private: terminal::is_private(&reply),
        generation: reply.generation,
        took_us: u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
    };
    write_line(&answer, out)
}

fn write_line(value: &impl Serialize, out: &mut dyn Write) -> Result<(), CommandError> {
    let mut line = serde_json::to_vec(value).map_err(std::io::Error::from)?;
    line.push(b'\n');
    out.write_all(&line)?;
    Ok(out.flush()?)
}

/// The id of an invalid line, if it has one, and what is wrong with it.
type Invalid = (Value, String);

/// The next line without its line break; `None` at the end of the input.
fn next_line(input: &mut impl BufRead) -> std::io::Result<Option<Result<String, Invalid>>> {
    let mut line = Vec::new();
    // One extra byte distinguishes a line that is too long from one that just fits.
    input.by_ref().take(MAX_LINE as u64 + 1).read_until(b'\n', &mut line)?;
    if line.is_empty() {
        return Ok(None);
    }
    if line.last() != Some(&b'\n') && line.len() > MAX_LINE {
        skip_line(input)?;
        return Ok(Some(Err((Value::Null, format!("the line has more than {MAX_LINE} bytes")))));
    }
    let line = String::from_utf8(line).map_err(|_| (Value::Null, "the line is not UTF-8".to_owned()));
    Ok(Some(line.map(|line| line.trim_start_matches('\u{feff}').trim().to_owned())))
}

fn skip_line(input: &mut impl BufRead) -> std::io::Result<()> {
    loop {
        let buffer = input.fill_buf()?;
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let (n, is_over) = end.map_or((buffer.len(), buffer.is_empty()), |at| (at + 1, true));
        input.consume(n);
        if is_over {
            return Ok(());
        }
    }
}

/// A line of the input.
struct Line {
    id: Value,
    question: String,
    /// Earlier messages of the same person, oldest first.
    after: Vec<String>,
}

/// The most earlier messages of a line.
const MAX_AFTER: usize = 20;

fn parse(line: &str) -> Result<Line, Invalid> {
    let (id, question, after) = if line.starts_with('{') {
        let object: Value = serde_json::from_str(line)
            .map_err(|error| (Value::Null, format!("not a JSON object: {error}")))?;
        let id = object.get("id").cloned().unwrap_or(Value::Null);
        match object.get("q").and_then(Value::as_str) {
            Some(question) => {
                let after = earlier(&object).map_err(|problem| (id.clone(), problem))?;
                (id, question.to_owned(), after)
            }
            None => return Err((id, "\"q\" is missing or not a text".into())),
        }
    } else {
        (Value::Null, line.to_owned(), Vec::new())
    };
    if question.trim().is_empty() {
        return Err((id, "the question is empty".into()));
    }
    if question.chars().count() > MAX_QUESTION {
        return Err((id, format!("the question has more than {MAX_QUESTION} characters")));
    }
    Ok(Line { id, question, after })
}

/// The earlier messages of a line.
fn earlier(object: &Value) -> Result<Vec<String>, String> {
    let wrong = || format!("\"after\" is not a list of at most {MAX_AFTER} texts");
    let text = |value: &Value| {
        let text = value.as_str().filter(|text| text.chars().count() <= MAX_QUESTION);
        text.map(str::to_owned).ok_or_else(wrong)
    };
    match object.get("after") {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(list)) if list.len() <= MAX_AFTER => list.iter().map(text).collect(),
        Some(_) => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(input: &[u8]) -> Vec<Value> {
        let mut out = Vec::new();
        lines(input, &|_| Reply::private("ok".into()), &mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn each_line_produces_one_line_whatever_it_contains() {
        let mut input =
            b"plain\r\n{\"id\":\"a\",\"q\":\"with id\"}\n{\"id\":7}\n{broken\n\xff\xfe\n\n".to_vec();
        input.extend("x".repeat(3 * MAX_LINE).bytes());
        input.extend(b"\n{\"id\":\"z\",\"q\":\"");
        input.extend("y".repeat(MAX_QUESTION + 1).bytes());
        input.extend(b"\"}\nlast without end");
        let out = run(&input);
        assert_eq!(out.len(), 9);
        assert_eq!((&out[0]["q"], &out[0]["id"]), (&json!("plain"), &Value::Null));
        assert_eq!((&out[1]["q"], &out[1]["id"]), (&json!("with id"), &json!("a")));
        assert_eq!(out[2]["id"], json!(7));
        for bad in &out[2..8] {
            assert!(bad["error"].is_string(), "{bad}");
        }
        assert_eq!(out[7]["id"], json!("z"));
        assert_eq!(out[8]["q"], json!("last without end"));
    }

    #[test]
    fn earlier_messages_are_asked_first_by_the_same_person_and_each_line_is_somebody_elses() {
        let asked = std::cell::RefCell::new(Vec::new());
        let handle = |request: Request| {
            asked.borrow_mut().push(request.actor.id);
            Reply::private("ok".into())
        };
        let mut out = Vec::new();
        let input = b"{\"q\":\"c\",\"after\":[\"a\",\"b\"]}\nd\n{\"id\":5,\"q\":\"e\",\"after\":\"f\"}\n";
        lines(input.as_slice(), &handle, &mut out).unwrap();
        let [one, two, three, four] = asked.borrow()[..] else { panic!("{:?}", asked.borrow()) };
        assert!(one == two && two == three && three != four);
        let last: Value = serde_json::from_slice(out.split(|b| *b == b'\n').nth(2).unwrap()).unwrap();
        assert!(last["id"] == 5 && last["error"].is_string(), "{last}");
    }

    #[test]
    fn an_answer_has_every_field() {
        let out = run(b"hello\n");
        let fields = [
            "id",
            "q",
            "outcome",
            "entry",
            "confidence",
            "reply",
            "buttons",
            "sources",
            "url",
            "private",
            "generation",
            "took_us",
        ];
        let object = out[0].as_object().unwrap();
        assert!(fields.iter().all(|field| object.contains_key(*field)) && object.len() == fields.len());
    }
}
