#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| podls_fuzz::check("questions", data));
