//! How each pane looks; what it holds and does stands in `app::panes` under the same name.

pub mod analysis;
pub mod board;
pub mod campaigns;
pub mod card;
pub mod customers;
pub mod evaluation;
pub mod kpi;
pub mod ledger;
pub mod matrix;
pub mod models;
pub mod plans;
pub mod profile;
pub mod scripts;
pub mod staff;
