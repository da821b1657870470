//! `hicm dump`: what each stage saw in a document.

mod grid;
mod matches;
mod page;
mod tables;

use std::fs::File;
use std::io;
use std::io::BufWriter;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use anstream::StripStream;
use anyhow::Context;

use crate::batch::document_at;
use crate::cli::args::DumpArgs;
use crate::cli::args::Stage;
use crate::cli::exit::Exit;
use crate::cli::files;
use crate::cli::present;
use crate::cli::settings;
use crate::model::page::Page;
use crate::model::source::Format;
use crate::model::source::Source;
use crate::model::vocabulary::Vocabulary;
use crate::pipeline::Engine;

/// Characters of a line where there is no terminal to ask: two columns of prose and a few short ones.
const WIDTH: usize = 120;

/// What was read, and with what.
struct Subject<'a> {
    engine: &'a Engine,
    vocabulary: &'a Vocabulary,
    format: Format,
    source: &'a Source,
    /// Width of a line in characters, 0 for any.
    width: usize,
}

/// Shows the stage that `args` name.
pub(super) fn run(args: &DumpArgs) -> anyhow::Result<Exit> {
    let vocabulary = settings::vocabulary(&args.model)?;
    let options = settings::options(&args.limits, args.password.clone(), &args.ocr);
    let pictures = settings::reads_pictures(&options);
    let shown = present::visible(&args.file.to_string_lossy()).into_owned();
    let bytes = match read(args, options.limits.max_bytes) {
        Ok(bytes) => bytes,
        Err(error) => {
            return Ok(failed(&shown, &format!("cannot be read: {}; check the path and its permissions", error.kind())));
        }
    };
    let engine = Engine::new(Arc::clone(&vocabulary), options).reading_pictures(pictures);
    let name = if settings::is_stdin(&args.file) { settings::stdin_name(args.name.as_deref()) } else { shown.clone() };
    if args.stage == Stage::Page {
        return dump_page(args, &engine, &name, &bytes);
    }
    let (format, source) = match engine.read(&name, &bytes) {
        Ok(read) => read,
        Err(error) => return Ok(failed(&shown, &error.to_string())),
    };
    let subject = Subject { engine: &engine, vocabulary: &vocabulary, format, source: &source, width: width(args) };
    if args.json {
        let mut out = output(args)?;
        match args.stage {
            Stage::Grid | Stage::Page => grid::write_json(&subject, &mut out)?,
            Stage::Tables => tables::write_json(&subject, &mut out)?,
            Stage::Matches => matches::write_json(&subject, &mut out)?,
        }
        out.flush()?;
    } else {
        let mut out = styled_output(args)?;
        match args.stage {
            Stage::Grid | Stage::Page => grid::write(&subject, &mut out)?,
            Stage::Tables => tables::write(&subject, &mut out)?,
            Stage::Matches => matches::write(&subject, &mut out)?,
        }
        out.flush()?;
    }
    Ok(Exit::Success)
}

/// Shows pages: their content is not kept once cells were found on them, so they are read for themselves.
fn dump_page(args: &DumpArgs, engine: &Engine, name: &str, bytes: &[u8]) -> anyhow::Result<Exit> {
    let shown = present::visible(name).into_owned();
    let source = match engine.pages(name, bytes) {
        Ok(source) => source,
        Err(error) => return Ok(failed(&shown, &error.to_string())),
    };
    let wanted = |page: &&Page| args.page.is_none_or(|number| page.number.get() == number);
    let pages: Vec<&Page> = source.pages.iter().filter(wanted).collect();
    let Some(first) = pages.first() else {
        let message = match (args.page, source.pages.len()) {
            (_, 0) => "a document of this kind has no pages; use dump grid".to_owned(),
            (number, count) => format!("there is no page {}; the document has {count}", number.unwrap_or(1)),
        };
        return Ok(failed(&shown, &message));
    };
    let mut out = output(args)?;
    if args.json {
        page::write_json(&pages, &mut out)?;
    } else {
        let laid_out = engine.lay_out(source.clone());
        page::write_svg(first, &laid_out, &mut out)?;
    }
    out.flush()?;
    Ok(Exit::Success)
}

/// Where data goes.
fn output(args: &DumpArgs) -> anyhow::Result<Box<dyn Write>> {
    Ok(match &args.output {
        Some(path) => Box::new(BufWriter::new(create(path)?)),
        None => Box::new(files::stdout()),
    })
}

/// Where text for people goes; a file takes it without styles.
fn styled_output(args: &DumpArgs) -> anyhow::Result<Box<dyn Write>> {
    Ok(match &args.output {
        Some(path) => Box::new(BufWriter::new(StripStream::new(create(path)?))),
        None => Box::new(files::styled_stdout()),
    })
}

fn create(path: &Path) -> anyhow::Result<File> {
    File::create(path).with_context(|| format!("cannot write {}", path.display()))
}

fn read(args: &DumpArgs, max_bytes: u64) -> io::Result<Vec<u8>> {
    if settings::is_stdin(&args.file) {
        files::read_limited(io::stdin().lock(), max_bytes)
    } else {
        match File::open(&args.file) {
            Ok(file) => files::read_limited(file, max_bytes),
            Err(error) => document_at(&args.file, max_bytes).ok_or(error),
        }
    }
}

fn failed(name: &str, message: &str) -> Exit {
    let _ = writeln!(io::stderr(), "hicm: error: {name}: {message}");
    Exit::SomeFailed
}

fn width(args: &DumpArgs) -> usize {
    let terminal = || terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0));
    args.width.or_else(terminal).unwrap_or(WIDTH)
}
