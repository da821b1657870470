//! Form fields that came from Word, as `LibreOffice` writes them: what a field without text shows.

use crate::readers::word::symbols::tick_box;
use crate::readers::word::tree::Element;

/// What a `field:fieldmark` or the start of one shows: a box, or the entry that was chosen.
pub(super) fn shown(field: Element<'_>) -> Option<String> {
    let kind = field.attribute("type")?;
    let values = |name: &str| {
        let name = name.to_owned();
        let named = field.children().filter(move |parameter| parameter.attribute("name") == Some(name.as_str()));
        named.filter_map(|parameter| parameter.attribute("value"))
    };
    if kind.ends_with("FORMCHECKBOX") {
        return Some(tick_box(values("Checkbox_Checked").next() == Some("true")).to_owned());
    }
    if kind.ends_with("FORMDROPDOWN") {
        let chosen = values("Dropdown_Selected").next().and_then(|at| at.parse().ok()).unwrap_or(0_usize);
        return values("Dropdown_ListEntry").nth(chosen).map(str::to_owned);
    }
    None
}

/// Whether a content control that is a box is ticked; none where it is no box.
pub(super) fn ticked(control: Element<'_>) -> Option<bool> {
    (control.attribute("checkbox") == Some("true")).then(|| control.attribute("checked") == Some("true"))
}
