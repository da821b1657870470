#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| hicm_fuzz::tables(text));
