//! How amounts and instants are written in `--json`. The rows name these two where serde asks for them, and serde hands
//! over a reference whatever the type.

use serde::Serialize as _;
use serde::ser::Error as _;
use serde_json::value::RawValue;

use crate::domain::clock::from_ms;
use crate::domain::money::Fen;

/// Writes an amount as yuan with two decimals, as `--json` has it.
pub fn yuan<S: serde::Serializer>(amount: &Option<Fen>, to: S) -> Result<S::Ok, S::Error> {
    match amount {
        // as it is written, with two decimals: a float would drop them
        Some(fen) => RawValue::from_string(fen.yuan_plain()).map_err(S::Error::custom)?.serialize(to),
        None => to.serialize_none(),
    }
}

/// Writes UTC milliseconds as RFC 3339, `null` where there are none.
pub fn opt_rfc3339<S: serde::Serializer>(ms: &Option<i64>, to: S) -> Result<S::Ok, S::Error> {
    match ms {
        Some(ms) => rfc3339(ms, to),
        None => to.serialize_none(),
    }
}

/// Writes an amount that is always there, as [`yuan`] does.
pub fn all_yuan<S: serde::Serializer>(amount: &Fen, to: S) -> Result<S::Ok, S::Error> {
    yuan(&Some(*amount), to)
}

/// Writes UTC milliseconds as RFC 3339.
pub fn rfc3339<S: serde::Serializer>(ms: &i64, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&from_ms(*ms).to_rfc3339_opts(chrono::SecondsFormat::Secs, true))
}
