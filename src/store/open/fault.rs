//! What an error of the engine or of the system means for the person who opens or writes a file.

use std::path::Path;

use crate::store::request::StoreError;

/// An engine error with the file's name where the file is the cause.
pub(super) fn named(error: &rusqlite::Error, path: &Path) -> StoreError {
    match StoreError::from_engine(error) {
        StoreError::NotOurs(_) => StoreError::NotOurs(path.display().to_string()),
        StoreError::ReadOnly(_) => StoreError::ReadOnly(path.display().to_string()),
        StoreError::Unavailable { .. } if only_readable(path) => {
            StoreError::ReadOnly(path.display().to_string())
        }
        StoreError::Unavailable { .. } => StoreError::unavailable(path),
        other => other,
    }
}

/// Whether a file is there and it, its folder or their disk takes no writes: the engine then only says that it cannot open one
/// of the files beside it.
fn only_readable(path: &Path) -> bool {
    use rustix::fs::{Access, access};
    path.is_file()
        && [path, super::folder(path)].into_iter().any(|place| access(place, Access::WRITE_OK).is_err())
}

/// An error of the system with the file's name.
pub(super) fn io_error(error: &std::io::Error, path: &Path) -> StoreError {
    match error.kind() {
        std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
            StoreError::ReadOnly(path.display().to_string())
        }
        std::io::ErrorKind::StorageFull => StoreError::Full,
        _ => StoreError::unavailable_for(path, error),
    }
}

/// Whether the engine found no room for the memory that sessions share (`-shm`): it calls that an error of the disk.
fn is_full(error: &rusqlite::Error) -> bool {
    error.sqlite_error().is_some_and(|e| e.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE)
}

impl StoreError {
    /// What an error of the engine means for the person.
    pub fn from_engine(error: &rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        let text = error.to_string();
        if error.sqlite_error().is_some_and(|e| e.extended_code == rusqlite::ffi::SQLITE_READONLY_DBMOVED) {
            return Self::Replaced;
        }
        match error.sqlite_error_code() {
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Self::Busy,
            Some(Code::DiskFull) => Self::Full,
            // which file that is, whoever has opened it knows
            Some(Code::ReadOnly | Code::PermissionDenied) => Self::ReadOnly(String::new()),
            Some(Code::CannotOpen) => Self::Unavailable { file: text, why: None },
            Some(Code::NotADatabase) => Self::NotOurs(text),
            Some(Code::DatabaseCorrupt) => Self::Corrupt(text),
            Some(Code::OperationInterrupted) => Self::Interrupted,
            Some(Code::SystemIoFailure) if is_full(error) || text.contains("full") => Self::Full,
            _ => Self::Defect(text),
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::from_engine(&error)
    }
}
