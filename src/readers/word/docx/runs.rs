//! What stands in a paragraph: runs with their text, signs, fields and notes, and what is set beside it.

use crate::readers::word::content::Item;
use crate::readers::word::docx::properties::RunProperties;
use crate::readers::word::docx::story::Remark;
use crate::readers::word::docx::story::Story;
use crate::readers::word::rich::Look;
use crate::readers::word::rich::Rich;
use crate::readers::word::symbols::SymbolFont;
use crate::readers::word::symbols::tick_box;
use crate::readers::word::tree::Element;
use crate::readers::word::tree::Node;

/// What is collected of a paragraph.
#[derive(Default)]
pub(super) struct Inside {
    pub(super) text: Rich,
    /// Text boxes that are anchored in it.
    pub(super) boxes: Vec<Item>,
}

impl Story<'_> {
    /// Reads what stands in `parent`, whose runs have the properties `base` unless they say otherwise.
    pub(super) fn inline(&mut self, parent: Element<'_>, base: RunProperties, inside: &mut Inside) {
        for child in parent.children() {
            match child.name() {
                "w:r" => self.run(child, base, inside),
                "w:del" | "w:moveFrom" => self.tracked.removed(child),
                "w:ins" | "w:moveTo" => {
                    self.tracked.inserted += 1;
                    self.inline(child, base, inside);
                }
                "w:sdt" => self.control(child, base, inside),
                "mc:AlternateContent" => self.alternative(child, base, inside),
                "w:commentReference" => self.remark(child, Remark::Comment),
                "m:t" => inside.text.push(&child.text(), base.look()),
                "w:pPr" | "w:sdtPr" | "w:rPr" => {}
                _ => self.inline(child, base, inside),
            }
        }
    }

    fn run(&mut self, run: Element<'_>, base: RunProperties, inside: &mut Inside) {
        let direct = run.child("w:rPr");
        let style = direct.and_then(|properties| properties.value("w:rStyle")).map(|id| self.styles.run(id)).unwrap_or_default();
        let direct = direct.map(RunProperties::of).unwrap_or_default();
        let properties = direct.over(style).over(base);
        self.run_content(run, properties, inside);
    }

    fn run_content(&mut self, run: Element<'_>, properties: RunProperties, inside: &mut Inside) {
        let look = properties.look();
        for child in run.children() {
            match child.name() {
                "w:t" | "m:t" => self.written(child, properties, inside),
                "w:tab" | "w:ptab" => self.push("\t", look, inside),
                "w:br" | "w:cr" => self.push("\n", look, inside),
                "w:noBreakHyphen" => self.push("-", look, inside),
                "w:sym" => self.sign(child, look, inside),
                "w:fldChar" => {
                    if let Some(shown) = self.fields.mark(child) {
                        inside.text.push(&shown, look);
                    }
                }
                "w:footnoteReference" => self.remark(child, Remark::Footnote),
                "w:endnoteReference" => self.remark(child, Remark::Endnote),
                "w:commentReference" => self.remark(child, Remark::Comment),
                "mc:AlternateContent" => self.alternative(child, properties, inside),
                "w:ruby" => self.ruby(child, properties, inside),
                "w:object" => {
                    self.embedded += usize::from(child.descendants().any(|inner| inner.name().ends_with(":OLEObject")));
                    self.drawing(child, inside);
                }
                "w:drawing" | "w:pict" => self.drawing(child, inside),
                _ => {}
            }
        }
    }

    fn push(&mut self, text: &str, look: Look, inside: &mut Inside) {
        if self.fields.shows() {
            inside.text.push(text, look);
        }
    }

    fn written(&mut self, text: Element<'_>, properties: RunProperties, inside: &mut Inside) {
        if !self.fields.shows() {
            return;
        }
        let look = properties.look();
        for node in text.nodes() {
            let Node::Text(text) = node else { continue };
            match properties.font() {
                Some(font) => inside.text.push(&font.text(text), look),
                None => inside.text.push(text, look),
            }
        }
    }

    /// A `w:sym`: a letter of a font by its code (17.3.3.30).
    fn sign(&mut self, sign: Element<'_>, look: Look, inside: &mut Inside) {
        let code = sign.attribute("char").and_then(|code| u32::from_str_radix(code, 16).ok());
        let Some(letter) = code.and_then(char::from_u32) else { return };
        let font = sign.attribute("font").and_then(SymbolFont::named);
        let letter = font.map_or(letter, |font| font.sign(letter));
        self.push(letter.encode_utf8(&mut [0; 4]), look, inside);
    }

    /// The text, then what is printed above it.
    fn ruby(&mut self, ruby: Element<'_>, properties: RunProperties, inside: &mut Inside) {
        for part in ["w:rubyBase", "w:rt"] {
            if let Some(part) = ruby.child(part) {
                self.inline(part, properties, inside);
            }
        }
    }

    /// A content control inside a line.
    fn control(&mut self, control: Element<'_>, base: RunProperties, inside: &mut Inside) {
        let Some(content) = shown_content(control) else { return };
        let before = inside.text.visible();
        self.inline(content, base, inside);
        if inside.text.visible() == before
            && let Some(ticked) = ticked(control)
        {
            self.push(tick_box(ticked), base.look(), inside);
        }
    }

    /// One of the forms of the same content.
    fn alternative(&mut self, alternative: Element<'_>, properties: RunProperties, inside: &mut Inside) {
        if let Some(chosen) = chosen(alternative) {
            // The forms stand in a run, or around runs.
            self.run_content(chosen, properties, inside);
            self.runs_of(chosen, properties, inside);
        }
    }

    fn runs_of(&mut self, parent: Element<'_>, base: RunProperties, inside: &mut Inside) {
        for run in parent.children().filter(|child| child.name() == "w:r") {
            self.run(run, base, inside);
        }
    }

    /// The text boxes of a drawing.
    fn drawing(&mut self, drawing: Element<'_>, inside: &mut Inside) {
        for child in drawing.children() {
            match child.name() {
                "w:txbxContent" => {
                    let base = self.base;
                    self.base = RunProperties::default();
                    self.blocks(child, &mut inside.boxes);
                    self.base = base;
                }
                "mc:AlternateContent" => {
                    if let Some(chosen) = chosen(child) {
                        self.drawing(chosen, inside);
                    }
                }
                _ => self.drawing(child, inside),
            }
        }
    }
}

/// The content of a control; none where it shows only what to fill in (17.5.2.39).
pub(super) fn shown_content(control: Element<'_>) -> Option<Element<'_>> {
    let properties = control.child("w:sdtPr");
    let asks = properties.and_then(|properties| properties.child("w:showingPlcHdr")).is_some_and(super::properties::is_on);
    control.child("w:sdtContent").filter(|_| !asks)
}

/// Whether a control that is a box is ticked; none where it is no box.
fn ticked(control: Element<'_>) -> Option<bool> {
    let tick = control.child("w:sdtPr")?.child("w14:checkbox")?;
    Some(tick.child("w14:checked").is_some_and(super::properties::is_on))
}

/// The one form of several that is read (ECMA-376 part 3, 10.2): the first choice that holds text, else the one to fall back on.
pub(super) fn chosen(alternative: Element<'_>) -> Option<Element<'_>> {
    let holds_text = |form: &Element<'_>| form.descendants().any(|inner| matches!(inner.name(), "w:t" | "w:sym" | "a:t"));
    let choices = || alternative.children().filter(|child| matches!(child.name(), "mc:Choice" | "mc:Fallback"));
    choices().find(holds_text).or_else(|| choices().next())
}
