//! `hicm schema`: the shapes of what is written and of model files.

use crate::cli::args::ColumnEngine;
use crate::cli::args::OutputFile;
use crate::cli::args::SchemaArgs;
use crate::cli::args::SchemaCommand;
use crate::cli::exit::Exit;
use crate::cli::files;
use crate::sinks::columns;
use crate::sinks::schema;
use crate::sinks::schema::Schema;

/// Prints the schema that `args` name.
pub(super) fn run(args: &SchemaArgs) -> anyhow::Result<Exit> {
    let text = match args.what.unwrap_or(SchemaCommand::Records) {
        SchemaCommand::Records => schema::json(Schema::Records),
        SchemaCommand::Documents => schema::json(Schema::Documents),
        SchemaCommand::Audit => schema::json(Schema::Audit),
        SchemaCommand::Model => schema::json(Schema::Model),
        SchemaCommand::Columns { engine, file } => {
            let engine = match engine {
                ColumnEngine::Duckdb => columns::Engine::DuckDb,
                ColumnEngine::Spark => columns::Engine::Spark,
            };
            let schema = match file {
                OutputFile::Records => Schema::Records,
                OutputFile::Documents => Schema::Documents,
                OutputFile::Audit => Schema::Audit,
            };
            columns::list(schema, engine)
        }
    };
    files::print(text.as_bytes())?;
    Ok(Exit::Success)
}
