#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hicm_fuzz::archive(bytes));
