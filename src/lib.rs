//! guanxi
pub mod domain;
pub mod exchange;
pub mod store;
