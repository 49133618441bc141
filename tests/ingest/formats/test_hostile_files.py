"""Files that can't or mustn't be read: each is told in one French line that says what to do."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from ingest.errors import LoadError
from ingest.found_files import find_files
from ingest.load import load_page

SAMPLES = Path(__file__).parent / "samples"
_EMPTY_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Resources<<%s>>/Contents 4 0 R>>"


def pdf(resources: bytes, content: bytes, more: bytes = b"") -> bytes:
    """A PDF of one page."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        _EMPTY_PAGE % resources,
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>"
        b"stream\n\x00\nendstream",
    ]
    body = b"%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(parts) + 1, table)
    return body + b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (len(parts) + 1, more, start)


def archive(files: dict[str, bytes]) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as inside:
        for name, content in files.items():
            inside.writestr(name, content)
    return written.getvalue()


ENTITIES = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
LOCKED = b"/Encrypt<</Filter/Standard/V 1/R 2/O(%s)/U(%s)/P -44>>/ID[(a)(a)]" % (b"o" * 32, b"u" * 32)
FILES = {
    "vide.pdf": (b"", "est abîmé ou n’est pas un fichier PDF"),
    "blanc.pdf": (pdf(b"", b""), "ne contient aucun texte"),
    "image.pdf": (
        pdf(b"/XObject<</I 5 0 R>>", b"q 100 0 0 100 0 0 cm /I Do Q"),
        "que des images de pages. Faites-en reconnaître le texte",
    ),
    "secret.pdf": (pdf(b"", b"", LOCKED), "est protégé par un mot de passe"),
    "coupé.pdf": ((SAMPLES / "lavoirs.pdf").read_bytes()[:3000], ""),
    "autre.docx": (b"Du texte.", "est abîmé ou n’est pas un fichier DOCX"),
    "vide.docx": (archive({"a.txt": b""}), "est abîmé ou n’est pas un fichier DOCX"),
    "secret.docx": (OLE, "est protégé par un mot de passe ou d’un ancien format"),
    "entités.docx": (archive({"word/document.xml": ENTITIES}), "déclare des entités XML"),
    "entités.odt": (archive({"content.xml": ENTITIES}), "déclare des entités XML"),
    "entités.xlsx": (archive({"xl/workbook.xml": ENTITIES}), "déclare des entités XML"),
    "bombe.docx": (archive({"word/document.xml": b" " * 40_000_000}), "se décompresse en un volume anormal"),
    "autre.xlsx": (archive({"xl/workbook.xml": b"<a/>"}), "est abîmé ou n’est pas un fichier XLSX"),
    "autre.eml": (b"Du texte.", "est abîmé ou n’est pas un fichier EML"),
    "vide.eml": (b"Subject: Rien\n\n", "ne contient aucun texte"),
    "ancien.doc": (OLE, "Enregistrez-le en DOCX"),
    "macros.xlsm": (archive({"a": b""}), "Enregistrez-le en XLSX"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_not_read_says_why_in_one_line(tmp_path: Path, name: str) -> None:
    content, message = FILES[name]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(LoadError) as caught:
        load_page(path)
    assert message in str(caught.value)
    assert str(caught.value).startswith(f"« {path} »")
    assert "\n" not in str(caught.value)


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside, folder = tmp_path / "ailleurs.md", tmp_path / "notices"
    outside.write_text("Un texte.", encoding="utf-8")
    folder.mkdir()
    (folder / "ici.md").write_text("Un texte.", encoding="utf-8")
    (folder / "lien.md").symlink_to(outside)
    (folder / "autre nom é.md").symlink_to(folder / "ici.md")
    assert [path.name for path in find_files(folder)] == ["autre nom é.md", "ici.md"]
