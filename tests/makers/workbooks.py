"""Makes the fixtures of workbooks: `python3 tests/makers/workbooks.py` writes fixtures/{xlsx,xlsm,xlsb,xls,ods}.

Python's own library, and xlwt for xls. The packages are written part by part, as Excel and LibreOffice write them, so that a
property stands in the file that no library would put there. Dates in the packages are fixed: the same bytes every time.
"""

import io
import pathlib
import struct
import zipfile
from xml.sax.saxutils import escape

import xlwt

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "fixtures"
OOXML = "http://schemas.openxmlformats.org"
OFFICE = f"{OOXML}/officeDocument/2006"
MAIN = f'xmlns="{OOXML}/spreadsheetml/2006/main" xmlns:r="{OFFICE}/relationships"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def package(path, parts):
    """Writes a package; a media type is stored and not packed, as OpenDocument wants it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, content if isinstance(content, bytes) else content.encode("utf-8"))
    write(path, out.getvalue())


def write(path, content):
    target = FIXTURES / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


# Office Open XML ------------------------------------------------------------------------------------------------------------

# Style numbers of the cells below.
PLAIN, HEADER, SECTION, RED, AMBER, GREEN, DATE, SHORT, MONTH, AMERICAN, STRUCK, PERCENT = range(12)

FILLS = [
    '<fill><patternFill patternType="none"/></fill>',
    '<fill><patternFill patternType="gray125"/></fill>',
    '<fill><patternFill patternType="solid"><fgColor theme="4" tint="0.5999"/></patternFill></fill>',
    '<fill><patternFill patternType="solid"><fgColor rgb="FFFF0000"/></patternFill></fill>',
    '<fill><patternFill patternType="solid"><fgColor theme="7"/></patternFill></fill>',
    '<fill><patternFill patternType="solid"><fgColor indexed="11"/></patternFill></fill>',
]
# Number format, font, fill.
XFS = [(0, 0, 0), (0, 1, 2), (0, 1, 0), (0, 0, 3), (0, 0, 4), (0, 0, 5), (14, 0, 0), (16, 0, 0), (17, 0, 0), (164, 0, 0), (0, 2, 0), (9, 0, 0)]
STYLES = (
    f'{HEAD}<styleSheet {MAIN}><numFmts count="1"><numFmt numFmtId="164" formatCode="mm/dd/yyyy"/></numFmts>'
    "<fonts><font><sz val=\"11\"/></font><font><b/></font><font><strike/></font></fonts>"
    f'<fills>{"".join(FILLS)}</fills><borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs><cellXfs>'
    + "".join(f'<xf numFmtId="{n}" fontId="{f}" fillId="{b}" borderId="0" xfId="0"/>' for n, f, b in XFS)
    + '</cellXfs><dxfs><dxf><fill><patternFill><bgColor rgb="FFFF0000"/></patternFill></fill></dxf></dxfs></styleSheet>'
)


def letters(column):
    """0 is A."""
    name = ""
    while column >= 0:
        name = chr(65 + column % 26) + name
        column = column // 26 - 1
    return name


def cell(at, value, style=PLAIN):
    if value is None:
        return f'<c r="{at}" s="{style}"/>'
    if isinstance(value, (int, float)):
        return f'<c r="{at}" s="{style}"><v>{value}</v></c>'
    return f'<c r="{at}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def rows(first_column, lines):
    """Rows from `{row: [value or (value, style)]}`; a row is hidden where its number is negative."""
    out = []
    for number, values in lines.items():
        hidden = ' hidden="1"' if number < 0 else ""
        number = abs(number)
        cells = []
        for column, value in enumerate(values):
            value, style = value if isinstance(value, tuple) else (value, PLAIN)
            if value is not None or style != PLAIN:
                cells.append(cell(f"{letters(first_column + column)}{number}", value, style))
        out.append(f'<row r="{number}"{hidden}>{"".join(cells)}</row>')
    return "".join(out)


def sheet(data, before="", after=""):
    return f"{HEAD}<worksheet {MAIN}>{before}<sheetData>{data}</sheetData>{after}</worksheet>"


def relations(*links):
    inside = "".join(f'<Relationship Id="{id}" Type="{kind}" Target="{target}"/>' for id, kind, target in links)
    return f'{HEAD}<Relationships xmlns="{OOXML}/package/2006/relationships">{inside}</Relationships>'


def workbook(path, sheets, beside=(), macros=False, names="", styles=STYLES):
    """Writes a workbook of `[(name, state, xml)]`; `names` are what it defines."""
    kind = "application/vnd.ms-excel.sheet.macroEnabled" if macros else "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    listed = "".join(f'<sheet name="{n}" sheetId="{i}" state="{s}" r:id="rId{i}"/>' for i, (n, s, _) in enumerate(sheets, 1))
    links = [(f"rId{i}", f"{OFFICE}/relationships/worksheet", f"worksheets/sheet{i}.xml") for i in range(1, len(sheets) + 1)]
    links.append(("rId90", f"{OFFICE}/relationships/styles", "styles.xml"))
    parts = [
        (
            "[Content_Types].xml",
            f'{HEAD}<Types xmlns="{OOXML}/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.main+xml"/></Types>',
        ),
        ("_rels/.rels", relations(("rId1", f"{OFFICE}/relationships/officeDocument", "xl/workbook.xml"))),
        ("xl/workbook.xml", f"{HEAD}<workbook {MAIN}><sheets>{listed}</sheets>{names}</workbook>"),
        ("xl/_rels/workbook.xml.rels", relations(*links)),
        ("xl/styles.xml", styles),
    ]
    parts += [(f"xl/worksheets/sheet{i}.xml", xml) for i, (_, _, xml) in enumerate(sheets, 1)]
    package(path, parts + list(beside))


def header(*texts):
    return [(text, HEADER) for text in texts]


def cover_sections_and_a_hidden_list():
    cover = rows(0, {2: ["Westmarch discharge plan 2018/19"], 4: ["Completed by", "Joan Carbery"], 5: ["Version", "2"]})
    plan = rows(1, {
        3: ["What we will do about discharge"],
        5: header("No.", "Action", "Lead", "Due"),
        6: [("1. Early discharge planning", SECTION)],
        7: ["1.1", "Give each ward a date by noon", "Tom Haverley", (43404, DATE)],
        8: ["1.2", "Ring the family the day before", "Ann Tilbrook", (43434, DATE)],
        9: [("4. Home first", SECTION)],
        10: ["4.1", "Pay for four beds at the cottage", "Ann Tilbrook", (43465, DATE)],
    })
    after = '<mergeCells><mergeCell ref="B6:E6"/><mergeCell ref="B9:E9"/></mergeCells>' \
        "<headerFooter><oddFooter>&amp;LWestmarch&amp;RPage &amp;P</oddFooter></headerFooter>"
    lists = rows(0, {1: ["Early discharge planning"], 2: ["Home first"]})
    workbook("xlsx/cover-sections-and-a-hidden-list.xlsx", [
        ("Cover", "visible", sheet(cover)), ("Plan", "visible", sheet(plan, after=after)), ("Lists", "veryHidden", sheet(lists)),
    ])


def fills_dates_and_merged_changes():
    plan = rows(0, {
        1: [("Eastvale action plan", SECTION)],
        2: header("Change", "Action", "Lead", "Due", "State", "RAG"),
        3: ["Systems to monitor patient flow", "Set up a board and a daily call", "Joan Carbery", (43131, DATE), "Late", "●"],
        4: [None, "Count the people who wait", "Paul Sowerby", (43159, SHORT), None, (None, AMBER)],
        5: [None, "Share the count with the trust", "Paul Sowerby", (43160, MONTH), None, (None, GREEN)],
        6: ["Focus on choice", "Write a letter for families", "Ann Tilbrook", (43196, AMERICAN), None, (None, RED)],
        7: [None, "Bring beds in use to the mark", "Ann Tilbrook", "ongoing", (0.85, PERCENT), None],
    })
    after = '<mergeCells><mergeCell ref="A3:A5"/><mergeCell ref="A6:A7"/></mergeCells><conditionalFormatting sqref="F3:F7">' \
        '<cfRule type="expression" dxfId="0" priority="1"><formula>$E3="late"</formula></cfRule></conditionalFormatting>'
    workbook("xlsx/fills-dates-and-merged-changes.xlsx", [("Sheet1", "visible", sheet(plan, after=after))])


def hidden_struck_and_commented():
    plan = rows(0, {
        1: header("Change", "Action", "Lead", "Cost", "Due"),
        2: ["Trusted assessors", "Agree the form with homes", "Mary Oakshott", "£200", "30/11/2018"],
        -3: ["Trusted assessors", "Print the form on paper", "Neil Garbutt", "£50", "31/12/2018"],
        4: ["Trusted assessors", ("Send the form by fax", STRUCK), ("Neil Garbutt", STRUCK), None, ("31/12/2018", STRUCK)],
    })
    notes = f'{HEAD}<comments {MAIN}><authors><author>Mary Oakshott</author></authors><commentList>' \
        '<comment ref="B2" authorId="0"><text><r><t>Two homes have signed.</t></r></text></comment>' \
        '<comment ref="C3" authorId="0"><text><t>[Threaded comment] A newer program shows this.</t></text></comment></commentList></comments>'
    threads = f'{HEAD}<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">' \
        '<threadedComment ref="C3" id="{1}"><text>Who pays?</text></threadedComment>' \
        '<threadedComment ref="C3" id="{2}" parentId="{1}"><text>The trust does.</text></threadedComment></ThreadedComments>'
    draw = f'{HEAD}<xdr:wsDr xmlns:xdr="{OOXML}/drawingml/2006/spreadsheetDrawing" xmlns:a="{OOXML}/drawingml/2006/main">' \
        "<xdr:twoCellAnchor><xdr:from><xdr:col>6</xdr:col><xdr:row>8</xdr:row></xdr:from><xdr:sp><xdr:txBody>" \
        "<a:p><a:r><a:t>Costs are for one year.</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>"
    beside = [
        ("xl/worksheets/_rels/sheet1.xml.rels", relations(
            ("rId1", f"{OFFICE}/relationships/comments", "../comments1.xml"),
            ("rId2", "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment", "../threadedComments/threadedComment1.xml"),
            ("rId3", f"{OFFICE}/relationships/drawing", "../drawings/drawing1.xml"),
        )),
        ("xl/comments1.xml", notes),
        ("xl/threadedComments/threadedComment1.xml", threads),
        ("xl/drawings/drawing1.xml", draw),
    ]
    columns = '<cols><col min="4" max="4" hidden="1"/></cols>'
    workbook("xlsx/hidden-struck-and-commented.xlsx", [("Actions 2018", "visible", sheet(plan, before=columns))], beside)


def tables_apart_on_one_sheet():
    # Two tables one below the other and a key beside the first, far from the edges; a cell that no sheet can have.
    plan = rows(3, {
        5: header("Change", "Action", "Lead") + [None, None] + ["Key"],
        6: ["Multi-disciplinary teams", "Meet each morning at nine", "Paul Sowerby", None, None, "Red", "Late"],
        7: ["Seven-day services", "Open the pharmacy on Sundays", "Joan Carbery", None, None, "Green", "On time"],
        11: header("Change", "Next steps", "By when"),
        12: ["Enhancing health in care homes", "Name a nurse for each home", (43404, DATE)],
    }) + '<row r="1048577"><c r="XFE1048577" t="inlineStr"><is><t>beyond</t></is></c></row>'
    workbook("xlsm/tables-apart-on-one-sheet.xlsm", [("Thornvale", "visible", sheet(plan))], macros=True)


def lists_filters_and_print_titles():
    # No header is bold: that they are headers is told by the rows printed on each page and by the filter.
    plan = rows(0, {
        1: ["Thornvale plan 2018/19"],
        3: ["Change", "Action", "Lead", "Due", "State", "RAG"],
        4: ["Focus on choice", "Write a letter for families", "Ann Tilbrook", (43404, DATE), "Late", "Red"],
        5: ["Home first", "Rent four beds at the cottage", "Tom Haverley", (43434, DATE), "Done", "Green"],
    })
    after = '<autoFilter ref="A3:F5"/><dataValidations count="2"><dataValidation type="list" sqref="E4:E20"><formula1>"Late,Done"</formula1>' \
        '</dataValidation><dataValidation type="list" sqref="F4:F20"><formula1>Ratings</formula1></dataValidation></dataValidations>'
    names = "<definedNames><definedName name=\"Ratings\">'My lists'!$A$1:$A$3</definedName>" \
        '<definedName name="_xlnm.Print_Titles" localSheetId="0">Plan!$1:$3</definedName></definedNames>'
    lists = rows(0, {1: ["Red"], 2: ["Amber"], 3: ["Green"]})
    sheets = [("Plan", "visible", sheet(plan, after=after)), ("My lists", "hidden", sheet(lists))]
    workbook("xlsx/lists-filters-and-print-titles.xlsx", sheets, names=names)


LINKED = [
    ("Trusted assessors", "Agree the form with homes", "Joan Carbery", "mailto:joan.carbery@westmarch.example"),
    (None, "Put it on westmarch.example/form", "Paul Sowerby", "https://www.westmarch.example/form/"),
    ("Focus on choice", "Send the letter of day two", "Ann Tilbrook", "https://westmarch.example/letters/2.docx"),
]


def links_of_cells():
    """Links: on a name, on a text that has the address, on one that has not, into the workbook, to a file beside it."""
    plan = rows(0, {1: header("Change", "Action", "Lead"), **{2 + i: list(line[:3]) for i, line in enumerate(LINKED)}, 6: ["Read the key"]})
    at = ["C2", "B3", "B4:B4"]
    links = "".join(f'<hyperlink ref="{cells}" r:id="rId{i}"/>' for i, cells in enumerate(at, 1))
    links += '<hyperlink ref="A6" location="Plan!A1" display="key"/><hyperlink ref="A4" r:id="rId4"/>'
    outside = "".join(
        f'<Relationship Id="rId{i}" Type="{OFFICE}/relationships/hyperlink" Target="{target}" TargetMode="External"/>'
        for i, target in enumerate([line[3] for line in LINKED] + ["letters/2.docx"], 1)
    )
    beside = [("xl/worksheets/_rels/sheet1.xml.rels", f'{HEAD}<Relationships xmlns="{OOXML}/package/2006/relationships">{outside}</Relationships>')]
    workbook("xlsx/links-of-cells.xlsx", [("Plan", "visible", sheet(plan, after=f"<hyperlinks>{links}</hyperlinks>"))], beside)
    row = lambda *cells: f'<table:table-row>{"".join(cells)}</table:table-row>'
    linked = lambda text, target: '<table:table-cell office:value-type="string"><text:p>' \
        f'<text:a xlink:type="simple" xlink:href="{target}">{escape(text)}</text:a></text:p></table:table-cell>'
    lines = [[linked(text, line[3]) if at[i][0] == letters(c) else td(text) for c, text in enumerate(line[:3])] for i, line in enumerate(LINKED)]
    body = row(*map(td, ["Change", "Action", "Lead"])) + "".join(row(*line) for line in lines) + row(td()) + row(linked("Read the key", "#Plan.A1"))
    content = f'{HEAD}<office:document-content {NAMES} xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:spreadsheet>' \
        f'<table:table table:name="Plan">{body}</table:table></office:spreadsheet></office:body></office:document-content>'
    package("ods/links-of-cells.ods", [("mimetype", SPREADSHEET), ("content.xml", content), ("META-INF/manifest.xml", MANIFEST)])


def rules_on_blanks_and_lights():
    # Ratings that no cell holds: formulas colour blank cells, numbers are shown as lights or on a scale of colours.
    changes = "".join(f'<dxf><fill><patternFill><bgColor rgb="FF{c}"/></patternFill></fill></dxf>' for c in ["FF0000", "FFC000", "00B050"])
    styles = STYLES[:STYLES.index("<dxfs>")] + f"<dxfs>{changes}</dxfs></styleSheet>"
    plan = rows(0, {
        1: header("Change", "Action", "Done", "Due", "RAG"),
        2: ["Trusted assessors", "Agree the form with homes", (1, PERCENT), (43131, DATE), None],
        3: ["Trusted assessors", "Print the form on paper", (0.5, PERCENT), (43281, DATE), None],
        4: ["Focus on choice", "Write a letter for families", (0, PERCENT), (43404, DATE), None],
    })
    rule = lambda n, formula: f'<cfRule type="expression" dxfId="{n}" priority="{3 - n}"><formula>{formula}</formula></cfRule>'
    formulas = '<conditionalFormatting sqref="E2:E4">' + rule(2, "$C2=1") + rule(1, "AND($C2&lt;1,$D2&lt;DATE(2018,9,1))") \
        + rule(0, "NOT(ISBLANK($B2))") + "</conditionalFormatting>"
    rated = lambda first, *more: rows(0, {
        1: header("Change", "Action", "Lead", "RAG"),
        2: ["Home first", first, "Tom Haverley", 1], 3: ["Home first", more[0], "Tom Haverley", 2], 4: ["Home first", more[1], "Ann Tilbrook", 3],
    })
    points = "".join(f'<cfvo type="percent" val="{n}"/>' for n in [0, 33, 67])
    lights = f'<conditionalFormatting sqref="D2:D4"><cfRule type="iconSet" priority="1"><iconSet showValue="0" reverse="1">{points}</iconSet>' \
        "</cfRule></conditionalFormatting>"
    scale = '<conditionalFormatting sqref="D2:D4"><cfRule type="colorScale" priority="1"><colorScale><cfvo type="min"/>' \
        '<cfvo type="percentile" val="50"/><cfvo type="max"/><color rgb="FFF8696B"/><color rgb="FFFFEB84"/><color rgb="FF63BE7B"/></colorScale>' \
        "</cfRule></conditionalFormatting>"
    workbook("xlsx/rules-on-blanks-and-lights.xlsx", [
        ("By formula", "visible", sheet(plan, after=formulas)),
        ("By light", "visible", sheet(rated("Pay for four beds", "Rent a second van", "Ask people what went well"), after=lights)),
        ("By scale", "visible", sheet(rated("Open the cottage at weekends", "Count the beds in use", "Ring the family first"), after=scale)),
    ], styles=styles)


def key_two_row_header_and_blank_rows():
    # A key of colours above, a group over columns in the middle of a header, blank rows between changes; below them ratings are
    # fills alone and rows leave middle columns blank.
    plan = rows(1, {
        2: [("Thornvale discharge plan", SECTION)],
        3: [("On track", GREEN), ("At risk", AMBER), ("Off track", RED)],
        5: header("Change", "Ref", "Action", "Dates") + [None] + header("Progress", "Lead", "RAG"),
        6: [None] * 3 + header("From", "Deadline"),
        7: ["Early discharge planning", "1.1", "Give each ward a date by noon", "May 2018", "July 2018", "Two wards do", "Tom Haverley", (None, GREEN)],
        8: [None, "1.2", "Ring the family the day before", "June 2018", None, None, "Tom Haverley", (None, AMBER)],
        10: ["Focus on choice", "7.1", "Write a letter for families", None, None, None, "Ann Tilbrook", (None, RED)],
        11: [None, "7.2", "Ask what people choose", None, None, None, "Ann Tilbrook", (None, GREEN)],
    })
    merged = "".join(f'<mergeCell ref="{c}5:{c}6"/>' for c in "BCDGHI")
    after = f'<mergeCells>{merged}<mergeCell ref="E5:F5"/><mergeCell ref="B7:B8"/><mergeCell ref="B10:B11"/></mergeCells>'
    workbook("xlsx/key-two-row-header-and-blank-rows.xlsx", [("Plan", "visible", sheet(plan, after=after))])


def return_with_a_checklist_and_another_block():
    # A return with a column that ticks its rows off in front; below it, in the columns of the changes, the title of a block of its
    # own under a header of its own.
    quarters = header("Q3 17/18", "Q4 17/18 (Current)", "Q1 18/19 (Planned)")
    plan = rows(1, {
        2: [None, None, ("Quarterly template, Oxmere", SECTION)],
        4: [None, None, None, None] + header("Maturity assessment") + [None, None] + header("Narrative"),
        5: header("Checklist") + [None, None, None] + quarters + header("Challenges", "Support needs"),
        6: ["Complete:"],
        7: ["Yes", None, "Chg 1", "Early discharge planning", "Plans in place", "Plans in place", "Established", "Clerks change each month", "None"],
        8: ["Yes", None, "Chg 2", "Systems to monitor patient flow", "Established", "Established", "Established", "Two systems for one count", "Advice on licences"],
        9: ["Yes", None, "Chg 8", "Enhancing health in care homes", "Established", "Established", "Mature", "Few visits in August", "None"],
        11: [None, None, ("Hospital transfer protocol (the red bag)", SECTION)],
        12: [None, None, "Please report on what is done so that papers travel with residents."],
        14: [None, None, None, None] + quarters + header("Challenges", "Support needs"),
        15: ["Yes", None, "UEC", "Red bag scheme", "Not yet established", "Plans in place", "Plans in place", "Price of the bags", "None"],
    })
    after = '<mergeCells><mergeCell ref="E4:G4"/><mergeCell ref="H4:I4"/></mergeCells>'
    workbook("xlsx/return-with-a-checklist-and-another-block.xlsx", [("HICM", "visible", sheet(plan, after=after))])


# BIFF12 ---------------------------------------------------------------------------------------------------------------------


def record(kind, data=b""):
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = len(data)
    out = bytearray()
    while True:
        out.append(length & 0x7F | (0x80 if length > 0x7F else 0))
        length >>= 7
        if not length:
            return head + bytes(out) + data


def wide(text):
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def binary_rows():
    """A change column merged down, a fill alone, a date, a hidden row, a number of each kind."""
    shared = ["Change", "Action", "Lead", "By when", "RAG", "Trusted assessors", "Agree the form with homes", "Mary Oakshott"]
    strings = record(159, struct.pack("<II", len(shared), len(shared))) + b"".join(record(19, b"\0" + wide(s)) for s in shared) + record(160)
    solid = lambda rgb: struct.pack("<I", 1) + bytes([5, 0, 0, 0, *rgb, 255]) + bytes([2, 64, 0, 0, 0, 0, 0, 0]) + bytes(48)
    xf = lambda fmt, font, fill, parent=0: record(47, struct.pack("<HHHHH", parent, fmt, font, fill, 0) + bytes([0, 0, 0, 0, 0x3F, 0]))
    count = lambda number: struct.pack("<I", number)
    font = lambda weight: record(43, struct.pack("<HHH", 220, 0, weight) + bytes(15) + wide("Arial"))
    styles = record(278) + record(611, count(2)) + font(400) + font(700) \
        + record(612) + record(603, count(2)) + record(45, struct.pack("<I", 0) + bytes(64)) + record(45, solid((255, 192, 0))) + record(604) \
        + record(626, count(1)) + xf(0, 0, 0, 0xFFFF) + record(627) + record(617, count(4)) + xf(0, 0, 0) + xf(0, 1, 0) + xf(14, 0, 0) + xf(0, 0, 1) + record(618) + record(279)
    at = lambda column, style=0: struct.pack("<II", column, style)
    text = lambda column, index, style=0: record(7, at(column, style) + struct.pack("<I", index))
    # Flags, and a formula that is its value.
    formula = lambda tokens: bytes(2) + struct.pack("<I", len(tokens)) + tokens + struct.pack("<I", 0)
    counted = "Count the visits saved"
    said = b"\x17" + struct.pack("<H", len(counted)) + counted.encode("utf-16-le")
    row = lambda number, hidden=False: record(0, struct.pack("<IIHB", number, 0, 300, 0) + bytes([0x10 if hidden else 0]) + bytes(5))
    cells = row(0) + b"".join(text(c, c, 1) for c in range(5))
    cells += row(1) + text(0, 5) + text(1, 6) + text(2, 7) + record(5, at(3, 2) + struct.pack("<d", 43404)) + record(1, at(4, 3))
    cells += row(2) + record(6, at(1) + wide("Train nurses to use it")) + text(2, 7) + record(2, at(3, 2) + struct.pack("<I", 43434 << 2 | 2))
    cells += row(3, True) + record(8, at(1) + wide(counted) + formula(said)) + text(2, 7) + record(9, at(3, 2) + struct.pack("<d", 43465) + formula(b"\x1e" + struct.pack("<H", 43465)))
    plan = record(129) + record(148, struct.pack("<IIII", 0, 3, 0, 4)) + record(145) + cells + record(146) + record(177, struct.pack("<I", 1)) \
        + record(176, struct.pack("<IIII", 1, 3, 0, 0)) + record(178) + record(130)
    book = record(131) + record(143) + record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("Plan")) + record(144) + record(132)
    kind = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
    package("xlsb/merged-change-and-a-fill.xlsb", [
        ("[Content_Types].xml", f'{HEAD}<Types xmlns="{OOXML}/package/2006/content-types"><Default Extension="bin" ContentType="{kind}"/></Types>'),
        ("_rels/.rels", relations(("rId1", f"{OFFICE}/relationships/officeDocument", "xl/workbook.bin"))),
        ("xl/workbook.bin", book),
        ("xl/_rels/workbook.bin.rels", relations(
            ("rId1", f"{OFFICE}/relationships/worksheet", "worksheets/sheet1.bin"),
            ("rId2", f"{OFFICE}/relationships/styles", "styles.bin"),
            ("rId3", f"{OFFICE}/relationships/sharedStrings", "sharedStrings.bin"),
        )),
        ("xl/worksheets/sheet1.bin", plan), ("xl/styles.bin", styles), ("xl/sharedStrings.bin", strings),
    ])


# BIFF8 ----------------------------------------------------------------------------------------------------------------------


def old_workbook():
    """Row labels under a merged change, a struck row, a hidden column, a fill and dates, as Excel 2003 kept them."""
    book = xlwt.Workbook(encoding="utf-8")
    plan = book.add_sheet("Action plan")
    bold, date = xlwt.easyxf("font: bold on"), xlwt.easyxf(num_format_str="DD/MM/YYYY")
    amber, struck = xlwt.easyxf("pattern: pattern solid, fore_colour light_orange"), xlwt.easyxf("font: struck_out on")
    for column, text in enumerate(["Change", "Action", "Lead", "Due", "RAG"]):
        plan.write(0, column, text, bold)
    plan.write_merge(1, 3, 0, 0, "Home first/discharge to assess")
    for row, (action, lead, due) in enumerate([
        ("Pay for four beds at the cottage", "Ann Tilbrook", 43404), ("Ask people what went well – and ill", "Tom Haverley", 43434)
    ], 1):
        plan.write(row, 1, action)
        plan.write(row, 2, lead)
        plan.write(row, 3, due, date)
    plan.write(1, 4, "", amber)
    plan.write(3, 1, "Rent a second van", struck)
    plan.write(3, 2, "Tom Haverley", struck)
    plan.col(2).hidden = True
    hidden = book.add_sheet("Lists")
    hidden.write(0, 0, "Home first")
    hidden.visibility = 1
    out = io.BytesIO()
    book.save(out)
    write("xls/merged-change-struck-row-hidden-column.xls", out.getvalue())


# OpenDocument ---------------------------------------------------------------------------------------------------------------

ODF = "urn:oasis:names:tc:opendocument:xmlns"
NAMES = " ".join(f'xmlns:{short}="{ODF}:{name}:1.0"' for short, name in [
    ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"), ("number", "datastyle"), ("fo", "xsl-fo-compatible"),
])


SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = f'{HEAD}<manifest:manifest xmlns:manifest="{ODF}:manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" ' \
    f'manifest:media-type="{SPREADSHEET}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'


def td(text="", more="", inside=""):
    paragraph = f"<text:p>{escape(text)}</text:p>" if text else ""
    if text and "value-type" not in more:
        more = f'{more} office:value-type="string"'
    return f"<table:table-cell {more}>{inside}{paragraph}</table:table-cell>"


def sheets_by_change():
    """A sheet for each change, named in its tab alone; dates shown month first; cells and rows repeated to the sheet's end."""
    styles = '<office:automatic-styles><number:date-style style:name="d"><number:month number:style="long"/><number:text>/</number:text>' \
        '<number:day number:style="long"/><number:text>/</number:text><number:year/></number:date-style>' \
        '<style:style style:name="due" style:family="table-cell" style:data-style-name="d"/>' \
        '<style:style style:name="red" style:family="table-cell"><style:table-cell-properties fo:background-color="#ff0000"/></style:style>' \
        '<style:style style:name="off" style:family="table"><style:table-properties table:display="false"/></style:style>' \
        "</office:automatic-styles>"
    end = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
    rest = td(more='table:number-columns-repeated="1019"')
    head = f'<table:table-row>{td("Ref")}{td("Action")}{td("Lead")}{td("Due")}{td("RAG")}{rest}</table:table-row>'
    due = lambda iso, shown: td(shown, f'table:style-name="due" office:value-type="date" office:date-value="{iso}"')
    row = lambda *cells: f'<table:table-row>{"".join(cells)}</table:table-row>'
    note = "<office:annotation><text:p>Waits for the van.</text:p></office:annotation>"
    first = head + row(td("1.1"), td("Plan from the first day"), td("Joan Carbery"), due("2018-06-30", "06/30/18"), td(more='table:style-name="red"')) \
        + row(td("1.2"), td("Order medicines the day before", inside=note), td("Joan Carbery"), due("2018-09-03", "09/03/18"), td("Green"))
    second = head + row(td("2.1", 'table:number-rows-spanned="2"'), td("Look at beds twice a day"), td("Paul Sowerby"), td("ongoing")) \
        + row("<table:covered-table-cell/>", td("Tell the site office"), td("Paul Sowerby"), td("ongoing"))
    lists = row(td("Red", 'table:number-columns-repeated="2"'))
    tables = "".join(f'<table:table table:name="{name}"{style}>{inside}{end}</table:table>' for name, style, inside in [
        ("Early discharge planning", "", first), ("Monitoring patient flow", "", second), ("Lists", ' table:style-name="off"', lists),
    ])
    content = f"{HEAD}<office:document-content {NAMES}>{styles}<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    package("ods/sheet-per-change.ods", [("mimetype", SPREADSHEET), ("content.xml", content), ("META-INF/manifest.xml", MANIFEST)])


def lists_conditions_and_months():
    """Header rows, a list to choose from, a colour by condition, and months in a style that a style for texts hands on to."""
    styles = '<office:automatic-styles><number:date-style style:name="monthP0"><number:month number:textual="true"/><number:text>-</number:text>' \
        '<number:year/></number:date-style><number:text-style style:name="month"><number:text-content/>' \
        '<style:map style:condition="value()&lt;=1.7976931348623157E+308" style:apply-style-name="monthP0"/></number:text-style>' \
        '<style:style style:name="due" style:family="table-cell" style:data-style-name="month"/>' \
        '<style:style style:name="Late_5f_1" style:display-name="Late_1" style:family="table-cell"><style:table-cell-properties ' \
        'fo:background-color="#ff0000"/></style:style></office:automatic-styles>'
    row = lambda *cells: f'<table:table-row>{"".join(cells)}</table:table-row>'
    due = lambda iso, shown: td(shown, f'table:style-name="due" office:value-type="date" office:date-value="{iso}"')
    state = lambda text: td(text, 'table:content-validation-name="states"')
    head = f'<table:table-header-rows>{row(*map(td, ["Change", "Action", "Due", "State", "RAG"]))}</table:table-header-rows>'
    body = row(td("Trusted assessors"), td("Agree the form with homes"), due("2018-03-01", "Mar-18"), state("Late"), td("●")) \
        + row(td("Trusted assessors"), td("Print the form on paper"), due("2018-05-01", "May-18"), state("Done"))
    allowed = '<table:content-validations><table:content-validation table:name="states" ' \
        'table:condition="of:cell-content-is-in-list(&quot;Late&quot;;&quot;Done&quot;)"/></table:content-validations>'
    conditions = '<calcext:conditional-formats><calcext:conditional-format calcext:target-range-address="Action_plan.E2:Action_plan.E3">' \
        '<calcext:condition calcext:apply-style-name="Late_1" calcext:value="formula-is([.$D2]=&quot;late&quot;)" ' \
        'calcext:base-cell-address="Action_plan.E2"/></calcext:conditional-format></calcext:conditional-formats>'
    table = f'{allowed}<table:table table:name="Action_plan">{head}{body}{conditions}</table:table>'
    names = f'{NAMES} xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    content = f"{HEAD}<office:document-content {names}>{styles}<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>"
    package("ods/lists-conditions-and-months.ods", [("mimetype", SPREADSHEET), ("content.xml", content), ("META-INF/manifest.xml", MANIFEST)])


if __name__ == "__main__":
    cover_sections_and_a_hidden_list()
    fills_dates_and_merged_changes()
    hidden_struck_and_commented()
    tables_apart_on_one_sheet()
    lists_filters_and_print_titles()
    links_of_cells()
    rules_on_blanks_and_lights()
    key_two_row_header_and_blank_rows()
    return_with_a_checklist_and_another_block()
    binary_rows()
    old_workbook()
    sheets_by_change()
    lists_conditions_and_months()
