#![no_main]

use hicm::model::source::Format;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hicm_fuzz::read(bytes, Format::Doc));
