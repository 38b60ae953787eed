//! What the operating system says of a file, in our words where we have them.

use crate::i18n::{Lang, cli};

/// What the system says of a file, in words where we have them.
pub fn io(error: &std::io::Error, lang: Lang) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => cli::IO_MISSING.of(lang).to_owned(),
        ErrorKind::PermissionDenied => cli::IO_DENIED.of(lang).to_owned(),
        ErrorKind::IsADirectory => cli::IO_FOLDER.of(lang).to_owned(),
        _ => system(&error.to_string(), lang),
    }
}

/// The same of a file that is to be written: what is missing then is its folder.
pub fn io_written(error: &std::io::Error, lang: Lang) -> String {
    if error.kind() == std::io::ErrorKind::NotFound {
        return cli::IO_NO_PLACE.of(lang).to_owned();
    }
    io(error, lang)
}

/// What the system says inside a text, in our words where we have them and never with its number.
pub fn system(text: &str, lang: Lang) -> String {
    use crate::i18n::cli as c;
    let known = [
        ("No such file or directory", c::IO_MISSING),
        ("Permission denied", c::IO_DENIED),
        ("Is a directory", c::IO_FOLDER),
        ("Not a directory", c::IO_NO_FOLDER),
        ("No space left on device", c::IO_FULL),
        ("Read-only file system", c::IO_READ_ONLY),
        ("Input/output error", c::IO_BROKEN),
        ("exists already", c::IO_EXISTS),
    ];
    let mut told =
        known.iter().fold(text.to_owned(), |told, (theirs, ours)| told.replace(theirs, ours.of(lang)));
    while let Some((before, after)) =
        told.split_once(" (os error ").map(|(b, a)| (b.to_owned(), a.to_owned()))
    {
        told = before + after.split_once(')').map_or("", |(_, rest)| rest);
    }
    told
}
