//! The keys that backups are locked with, as text: the public one, which the company keeps, and the secret one, which it
//! never does.

use std::str::FromStr as _;

use age::secrecy::ExposeSecret as _;
pub use age::x25519::{Identity, Recipient};

use super::request::VaultError;

/// A public key, as it is written: `age1…`.
pub fn recipient(text: &str) -> Result<Recipient, VaultError> {
    Recipient::from_str(text.trim()).map_err(|_| VaultError::Recipient(text.trim().to_owned()))
}

/// The secret keys of a file as `age-keygen` writes it: comments and one key a line.
pub fn identities(text: &str) -> Result<Vec<Identity>, VaultError> {
    let lines = text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'));
    let read = |line| Identity::from_str(line).map_err(|_| VaultError::Identity(String::new()));
    let keys = lines.map(read).collect::<Result<Vec<_>, _>>()?;
    if keys.is_empty() { Err(VaultError::Identity(String::new())) } else { Ok(keys) }
}

/// A new pair: the text of a file with the secret key, and the public key.
pub fn new_pair() -> (String, String) {
    let identity = Identity::generate();
    let public = identity.to_public().to_string();
    (format!("# public key: {public}\n{}\n", identity.to_string().expose_secret()), public)
}
