//! The one place that reads the environment. A person who comes in over SSH brings theirs along; in a server's session all of
//! it is ignored but the terminal, the language and the colours, and what sshd itself says of the log-in.

use std::ffi::OsString;
use std::sync::atomic::{AtomicBool, Ordering};

/// What a session on a server takes from its surroundings.
const TAKEN: &[&str] = &[
    "TERM",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "LC_MESSAGES",
    "COLORTERM",
    "SSH_USER_AUTH",
    "SSH_ORIGINAL_COMMAND",
    "SSH_CONNECTION",
];

static GUEST: AtomicBool = AtomicBool::new(false);

/// From now on the environment is a stranger's.
pub fn distrust() {
    GUEST.store(true, Ordering::SeqCst);
}

/// Whether this is a session on a server: the person has no business with its files and programs.
pub fn is_guest() -> bool {
    GUEST.load(Ordering::SeqCst)
}

/// A variable of the environment, where it is to be taken.
pub fn raw(name: &str) -> Option<OsString> {
    taken(is_guest(), name).then(|| std::env::var_os(name)).flatten()
}

/// The same as text; what is no text is nothing.
pub fn text(name: &str) -> Option<String> {
    raw(name)?.into_string().ok()
}

fn taken(guest: bool, name: &str) -> bool {
    !guest || TAKEN.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guest_brings_the_terminal_and_the_language_and_nothing_that_names_a_file_or_a_clock() {
        for name in ["GUANXI_DB", "GUANXI_NOW", "GUANXI_USER", "HOME", "XDG_DATA_HOME", "PATH", "EDITOR"] {
            assert!(taken(false, name) && !taken(true, name), "{name}");
        }
        assert!(TAKEN.iter().all(|name| taken(true, name)));
    }
}
