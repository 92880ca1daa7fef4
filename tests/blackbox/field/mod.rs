//! Agencies and their teams: who is reached, and what they tell besides the steps of a dispatch.

mod contacts;
mod help;
mod photos;
