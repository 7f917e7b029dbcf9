//! The features behind each question's confidence, for fitting the prior of the calibration (`model/fit_prior.py`).

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
};

use serde_json::{Map, Value, json};

use crate::{
    cli::{
        command::{
            ask::decision,
            eval::{judge::judge, question::Question},
        },
        exit::CommandError,
        setup,
    },
    knowledge::{Generation, matching::calibration::FEATURE_NAMES},
};

/// Writes one JSON object per question: its features by name, whether it has an answer and whether the best entry is
/// the right one.
pub(crate) fn write(
    path: &Path,
    questions: &[Question],
    generation: &Generation,
) -> Result<(), CommandError> {
    let texts: Vec<&str> = questions.iter().map(|question| question.text.as_str()).collect();
    let mut out = BufWriter::new(File::create(path)?);
    for (question, verdicts) in questions.iter().zip(generation.ask_all(&texts, setup::today(), "eval")) {
        let Some(verdict) = verdicts.first() else { continue };
        let judged = judge(question, &verdicts, generation.content());
        let evidence = &verdict.evidence;
        let values = FEATURE_NAMES.iter().zip(evidence.features);
        let features: Map<String, Value> =
            values.map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
        let best: Vec<bool> = evidence.hits.iter().map(|hit| question.allows(&hit.entry)).collect();
        let row = json!({
            "features": features,
            "is_answerable": judged.is_answerable(),
            "is_right": best.first(),
            "place": best.iter().position(|is_right| *is_right),
            "shares": evidence.hits.iter().map(|hit| hit.score).collect::<Vec<f32>>(),
            "nearest": evidence.nearest,
            "confidence": verdict.confidence,
            "decision": decision(&verdict.decision),
            "lang": question.lang,
        });
        writeln!(out, "{row}")?;
    }
    Ok(out.flush()?)
}
