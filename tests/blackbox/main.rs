//! The black-box tests: one binary, over real sockets and processes.

mod story;
