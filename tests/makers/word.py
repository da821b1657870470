"""Makes the fixtures of word processors and presentations: `python3 tests/makers/word.py` writes fixtures/{docx,odt,pptx,rtf}.

Python's own library only. Each document is written element by element, as Word, LibreOffice and PowerPoint write it, so that a
property stands in the file that no library would put there. Dates in the packages are fixed: the same bytes every time.
"""

import io
import pathlib
import zipfile
from xml.sax.saxutils import escape

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "fixtures"
OOXML = "http://schemas.openxmlformats.org"
OFFICE = f"{OOXML}/officeDocument/2006"
W = (
    f'xmlns:w="{OOXML}/wordprocessingml/2006/main" xmlns:r="{OFFICE}/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def package(path, parts):
    """Writes a package; the first part is stored and not packed, as OpenDocument wants it of its media type."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number, (name, content) in enumerate(parts):
            info = zipfile.ZipInfo(name)
            packed = number > 0 or name != "mimetype"
            info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
            archive.writestr(info, content.encode("utf-8"))
    target = FIXTURES / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(out.getvalue())


# Word -----------------------------------------------------------------------------------------------------------------------


def r(text, props=""):
    """A run."""
    props = f"<w:rPr>{props}</w:rPr>" if props else ""
    return f'<w:r>{props}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*inside, style=None, props="", mark=""):
    """A paragraph of runs, or of text."""
    inside = "".join(part if part.startswith("<") else r(part) for part in inside)
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    mark = f"<w:rPr>{mark}</w:rPr>" if mark else ""
    props = f"<w:pPr>{style}{props}{mark}</w:pPr>" if style or props or mark else ""
    return f"<w:p>{props}{inside}</w:p>"


def listed(text, number, level=0):
    """A paragraph of the list `number`."""
    return p(text, props=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def tc(*inside, span=0, merge=None, fill=None, props=""):
    """A cell of paragraphs, or of text; `merge` is "restart" or "continue"."""
    inside = "".join(part if part.startswith("<w:") and not part.startswith("<w:r>") else p(part) for part in inside) or p()
    if inside.endswith("</w:tbl>"):
        inside += p()
    props += f'<w:gridSpan w:val="{span}"/>' if span else ""
    props += {None: "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}[merge]
    props += f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{inside}</w:tc>"


def tr(*cells, header=False, props=""):
    """A row of cells, or of text."""
    cells = "".join(cell if cell.startswith("<") else tc(cell) for cell in cells)
    props += "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr>{props}</w:trPr>{cells}</w:tr>"


def tbl(*rows, widths=(2000,), props=""):
    """A table."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f'<w:tbl><w:tblPr>{props}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'


STYLES = (
    HEAD + f"<w:styles {W}>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/><w:basedOn w:val="Standard"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:basedOn w:val="Standard"/>'
    '<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="AbschnittRot"><w:name w:val="Section in red"/>'
    '<w:basedOn w:val="berschrift1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Verzeichnis1"><w:name w:val="toc 1"/><w:basedOn w:val="Standard"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Listennummer"><w:name w:val="List Number"/><w:basedOn w:val="Standard"/>'
    '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="character" w:styleId="Fett"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="table" w:styleId="Raster"><w:name w:val="Grid Table 4"/>'
    '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>'
    "</w:styles>"
)

NUMBERING = (
    HEAD + f"<w:numbering {W}>"
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
    '<w:lvlText w:val="&#xF0B7;"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="Change %1:"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>'
    '<w:lvlText w:val="%1)"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    "</w:numbering>"
)

KINDS = {
    "styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "comments": "comments",
    "header1": "header", "footer1": "footer",
}


def docx(name, *body, title=None, macros=False, styles=STYLES, **parts):
    """A Word document; `parts` are footnotes, comments, header1, footer1: their blocks."""
    section = "".join(
        f'<w:{kind}Reference w:type="default" r:id="{part}"/>'
        for part, kind in (("header1", "header"), ("footer1", "footer")) if part in parts
    )
    document = f'{HEAD}<w:document {W}><w:body>{"".join(body)}<w:sectPr>{section}</w:sectPr></w:body></w:document>'
    root = {"footnotes": "footnotes", "comments": "comments", "header1": "hdr", "footer1": "ftr"}
    written = {part: f"{HEAD}<w:{root[part]} {W}>{content}</w:{root[part]}>" for part, content in parts.items()}
    written = {"styles": styles, "numbering": NUMBERING, **written}
    kind = "ms-word.document.macroEnabled" if macros else "openxmlformats-officedocument.wordprocessingml.document"
    types = (
        f'{HEAD}<Types xmlns="{OOXML}/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="application/vnd.{kind}.main+xml"/></Types>'
    )
    core = (
        f'{HEAD}<cp:coreProperties xmlns:cp="{OOXML}/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title or "")}</dc:title></cp:coreProperties>'
    )
    package(f"docx/{name}", [
        ("[Content_Types].xml", types),
        ("_rels/.rels", relations(("main", f"{OFFICE}/relationships/officeDocument", "word/document.xml"),
                                  ("core", f"{OOXML}/package/2006/relationships/metadata/core-properties", "docProps/core.xml"))),
        ("docProps/core.xml", core),
        ("word/document.xml", document),
        ("word/_rels/document.xml.rels", relations(*(
            (part, f"{OFFICE}/relationships/{KINDS[part]}", f"{part}.xml") for part in written))),
        *((f"word/{part}.xml", content) for part, content in written.items()),
    ])


def relations(*entries):
    """A part of relationships: id, kind, target."""
    inside = "".join(f'<Relationship Id="{id}" Type="{kind}" Target="{target}"/>' for id, kind, target in entries)
    return f'{HEAD}<Relationships xmlns="{OOXML}/package/2006/relationships">{inside}</Relationships>'


GREEN, AMBER, RED = "00B050", "FFC000", "FF0000"


def merged_change_column():
    head = ("Impact change", "Action", "Lead", "End date", "RAG")
    docx(
        "merged-change-column-shaded-rag.docx",
        p("Eastvale action plan", style="Titel"),
        tbl(
            tr(*head, header=True),
            tr(tc("Early discharge planning", merge="restart"), "Plan from the first day", tc("Joan Carbery", merge="restart"),
               "30/06/2018", tc("", fill=GREEN)),
            tr(tc(merge="continue"), tc(listed("Involve families", 1), listed("Agree who speaks to them", 1)), tc(merge="continue"),
               "30/09/2018", tc("", fill=AMBER)),
            tr(tc("Home first/discharge to assess", merge="restart"), "Open six more places", "Ruth Ellingham", "30/06/2018",
               tc("", props='<w:shd w:val="solid" w:color="FF0000" w:fill="auto"/>')),
            tr(tc(merge="continue"), "Buy a van for equipment", "Ruth Ellingham", "30/09/2018",
               tc(p(r("A", '<w:highlight w:val="yellow"/>')))),
            widths=(2400, 4000, 1600, 1200, 600),
        ),
        p(),
    )


def section_rows():
    """Rows across the table, boundaries that miss each other by a hair, a column left out, a header by its table's style."""
    docx(
        "section-rows-slivers-and-gaps.docx",
        p("Westmarch discharge plan 2018", style="Titel"),
        tbl(
            tr(tc("Action", span=2), "Owner", tc("By when", span=2)),
            tr(tc("Early discharge planning", span=5)),
            tr("Give each ward a date by noon", tc("Tom Haverley", span=3), "31/10/2018"),
            tr(tc("Ring the family the day before", span=2), tc("Ann Tilbrook", span=2), "30/11/2018"),
            tr(tc("Seven-day services", span=5)),
            tr(tc("Open the hub at weekends", span=2), "Tom Haverley", tc("31/12/2018", span=2)),
            tr(tc("Staff the pharmacy on Sundays", span=2), tc(), tc("31/01/2019", span=2)),
            widths=(4000, 40, 2000, 25, 1500),
            props='<w:tblStyle w:val="Raster"/><w:tblLook w:val="04A0"/>',
        ),
        p(),
    )


def remarks():
    """Tracked changes, footnotes, comments, hidden text, a text box in two forms, an embedded workbook."""
    gone = '<w:del w:id="1" w:author="J Carbery">{}</w:del>'.format
    new = '<w:ins w:id="2" w:author="J Carbery">{}</w:ins>'.format
    deleted_text = '<w:r><w:delText xml:space="preserve">{}</w:delText></w:r>'.format
    box = (
        "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx>"
        "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    ).format(p("Draft for the board"))
    note = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    asked = '<w:r><w:commentReference w:id="5"/></w:r>'
    embedded = '<w:r><w:object><o:OLEObject Type="Embed" ProgID="Excel.Sheet.12"/></w:object></w:r>'
    docx(
        "tracked-changes-remarks-and-hidden-text.docx",
        p("Thornvale plan", box, style="Titel"),
        p("Change 6 Trusted assessors", style="AbschnittRot"),
        p("We meet ", gone(deleted_text("monthly")), new(r("every week")), ".", embedded),
        p(r("Ask Pat before this goes out", "<w:vanish/>")),
        tbl(
            tr("Action", "Lead", "By when", header=True),
            tr(tc(p("Write one form for ", gone(deleted_text("both")), new(r("all three")), " wards", note)), "Mary Oakshott",
               tc(p(gone(deleted_text("31/03/2018")), new(r("30/06/2018")), asked))),
            tr("Ask for two more nurses", "Mary Oakshott", "31/08/2018", props='<w:del w:id="3" w:author="J Carbery"/>'),
            tr(tc(p(r("Print the form on paper", "<w:strike/>"))), tc(p(r("Neil Garbutt", "<w:strike/>"))),
               tc(p(r("31/07/2018", "<w:dstrike/>")))),
            tr(tc(p("Train the care ", mark='<w:del w:id="4" w:author="J Carbery"/>'), p("home managers")), "Neil Garbutt",
               "30/09/2018", props='<w:ins w:id="6" w:author="J Carbery"/>'),
            widths=(4000, 2000, 1500),
        ),
        p(),
        footnotes='<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        f'<w:footnote w:id="1">{p("Maple, Rowan and Alder wards")}</w:footnote>',
        comments=f'<w:comment w:id="5" w:author="J Carbery">{p("Was March, is June realistic?")}</w:comment>',
    )


def controls():
    """Drop-down lists, dates and boxes to tick, of Word's controls and of its older forms; what is only a prompt is no content."""
    def sdt(text, props="", prompt=False):
        shown = "<w:showingPlcHdr/>" if prompt else ""
        return f"<w:sdt><w:sdtPr>{props}{shown}</w:sdtPr><w:sdtContent>{r(text) if text else '<w:r/>'}</w:sdtContent></w:sdt>"

    def tick(on, text=None):
        return sdt(text, f'<w14:checkbox><w14:checked w14:val="{int(on)}"/></w14:checkbox>')

    def field(kind, data, result=None):
        mark = '<w:r><w:fldChar w:fldCharType="{}">{}</w:fldChar></w:r>'.format
        middle = mark("separate", "") + r(result) if result else ""
        return (mark("begin", f"<w:ffData>{data}</w:ffData>") + f"<w:r><w:instrText> {kind} </w:instrText></w:r>" + middle
                + mark("end", ""))

    chosen = field('FORMDROPDOWN', '<w:ddList><w:result w:val="1"/><w:listEntry w:val="Not started"/><w:listEntry w:val="On track"/></w:ddList>')
    ticked = field('FORMCHECKBOX', '<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>')
    sign = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    cell = f'<w:sdt><w:sdtPr><w:date/></w:sdtPr><w:sdtContent>{tc("30/11/2018")}</w:sdtContent></w:sdt>'
    asked = f'<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{tc("Click to enter a date")}</w:sdtContent></w:sdt>'
    row = tr(tc("Seven-day services"), tc(p("Weekend pharmacy ", sign)), "Tom Haverley", asked, tc(p(tick(False))), tc(p(chosen)))
    docx(
        "content-controls-and-check-boxes.docm",
        p("Holme Valley action log", style="Titel"),
        p(sdt("Enter the name of the area", prompt=True)),
        tbl(
            tr("High impact change", "Action", "Lead", "End date", "Signed off", "Status", header=True),
            tr(tc(p(sdt("Focus on choice", "<w:dropDownList/>"))), "Write a letter for families", "Ann Tilbrook", cell,
               tc(p(tick(True, "\u2612"))), tc(p(sdt("Choose an item.", "<w:dropDownList/>", prompt=True)))),
            tr(tc("Trusted assessors"), tc(p("Agree the form with homes")), "Ann Tilbrook", cell, tc(p(ticked)),
               tc(p(field("FORMTEXT", "<w:textInput/>", "Waiting for the trust")))),
            f"<w:sdt><w:sdtPr/><w:sdtContent>{row}</w:sdtContent></w:sdt>",
            widths=(2000, 3000, 1500, 1200, 800, 1500),
        ),
        p(),
        macros=True,
    )


def layout():
    """A table that only arranges the page around the real one, a table in a cell, page headers, a table of contents."""
    inner = tbl(
        tr("Ref", "Action", "Responsible", "Deadline", header=True),
        tr(tc(listed("", 3, 1)), tc(p("Set up a board", "<w:r><w:br/></w:r>", "and a daily call")), "Joan Carbery", "31/05/2018"),
        tr(tc(listed("", 3, 1)), tc("Count the people who wait:", tbl(tr("Mondays", "Ward 4"), tr("Fridays", "Ward 6"))), "Paul Sowerby",
           "30/06/2018"),
        widths=(800, 4000, 1500, 1200),
    )
    second = tbl(
        tr("Ref", "Action", "Responsible", "Deadline", header=True),
        tr(tc(listed("", 3, 1)), "Share one list of people", "Paul Sowerby", "31/07/2018"),
        widths=(800, 4000, 1500, 1200),
    )
    heading = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'
    docx(
        "numbered-headings-in-a-layout-table.docx",
        p("Plan for the winter", style="Titel"),
        p("Systems to monitor patient flow\t2", style="Verzeichnis1"),
        p("Multi-disciplinary discharge teams\t3", style="Verzeichnis1"),
        tbl(
            tr(tc(p("Early discharge planning", style="berschrift1", props=heading), p("No actions this year."))),
            tr(tc(p("Systems to monitor patient flow", style="berschrift1", props=heading), inner)),
            tr(tc(p("Multi-disciplinary discharge teams", style="berschrift1", props=heading), second)),
            widths=(9000,),
        ),
        p(),
        title="Winter plan of Eastvale",
        header1=p("Eastvale Health and Care"),
        footer1=p("Page ", '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'),
    )


# OpenDocument ---------------------------------------------------------------------------------------------------------------

OASIS = "urn:oasis:names:tc:opendocument:xmlns"
ODF = " ".join(
    f'xmlns:{prefix}="{OASIS}:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"), ("form", "form"), ("svg", "svg-compatible"),
    )
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'


def op(*inside, style="Standard", kind="p", level=None):
    """A paragraph, or a heading."""
    inside = "".join(part if part.startswith("<") else escape(part) for part in inside)
    level = f' text:outline-level="{level}"' if level else ""
    return f'<text:{kind} text:style-name="{style}"{level}>{inside}</text:{kind}>'


def oc(*inside, style=None, columns=1, rows=1, repeated=1):
    """A cell and those that it covers beside it."""
    inside = "".join(part if part.startswith("<text:") else op(part) for part in inside)
    name = f' table:style-name="{style}"' if style else ""
    spans = f' table:number-columns-spanned="{columns}" table:number-rows-spanned="{rows}"' if columns * rows > 1 else ""
    again = f' table:number-columns-repeated="{repeated}"' if repeated > 1 else ""
    covered = f'<table:covered-table-cell table:number-columns-repeated="{columns - 1}"/>' if columns > 1 else ""
    return f"<table:table-cell{name}{spans}{again}>{inside}</table:table-cell>{covered}"


def orow(*cells):
    """A row of cells, or of text."""
    return "<table:table-row>" + "".join(c if c.startswith("<table:") else oc(c) for c in cells) + "</table:table-row>"


def odt(name, *body, title=None, header=""):
    """A text document."""
    fill = '<style:style style:name="{0}" style:family="table-cell"><style:table-cell-properties fo:background-color="{1}"/></style:style>'
    automatic = "".join(fill.format(name, colour) for name, colour in (("Green", "#00b050"), ("Amber", "#ffc000"), ("Red", "#ff0000"))) + (
        '<style:style style:name="Wide" style:family="table-column"><style:table-column-properties style:column-width="4cm"/></style:style>'
        '<style:style style:name="Struck" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>'
        '<style:style style:name="Bold" style:family="paragraph" style:parent-style-name="Standard">'
        '<style:text-properties fo:font-weight="bold"/></style:style>'
        '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
        '<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/></text:list-style>'
        '<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>'
    )
    styles = (
        f'{HEAD}<office:document-styles {ODF}><office:styles>'
        '<style:style style:name="Standard" style:family="paragraph"/>'
        '<style:style style:name="Title" style:family="paragraph" style:parent-style-name="Standard"/>'
        '<style:style style:name="Heading_20_1" style:family="paragraph" style:default-outline-level="1"/>'
        "</office:styles><office:master-styles>"
        f'<style:master-page style:name="Standard"><style:header>{header}</style:header></style:master-page>'
        "</office:master-styles></office:document-styles>"
    )
    content = (
        f'{HEAD}<office:document-content {ODF}><office:automatic-styles>{automatic}</office:automatic-styles>'
        f'<office:body><office:text>{"".join(body)}</office:text></office:body></office:document-content>'
    )
    meta = (
        f'{HEAD}<office:document-meta {ODF}><office:meta><dc:title>{escape(title or "")}</dc:title></office:meta>'
        "</office:document-meta>"
    )
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (("/", "application/vnd.oasis.opendocument.text"), ("content.xml", "text/xml"))
    )
    manifest = f'{HEAD}<manifest:manifest xmlns:manifest="{OASIS}:manifest:1.0">{entries}</manifest:manifest>'
    package(f"odt/{name}", [
        ("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", content), ("styles.xml", styles),
        ("meta.xml", meta), ("META-INF/manifest.xml", manifest),
    ])


def open_document():
    """Merged and repeated cells, lists with numbers, a tracked deletion, a comment, a footnote, a table of contents."""
    tracked = (
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion>'
        f'{op("Ask the board for money")}</text:deletion></text:changed-region></text:tracked-changes>'
    )
    contents = (
        '<text:table-of-content><text:index-body>' + op("Trusted assessors", "<text:tab/>", "1") + "</text:index-body>"
        "</text:table-of-content>"
    )
    note = '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>{}</text:note-body></text:note>'
    comment = "<office:annotation><dc:creator>J Carbery</dc:creator>{}</office:annotation>"
    first = '<text:list text:style-name="L1"><text:list-item>{}</text:list-item><text:list-item>{}</text:list-item></text:list>'
    odt(
        "merged-repeated-and-covered-cells.odt",
        tracked,
        op("Westmarch action plan", style="Title"),
        contents,
        op("Trusted assessors", kind="h", style="Heading_20_1", level=1),
        op("Agreed with", "<text:s/>", "the trust.", note.format(op("In March 2018"))),
        '<table:table><table:table-column table:style-name="Wide" table:number-columns-repeated="4"/>'
        "<table:table-header-rows>" + orow("Action", "Lead", "By when", "RAG") + "</table:table-header-rows>",
        orow(oc(first.format(op("Write one form"), op("Print it"))), oc("Mary Oakshott", rows=2), "31/05/2018",
             oc(style="Green")),
        "<table:table-row>" + oc("Train the homes", "in pairs")
        + "<table:covered-table-cell/>" + oc("30/06/2018") + oc(style="Amber") + "</table:table-row>",
        orow(oc("Seven-day services", columns=4)),
        orow("Open the desk", oc(repeated=2), oc(style="Red")),
        orow(oc(op("Staff the desk ", "<text:line-break/>", "on Sundays", comment.format(op("Since when?")))), "Neil Garbutt", "31/07/2018",
             oc()),
        "</table:table>",
        op(),
        title="Plan of Westmarch",
        header=op("Westmarch Council"),
    )


# PowerPoint -----------------------------------------------------------------------------------------------------------------

P = f'xmlns:p="{OOXML}/presentationml/2006/main" xmlns:a="{OOXML}/drawingml/2006/main" xmlns:r="{OFFICE}/relationships"'
POINT = 12700


def at(x, y, width, height, prefix="a"):
    """A place in points."""
    return (
        f'<{prefix}:xfrm><a:off x="{x * POINT}" y="{y * POINT}"/><a:ext cx="{width * POINT}" cy="{height * POINT}"/></{prefix}:xfrm>'
    )


def ap(text, props="", run=""):
    """A paragraph."""
    return f"<a:p><a:pPr{props}</a:pPr><a:r><a:rPr {run}/><a:t>{escape(text)}</a:t></a:r></a:p>" if props else (
        f"<a:p><a:r><a:rPr {run}/><a:t>{escape(text)}</a:t></a:r></a:p>" if text else "<a:p/>")


def sp(*paragraphs, kind=None, place=""):
    """A shape of paragraphs, or of text."""
    inside = "".join(part if part.startswith("<") else ap(part) for part in paragraphs)
    mark = f'<p:ph type="{kind}"/>' if kind else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="1" name=""/><p:cNvSpPr/><p:nvPr>{mark}</p:nvPr></p:nvSpPr><p:spPr>{place}</p:spPr>'
        f"<p:txBody><a:bodyPr/>{inside}</p:txBody></p:sp>"
    )


def ac(text="", fill=None, props=""):
    """A cell of a slide's table."""
    colour = f'<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>' if fill else ""
    return f"<a:tc{props}><a:txBody><a:bodyPr/>{ap(text)}</a:txBody><a:tcPr>{colour}</a:tcPr></a:tc>"


def atbl(*rows, widths, place):
    """A table of a slide, rows 20 points high."""
    columns = "".join(f'<a:gridCol w="{width * POINT}"/>' for width in widths)
    rows = "".join(f'<a:tr h="{20 * POINT}">{"".join(c if c.startswith("<") else ac(c) for c in row)}</a:tr>' for row in rows)
    return (
        f'<p:graphicFrame><p:nvGraphicFramePr/>{at(*place, prefix="p")}<a:graphic><a:graphicData><a:tbl><a:tblPr firstRow="1"/>'
        f"<a:tblGrid>{columns}</a:tblGrid>{rows}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )


def pptx(name, *slides, title=""):
    """A presentation; a slide is its shapes and its notes."""
    parts = []
    overrides = '<Override PartName="/ppt/presentation.xml" ContentType="application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"/>'
    for number, (shapes, notes) in enumerate(slides, 1):
        tree = "<p:{0} {1}><p:cSld><p:spTree>{2}</p:spTree></p:cSld></p:{0}>"
        parts.append((f"ppt/slides/slide{number}.xml", HEAD + tree.format("sld", P, shapes)))
        if notes:
            target = f"../notesSlides/notesSlide{number}.xml"
            parts.append((f"ppt/slides/_rels/slide{number}.xml.rels", relations(("n", f"{OFFICE}/relationships/notesSlide", target))))
            parts.append((f"ppt/notesSlides/notesSlide{number}.xml", HEAD + tree.format("notes", P, notes)))
    ids = "".join(f'<p:sldId id="{255 + number}" r:id="s{number}"/>' for number in range(1, len(slides) + 1))
    main = f'{HEAD}<p:presentation {P}><p:sldIdLst>{ids}</p:sldIdLst><p:sldSz cx="{720 * POINT}" cy="{540 * POINT}"/></p:presentation>'
    core = (
        f'{HEAD}<cp:coreProperties xmlns:cp="{OOXML}/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title)}</dc:title></cp:coreProperties>'
    )
    package(f"pptx/{name}", [
        ("[Content_Types].xml", f'{HEAD}<Types xmlns="{OOXML}/package/2006/content-types">'
         f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'),
        ("_rels/.rels", relations(("main", f"{OFFICE}/relationships/officeDocument", "ppt/presentation.xml"),
                                  ("core", f"{OOXML}/package/2006/relationships/metadata/core-properties", "docProps/core.xml"))),
        ("docProps/core.xml", core),
        ("ppt/presentation.xml", main),
        ("ppt/_rels/presentation.xml.rels", relations(*(
            (f"s{number}", f"{OFFICE}/relationships/slide", f"slides/slide{number}.xml") for number in range(1, len(slides) + 1)))),
        *parts,
    ])


def presentation():
    """A slide a change with a table, merged cells and colours; notes; the number of the slide."""
    def slide(number, title, *rows):
        table = atbl(("Action", "Lead", "End date", "RAG"), *rows, widths=(300, 140, 140, 60), place=(40, 120, 640, 20 * len(rows) + 20))
        # Drawn in this order; the title comes first all the same.
        return table + sp(str(number), kind="sldNum", place=at(650, 500, 40, 20)) + sp(title, kind="title", place=at(40, 30, 640, 60))

    pptx(
        "slide-per-change-with-tables.pptx",
        (sp("Thornvale progress report", kind="ctrTitle", place=at(60, 200, 600, 80))
         + sp("Better Care Fund board", kind="subTitle", place=at(60, 300, 600, 40)), ""),
        (slide(
            2, "Early discharge planning",
            ("Set a date within a day", ac("Joan Carbery", props=' rowSpan="2"'), "30/06/2018", ac(fill=GREEN)),
            ("Tell the family the date", ac(props=' vMerge="1"'), "31/07/2018", ac(fill=AMBER)),
        ), sp("Say that two wards are late.", kind="body") + sp("2", kind="sldNum")),
        (slide(
            3, "Focus on choice",
            (ac("Print the letter and hand it out", props=' gridSpan="2"'), ac(props=' hMerge="1"'), "31/08/2018", ac(fill=RED)),
        ), ""),
        title="PowerPoint Presentation",
    )


# Rich text ------------------------------------------------------------------------------------------------------------------


def rich_text():
    """Code pages, Unicode with its stand-ins, merged cells, nested tables, fields, a footnote, tracked changes, what is skipped."""
    def row(*cells, defs=(3000, 5000, 7000, 8000), flags=("", "", "", ""), head=""):
        definition = "\\trowd" + head + "".join(f"{flag}\\cellx{edge}" for flag, edge in zip(flags, defs))
        return definition + "\n" + "".join(f"\\pard\\intbl {cell}\\cell\n" for cell in cells) + definition + "\\row\n"

    down, on = "\\clvmgf", "\\clvmrg"
    text = "".join((
        "{\\rtf1\\ansi\\ansicpg1252\\deff0\\uc1\n",
        "{\\fonttbl{\\f0\\fswiss Arial;}{\\f1\\fcharset2 Wingdings;}{\\f2\\fcharset238 Arial CE;}}\n",
        "{\\colortbl;\\red0\\green176\\blue80;\\red255\\green192\\blue0;\\red255\\green0\\blue0;}\n",
        "{\\stylesheet{\\s0 Normal;}{\\s1\\outlinelevel0 heading 1;}{\\s2\\sbasedon1 House heading;}{\\s3 Title;}}\n",
        "{\\info{\\title Plan of Eastvale}{\\author J Carbery}}\n",
        "{\\header\\pard Eastvale Council\\par}\n",
        "\\pard\\s3 Eastvale plan 2018\\par\n",
        "\\pard\\s2 Multi-disciplinary discharge teams\\par\n",
        "\\pard The board\\rquote s view\\u8212? \\'a35m over {\\f2 \\'bfycie} two years{\\footnote\\pard Less in the second year\\par}.\\par\n",
        row("\\b Action", "\\b Lead", "\\b End date", "\\b RAG", head="\\trhdr"),
        row("Join the two teams{\\*\\annotation\\pard Which two?\\par}", "Paul Sowerby", "30/06/2018", "", flags=("", down, "", "\\clcbpat1")),
        row("{\\listtext\\pard 1.\\tab}Meet at nine\\par {\\listtext\\pard 2.\\tab}Write it down", "", "31/07/2018", "",
            flags=("", on, "", "\\clcbpat2")),
        row("Move the desk {\\field{\\*\\fldinst FORMCHECKBOX {\\*\\formfield{\\fftype1\\ffres1}}}{\\fldrslt }} "
            "{\\deleted next year}{\\revised this year}", "{\\field{\\*\\fldinst HYPERLINK}{\\fldrslt Ruth Ellingham}}",
            "31/08/2018", "{\\f1\\'fc}", flags=("", "", "", "\\clcbpat3")),
        "\\pard {\\pict\\wmetafile8 0102030405}{\\*\\unknown not shown}\\par\n",
        "}\n",
    ))
    target = FIXTURES / "rtf" / "merged-cells-code-pages-and-fields.rtf"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(text.encode("ascii"))


merged_change_column()
section_rows()
remarks()
controls()
layout()
open_document()
presentation()
rich_text()
