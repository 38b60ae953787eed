//! Why a backup could not be made, opened or given another key: one closed set, without sentences.

use super::StoreError;

/// Why a backup did not come about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VaultError {
    /// The store's own reason.
    Store(StoreError),
    /// No public key to encrypt to: what was given.
    Recipient(String),
    /// No secret key to open with: which file, or what was given.
    Identity(String),
    /// This backup does not open with this key, or is damaged: which.
    Shut(String),
    /// This backup is encrypted and no key was given: which.
    NeedsKey(String),
    /// Where the backups stand is not known: none was made into a folder yet.
    NoFolder,
    /// A file could not be read or written: which and why.
    File(String, String),
}

impl From<StoreError> for VaultError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// What came of giving the backups of a folder another key.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Rekeyed {
    /// Backups that open with the new key alone now.
    pub changed: Vec<String>,
    /// Backups that the old key does not open; they are as they were.
    pub shut: Vec<String>,
    /// Backups that are not encrypted at all; they are as they were.
    pub plain: Vec<String>,
}
