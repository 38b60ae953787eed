//! Starts the program: what was typed goes to the command line, its exit status to the system.

fn main() -> std::process::ExitCode {
    guanxi::cli::run(std::env::args_os())
}
