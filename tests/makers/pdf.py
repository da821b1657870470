"""Makes the fixtures of PDF: `python3 tests/makers/pdf.py` writes fixtures/pdf.

Needs reportlab, pillow, pypdf and, for the tagged document, LibreOffice's soffice on the path.
"""

import io
import pathlib
import subprocess
import tempfile

from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfWriter
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "fixtures" / "pdf"
HEADER = ["Change", "Action", "Lead", "By when"]
CELL = ParagraphStyle("cell", fontName="Helvetica", fontSize=9, leading=11)
BOLD = ParagraphStyle("bold", parent=CELL, fontName="Helvetica-Bold")


def over_pages():
    """A ruled table that goes on over a page, its header repeated, each cell wrapped."""
    rows = [
        ("1 Early discharge planning", "Set a date of discharge within two days and write it on the board of each ward", "Joan Carbery", "30/06/2018"),
        ("", "Tell families the date on the first day", "Ann Tilbrook", "31/07/2018"),
        ("2 Systems to monitor patient flow", "Count the people who wait each morning and share the list with the council", "Paul Sowerby", "30/09/2018"),
        ("4 Home first/discharge to assess", "Open six more places for people who can be assessed at home", "Ruth Ellingham", "31/10/2018"),
        ("", "Buy a van that brings equipment on the same day", "Ruth Ellingham", "30/11/2018"),
        ("6 Trusted assessors", "Agree one form with every care home of Westmarch", "Tom Haverley", "31/01/2019"),
        ("", "Train ten managers of care homes to use it", "Tom Haverley", "28/02/2019"),
    ]
    cells = [[Paragraph(text, BOLD) for text in HEADER]] + [[Paragraph(text, CELL) for text in row] for row in rows]
    table = Table(cells, colWidths=[150, 330, 110, 90], repeatRows=1)
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.6, colors.black), ("BACKGROUND", (0, 0), (-1, 0), colors.lightgrey), ("BOTTOMPADDING", (0, 1), (-1, -1), 48), ("VALIGN", (0, 0), (-1, -1), "TOP")]))
    title = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=16, leading=20)
    document = SimpleDocTemplate(str(FIXTURES / "ruled-over-pages.pdf"), pagesize=landscape(A4), invariant=1, title="Westmarch action plan 2018/19")
    document.build([Paragraph("Westmarch action plan 2018/19", title), Spacer(1, 12), table])


def odd_letters():
    """A turned page; letters printed twice, spaced, struck, white on white, invisible; a dashed grid of thin rectangles."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4, invariant=1)
    canvas.translate(A4[0], 0)
    canvas.rotate(90)
    width, height = A4[1], A4[0]

    def at(x, y, text, font="Helvetica", size=10):
        canvas.setFont(font, size)
        canvas.drawString(x, height - y, text)

    canvas.setFont("Helvetica", 14)
    text = canvas.beginText(60, height - 60)
    text.setCharSpace(5)
    text.textOut("EASTVALE PLAN")
    text.setCharSpace(0)
    canvas.drawText(text)
    columns, rows = [60, 230, 520, 650, 780], [90, 120, 170, 220]
    for y in rows:
        for x in range(columns[0], columns[-1], 4):
            canvas.rect(x, height - y, 2, 0.5, stroke=0, fill=1)
    for x in columns:
        for y in range(rows[0], rows[-1], 4):
            canvas.rect(x, height - y - 2, 0.5, 2, stroke=0, fill=1)
    for offset in (0, 0.35):
        for x, name in zip(columns, HEADER):
            at(x + 6 + offset, 110, name)
    at(66, 140, "7 Focus on choice")
    at(236, 140, "Write a letter for families in plain words")
    at(236, 154, "Print it on blue paper")
    struck = canvas.stringWidth("Print it on blue paper", "Helvetica", 10)
    canvas.setLineWidth(0.6)
    canvas.line(236, height - 151, 236 + struck, height - 151)
    at(526, 140, "Ann Tilbrook")
    at(656, 140, "30/11/2018")
    canvas.setFillColor(colors.white)
    at(526, 160, "not for print")
    canvas.setFillColor(colors.black)
    hidden = canvas.beginText(656, height - 160)
    hidden.setTextRenderMode(3)
    hidden.textOut("nobody sees this")
    hidden.setTextRenderMode(0)
    canvas.drawText(hidden)
    at(66, 190, "5 Seven-day services")
    at(236, 190, "O p e n  t h e  h u b  a t  w e e k e n d s")
    at(526, 190, "Tom Haverley")
    at(656, 190, "31/12/2018")
    canvas.showPage()
    canvas.save()
    turned = PdfWriter(made)
    turned.pages[0].rotate(90)
    turned.write(FIXTURES / "turned-page-odd-letters.pdf")


def form():
    """Fields for the answers: texts, a box that is ticked and one that is not."""
    canvas = Canvas(str(FIXTURES / "form-fields-and-check-boxes.pdf"), pagesize=A4, invariant=1)
    columns, rows = [50, 200, 360, 450, 545], [100, 125, 160, 195]
    canvas.setFont("Helvetica-Bold", 13)
    canvas.drawString(50, A4[1] - 70, "Westmarch return")
    canvas.setLineWidth(0.5)
    for y in rows:
        canvas.line(columns[0], A4[1] - y, columns[-1], A4[1] - y)
    for x in columns:
        canvas.line(x, A4[1] - rows[0], x, A4[1] - rows[-1])
    canvas.setFont("Helvetica-Bold", 10)
    for x, name in zip(columns, ["Change", "Action", "Lead", "Signed off"]):
        canvas.drawString(x + 5, A4[1] - 117, name)
    canvas.setFont("Helvetica", 10)
    answers = [("8 Enhancing health in care homes", "Visit each home weekly", "Joan Carbery", True), ("3 Multi-agency discharge teams", "Meet at nine each day", "Paul Sowerby", False)]
    for number, (change, action, lead, done) in enumerate(answers):
        top = A4[1] - rows[number + 1]
        canvas.drawString(columns[0] + 3, top - 20, change[:26].rsplit(" ", 1)[0])
        canvas.drawString(columns[0] + 3, top - 31, change[len(change[:26].rsplit(" ", 1)[0]) + 1 :])
        for name, value, left, wide in (("action", action, columns[1], 150), ("lead", lead, columns[2], 80)):
            canvas.acroForm.textfield(name=f"{name}{number}", value=value, x=left + 4, y=top - 30, width=wide, height=18, fontSize=10, borderWidth=0, forceBorder=False)
        canvas.acroForm.checkbox(name=f"done{number}", checked=done, x=columns[3] + 5, y=top - 26, size=14, borderWidth=0)
    canvas.showPage()
    canvas.save()


def scanned_page(lines, tables, size, slant=0.0, shades=(), specks=()):
    """A page as a scanner gives it: shades of grey, a little askew. Text on a dark shade is light."""
    scale = 150 / 72
    picture = Image.new("L", (int(size[0] * scale), int(size[1] * scale)), 255)
    draw = ImageDraw.Draw(picture)
    for left, top, right, bottom, shade in shades:
        draw.rectangle([left * scale, top * scale, right * scale, bottom * scale], fill=shade)
    for x, y in specks:
        draw.rectangle([x * scale, y * scale, x * scale + 1, y * scale + 1], fill=30)
    for x, y, points, text in lines:
        font = ImageFont.truetype("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", int(points * scale))
        dark = any(top <= y <= bottom and shade < 128 for _, top, _, bottom, shade in shades)
        draw.text((x * scale, y * scale), text, font=font, fill=240 if dark else 20)
    for columns, rows in tables:
        for y in rows:
            draw.line([(columns[0] * scale, y * scale), (columns[-1] * scale, y * scale)], fill=20, width=2)
        for x in columns:
            draw.line([(x * scale, rows[0] * scale), (x * scale, rows[-1] * scale)], fill=20, width=2)
    if slant:
        picture = picture.rotate(slant, fillcolor=255, resample=Image.BICUBIC)
    packed = io.BytesIO()
    picture.quantize(8).convert("L").save(packed, "PNG", optimize=True)
    packed.seek(0)
    return ImageReader(packed)


def scans():
    """A page that is a scan, and a document whose second page is one that nobody can read."""
    columns, rows = [40, 190, 420, 560, 680], [80, 110, 160, 210]
    size = (720, 300)
    cells = [(x + 6, 88, name) for x, name in zip(columns, HEADER)]
    cells += [(46, 120, "6 Trusted assessors"), (196, 120, "Agree one form with"), (196, 136, "every care home"), (426, 120, "Tom Haverley"), (566, 120, "31/01/2019")]
    cells += [(46, 170, "7 Focus on choice"), (196, 170, "Write to families"), (426, 170, "Ann Tilbrook"), (566, 170, "28/02/2019")]
    lines = [(40, 40, 16, "Eastvale plan 2018/19")] + [(x, y, 11, text) for x, y, text in cells]
    canvas = Canvas(str(FIXTURES / "scanned-askew.pdf"), pagesize=size, invariant=1)
    canvas.drawImage(scanned_page(lines, [(columns, rows)], size, 0.7), 0, 0, *size)
    canvas.showPage()
    canvas.save()

    size = (720, 320)
    cells = [(x + 6, 86, name) for x, name in zip(columns, HEADER)]
    cells += [(46, 116, "2 Patient flow"), (196, 116, "Count the beds that are"), (196, 132, "free at noon"), (426, 116, "Joan Carbery"), (566, 116, "31/10/2018")]
    cells += [(46, 158, "4 Home first"), (196, 158, "Ask for a visit at home"), (196, 174, "before a bed is sought"), (426, 158, "Paul Sowerby"), (566, 158, "30/11/2018")]
    cells += [(196, 200, "Keep a list of equipment"), (426, 200, "Ann Tilbrook"), (566, 200, "14/12/2018")]
    cells += [(46, 226, "6 Trusted assessors"), (196, 226, "Train two more nurses"), (426, 226, "Tom Haverley"), (566, 226, "31/01/2019")]
    lines = [(40, 40, 16, "Westmarch plan 2018/19")] + [(x, y, 11, text) for x, y, text in cells]
    shades = [(40, 80, 680, 108, 64), (40, 152, 680, 194, 214), (40, 220, 680, 246, 214)]
    specks = [(n * 97 % 700 + 10, n * 53 % 300 + 10) for n in range(60)]
    canvas = Canvas(str(FIXTURES / "scanned-shades-no-lines.pdf"), pagesize=size, invariant=1)
    canvas.drawImage(scanned_page(lines, [], size, -0.5, shades, specks), 0, 0, *size)
    canvas.showPage()
    canvas.save()

    size = (500, 260)
    canvas = Canvas(str(FIXTURES / "text-and-a-scan-not-read.pdf"), pagesize=size, invariant=1)
    columns, rows = [30, 170, 330, 400, 470], [60, 85, 120]
    canvas.setFont("Helvetica-Bold", 13)
    canvas.drawString(30, 220, "Westmarch plan")
    canvas.setLineWidth(0.5)
    for y in rows:
        canvas.line(columns[0], 260 - y, columns[-1], 260 - y)
    for x in columns:
        canvas.line(x, 260 - rows[0], x, 260 - rows[-1])
    canvas.setFont("Helvetica-Bold", 9)
    for x, name in zip(columns, HEADER):
        canvas.drawString(x + 4, 260 - 76, name)
    canvas.setFont("Helvetica", 9)
    for x, text in zip(columns, ["1 Early discharge planning", "Set a date on the first day", "Joan Carbery", "30/06/2018"]):
        canvas.drawString(x + 4, 260 - 104, text)
    canvas.showPage()
    canvas.drawImage(scanned_page([(40, 40, 14, "Notes by hand")], [], (500, 260)), 0, 0, 500, 260)
    canvas.showPage()
    canvas.save()


def unruled():
    """No line at all: a band of colour under a header of two lines in white, rows that head sections, columns that nearly touch, a
    row torn by the page break, no header on the second page."""
    white = ParagraphStyle("white", parent=BOLD, textColor=colors.white)
    rows = [
        ("1 Early discharge planning",),
        ("1.1", "Set a date of discharge within two days and write it on the board of each ward", "Fewer people wait for a decision on the ward", "Westmarch Council", "30/06/2018"),
        ("1.2", "Tell families the date on the first day and ask what they need at home", "Families can plan and bring clothes in time", "Eastvale Hospital", "31/07/2018"),
        ("2 Systems to monitor patient flow",),
        ("2.1", "Count the people who wait each morning and share the list with the council by noon", "Everyone works from one list of names", "Westmarch Council", "30/09/2018"),
        ("2.2", "Draw a chart of beds for each week of the winter and hang it in the hub", "Staff see where beds run short before they do", "Eastvale Hospital", "31/10/2018"),
        ("4 Home first/discharge to assess",),
        ("4.1", "Open six more places for people who can be assessed at home, and buy a van that brings equipment on the same day", "Nobody waits in a bed for a chair or a rail", "Westmarch Council", "30/11/2018"),
        ("6 Trusted assessors",),
        ("6.1", "Agree one form with every care home, and train ten of their managers to use it before the winter", "Homes take people back without a visit", "Eastvale Hospital", "31/01/2019"),
        ("6.2", "Ask each home after a month what the form leaves out", "The form gets better as it is used", "Westmarch Council", "28/02/2019"),
    ]
    header = ["Ref", "Action", "Intended outcome", "Lead body", "By when"]
    cells = [[Paragraph(text, white) for text in header]]
    style = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#224488"))]
    style += [("LEFTPADDING", (0, 0), (-1, -1), 2), ("RIGHTPADDING", (0, 0), (-1, -1), 2)]
    for row in rows:
        if len(row) == 1:
            style.append(("SPAN", (0, len(cells)), (-1, len(cells))))
            row = (f"<b>{row[0]}</b>", "", "", "", "")
        cells.append([Paragraph(text, CELL) for text in row])
    table = Table(cells, colWidths=[26, 190, 140, 72, 60])
    table.setStyle(TableStyle(style))
    title = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=15, leading=19)
    document = SimpleDocTemplate(str(FIXTURES / "unruled-over-pages.pdf"), pagesize=(560, 300), leftMargin=36, rightMargin=36, topMargin=30, bottomMargin=30, invariant=1, title="Westmarch and Eastvale plan 2018/19")
    document.build([Paragraph("Westmarch and Eastvale plan 2018/19", title), Spacer(1, 10), table])


def rules_across():
    """Lines from left to right alone, over two pages with the header repeated; the same words stand in many rows."""
    rows = [
        ("5 Seven-day services", "Where are we now?", "The hub is shut on Sundays", ""),
        ("", "Next steps", "Open the hub at weekends, with a nurse and a driver on call until eight in the evening", "31/07/2018"),
        ("", "Next steps", "Ask the pharmacy to pack medicines on Saturdays", "31/08/2018"),
        ("7 Focus on choice", "Where are we now?", "Families get a letter that few of them read", ""),
        ("", "Next steps", "Write the letter anew in plain words, and have ten families read it before it is printed", "31/10/2018"),
        ("8 Enhancing health in care homes", "Where are we now?", "Nurses visit when a home calls", ""),
        ("", "Next steps", "Visit each home weekly", "31/12/2018"),
        ("", "Next steps", "Pack a bag of papers, glasses and medicines for everyone who goes to hospital", "31/01/2019"),
    ]
    cells = [[Paragraph(text, BOLD) for text in ["Change", "", "What we do", "By when"]]]
    cells += [[Paragraph(text, CELL) for text in row] for row in rows]
    table = Table(cells, colWidths=[120, 100, 210, 70], repeatRows=1)
    table.setStyle(TableStyle([("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.black), ("LINEABOVE", (0, 0), (-1, 0), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]))
    title = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=15, leading=19)
    document = SimpleDocTemplate(str(FIXTURES / "rules-across-over-pages.pdf"), pagesize=(580, 290), leftMargin=36, rightMargin=36, topMargin=30, bottomMargin=30, invariant=1, title="Eastvale plan 2018/19")
    document.build([Paragraph("Eastvale plan 2018/19", title), Spacer(1, 10), table])


def torn_with_remarks():
    """No line at all, at the pitch of the text: remarks over the whole width below the rows, and a row torn by the page whose rest
    begins with a capital."""
    canvas = Canvas(str(FIXTURES / "torn-over-a-page-with-remarks.pdf"), pagesize=(560, 300), invariant=1)
    canvas.setTitle("Westmarch plan 2018/19")
    columns = (36, 70, 330, 440)

    def at(y, cells, font="Helvetica", size=9):
        canvas.setFont(font, size)
        for x, text in zip(columns, cells):
            canvas.drawString(x, 300 - y, text)

    at(44, ["Westmarch plan 2018/19"], "Helvetica-Bold", 15)
    at(70, ["Ref", "Action", "Lead", "By when"], "Helvetica-Bold")
    at(88, ["1 Early discharge planning"], "Helvetica-Bold")
    at(106, ["1.1", "Set a date of discharge within two days and write it on", "Joan Carbery", "30/06/2018"])
    at(117, ["", "the board of each ward"])
    at(135, ["Progress: the boards hang in nine wards, and in the other three the hooks are being put up before the summer"])
    at(153, ["1.2", "Tell families the date on the first day", "Ann Tilbrook", "31/07/2018"])
    at(171, ["Progress: a card has been printed"])
    at(189, ["4 Home first/discharge to assess"], "Helvetica-Bold")
    at(207, ["4.1", "Open six more places for people who can be assessed at", "Ruth Ellingham", "31/10/2018"])
    at(218, ["", "home"])
    at(236, ["Progress: four are open, and two wait for a bed that can be raised and lowered, which has been ordered from the store"])
    at(254, ["4.2", "Buy a van that brings chairs on the same day, and agree with", "Paul Sowerby", "30/11/2018"])
    canvas.showPage()
    at(36, ["", "Eastvale Council who may call it in the evening and"])
    at(47, ["", "at weekends"])
    at(65, ["Progress: three offers came in"])
    at(83, ["6 Trusted assessors"], "Helvetica-Bold")
    at(101, ["6.1", "Agree one form with every care home", "Tom Haverley", "31/01/2019"])
    at(119, ["Progress: five homes have signed"])
    at(137, ["6.2", "Train ten managers of care homes to use it", "Tom Haverley", "28/02/2019"])
    canvas.showPage()
    canvas.save()


def header_names_change():
    """A small table for each change, whose name stands in the header alone, on a ground of its own; rows without white between."""
    canvas = Canvas(str(FIXTURES / "headers-name-the-changes.pdf"), pagesize=(560, 400), invariant=1)
    canvas.setTitle("Eastvale plan 2018/19")
    columns = (36, 240, 330, 410, 480, 520)
    tables = [
        ("HIC 1 Actions", [(["Set a date of discharge within two days of", "coming in"], "Beds known early", "Joan Carbery", "30/06/2018", "Green")]),
        ("HIC 2 Actions", [(["Count the people who wait each morning, and", "share the list with the council"], "One list", "Paul Sowerby", "30/09/2018", "Amber"), (["Draw a chart of beds"], "", "Ruth Ellingham", "31/10/2018", "")]),
        ("HIC 7 Actions", [(["Write the letter to families in plain words,", "and have ten of them read it"], "It is understood", "Ann Tilbrook", "30/11/2018", "Red"), (["Tell every ward which letter to hand out"], "It is handed out", "Ann Tilbrook", "31/12/2018", "Green")]),
    ]
    canvas.setFont("Helvetica-Bold", 15)
    canvas.drawString(36, 352, "Eastvale plan 2018/19")
    y = 70
    for name, rows in tables:
        canvas.setFillColor(colors.HexColor("#d0d8e8"))
        for left, right in zip(columns, columns[1:]):
            canvas.rect(left - 3, 400 - y - 3, right - left, 13, stroke=0, fill=1)
        canvas.setFillColor(colors.black)
        canvas.setFont("Helvetica-Bold", 9)
        for x, text in zip(columns, [name, "Outcome", "Lead", "By when", "RAG"]):
            canvas.drawString(x, 400 - y, text)
        canvas.setFont("Helvetica", 9)
        for lines, *others in rows:
            for x, text in zip(columns[1:], others):
                canvas.drawString(x, 400 - y - 13, text)
            for line in lines:
                y += 13
                canvas.drawString(columns[0], 400 - y, line)
        y += 36
    canvas.showPage()
    canvas.save()


def cards():
    """Cards side by side with nothing drawn around them: headings that are counted on, over two pages, and what is asked below each
    as headings of their own."""
    canvas = Canvas(str(FIXTURES / "cards-side-by-side.pdf"), pagesize=(560, 400), invariant=1)
    canvas.setTitle("Westmarch on one page")
    asked = ["Where are we now?", "What will we do?", "What is in the way?", "Lead", "By when"]
    told = [
        ("1. Early discharge planning", ["Dates are set on most wards", "Set a date within two days on every ward", "Notes on paper", "Joan Carbery", "30/06/2018"]),
        ("2. Systems to monitor patient flow", ["Each ward has a list of its own", "Share one list with the council", "Two systems", "Paul Sowerby", "30/09/2018"]),
        ("3. Multi-disciplinary discharge teams", ["Teams meet weekly", "Meet each morning with the hospice", "No room", "Ann Tilbrook", "31/10/2018"]),
        ("4. Home first/discharge to assess", ["Four places are open", "Open six more places", "No van at weekends", "Ruth Ellingham", "31/10/2018"]),
        ("5. Seven-day services", ["The hub is shut on Sundays", "Open the hub at weekends", "A nurse is wanted", "Ruth Ellingham", "31/07/2018"]),
        ("6. Trusted assessors", ["Homes send somebody of their own", "Agree one form with every home", "Trust", "Tom Haverley", "31/01/2019"]),
    ]
    canvas.setFont("Helvetica-Bold", 15)
    canvas.drawString(36, 360, "Westmarch on one page")
    for at, (name, answers) in enumerate(told):
        if at == 4:
            canvas.showPage()
        x, y = (36, 300)[at % 2], (330, 180, 360)[at // 2]
        canvas.setFont("Helvetica-Bold", 12)
        canvas.drawString(x, y, name)
        y -= 18
        for question, answer in zip(asked, answers):
            for font, text in (("Helvetica-Bold", question), ("Helvetica", answer)):
                canvas.setFont(font, 9)
                canvas.drawString(x, y, text)
                y -= 11
            y -= 2
    canvas.showPage()
    canvas.save()


def strips():
    """A sheet that is wider than its paper: its last columns stand on a page of their own, where its references are printed again."""
    canvas = Canvas(str(FIXTURES / "strips-with-references-again.pdf"), pagesize=(440, 300), invariant=1)
    canvas.setTitle("Eastvale plan 2018/19")
    header = ["Ref", "Action", "Lead", "By when"]
    rows = [
        ("1", "Early discharge planning", 14),
        ("1.1", ["Set a date of discharge within two days and write", "it on the board of each ward"], "Joan Carbery", "30/06/2018", 26),
        ("1.2", ["Tell families the date on the first day"], "Ann Tilbrook", "31/07/2018", 14),
        ("2", "Systems to monitor patient flow", 14),
        ("2.1", ["Count the people who wait each morning,", "share the list with the council by noon,", "and draw a chart of beds"], "Paul Sowerby", "30/09/2018", 38),
        ("6", "Trusted assessors", 14),
        ("6.1", ["Agree one form with every care home"], "Tom Haverley", "31/01/2019", 14),
        ("6.2", ["Train ten managers of care homes to use it", "before the winter"], "Tom Haverley", "28/02/2019", 26),
    ]
    for columns, edges in (((0, 1), (36, 70, 320)), ((0, 2, 3), (36, 70, 180, 260))):
        y = 250
        if columns == (0, 1):
            canvas.setFont("Helvetica-Bold", 15)
            canvas.drawString(36, 268, "Eastvale plan 2018/19")
        canvas.setFont("Helvetica-Bold", 9)
        for column, x in zip(columns, edges):
            canvas.drawString(x + 3, y - 10, header[column])
        tops = [y]
        y -= 14
        for *cells, height in rows:
            tops.append(y)
            if len(cells) == 2:
                canvas.setFont("Helvetica-Bold", 9)
                canvas.drawString(edges[0] + 3, y - 10, cells[0] if columns != (0, 1) else f"{cells[0]} {cells[1]}")
            else:
                canvas.setFont("Helvetica", 9)
                for column, x in zip(columns, edges):
                    lines = cells[column] if column == 1 else [cells[column]]
                    for line, text in enumerate(lines):
                        canvas.drawString(x + 3, y - 10 - 11 * line, text)
            y -= height
        tops.append(y)
        canvas.setLineWidth(0.5)
        for top in tops:
            canvas.line(edges[0], top, edges[-1], top)
        for at, (top, bottom) in enumerate(zip(tops, tops[1:])):
            whole = at > 0 and len(rows[at - 1]) == 3
            for x in (edges[0], edges[-1]) if whole else edges:
                canvas.line(x, top, x, bottom)
        canvas.showPage()
    canvas.save()


def cut_off():
    """The pages of another document, of which nothing came behind them: no catalogue, no table of positions."""
    whole = (FIXTURES / "ruled-over-pages.pdf").read_bytes()
    catalogue, behind, end = whole.index(b"6 0 obj"), whole.index(b"7 0 obj"), whole.index(b"xref\n0")
    (FIXTURES / "cut-off-before-its-catalogue.pdf").write_bytes(whole[:catalogue] + whole[behind:end])


TAGGED = """<html><head><title>Eastvale plan 2018/19</title></head><body><h1>Eastvale plan 2018/19</h1>
<p>What we agreed with the hospital.</p>
<table border="1" cellpadding="4"><thead><tr><th>Change</th><th>Action</th><th>Lead</th><th>By when</th></tr></thead><tbody>
<tr><td rowspan="2">1 Early discharge planning</td><td>Set a date of discharge within two days</td><td>Joan Carbery</td><td>30/06/2018</td></tr>
<tr><td>Tell families the date on the first day</td><td>Ann Tilbrook</td><td>31/07/2018</td></tr>
<tr><td colspan="4">4 Home first/discharge to assess</td></tr>
<tr><td></td><td>Open six more places</td><td>Ruth Ellingham</td><td>31/10/2018</td></tr>
</tbody></table></body></html>"""


OVER_PAGES = """<html><head><title>Westmarch plan 2018/19</title><style>@page { size: 17cm 9cm; margin: 1.5cm } td, th { vertical-align: top }</style></head>
<body><h1>Westmarch plan 2018/19</h1>
<table cellpadding="4" width="100%"><tbody><tr><th>Change</th><th>Actions</th><th>Intended outcome</th><th>Lead</th><th>By when</th></tr>
<tr><td>4 Home first/discharge to assess</td><td>Open six more places for people who can be assessed at home, and buy a van that brings chairs and rails on the same day</td>
<td>Nobody waits in a bed for a rail</td><td>Ruth Ellingham</td><td>Q2</td></tr>
<tr><td></td><td>Outcomes of reviews</td><td>Impact on delays</td><td>Joan Carbery</td><td>End of Q3</td></tr>
<tr><td>6 Trusted assessors</td><td>Agree one form with every care home</td><td>Homes take people back without a visit</td><td>Tom Haverley</td><td>End of Q4</td></tr>
</tbody></table></body></html>"""


def tagged():
    """What LibreOffice exports with a structure tree: spans, a header row, an outline; one table over three pages."""
    exported("tagged-spans-and-outline", TAGGED)
    exported("tagged-over-pages", OVER_PAGES)


def exported(name, text):
    """The document `text` in HTML as LibreOffice exports it."""
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / f"{name}.html"
        source.write_text(text, encoding="utf-8")
        soffice = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to"]
        subprocess.run([*soffice, "odt", "--outdir", folder, str(source)], check=True)
        options = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"},"ExportBookmarks":{"type":"boolean","value":"true"}}'
        subprocess.run([*soffice, options, "--outdir", folder, str(source.with_suffix(".odt"))], check=True)
        (FIXTURES / f"{name}.pdf").write_bytes(source.with_suffix(".pdf").read_bytes())


if __name__ == "__main__":
    FIXTURES.mkdir(parents=True, exist_ok=True)
    for make in (over_pages, cut_off, unruled, torn_with_remarks, header_names_change, rules_across, cards, strips, odd_letters, form, scans, tagged):
        make()
