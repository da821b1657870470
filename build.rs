//! Packs the learned weights, so that no process has to read them before its first document: the same code that finds them there
//! writes them.

#![expect(dead_code, unreachable_pub, reason = "only what packs is called here")]

use std::env;
use std::error::Error;
use std::fs;
use std::path::Path;

#[path = "src/matching/changes/features.rs"]
mod features;
#[path = "src/matching/changes/packed.rs"]
mod packed;
#[path = "src/model/text.rs"]
mod text;
#[path = "src/matching/changes/weights.rs"]
mod weights;

/// Where those files look for what they share.
mod model {
    pub(crate) use super::text;
}

const WEIGHTS: &str = "src/matching/changes/text_model.tsv";

fn main() -> Result<(), Box<dyn Error>> {
    let files = ["src/matching/changes", "src/model/text.rs", "build.rs"];
    files.iter().for_each(|file| println!("cargo::rerun-if-changed={file}"));
    let packed = weights::Weights::pack(&fs::read_to_string(WEIGHTS)?);
    let folder = env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?;
    fs::write(Path::new(&folder).join("text_model.bin"), packed)?;
    Ok(())
}
