//! The store.
pub mod request;
