//! From what a channel hands in to what is stored: understanding a text, and the report's command.
//!
//! One file an inbound channel as they come; the HTTP API is the first, neighbouring centres' servers the second.

mod agencies;
mod contact;
pub mod neighbour;
mod place;
mod radar;
mod report;
mod sightings;
mod surge;
mod understand;

pub use agencies::{Asked, Proposals};
pub use contact::Contacts;
pub use place::{place_of, shown};
pub use report::{NewReport, report_submission};
pub use understand::{Heard, Understander, Understood};
