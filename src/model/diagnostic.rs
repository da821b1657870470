//! What was odd about a value, row or document, without stopping anything.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::location::Place;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $severity:ident;)*) => {
        /// Stable code of a diagnostic; ARCHITECTURE.md lists each with its meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
        #[serde(rename_all = "kebab-case")]
        #[non_exhaustive]
        pub enum Code {
            $($(#[$doc])* $name,)*
        }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The code as written.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// How much it matters.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    /// A day that its month does not have; the month is kept.
    DateImpossibleDay = "date-impossible-day", Warning;
    /// A date without a year; the year comes from the document.
    DateYearInferred = "date-year-inferred", Note;
    /// A misspelt month.
    DateMisspelt = "date-misspelt", Note;
    /// A date column's cell holds text but no date.
    DateNotRead = "date-not-read", Note;
    /// A value was torn over two cells and joined again.
    CellTorn = "cell-torn", Note;
    /// A row was torn over a page break and joined again.
    RowTorn = "row-torn", Note;
    /// Two rows stood in one and were split.
    RowDoubled = "row-doubled", Warning;
    /// The cell that says what the row is about is empty.
    RowWithoutSubject = "row-without-subject", Warning;
    /// The columns of this part differ from the header's; they were aligned by what the cells hold.
    ColumnsAligned = "columns-aligned", Note;
    /// A table without a header that does not continue another; its columns are told by what they hold.
    HeaderMissing = "header-missing", Warning;
    /// The printed number and the name of a change disagree; the name counts.
    NumberContradictsName = "number-contradicts-name", Warning;
    /// The text in a change column is no name of a change.
    ChangeLabelUnreadable = "change-label-unreadable", Warning;
    /// A change is less likely than not, or less sure than what was asked for.
    ChangeUnsure = "change-unsure", Warning;
    /// A maturity column's cell holds text but no level.
    MaturityNotRead = "maturity-not-read", Note;
    /// A row that the source hides was read all the same.
    RowHidden = "row-hidden", Note;
    /// Columns that the source hides were read all the same.
    ColumnHidden = "column-hidden", Note;
    /// A row is struck out: what it says was withdrawn.
    RowStruck = "row-struck", Warning;
    /// A workbook has cells beyond the rows and columns that a sheet can have.
    CellOutsideSheet = "cell-outside-sheet", Warning;
    /// Rows of a table only repeat items of other tables.
    SummaryRepeats = "summary-repeats", Note;
    /// Rows of a table say neither how things stand nor what is done; they are no items.
    TableSilent = "table-silent", Note;
    /// Bytes that do not fit the encoding were replaced.
    EncodingRepaired = "encoding-repaired", Warning;
    /// Changes were tracked: insertions are read, deletions are left out.
    TrackedChanges = "tracked-changes", Note;
    /// Footnotes, endnotes or comments are read below the text.
    RemarksApart = "remarks-apart", Note;
    /// Hidden text was read and set aside.
    TextHidden = "text-hidden", Note;
    /// An embedded document is not read.
    EmbeddedNotRead = "embedded-not-read", Warning;
    /// A damaged document was repaired; parts of it may be lost.
    DocumentRepaired = "document-repaired", Warning;
    /// A page is a picture of text that was not read.
    PageNotRead = "page-not-read", Warning;
    /// Words of a picture were read that may be others.
    OcrLowConfidence = "ocr-low-confidence", Warning;
    /// The document can be read but holds no item.
    NoItems = "no-items", Warning;
}

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Worth a look.
    Warning,
}

/// One diagnostic.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// What it is.
    pub code: Code,
    /// The field it concerns, as a key of the record.
    pub field: Option<&'static str>,
    /// What was found and what was made of it.
    pub message: String,
    /// Where.
    pub place: Option<Place>,
}

impl Diagnostic {
    /// A diagnostic without field or place.
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, field: None, message: message.into(), place: None }
    }

    /// Says which field it concerns.
    #[must_use]
    pub fn field(mut self, key: &'static str) -> Self {
        self.field = Some(key);
        self
    }

    /// Says where.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_written_as_they_serialise() {
        for code in Code::ALL {
            assert_eq!(serde_json::to_value(code).ok(), Some(serde_json::Value::from(code.as_str())));
        }
    }
}
