//! What panes are made of: one table, one form, popups, bars, charts. A widget knows how something looks; what it means
//! stands in `app`.

pub mod ask;
pub mod audit;
pub mod bars;
pub mod cases;
pub mod chart;
pub mod conflict;
pub mod dictionary;
pub mod finder;
pub mod form;
pub mod help;
pub mod import;
pub mod leak;
pub mod legend;
pub mod popup;
pub mod rules;
pub mod scheme;
pub mod settings;
pub mod shelf;
pub mod strategy;
pub mod table;
