//! Parses, runs, prints the error, gives the exit code.

fn main() -> std::process::ExitCode {
    let db = std::env::args().nth(2).map(std::path::PathBuf::from);
    let options = guanxi::run::Options {
        db: guanxi::run::place::database(db.as_deref()),
        lang: guanxi::i18n::Lang::Zh,
        demo: false,
    };
    match guanxi::run::screen(&options) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            std::process::ExitCode::FAILURE
        }
    }
}
