//! What the company's words mean: pure rules and values. No I/O, no clock, no other part of the program.

pub mod activation;
pub mod books;
pub mod cadence;
pub mod change;
pub mod clock;
pub mod coupon;
pub mod customer;
pub mod date;
pub mod field;
pub mod filter;
pub mod find;
pub mod guard;
pub mod import;
pub mod kpi;
pub mod membership;
pub mod models;
pub mod money;
pub mod overlay;
pub mod people;
pub mod queue;
pub mod scheme;
pub mod script;
pub mod strategy;
pub mod tag;
pub mod text;
