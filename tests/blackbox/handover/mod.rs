//! The hand-over by other ways than the screen: what providers get, what they answer, what they tell later.

mod answers;
mod city;
mod mail;
mod nodes;
mod push;
mod ways_out;
mod webhooks;
