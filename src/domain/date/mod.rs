//! (shim)
use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};
/// Due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Due { #[allow(missing_docs)] pub day: NaiveDate, #[allow(missing_docs)] pub time: Option<NaiveTime> }
/// Anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all="snake_case")]
#[allow(missing_docs)]
pub enum Anchor { Absolute, AfterTouch, BeforeEvent { days: u16 } }
/// E.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActionError { #[allow(missing_docs)] Date(DateError) }
/// R.
pub struct Resolved { #[allow(missing_docs)] pub due: Due, #[allow(missing_docs)] pub anchor: Anchor }
/// P.
pub fn parse_calendar(_: &str) -> Option<(NaiveDate, Option<NaiveTime>)> { None }
/// P.
pub fn parse_past(_: &str, _: chrono::NaiveDateTime) -> Result<(NaiveDate, Option<NaiveTime>), DateError> { Ok(Default::default()) }
/// P.
pub fn parse_due(_: &str, _: chrono::NaiveDateTime, _: Option<NaiveDate>) -> Result<Resolved, DateError> { unimplemented!() }
/// E.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateError {}
/// N.
pub struct NextAction { #[allow(missing_docs)] pub text: String, #[allow(missing_docs)] pub resolved: Resolved }
/// P.
pub fn parse_actions(_: &str, _: chrono::NaiveDateTime, _: Option<NaiveDate>) -> Result<Vec<NextAction>, ActionError> { Ok(vec![]) }
