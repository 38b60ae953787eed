//! How each pane looks; what it holds and does stands in `app::panes` under the same name.

pub mod alarms;
pub mod analysis;
pub mod behind;
pub mod board;
pub mod campaigns;
pub mod card;
pub mod complaints;
pub mod customers;
pub mod evaluation;
pub mod kpi;
pub mod ledger;
pub mod matrix;
pub mod models;
pub mod plans;
pub mod profile;
pub mod requests;
pub mod scripts;
pub mod staff;
