//! A city at work: real polygons, real-sounding reports, and a day of a real city's calls.

mod confusion;
mod contact;
mod gazetteer;
mod landmarks;
mod replay;
mod sample;
mod surge;
