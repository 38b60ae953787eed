//! Customer analytics as pure functions (kpis.md section 3): RFM scores, clusters, a decision tree, the repeat-purchase
//! model BG/NBD with the value model Gamma-Gamma, the rhythm of a customer, cohorts. No randomness but fixed seeds.

mod bfgs;
pub mod clusters;
pub mod cohorts;
pub mod forecast;
mod gamma;
pub mod loyalty;
pub mod purchase;
pub mod rfm;
pub mod rhythm;
pub mod tree;
pub mod value;
