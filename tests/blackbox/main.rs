//! The black-box tests: one binary, over real sockets and processes.

mod city;
mod contract;
mod faults;
mod field;
mod handover;
mod handover_neighbours;
mod plans;
mod storm;
mod story;
mod stream;
mod units;
