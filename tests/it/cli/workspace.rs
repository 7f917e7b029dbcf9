//! A working folder with a small FAQ and no settings, in which the binary runs with an empty environment.

use std::{
    fs,
    io::Write,
    path::Path,
    process::{Child, Command, Stdio},
};

use tempfile::TempDir;

const ANNOUNCEMENT: &str = "+++
title = \"Harbour Aid Closes its Office\"
url = \"https://harbour.example/closing\"
media_contact = \"press@harbour.example\"
publisher = \"Harbour Aid\"
+++
After 8 years, Harbour Aid closes its office in Quayside. It was opened in 2008.

Over 70 families found a home. We are grateful to the Ministry of Housing.
";

const WHEN: &str = "+++
question = \"When was the office opened?\"
quotes = [\"It was opened in 2008\"]
asks = [\"what year did it start\"]
not = [\"when does the bank open\"]
also_asked = [\"since when are you there\", \"opening year\", \"which year did you open\", \"when did you begin\", \"how old is the office\", \"start date of the office\"]
+++
The office was opened in 2008.
";

const HOMES: &str = "+++
question = \"How many families found a home?\"
quotes = [\"Over 70 families found a home\"]
asks = [\"number of families housed\"]
also_asked = [\"families housed\", \"how many homes\", \"how many people got a house\", \"count of families\", \"families with a roof\", \"how many were housed\"]
+++
Over 70 families found a home.
";

const THANKS: &str = "+++
question = \"Whom does Harbour Aid thank?\"
quotes = [\"We are grateful to the Ministry of Housing\"]
asks = [\"to whom are you grateful\"]
also_asked = [\"who gets thanked\", \"thanks to whom\", \"who helped you\", \"whom do you thank\", \"gratitude\", \"who was your partner\"]
+++
Harbour Aid is grateful to the Ministry of Housing.
";

/// The folder; it is removed on drop.
pub(super) struct Workspace(TempDir);

/// The result of a run.
#[derive(Debug)]
pub(super) struct Ended {
    pub(super) code: i32,
    pub(super) out: String,
    pub(super) err: String,
}

impl Workspace {
    /// Creates a folder with the FAQ in `faq`.
    pub(super) fn new() -> Workspace {
        let workspace = Workspace(tempfile::tempdir().unwrap());
        workspace.put("faq/announcement.md", ANNOUNCEMENT);
        workspace.put("faq/opened-when.md", WHEN);
        workspace.put("faq/homes-number.md", HOMES);
        workspace.put("faq/thanks-to.md", THANKS);
        workspace
    }

    pub(super) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file, and the folders it needs.
    pub(super) fn put(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Runs the binary with empty input.
    pub(super) fn run(&self, args: &[&str]) -> Ended {
        self.run_with(args, &[], b"")
    }

    /// Runs the binary with these variables and this input.
    pub(super) fn run_with(&self, args: &[&str], vars: &[(&str, &str)], input: &[u8]) -> Ended {
        let mut child = self.start(args, vars);
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_vec();
        // On its own thread, since some inputs exceed a pipe's buffer and the binary may not read them.
        let writer = std::thread::spawn(move || stdin.write_all(&input).ok());
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ended { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Starts the binary with all three streams piped.
    pub(super) fn start(&self, args: &[&str], vars: &[(&str, &str)]) -> Child {
        Command::new(env!("CARGO_BIN_EXE_faqbot"))
            .args(args)
            // All tests share one index: the same FAQ is embedded once.
            .env_clear()
            .env("FAQBOT__INDEX__DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli-index"))
            .envs(vars.iter().copied())
            .current_dir(self.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }
}
