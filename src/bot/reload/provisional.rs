//! What answers while the first index is built: a generation that is ready in seconds and more careful.

use crate::{
    bot::reload::Reloader,
    config::Caution,
    knowledge::{BuildOptions, Generation, content::entry::Content, matching::Progress},
};

impl Reloader {
    /// Puts a provisional generation in force if none is and the one of `content` is not on disk: the last good content
    /// if its own generation is on disk, otherwise the content matched by words alone, with high caution.
    ///
    /// The sentence vectors of a large FAQ take a minute, and everything else seconds.
    pub(super) fn serve_provisional(
        &self,
        content: &Content,
        last_good: Option<&Content>,
        progress: &(dyn Fn(Progress) + Sync),
    ) {
        let full = self.build_options();
        if self.current.load().is_ready() || !full.vectors || Generation::is_on_disk(content, &full) {
            return;
        }
        let served = last_good.unwrap_or(content);
        let words_only = BuildOptions { vectors: false, caution: Caution::High, ..full.clone() };
        let options = if Generation::is_on_disk(served, &full) { full } else { words_only };
        let number = self.current.load().number() + 1;
        match (self.build)(served.clone(), number, &options, progress) {
            Ok(generation) => {
                tracing::warn!(
                    generation = number,
                    words_only = !options.vectors,
                    "a provisional generation answers until the full one is built"
                );
                self.swap(generation);
                self.status_mut().is_provisional = true;
            }
            Err(error) => tracing::warn!(%error, "there is no provisional generation"),
        }
    }
}
