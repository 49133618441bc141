"""Write the same document in each format, once: run this file (the PDFs need chromium)."""
# ruff: noqa: E501 - the content reads better on whole lines

import subprocess
import zipfile
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pypdfium2
from PIL import Image

FOLDER = Path(__file__).parent / "samples"
TITLE = "Aide aux lavoirs et fontaines du syndicat de la Vallée"
# Kind, then text; of a table, its rows.
CONTENT = [
    ("p", "Publié le 14 mars 2024 par le syndicat de la Vallée."),
    ("h", "Objet"),
    (
        "p",
        "Le syndicat de la Vallée aide les communes à restaurer leurs lavoirs et leurs fontaines. L’aide porte sur "
        "les ouvrages construits avant 1950 et accessibles au public toute l’année.",
    ),
    ("h", "Bénéficiaires"),
    ("p", "Peuvent demander l’aide :"),
    ("i", "les communes de moins de 3 500 habitants ;"),
    ("i", "les associations qui entretiennent un ouvrage depuis plus de deux ans, avec l’accord de la commune qui en "
          "est propriétaire."),
    ("h", "Montant"),
    ("p", "Le taux dépend des travaux."),
    ("t", [("Travaux", "Taux", "Plafond"), ("Charpente et toiture", "40 %", "12 000 €"), ("Maçonnerie", "30 %", "8 000 €"),
           ("Abords", "20 %", "3 000 €")]),
    ("p", "La commune garde à sa charge au moins 20 % du coût."),
    ("h", "Calendrier"),
    ("p", "Les dossiers sont reçus jusqu’au 30 septembre de chaque année. La réponse est donnée sous trois mois."),
    ("h", "Dossier"),
    ("p", "Le dossier comprend :"),
    ("i", "une délibération du conseil municipal ;"),
    ("i", "deux devis détaillés ;"),
    ("i", "trois photographies de l’ouvrage."),
    ("p", "Il est envoyé à lavoirs@vallee.example ou déposé au siège du syndicat, 4 rue du Moulin."),
    ("h", "Exclusions"),
    ("p", "Les travaux commencés avant l’accusé de réception ne sont pas aidés. Les bassins de baignade sont exclus."),
]  # fmt: skip
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


def html_page(style: str = "") -> str:
    parts, items = [f"<h1>{escape(TITLE)}</h1>"], False
    for kind, content in CONTENT:
        if items and kind != "i":
            parts.append("</ul>")
        if kind == "i" and not items:
            parts.append("<ul>")
        items = kind == "i"
        if kind == "t":
            rows = [
                "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in row) + "</tr>"
                for place, row in enumerate(content)
                for tag in ["td" if place else "th"]
            ]
            parts.append("<table>" + "".join(rows) + "</table>")
        else:
            tag = {"h": "h2", "i": "li", "p": "p"}[kind]
            parts.append(f"<{tag}>{escape(content)}</{tag}>")
    head = f"<meta charset='utf-8'><title>{escape(TITLE)}</title><style>td, th {{border: 1px solid}} {style}</style>"
    return f"<!doctype html><html lang='fr'><head>{head}</head><body>{chr(10).join(parts)}</body></html>"


def text_page() -> str:
    lines = [TITLE, ""]
    for kind, content in CONTENT:
        if kind == "t":
            lines += [f"| {' | '.join(row)} |" for row in content] + [""]
        elif kind == "i":
            lines.append(f"- {content}")
        else:
            lines += ["", content, ""]
    return "\n".join(lines)


def docx(path: Path) -> None:
    def paragraph(text: str, about: str = "") -> str:
        return f"<w:p><w:pPr>{about}</w:pPr><w:r><w:t xml:space='preserve'>{escape(text)}</w:t></w:r></w:p>"

    body = [paragraph(TITLE, "<w:pStyle w:val='Titre'/>")]
    for kind, content in CONTENT:
        if kind == "t":
            rows = ["".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in content]
            body.append("<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>")
        else:
            about = {
                "h": "<w:pStyle w:val='Titre1'/>",
                "i": "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>",
            }
            body.append(paragraph(content, about.get(kind, "")))
    styles = (
        "<w:style w:type='paragraph' w:styleId='Titre'><w:name w:val='Title'/></w:style>"
        "<w:style w:type='paragraph' w:styleId='Titre1'><w:name w:val='heading 1'/></w:style>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f"<w:document xmlns:w='{_W}'><w:body>{''.join(body)}</w:body></w:document>"
        )
        archive.writestr("word/styles.xml", f"<w:styles xmlns:w='{_W}'>{styles}</w:styles>")


def odt(path: Path) -> None:
    body, items = [f"<text:p text:style-name='Title'>{escape(TITLE)}</text:p>"], []
    for kind, content in [*CONTENT, ("p", "")]:
        if kind == "i":
            items.append(f"<text:list-item><text:p>{escape(content)}</text:p></text:list-item>")
            continue
        if items:
            body.append(f"<text:list>{''.join(items)}</text:list>")
            items = []
        if kind == "t":
            rows = [
                "".join(
                    f"<table:table-cell><text:p>{escape(cell)}</text:p></table:table-cell>" for cell in row
                )
                for row in content
            ]
            body.append(
                "<table:table>" + "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
            )
            body[-1] += "</table:table>"
        elif kind == "h":
            body.append(f"<text:h text:outline-level='1'>{escape(content)}</text:h>")
        else:
            body.append(f"<text:p>{escape(content)}</text:p>")
    names = " ".join(f"xmlns:{name}='{_OFFICE}:{name}:1.0'" for name in ("office", "text", "table", "style"))
    content = f"<office:body><office:text>{''.join(body)}</office:text></office:body>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml", f"<office:document-content {names}>{content}</office:document-content>"
        )


def xlsx(path: Path) -> None:
    """A sheet of two columns, a heading and a text a row; the table on a sheet of its own."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Feuil1"
    sheet.append([TITLE])
    sheet.append([])
    sheet.append(["Rubrique", "Règle", "Suite"])
    heading = ""
    for kind, content in CONTENT:
        heading = content if kind == "h" else heading
        if kind in {"p", "i"}:
            sheet.append([heading or "Publication", content])
    table = book.create_sheet("Taux et plafonds")
    for place, row in enumerate(dict(CONTENT)["t"]):
        table.append(row)
        for column in (2, 3) if place else ():
            cell = table.cell(place + 1, column)
            figure = row[column - 1]
            cell.value = int("".join(char for char in figure if char.isdigit())) / (
                100 if "%" in figure else 1
            )
            cell.number_format = "0%" if "%" in figure else '#,##0 "€"'
    book.save(path)


def pdf(path: Path, style: str) -> None:
    with TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(html_page(style), encoding="utf-8")
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
             f"--print-to-pdf={path}", page.as_uri()],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip


def scan(path: Path, printed: Path) -> None:
    """The pages of a PDF as an office scanner gives them: black and white, 200 dots an inch, a little askew."""
    pages = []
    for page in pypdfium2.PdfDocument(printed):
        grey = page.render(scale=200 / 72).to_pil().convert("L")
        askew = grey.rotate(0.3, fillcolor=255, resample=Image.Resampling.BICUBIC)
        pages.append(askew.point(lambda dot: 255 * (dot > 150)).convert("1"))
    pages[0].save(path, save_all=True, append_images=pages[1:], resolution=200, title="")


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "lavoirs.html").write_text(html_page(), encoding="utf-8")
    (FOLDER / "lavoirs.txt").write_text(text_page(), encoding="cp1252")
    docx(FOLDER / "lavoirs.docx")
    odt(FOLDER / "lavoirs.odt")
    xlsx(FOLDER / "lavoirs.xlsx")
    pdf(FOLDER / "lavoirs.pdf", "@page {size: A5; margin: 18mm} body {font: 11pt sans-serif}")
    columns = "@page {size: A4} h1 {column-span: all} body {columns: 2; column-gap: 12mm; font: 11pt serif}"
    pdf(FOLDER / "lavoirs-colonnes.pdf", columns + " body {text-align: justify}")
    scan(FOLDER / "lavoirs-scan.pdf", FOLDER / "lavoirs.pdf")


if __name__ == "__main__":
    main()
