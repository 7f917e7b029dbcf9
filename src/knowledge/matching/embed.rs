//! Sentence vectors: a text in, 384 numbers of unit length out.
//!
//! The model (all-MiniLM-L6-v2, 8-bit weights, English) is in `model/` and built into the binary; it runs inside
//! the process. This file knows nothing of entries: `vectors.rs` keeps the vectors of a FAQ, `rank.rs` compares them.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use rten::{Model, ModelOptions, RunOptions, ThreadPool};
use rten_tensor::{AsView, NdTensor};
use tokenizers::Tokenizer;

/// Numbers in a sentence vector.
pub(crate) const DIMENSIONS: usize = 384;

/// Tokens of a text that the model reads; what follows is cut. Members' questions are far shorter.
const MAX_TOKENS: usize = 128;

/// Names the model in the key of an index: another file is another generation.
pub(crate) const MODEL_NAME: &str = "all-MiniLM-L6-v2-s8";

static MODEL: &Aligned<[u8]> = &Aligned(*include_bytes!("../../../model/minilm-l6-v2-s8.rten"));
static TOKENIZER: &[u8] = include_bytes!("../../../model/tokenizer.json");

/// The runtime reads the weights in place, so they must be aligned as it expects.
#[repr(C, align(64))]
struct Aligned<B: ?Sized>(B);

/// The model or its tokenizer could not be loaded or run.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{0}")]
pub(crate) struct EmbedError(String);

/// The model with its tokenizer, ready to run; one for the whole process.
pub(crate) struct Embedder {
    model: Model,
    tokenizer: Tokenizer,
    /// The model's threads that nobody uses at the moment. Each run has one of its own: a question is too small to gain
    /// from more, and as many run at once as there are callers.
    idle: Mutex<Vec<Arc<ThreadPool>>>,
}

impl Embedder {
    /// The process's model, loaded at the first call.
    pub(crate) fn shared() -> Result<&'static Embedder, EmbedError> {
        static SHARED: OnceLock<Result<Embedder, EmbedError>> = OnceLock::new();
        SHARED.get_or_init(Embedder::load).as_ref().map_err(Clone::clone)
    }

    fn load() -> Result<Embedder, EmbedError> {
        let failed = |what: &str, error: &dyn std::fmt::Display| EmbedError(format!("{what}: {error}"));
        // The weights are packed once, here: to pack them at every question takes five times as long as to use them.
        let model = ModelOptions::with_all_ops().prepack_weights(true).load_static_slice(&MODEL.0);
        let model = model.map_err(|e| failed("loading the sentence model", &e))?;
        let mut tokenizer =
            Tokenizer::from_bytes(TOKENIZER).map_err(|e| failed("loading the tokenizer", &e))?;
        tokenizer.with_padding(None);
        let truncation = tokenizers::TruncationParams { max_length: MAX_TOKENS, ..Default::default() };
        tokenizer.with_truncation(Some(truncation)).map_err(|e| failed("setting up the tokenizer", &e))?;
        Ok(Embedder { model, tokenizer, idle: Mutex::default() })
    }

    /// The vector of `text`, of unit length. Several threads may call it at once.
    pub(crate) fn embed(&self, text: &str) -> Result<Vec<f32>, EmbedError> {
        let encoding = self.tokenizer.encode_fast(text, true).map_err(|e| EmbedError(e.to_string()))?;
        let ids: Vec<i32> = encoding.get_ids().iter().map(|&id| id.cast_signed()).collect();
        let input = NdTensor::from_data([1, ids.len()], ids);
        let pool = self.idle().pop().unwrap_or_else(|| Arc::new(ThreadPool::with_num_threads(1)));
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(&pool)));
        let output = self.model.run_one(input.view().into(), Some(options));
        self.idle().push(pool);
        let output = output.map_err(|e| EmbedError(e.to_string()))?;
        let vector =
            output.into_tensor::<f32>().ok_or_else(|| EmbedError("the model's output is not f32".into()))?;
        Ok(vector.into_data())
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Arc<ThreadPool>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether `word` is a word of the model's vocabulary: an English word that needs no repair.
    pub(crate) fn knows_word(&self, word: &str) -> bool {
        self.tokenizer.token_to_id(word).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cosine(a: &[f32], b: &[f32]) -> f32 {
        a.iter().zip(b).map(|(x, y)| x * y).sum()
    }

    #[test]
    fn texts_of_one_meaning_lie_closer_than_texts_of_two() {
        let embedder = Embedder::shared().unwrap();
        let asked = embedder.embed("why are they pulling out of the country?").unwrap();
        let same = embedder.embed("what is the reason for leaving").unwrap();
        let other = embedder.embed("how do i bake bread").unwrap();
        assert_eq!(asked.len(), DIMENSIONS);
        assert!((cosine(&asked, &asked) - 1.0).abs() < 1e-3);
        assert!(cosine(&asked, &same) > cosine(&asked, &other) + 0.2);
    }

    #[test]
    fn any_text_has_a_vector() {
        let embedder = Embedder::shared().unwrap();
        let long = "word ".repeat(5_000);
        for text in ["", " ", "😀😀", "\u{0}", "אבג", long.as_str()] {
            assert_eq!(embedder.embed(text).unwrap().len(), DIMENSIONS, "{text:.20}");
        }
    }
}
