//! What the company's words mean: pure rules and values. No I/O, no clock, no other part of the program.

pub mod budget;
pub mod cadence;
pub mod campaign;
pub mod change;
pub mod clock;
pub mod customer;
pub mod date;
pub mod field;
pub mod filter;
pub mod find;
pub mod guard;
pub mod import;
pub mod membership;
pub mod money;
pub mod overlay;
pub mod people;
pub mod plan;
pub mod queue;
pub mod script;
pub mod strategy;
pub mod text;
