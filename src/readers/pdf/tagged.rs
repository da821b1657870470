//! Tables of the structure tree (ISO 32000-1, 14.7 and 14.8): which marked content is in which cell.

mod element;

use std::collections::HashMap;
use std::collections::HashSet;

use hayro_syntax::Pdf;
use hayro_syntax::object::Dict;
use hayro_syntax::object::ObjectIdentifier;

use crate::model::page::TaggedCell;
use crate::model::page::TaggedTable;
use crate::readers::pdf::marks::Mark;
use crate::readers::pdf::tagged::element::Element;
use crate::readers::pdf::tagged::element::Roles;

/// Elements in elements that are followed.
const MAX_DEPTH: usize = 64;

/// Elements that are followed; a document of a thousand pages has some 300,000.
const MAX_ELEMENTS: usize = 4_000_000;

/// Spans beyond this are mistakes.
const MAX_SPAN: u32 = 1000;

/// A piece of marked content: the page's index and what the page calls it.
type Place = (usize, Mark);

/// The structure tree of a document, as far as it speaks of tables.
#[derive(Default)]
pub(super) struct Tree {
    tables: Vec<Table>,
    /// The rows that have content on a page, by its index: a document of thousands of pages can have one table on all of them.
    rows: HashMap<usize, Vec<Rows>>,
    /// All marked content that the tree knows.
    known: HashSet<Place>,
}

#[derive(Default)]
struct Table {
    rows: Vec<Vec<Cell>>,
}

/// A run of rows of a table.
struct Rows {
    table: usize,
    first: usize,
    last: usize,
}

struct Cell {
    content: Vec<Place>,
    header: bool,
    rowspan: u32,
    colspan: u32,
}

/// Which cell the marked content of a page is in.
#[derive(Default)]
pub(super) struct Cells(HashMap<Mark, (usize, usize, usize)>);

impl Cells {
    /// Whether both stand in cells, and in different ones: they are not of one word, however close they are printed.
    pub(super) fn part(&self, a: Option<Mark>, b: Option<Mark>) -> bool {
        let cell = |mark: Option<Mark>| mark.and_then(|mark| self.0.get(&mark));
        a != b && matches!((cell(a), cell(b)), (Some(a), Some(b)) if a != b)
    }
}

/// What a walk needs beside the element it is at.
struct Walk<'a> {
    pages: HashMap<ObjectIdentifier, usize>,
    roles: Roles<'a>,
    seen: HashSet<ObjectIdentifier>,
    left: usize,
    tree: Tree,
}

impl Tree {
    /// Reads the structure tree of `pdf`; empty where it has none.
    pub(super) fn read(pdf: &Pdf) -> Self {
        let Some(root) = root(pdf) else {
            return Self::default();
        };
        let ids = pdf.pages().iter().enumerate().filter_map(|(index, page)| Some((page.raw().obj_id()?, index)));
        let mut walk = Walk {
            pages: ids.collect(),
            roles: Roles::new(&root),
            seen: HashSet::new(),
            left: MAX_ELEMENTS,
            tree: Self::default(),
        };
        for child in element::children(&root) {
            if let Some(element) = walk.enter(child, None) {
                walk.outside(&element, 0);
            }
        }
        walk.tree.rows = rows(&walk.tree.tables);
        walk.tree
    }

    /// The cells of the page with `index`.
    pub(super) fn cells(&self, index: usize) -> Cells {
        let mut cells = Cells::default();
        for run in self.rows.get(&index).into_iter().flatten() {
            let rows = self.tables.get(run.table).and_then(|table| table.rows.get(run.first..=run.last)).unwrap_or_default();
            for (row, found) in rows.iter().enumerate() {
                for (column, cell) in found.iter().enumerate() {
                    let own = cell.content.iter().filter(|(page, _)| *page == index);
                    cells.0.extend(own.map(|(_, mark)| (*mark, (run.table, run.first + row, column))));
                }
            }
        }
        cells
    }

    /// The tables that have text on the page with `index`, whose words have `marks`, and the share of the words that the tree
    /// knows.
    pub(super) fn on_page(&self, index: usize, marks: &[Option<Mark>]) -> (Vec<TaggedTable>, f64) {
        if self.known.is_empty() || marks.is_empty() {
            return (Vec::new(), 0.0);
        }
        let mut words: HashMap<Mark, Vec<u32>> = HashMap::new();
        let mut known = 0_u32;
        for (word, mark) in marks.iter().enumerate() {
            let Some(mark) = mark else { continue };
            known += u32::from(self.known.contains(&(index, *mark)));
            words.entry(*mark).or_default().push(u32::try_from(word).unwrap_or(u32::MAX));
        }
        let rows = self.rows.get(&index).into_iter().flatten();
        let tables = rows.filter_map(|rows| self.tables.get(rows.table)?.on_page(rows, index, &words)).collect();
        (tables, f64::from(known) / f64::from(u32::try_from(marks.len()).unwrap_or(u32::MAX)))
    }
}

fn root<'a>(pdf: &'a Pdf) -> Option<Dict<'a>> {
    let catalogue = pdf.xref().get::<Dict<'a>>(pdf.xref().root_id())?;
    catalogue.get::<Dict<'a>>(b"StructTreeRoot".as_slice())
}

impl Table {
    /// The rows from the first to the last with words on the page, among those that have content there.
    fn on_page(&self, run: &Rows, page: usize, words: &HashMap<Mark, Vec<u32>>) -> Option<TaggedTable> {
        let here = |cell: &Cell| cell.content.iter().any(|(index, mark)| *index == page && words.contains_key(mark));
        let rows = self.rows.get(run.first..=run.last)?;
        let first = rows.iter().position(|row| row.iter().any(here))?;
        let last = rows.iter().rposition(|row| row.iter().any(here))?;
        let rows = rows.get(first..=last)?;
        let rows = rows.iter().map(|row| row.iter().map(|cell| cell.on_page(page, words)).collect()).collect();
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Some(TaggedTable { id: number(run.table), first_row: number(run.first + first), rows })
    }
}

/// Which rows of `tables` have content on which page.
fn rows(tables: &[Table]) -> HashMap<usize, Vec<Rows>> {
    let mut out: HashMap<usize, Vec<Rows>> = HashMap::new();
    for (table, found) in tables.iter().enumerate() {
        for (row, cells) in found.rows.iter().enumerate() {
            for (page, _) in cells.iter().flat_map(|cell| &cell.content) {
                let here = out.entry(*page).or_default();
                match here.last_mut() {
                    Some(run) if run.table == table => run.last = row,
                    _ => here.push(Rows { table, first: row, last: row }),
                }
            }
        }
    }
    out
}

impl Cell {
    fn on_page(&self, page: usize, words: &HashMap<Mark, Vec<u32>>) -> TaggedCell {
        let own = self.content.iter().filter(|(index, _)| *index == page);
        let words = own.filter_map(|(_, mark)| words.get(mark)).flatten().copied().collect();
        TaggedCell { words, header: self.header, rowspan: self.rowspan, colspan: self.colspan }
    }
}

impl<'a> Walk<'a> {
    /// The element that `child` is, the first time that it is met.
    fn enter(&mut self, child: element::Child<'a>, page: Option<usize>) -> Option<Element<'a>> {
        let element::Child::Element(dict) = child else {
            return None;
        };
        self.left = self.left.checked_sub(1)?;
        if let Some(id) = dict.obj_id()
            && !self.seen.insert(id)
        {
            return None;
        }
        let page = dict.get_ref(b"Pg".as_slice()).and_then(|id| self.pages.get(&id.into()).copied()).or(page);
        Some(Element { role: self.roles.role(&dict), dict, page })
    }

    /// Notes marked content that `element` holds itself, and gives the elements in it.
    fn inside(&mut self, element: &Element<'a>, content: &mut Vec<Place>) -> Vec<Element<'a>> {
        let mut elements = Vec::new();
        for child in element::children(&element.dict) {
            match child {
                element::Child::Content { mark, page } => {
                    let page = page.and_then(|id| self.pages.get(&id).copied()).or(element.page);
                    if let Some(page) = page {
                        self.tree.known.insert((page, mark));
                        content.push((page, mark));
                    }
                }
                child @ element::Child::Element(_) => elements.extend(self.enter(child, element.page)),
            }
        }
        elements
    }

    /// Follows what is in no table.
    fn outside(&mut self, element: &Element<'a>, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        if element.role == b"Table" {
            let mut table = Table::default();
            self.table(element, &mut table, depth + 1);
            self.tree.tables.push(table);
            return;
        }
        for inner in self.inside(element, &mut Vec::new()) {
            self.outside(&inner, depth + 1);
        }
    }

    /// Follows what is in a table but in no row: groups of rows, captions.
    fn table(&mut self, element: &Element<'a>, table: &mut Table, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        for inner in self.inside(element, &mut Vec::new()) {
            match inner.role.as_slice() {
                b"TR" => {
                    let mut row = Vec::new();
                    self.row(&inner, &mut row, depth + 1);
                    table.rows.push(row);
                }
                b"Caption" => self.outside(&inner, depth + 1),
                _ => self.table(&inner, table, depth + 1),
            }
        }
    }

    fn row(&mut self, element: &Element<'a>, row: &mut Vec<Cell>, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        for inner in self.inside(element, &mut Vec::new()) {
            let header = inner.role == b"TH";
            if !header && inner.role != b"TD" {
                self.row(&inner, row, depth + 1);
                continue;
            }
            let span = |key: &[u8]| self.roles.attribute(&inner.dict, key).unwrap_or(1).clamp(1, MAX_SPAN);
            let (rowspan, colspan) = (span(b"RowSpan"), span(b"ColSpan"));
            let mut cell = Cell { content: Vec::new(), header, rowspan, colspan };
            self.cell(&inner, &mut cell.content, depth + 1);
            row.push(cell);
        }
    }

    /// Collects all marked content of a cell, that of a table in it too.
    fn cell(&mut self, element: &Element<'a>, content: &mut Vec<Place>, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        for inner in self.inside(element, content) {
            self.cell(&inner, content, depth + 1);
        }
    }
}
