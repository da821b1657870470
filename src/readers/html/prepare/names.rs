//! Which kind of element a tag is of, as far as nesting and positions go.

/// Kinds of elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Never holds anything (HTML standard, 13.1.2).
    Void,
    /// Opened again by the parser in each block until it is closed (13.2.4.3).
    Formatting,
    /// Ends without an end tag when the next of its kind opens.
    Optional,
    /// `<table>`, which bounds what an end tag inside it can close.
    Table,
    /// A row or a group of rows or columns; ends as [`Kind::Optional`] does.
    Row,
    /// A cell, in which formatting starts afresh.
    Cell,
    /// Holds text without markup.
    Raw,
    /// Left out: its content is read as if the tags were not there.
    Transparent,
    /// A block that nests and stands at a line worth knowing.
    Block,
    /// Every other element.
    Nested,
}

/// The kind of the element `name`, in any case.
pub(super) fn kind(name: &str) -> Kind {
    let mut buffer = [0_u8; 12];
    let Some(lower) = buffer.get_mut(..name.len()) else { return Kind::Nested };
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    match &*lower {
        b"area" | b"base" | b"br" | b"col" | b"embed" | b"hr" | b"img" | b"input" | b"link" | b"meta" | b"param" | b"source"
        | b"track" | b"wbr" => Kind::Void,
        b"a" | b"b" | b"big" | b"code" | b"em" | b"font" | b"i" | b"nobr" | b"s" | b"small" | b"strike" | b"strong" | b"tt"
        | b"u" => Kind::Formatting,
        b"tr" | b"thead" | b"tbody" | b"tfoot" | b"colgroup" => Kind::Row,
        b"p" | b"li" | b"dt" | b"dd" | b"option" | b"optgroup" | b"body" | b"head" | b"html" => Kind::Optional,
        b"td" | b"th" | b"caption" => Kind::Cell,
        b"table" => Kind::Table,
        b"script" | b"style" | b"textarea" | b"title" | b"xmp" | b"iframe" => Kind::Raw,
        b"noscript" | b"noframes" | b"noembed" | b"plaintext" | b"frameset" | b"frame" => Kind::Transparent,
        b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"div" | b"pre" | b"ul" | b"ol" | b"dl" | b"section" | b"article"
        | b"header" | b"footer" | b"nav" | b"main" | b"aside" | b"blockquote" | b"center" | b"form" | b"figure"
        | b"figcaption" | b"select" | b"fieldset" | b"legend" | b"details" | b"summary" | b"address" | b"button" => Kind::Block,
        _ => Kind::Nested,
    }
}
