//! The cell that holds the generation in force: readers never wait, and a swap is one step.

use std::sync::Arc;

use arc_swap::ArcSwap;

use super::Generation;

/// The cell that holds the generation in force. A question loads it once and keeps it to the end.
pub struct Current(ArcSwap<Generation>);

impl Current {
    /// The cell, with its first generation.
    pub fn new(generation: Generation) -> Current {
        Current(ArcSwap::from_pointee(generation))
    }

    /// The generation in force.
    pub fn load(&self) -> Arc<Generation> {
        self.0.load_full()
    }

    /// Puts a new generation in force.
    pub fn swap(&self, generation: impl Into<Arc<Generation>>) {
        self.0.store(generation.into());
    }
}
