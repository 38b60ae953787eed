//! (shim)
use serde::{Deserialize, Serialize};
/// Fen.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug, Hash, Serialize, Deserialize)]
pub struct Fen(pub i64);
/// E.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoneyError;
/// P.
pub fn parse_yuan(text: &str) -> Result<Fen, MoneyError> {
    text.replace("万元", "0000").parse::<i64>().map(|y| Fen(y * 100)).map_err(|_| MoneyError)
}
