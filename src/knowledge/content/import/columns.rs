//! Which column of a table, or which key of an object, holds what.

use super::{ImportError, Note, RowPlace};

/// Headings that are understood besides `id`, `question`, `alternates` and `answer`.
const IDS: &[&str] = &["id", "qid", "key", "slug", "tag", "intent"];
const QUESTIONS: &[&str] = &["question", "questions", "q", "questiontext", "question text", "patterns"];
const ALTERNATES: &[&str] =
    &["alternates", "alternate", "alternatives", "aliases", "alias", "variants", "also_asked", "also asked"];
const ANSWERS: &[&str] = &[
    "answer",
    "answers",
    "a",
    "answertext",
    "answer text",
    "réponse",
    "réponses",
    "reponse",
    "response",
    "responses",
];

/// The names of columns that `--columns` gives; `None` for those to be found by their usual headings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    /// The column of the ids.
    pub id: Option<String>,
    /// The column of the questions.
    pub question: Option<String>,
    /// The column of other wordings.
    pub alternates: Option<String>,
    /// The column of the answers.
    pub answer: Option<String>,
}

impl std::str::FromStr for Columns {
    type Err = String;

    /// Reads `question=Q,answer=A`.
    fn from_str(text: &str) -> Result<Columns, String> {
        let mut columns = Columns::default();
        for part in text.split(',') {
            let (field, name) = part
                .split_once('=')
                .ok_or_else(|| format!("`{part}` is not of the form question=HEADING"))?;
            let place = match field.trim() {
                "id" => &mut columns.id,
                "question" => &mut columns.question,
                "alternates" => &mut columns.alternates,
                "answer" => &mut columns.answer,
                other => {
                    return Err(format!("`{other}` is none of id, question, alternates and answer"));
                }
            };
            *place = Some(name.trim().to_owned());
        }
        Ok(columns)
    }
}

/// Where each field is among the headings of a file.
pub(super) struct Found {
    pub(super) id: Option<usize>,
    pub(super) question: usize,
    pub(super) alternates: Option<usize>,
    pub(super) answer: usize,
}

impl Columns {
    /// Whether an object has a question and an answer under these names.
    pub(super) fn fit(&self, object: &serde_json::Map<String, serde_json::Value>) -> bool {
        let keys: Vec<String> = object.keys().cloned().collect();
        self.find(&keys, &RowPlace::Item(1), &mut Vec::new()).is_ok()
    }

    /// Finds the fields among `headings`, with a note at `place` for each heading that is not the usual one.
    pub(super) fn find(
        &self,
        headings: &[String],
        place: &RowPlace,
        notes: &mut Vec<Note>,
    ) -> Result<Found, ImportError> {
        let found =
            headings.iter().map(|heading| format!("`{}`", heading.trim())).collect::<Vec<_>>().join(", ");
        let mut field = |named: &Option<String>, usual: &[&str]| -> Result<Option<usize>, ImportError> {
            let at = |name: &str| headings.iter().position(|heading| heading.trim().to_lowercase() == name);
            let Some(name) = named else {
                let at = usual.iter().find_map(|name| at(name));
                if let Some(heading) = at.and_then(|at| headings.get(at))
                    && heading.trim().to_lowercase() != usual[0]
                {
                    notes.push(Note::change(
                        place,
                        format!("`{}` was read as `{}`", heading.trim(), usual[0]),
                    ));
                }
                return Ok(at);
            };
            let missing = || ImportError::NoColumn { wanted: name.clone(), found: found.clone() };
            at(&name.to_lowercase()).ok_or_else(missing).map(Some)
        };
        let (question, answer) = (field(&self.question, QUESTIONS)?, field(&self.answer, ANSWERS)?);
        let (Some(question), Some(answer)) = (question, answer) else {
            return Err(ImportError::Columns { found });
        };
        let alternates = field(&self.alternates, ALTERNATES)?.filter(|at| ![question, answer].contains(at));
        let id = field(&self.id, IDS)?.filter(|at| ![question, answer].contains(at));
        Ok(Found { id, question, alternates, answer })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_given_as_a_list_and_a_wrong_field_is_named() {
        let columns: Columns = "question=Frage, answer = Antwort".parse().unwrap();
        assert_eq!(
            (columns.question.as_deref(), columns.answer.as_deref()),
            (Some("Frage"), Some("Antwort"))
        );
        assert!("questoin=Q".parse::<Columns>().unwrap_err().contains("questoin"));
        assert!("Q".parse::<Columns>().unwrap_err().contains("question=HEADING"));
    }
}
