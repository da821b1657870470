#![no_main]

use hicm_fuzz::Grids;

libfuzzer_sys::fuzz_target!(|grids: Grids| hicm_fuzz::tables(grids));
