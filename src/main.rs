//! The binary: calls the command line in the library and returns its exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    faqbot::cli::main()
}
