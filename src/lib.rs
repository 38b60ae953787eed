//! guanxi
pub mod demo;
pub mod domain;
pub mod exchange;
pub mod store;
