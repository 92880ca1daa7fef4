//! The stream: how it begins, where it goes on, who sees what, and what becomes of readers that do not read.

mod greeting;
mod resume;
mod slow;
mod socket;
mod visibility;
