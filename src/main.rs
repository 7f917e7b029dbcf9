//! The binary: arguments in, one call, an exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    faqbot::cli::main()
}
