//! Floor 6: one document through the stages. The only place that sees more than one of them.

mod recipe;

use std::io;
use std::io::Write;
use std::sync::Arc;

use sha2::Digest;
use sha2::Sha256;
use tracing::debug;
use tracing::debug_span;

use crate::matching::DocumentMatch;
use crate::matching::Matcher;
use crate::model::audit::AUDIT_SCHEMA;
use crate::model::audit::AuditLine;
use crate::model::diagnostic::Code;
use crate::model::diagnostic::Diagnostic;
use crate::model::document::CodeCount;
use crate::model::document::DOCUMENT_SCHEMA;
use crate::model::document::DocumentError;
use crate::model::document::DocumentLine;
use crate::model::document::DocumentRef;
use crate::model::document::ErrorKind;
use crate::model::document::Status;
use crate::model::location::At;
use crate::model::picture::ReadsPictures;
use crate::model::record::Record;
use crate::model::source::Format;
use crate::model::source::Source;
use crate::model::table::Layout;
use crate::model::vocabulary::Vocabulary;
use crate::normalise::Normaliser;
use crate::normalise::RecordSink;
use crate::readers;
use crate::readers::Options;
use crate::readers::ReadError;
use crate::sinks::JsonLines;
use crate::sinks::Output;
use crate::tables;

pub use recipe::Recipe;

/// Everything that converting a document needs, made once and shared by all threads.
#[derive(Debug)]
pub struct Engine {
    matcher: Matcher,
    normaliser: Normaliser,
    options: Options,
    pictures: Option<Arc<dyn ReadsPictures>>,
}

/// The SHA-256 of `bytes`.
#[must_use]
pub fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The first 16 hexadecimal digits of the SHA-256 of `bytes`.
#[must_use]
pub fn document_id(bytes: &[u8]) -> String {
    id_of(&digest(bytes))
}

/// The id of a document whose bytes have this SHA-256.
#[must_use]
pub fn id_of(digest: &[u8; 32]) -> String {
    digest.iter().take(8).fold(String::with_capacity(16), |mut id, byte| {
        for digit in [byte >> 4, byte & 15] {
            id.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
        }
        id
    })
}

impl Engine {
    /// Prepares `vocabulary`.
    #[must_use]
    pub fn new(vocabulary: Arc<Vocabulary>, options: Options) -> Self {
        // A process that converts one short document takes most of its time for this.
        let shared = Arc::clone(&vocabulary);
        let (matcher, normaliser) = rayon::join(|| Matcher::new(vocabulary), || Normaliser::new(&shared));
        Self { matcher, normaliser, options, pictures: None }
    }

    /// Who reads the text of pages that are pictures.
    pub(crate) fn pictures(&self) -> Option<&Arc<dyn ReadsPictures>> {
        self.pictures.as_ref()
    }

    /// Has the text of pages that are pictures read by `reader`.
    #[must_use]
    pub fn reading_pictures(self, reader: Arc<dyn ReadsPictures>) -> Self {
        Self { pictures: Some(reader), ..self }
    }

    /// Leaves out changes whose confidence is below `least`, 0 to 1; they stay among the alternatives.
    #[must_use]
    pub fn at_least(self, least: f64) -> Self {
        Self { matcher: self.matcher.at_least(least), ..self }
    }

    /// Ranks the changes for texts that stand alone.
    #[must_use]
    pub fn matcher(&self) -> &Matcher {
        &self.matcher
    }

    /// Reads a document.
    ///
    /// # Errors
    /// The document is of a kind that cannot be read, is empty, or goes over a limit.
    pub fn read(&self, name: &str, bytes: &[u8]) -> Result<(Format, Source), ReadError> {
        let _span = debug_span!("read", name).entered();
        let format = readers::detect(bytes, name)?;
        let source = self.lay_out(readers::read_with(bytes, format, &self.options, self.pictures.as_deref())?);
        debug!(blocks = source.blocks.len(), ?format, "read");
        Ok((format, source))
    }

    /// Reads a document as far as its pages; what has none is read whole.
    ///
    /// # Errors
    /// As [`Engine::read`].
    pub fn pages(&self, name: &str, bytes: &[u8]) -> Result<Source, ReadError> {
        readers::read_with(bytes, readers::detect(bytes, name)?, &self.options, self.pictures.as_deref())
    }

    /// Makes blocks of the pages of `source`.
    #[must_use]
    pub fn lay_out(&self, source: Source) -> Source {
        // What is known is gathered for pages only.
        if source.pages.is_empty() { source } else { tables::lay_out(source, self.matcher.recogniser(), self.matcher.words()) }
    }

    /// Finds the tables of a source.
    #[must_use]
    pub fn tables<'s>(&self, source: &'s Source) -> Layout<'s> {
        let _span = debug_span!("tables").entered();
        let layout = tables::find(source, self.matcher.recogniser());
        debug!(tables = layout.tables.len(), lines = layout.lines.len(), "found");
        layout
    }

    /// Decides what the columns and items of a layout are.
    #[must_use]
    pub fn matches(&self, layout: &Layout<'_>) -> DocumentMatch {
        let _span = debug_span!("matching").entered();
        self.matcher.assign(layout, &self.normaliser)
    }

    /// Converts a document: its records and audit lines go to `output`, its own line too; that line is also returned.
    ///
    /// # Errors
    /// What `output` says. A document that cannot be read is no error: its line says so.
    pub fn convert<W: Write + Send>(&self, name: &str, bytes: &[u8], output: &mut Output<W>) -> io::Result<DocumentLine> {
        let id = document_id(bytes);
        let line = match self.read(name, bytes) {
            Ok((format, source)) => {
                let document = DocumentRef { id: Some(id), name: name.to_owned(), format: Some(format) };
                self.convert_source(document, bytes.len() as u64, &source, output)?
            }
            Err(error) => failed(name, Some(id), Some(bytes.len() as u64), error.kind(), error.to_string()),
        };
        output.document(&line)?;
        Ok(line)
    }

    fn convert_source<W: Write + Send>(
        &self,
        document: DocumentRef,
        bytes: u64,
        source: &Source,
        output: &mut Output<W>,
    ) -> io::Result<DocumentLine> {
        let layout = self.tables(source);
        let matched = self.matches(&layout);
        let facts = self.normaliser.facts(source, &layout, &matched.tables, &document.name);
        let area = self.normaliser.areas(source, &layout, &document.name, &facts);
        let mut counts = Counts::default();
        counts.add(&source.diagnostics);
        layout.tables.iter().for_each(|table| counts.add(&table.diagnostics));
        let _span = debug_span!("normalise").entered();
        let edition = matched.edition.as_deref();
        let is_wanted = output.records.is_some();
        let put = |made: &mut Made, record: Record| made.put(&record, is_wanted);
        let mut take = |made: Made| {
            counts.join(&made.counts);
            output.append_records(&made.lines()?)
        };
        let to = RecordSink { put: &put, take: &mut take };
        self.normaliser.records(&layout, &matched.tables, edition, &facts, &document, to)?;
        if counts.items == 0 {
            counts.add(&[Diagnostic::new(Code::NoItems, "no item found")]);
        }
        audit(&layout, &document, output)?;
        Ok(DocumentLine {
            media_type: document.format.map(|format| format.media_type().to_owned()),
            title: facts.title,
            edition: matched.edition,
            area,
            period: facts.period,
            dated: facts.dated,
            items: counts.items,
            unmapped: counts.unmapped,
            by_change: counts.by_change.into(),
            diagnostics: CodeCount::list(&counts.codes),
            ..blank(document, Status::Ok, Some(bytes))
        })
    }
}

/// The line of a document that could not be converted.
#[must_use]
pub fn failed(name: &str, id: Option<String>, bytes: Option<u64>, kind: ErrorKind, message: String) -> DocumentLine {
    let document = DocumentRef { id, name: name.to_owned(), format: None };
    DocumentLine { error: Some(DocumentError { kind, message }), ..blank(document, Status::Failed, bytes) }
}

/// The line of a document with the bytes of an earlier one.
#[must_use]
pub fn duplicate(name: &str, id: String, bytes: u64) -> DocumentLine {
    let document = DocumentRef { id: Some(id.clone()), name: name.to_owned(), format: None };
    DocumentLine { duplicate_of: Some(id), ..blank(document, Status::Duplicate, Some(bytes)) }
}

/// The line of a lock or system file.
#[must_use]
pub fn skipped(name: &str) -> DocumentLine {
    blank(DocumentRef { id: None, name: name.to_owned(), format: None }, Status::Skipped, None)
}

fn blank(document: DocumentRef, status: Status, bytes: Option<u64>) -> DocumentLine {
    DocumentLine {
        schema: DOCUMENT_SCHEMA,
        document,
        status,
        bytes,
        media_type: None,
        title: None,
        edition: None,
        area: Vec::new(),
        period: None,
        dated: None,
        items: 0,
        unmapped: 0,
        by_change: [0; 8].into(),
        diagnostics: Vec::new(),
        duplicate_of: None,
        error: None,
    }
}

/// Counts for a document's line.
#[derive(Default)]
struct Counts {
    items: u64,
    unmapped: u64,
    by_change: [u64; 8],
    codes: std::collections::BTreeMap<&'static str, u64>,
}

impl Counts {
    fn add(&mut self, diagnostics: &[Diagnostic]) {
        diagnostics.iter().for_each(|d| *self.codes.entry(d.code.as_str()).or_insert(0) += 1);
    }

    fn join(&mut self, other: &Self) {
        self.items += other.items;
        self.unmapped += other.unmapped;
        self.by_change.iter_mut().zip(other.by_change).for_each(|(count, other)| *count += other);
        other.codes.iter().for_each(|(code, count)| *self.codes.entry(code).or_insert(0) += count);
    }

    fn record(&mut self, record: &Record) {
        self.items += 1;
        self.unmapped += u64::from(record.changes.is_empty());
        record.changes.iter().for_each(|change| self.by_change[change.number.index()] += 1);
        record.diagnostics.iter().for_each(|d| *self.codes.entry(d.code.as_str()).or_insert(0) += 1);
    }
}

/// Some records, counted and written.
#[derive(Default)]
struct Made {
    counts: Counts,
    lines: JsonLines<Vec<u8>>,
    failed: Option<io::Error>,
}

impl Made {
    fn put(&mut self, record: &Record, is_wanted: bool) {
        self.counts.record(record);
        if is_wanted && self.failed.is_none() {
            self.failed = self.lines.write(record).err();
        }
    }

    fn lines(self) -> io::Result<Vec<u8>> {
        self.failed.map_or_else(|| self.lines.finish(), Err)
    }
}

/// Writes the audit ledger of a document.
fn audit<W: Write>(layout: &Layout<'_>, document: &DocumentRef, output: &mut Output<W>) -> io::Result<()> {
    let id = document.id.as_deref().unwrap_or_default();
    for line in &layout.lines {
        let mut at = line.content.place().map(At::from).unwrap_or_default();
        at.table = line.table;
        at.row = line.row.map(|row| row + 1);
        let table = |index: usize| layout.tables.get(index).map_or((0, 0), |table| (table.number, table.first));
        output.audit(&AuditLine {
            schema: AUDIT_SCHEMA,
            document: id.to_owned(),
            at,
            text: line.content.text().into_owned(),
            became: line.became,
            record: line.item.map(|(index, item)| {
                let (number, first) = table(index);
                format!("{id}-{number}-{}", first + item + 1)
            }),
        })?;
    }
    Ok(())
}
