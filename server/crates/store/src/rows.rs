//! The rows of the store: plain values, one struct a table.
//!
//! Owns the shape of what is written and read on both engines. Holds no rules: what a
//! `state` or a `kind` may be is decided in the domain, and a `body` is the domain's JSON,
//! kept byte for byte. Every time is a UTC instant in epoch microseconds, every hash is
//! SHA-256. Except where a row names its centre itself, the centre comes from the call.

mod access;
mod contacts;
mod decided;
mod log;
mod positions;
mod work;

pub use access::{EndpointRow, GrantRow, SessionRow, TokenRow, UserRow};
pub use contacts::{ContactLinkRow, ContactRow, DutyRow, PhotoRow, PushRow};
pub use decided::DecidedRow;
pub use log::{CentreRow, CommandRow, Digest, EventRow, Head, ReferenceRow};
pub use positions::{DeviceRow, PositionRow};
pub use work::{DeadlineRow, DeliveryRow, DispatchRow, IncidentRow, PersonRow, ReportRow, TextRow, UnitRow};
