//! How amounts and instants are written in `--json`. The rows name these two where serde asks for them, and serde hands
//! over a reference whatever the type.

use crate::domain::clock::from_ms;
use crate::domain::money::Fen;

/// Writes an amount as yuan with two decimals, as `--json` has it.
pub fn yuan<S: serde::Serializer>(amount: &Option<Fen>, to: S) -> Result<S::Ok, S::Error> {
    match amount {
        Some(fen) => to.serialize_some(&(fen.0 as f64 / 100.0)),
        None => to.serialize_none(),
    }
}

/// Writes UTC milliseconds as RFC 3339.
pub fn rfc3339<S: serde::Serializer>(ms: &i64, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&from_ms(*ms).to_rfc3339_opts(chrono::SecondsFormat::Secs, true))
}
