//! libFuzzer's program for this target.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| kentongan_fuzz::run("spoken", data));
