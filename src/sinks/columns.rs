//! Explicit column lists for engines that would otherwise guess types from the first lines, made from the JSON Schemas.

use serde_json::Map;
use serde_json::Value;

use super::schema;
use super::schema::Schema;

/// The engines that column lists are made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// The `columns` parameter of DuckDB's `read_json`, as a JSON object from column to type.
    DuckDb,
    /// A schema in Spark SQL's data definition language, for `spark.read.schema`.
    Spark,
}

/// A column's type, as far as both engines tell types apart.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Type {
    Text,
    /// 64 bits in both engines, whatever the width of ours: no sum or join overflows.
    Integer,
    Float,
    Boolean,
    List(Box<Type>),
    Struct(Vec<(String, Type)>),
}

/// The column list of a file for an engine, with a line end. A schema that describes no columns (the model's) gives an empty
/// list.
#[must_use]
pub fn list(schema: Schema, engine: Engine) -> String {
    let root = schema::value(schema);
    let Type::Struct(columns) = Type::read(&root, &root) else { return String::new() };
    match engine {
        Engine::DuckDb => {
            let types: Map<String, Value> = columns.into_iter().map(|(name, kind)| (name, Value::from(kind.duckdb()))).collect();
            let mut text = serde_json::to_string_pretty(&types).unwrap_or_default();
            text.push('\n');
            text
        }
        Engine::Spark => {
            let lines: Vec<String> = columns.iter().map(|(name, kind)| format!("`{name}` {}", kind.spark())).collect();
            format!("{}\n", lines.join(",\n"))
        }
    }
}

impl Type {
    /// Reads the type that `node`, a part of `root`, describes.
    fn read(node: &Value, root: &Value) -> Self {
        if let Some(target) = node.get("$ref").and_then(Value::as_str) {
            return target
                .strip_prefix('#')
                .and_then(|path| root.pointer(path))
                .map_or(Self::Text, |node| Self::read(node, root));
        }
        if let Some(forms) = node.get("anyOf").or_else(|| node.get("oneOf")).and_then(Value::as_array) {
            let form = forms.iter().find(|form| form.get("type").and_then(Value::as_str) != Some("null"));
            return form.map_or(Self::Text, |form| Self::read(form, root));
        }
        match type_name(node) {
            Some("object") => Self::Struct(properties(node, root)),
            Some("array") => Self::List(Box::new(node.get("items").map_or(Self::Text, |items| Self::read(items, root)))),
            Some("integer") => Self::Integer,
            Some("number") => Self::Float,
            Some("boolean") => Self::Boolean,
            _ => Self::Text,
        }
    }

    /// In DuckDB's words. Names are quoted: some are reserved words there.
    fn duckdb(&self) -> String {
        match self {
            Self::Text => "VARCHAR".to_owned(),
            Self::Integer => "BIGINT".to_owned(),
            Self::Float => "DOUBLE".to_owned(),
            Self::Boolean => "BOOLEAN".to_owned(),
            Self::List(of) => format!("{}[]", of.duckdb()),
            Self::Struct(fields) => {
                let fields: Vec<String> = fields.iter().map(|(name, kind)| format!("\"{name}\" {}", kind.duckdb())).collect();
                format!("STRUCT({})", fields.join(", "))
            }
        }
    }

    /// In Spark's words.
    fn spark(&self) -> String {
        match self {
            Self::Text => "STRING".to_owned(),
            Self::Integer => "BIGINT".to_owned(),
            Self::Float => "DOUBLE".to_owned(),
            Self::Boolean => "BOOLEAN".to_owned(),
            Self::List(of) => format!("ARRAY<{}>", of.spark()),
            Self::Struct(fields) => {
                let fields: Vec<String> = fields.iter().map(|(name, kind)| format!("`{name}`: {}", kind.spark())).collect();
                format!("STRUCT<{}>", fields.join(", "))
            }
        }
    }
}

/// The type's name; of `["string", "null"]` the one that is not null.
fn type_name(node: &Value) -> Option<&str> {
    match node.get("type")? {
        Value::Array(names) => names.iter().filter_map(Value::as_str).find(|name| *name != "null"),
        name => name.as_str(),
    }
}

fn properties(node: &Value, root: &Value) -> Vec<(String, Type)> {
    let properties = node.get("properties").and_then(Value::as_object);
    properties.into_iter().flatten().map(|(name, node)| (name.clone(), Type::read(node, root))).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(node: &Value) -> Type {
        Type::read(node, &json!({"$defs": {"At": {"type": "object", "properties": {"row": {"type": "integer"}}}}}))
    }

    #[test]
    fn null_and_references_are_seen_through() {
        assert_eq!(read(&json!({"type": ["string", "null"]})), Type::Text);
        assert_eq!(read(&json!({"oneOf": [{"const": "a", "type": "string"}]})), Type::Text);
        assert_eq!(read(&json!({"anyOf": [{"$ref": "#/$defs/At"}, {"type": "null"}]})).duckdb(), "STRUCT(\"row\" BIGINT)");
    }

    #[test]
    fn lists_and_structs_nest() {
        let node = json!({"type": "array", "items": {"type": "object", "properties": {
            "bbox": {"type": ["array", "null"], "items": {"type": "number"}}, "1": {"type": "boolean"}}}});
        assert_eq!(read(&node).duckdb(), "STRUCT(\"bbox\" DOUBLE[], \"1\" BOOLEAN)[]");
        assert_eq!(read(&node).spark(), "ARRAY<STRUCT<`bbox`: ARRAY<DOUBLE>, `1`: BOOLEAN>>");
    }

    #[test]
    fn every_column_of_a_file_is_listed() {
        let text = list(Schema::Documents, Engine::DuckDb);
        let types: Map<String, Value> = serde_json::from_str(&text).expect("an object");
        assert_eq!(types["items"], "BIGINT");
        assert_eq!(
            types["by_change"],
            "STRUCT(\"1\" BIGINT, \"2\" BIGINT, \"3\" BIGINT, \"4\" BIGINT, \"5\" BIGINT, \"6\" BIGINT, \
                   \"7\" BIGINT, \"8\" BIGINT)"
        );
        assert!(list(Schema::Audit, Engine::Spark).contains("`became` STRING"));
    }
}
