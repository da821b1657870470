//! The files in `schema/` that are made from the types are the ones that the types make now. After a change that is meant, run
//! `HICM_BLESS=1 cargo test --test schema` and read the difference.

use std::fs;
use std::path::Path;

use hicm::sinks::columns;
use hicm::sinks::columns::Engine;
use hicm::sinks::schema;
use hicm::sinks::schema::Schema;

/// Compares a file with what it should hold, or writes it where that was asked for.
fn is_current(name: &str, made: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema").join(name);
    if std::env::var_os("HICM_BLESS").is_some() {
        fs::write(&path, made).expect("schema/ can be written");
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == made, "schema/{name} is not current; run HICM_BLESS=1 cargo test --test schema");
}

#[test]
fn json_schemas_are_current() {
    for schema in Schema::ALL {
        is_current(&format!("{}.schema.json", schema.name()), &schema::json(schema));
    }
}

#[test]
fn column_lists_are_current() {
    for schema in [Schema::Records, Schema::Documents, Schema::Audit] {
        is_current(&format!("duckdb.{}.json", schema.name()), &columns::list(schema, Engine::DuckDb));
        is_current(&format!("spark.{}.ddl", schema.name()), &columns::list(schema, Engine::Spark));
    }
}

#[test]
fn every_key_of_a_record_is_required() {
    let record: serde_json::Value = serde_json::from_str(&schema::json(Schema::Records)).expect("JSON");
    let keys: Vec<&str> = record["properties"].as_object().expect("an object").keys().map(String::as_str).collect();
    let required: Vec<&str> = record["required"].as_array().expect("a list").iter().filter_map(|key| key.as_str()).collect();
    assert_eq!(keys, required);
}
