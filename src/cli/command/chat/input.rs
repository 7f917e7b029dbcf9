//! Where the lines of a chat come from: an editor on a terminal, or standard input as it comes.

use std::{
    io::{self, BufRead, Write},
    path::PathBuf,
};

use rustyline::{DefaultEditor, error::ReadlineError};

use crate::cli::exit::CommandError;

/// A source of lines.
pub(super) trait Input {
    /// The next line; `None` at the end.
    fn next(&mut self, prompt: &str, out: &mut dyn Write) -> Result<Option<String>, CommandError>;
}

/// A person at a terminal, with editing and history.
pub(super) struct Typed {
    editor: DefaultEditor,
    history: PathBuf,
}

impl Typed {
    /// An editor that remembers in the file `history`.
    pub(super) fn new(history: PathBuf) -> Result<Typed, CommandError> {
        let mut editor = DefaultEditor::new().map_err(failed)?;
        // A history that cannot be read is an empty one.
        let _ = editor.load_history(&history);
        Ok(Typed { editor, history })
    }
}

impl Input for Typed {
    fn next(&mut self, prompt: &str, out: &mut dyn Write) -> Result<Option<String>, CommandError> {
        out.flush()?;
        loop {
            match self.editor.readline(prompt) {
                Ok(line) => {
                    // What cannot be remembered is still answered.
                    let _ = self.editor.add_history_entry(line.as_str());
                    return Ok(Some(line));
                }
                Err(ReadlineError::Interrupted) => writeln!(out, "(/quit or Ctrl-D to leave)")?,
                Err(ReadlineError::Eof) => return Ok(None),
                Err(ReadlineError::Io(error)) => return Err(error.into()),
                Err(error) => return Err(failed(error)),
            }
        }
    }
}

impl Drop for Typed {
    fn drop(&mut self) {
        if let Some(folder) = self.history.parent() {
            // A history that cannot be saved is not worth an error.
            let _ =
                crate::private_file::create_folder(folder).map(|()| self.editor.save_history(&self.history));
        }
    }
}

fn failed(error: ReadlineError) -> CommandError {
    CommandError::Temporary(format!("the terminal cannot be used: {error}"))
}

/// Standard input that is no terminal; the lines are shown as they are read, so that the output reads as a conversation.
pub(super) struct Piped<R> {
    input: R,
}

impl<R: BufRead> Piped<R> {
    /// The lines of `input`.
    pub(super) fn new(input: R) -> Piped<R> {
        Piped { input }
    }

    /// Whether there is nothing (more) to read.
    pub(super) fn is_over(&mut self) -> io::Result<bool> {
        Ok(self.input.fill_buf()?.is_empty())
    }
}

impl<R: BufRead> Input for Piped<R> {
    fn next(&mut self, prompt: &str, out: &mut dyn Write) -> Result<Option<String>, CommandError> {
        let mut line = Vec::new();
        if self.input.read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line).trim_end_matches(['\n', '\r']).to_owned();
        if !line.trim().is_empty() {
            writeln!(out, "{prompt}{line}\n")?;
        }
        Ok(Some(line))
    }
}
