//! What the company's words mean: pure rules and values. No I/O, no clock, no other part of the program.

pub mod date;
pub mod find;
pub mod money;
pub mod text;
