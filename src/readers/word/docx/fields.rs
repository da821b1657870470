//! Fields (ECMA-376 part 1, 17.16): only what a field shows is text, not what it computes it from.

use crate::readers::word::symbols::tick_box;
use crate::readers::word::tree::Element;

/// A field that is open.
#[derive(Debug, Default)]
struct Field {
    /// Past its instruction.
    shows: bool,
    /// What a form field without text shows.
    form: Option<String>,
    /// Text was met in what it shows.
    filled: bool,
}

/// The fields that are open at some point of a document.
#[derive(Debug, Default)]
pub(super) struct Fields {
    open: Vec<Field>,
}

impl Fields {
    /// Whether text here is shown; if so, the fields around it are filled.
    pub(super) fn shows(&mut self) -> bool {
        let shows = self.open.iter().all(|field| field.shows);
        if shows {
            self.open.iter_mut().for_each(|field| field.filled = true);
        }
        shows
    }

    /// Takes a `w:fldChar`; returns what a form field that ends here shows.
    pub(super) fn mark(&mut self, mark: Element<'_>) -> Option<String> {
        match mark.attribute("fldCharType") {
            Some("begin") => self.open.push(Field { form: mark.child("w:ffData").and_then(form), ..Field::default() }),
            Some("separate") => {
                if let Some(field) = self.open.last_mut() {
                    field.shows = true;
                }
            }
            Some("end") => {
                let field = self.open.pop()?;
                return field.form.filter(|_| !field.filled && self.shows());
            }
            _ => {}
        }
        None
    }
}

/// What the data of a form field say that it shows (17.16.17): a box, or the entry that was chosen.
fn form(data: Element<'_>) -> Option<String> {
    if let Some(tick) = data.child("w:checkBox") {
        let set = tick.child("w:checked").or_else(|| tick.child("w:default"));
        return Some(tick_box(set.is_some_and(super::properties::is_on)).to_owned());
    }
    let list = data.child("w:ddList")?;
    let chosen = list.value("w:result").or_else(|| list.value("w:default")).and_then(|at| at.parse().ok()).unwrap_or(0_usize);
    let mut entries = list.children().filter(|child| child.name() == "w:listEntry");
    entries.nth(chosen)?.attribute("val").map(str::to_owned)
}
