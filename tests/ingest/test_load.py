"""Documents that nobody prepared: text, Markdown and HTML pages of a public site."""

import os
from pathlib import Path

import pytest

from corpus.fiches.document import Document
from ingest.errors import LoadError
from ingest.found_files import find_files
from ingest.load import document_id, load_page
from ingest.load import load as load_document

TITLE = "Le Département soigne ses lavoirs"
LEAD = "Les lavoirs anciens retrouvent leur toit, avec l’aide des communes et des habitants."
BODY = [
    "Restaurer un lavoir, c’est garder un lieu de rencontre au milieu du village.",
    "Cette action prend plusieurs formes, selon l’état du bâti.",
]
RESULT = [
    'Dans le cadre du programme "Eaux et villages", le jury vient d\'attribuer près de 2,45 millions '
    "d'euros à trois communes, Brévillers-le-Haut (62), Courcelles-aux-Saules (60) et "
    "Warlencourt-le-Pont (59), choisies en mai. Les travaux portent sur les charpentes.",
    "La liste publiée le 2 mars 2021 reste valable. Le taux est de 35,5 % au plus.",
]
CALL = ["Les dossiers sont reçus en mairie. Le dépôt se fait avant le 30 septembre."]

TEXT = "\n".join(
    [
        "Contenu principal de la page",
        "Article publié le 14/06/2022",
        "Mis à jour le 03/11/2022",
        "",
        TITLE,
        "",
        LEAD,
        "",
        *BODY,
        "",
        "Trois communes, trois chantiers",
        "",
        RESULT[0],
        "",
        RESULT[1],
        "",
        "Appel à candidatures",
        "",
        *CALL,
    ]
)
MARKDOWN = f"""\
Contenu principal de la page

Article publié le 14/06/2022

Mis à jour le 03/11/2022

# {TITLE}

{LEAD}

{BODY[0]}
{BODY[1]}

## Trois communes, trois chantiers

{RESULT[0]}

{RESULT[1]}

## Appel à candidatures

{CALL[0]}
"""
HTML = f"""\
<!doctype html>
<html lang="fr"><head>
<meta charset="utf-8">
<title>{TITLE}</title>
<meta property="og:site_name" content="Département des Trois Vallées">
<link rel="canonical" href="https://www.trois-vallees.fr/actualites/lavoirs">
<style>.bandeau {{ color: red }}</style>
</head><body>
<header><nav><ul><li><a href="/">Accueil</a></li>
<li><a href="/aides">Toutes les aides</a></li></ul></nav></header>
<div id="cookies" class="cookie-banner"><p>Nous utilisons des cookies pour mesurer l’audience.</p>
<button>Tout accepter</button></div>
<main id="contenu"><p>Contenu principal de la page</p>
<p class="dates">Article publi&eacute; le <time>14/06/2022</time></p><p>Mis &agrave; jour le 03/11/2022</p>
<article><h1>{TITLE}</h1>
<p><strong>{LEAD}</strong></p>
<p>{BODY[0]}
{BODY[1]}</p>
<h2>Trois communes, trois chantiers</h2>
<p>{RESULT[0]}</p>
<p>{RESULT[1]}</p>
<h2>Appel à candidatures</h2>
<p>{CALL[0]}</p>
</article></main>
<footer><p>© 2022 Département des Trois Vallées</p><p>Mentions légales</p></footer>
<script>var publie = "publié le 01/01/1999";</script>
</body></html>
"""
FORMS = {"lavoirs.txt": TEXT, "lavoirs.md": MARKDOWN, "lavoirs.html": HTML.replace("1999", "2999")}


def load(folder: Path, name: str, text: str) -> Document:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return load_page(path)


def sentences(document: Document) -> list[str]:
    return [sentence.text for _, sentence in document.sentences()]


@pytest.mark.parametrize("name", FORMS)
class TestTheSamePageInEachForm:
    @pytest.fixture
    def document(self, tmp_path: Path, name: str) -> Document:
        return load(tmp_path, name, FORMS[name])

    def test_title(self, document: Document) -> None:
        assert document.title == TITLE

    def test_both_dates(self, document: Document) -> None:
        assert (document.published, document.updated) == ("2022-06-14", "2022-11-03")

    def test_three_communes_with_their_departments_in_one_sentence(self, document: Document) -> None:
        (found,) = [text for text in sentences(document) if "communes, Brévillers" in text]
        assert found == (
            "Dans le cadre du programme «\u00a0Eaux et villages\u00a0», le jury vient d’attribuer près de "
            "2,45 millions d’euros à trois communes, Brévillers-le-Haut (62), Courcelles-aux-Saules (60) "
            "et Warlencourt-le-Pont (59), choisies en mai."
        )

    def test_headings_without_the_title(self, document: Document) -> None:
        assert [section.path for section in document.sections] == [
            (),
            ("Trois communes, trois chantiers",),
            ("Appel à candidatures",),
        ]

    def test_every_sentence_and_nothing_of_the_page_around(self, document: Document) -> None:
        kept = sentences(document)
        assert kept[:3] == [LEAD, *BODY]
        assert kept[4:] == [
            "Les travaux portent sur les charpentes.",
            "La liste publiée le 2 mars 2021 reste valable.",
            "Le taux est de 35,5 % au plus.",
            "Les dossiers sont reçus en mairie.",
            "Le dépôt se fait avant le 30 septembre.",
        ]
        assert len(kept) == 9

    def test_the_page_is_its_own_source(self, document: Document, name: str) -> None:
        (source,) = document.sources
        assert (source.n, source.title) == (1, TITLE)
        assert (source.published, source.updated) == ("2022-06-14", "2022-11-03")
        assert all(sentence.sources == (1,) for _, sentence in document.sentences())
        assert (document.scheme_id, document.path) == (None, name)


def test_an_html_page_says_where_it_comes_from(tmp_path: Path) -> None:
    (source,) = load(tmp_path, "a.html", HTML).sources
    assert source.url == "https://www.trois-vallees.fr/actualites/lavoirs"
    assert source.publisher == "Département des Trois Vallées"


@pytest.mark.parametrize("address", ["/actualites/lavoirs", "javascript:void(0)", "https://", "lavoirs"])
def test_an_html_page_with_a_bad_address_of_its_own_is_still_read(tmp_path: Path, address: str) -> None:
    document = load(
        tmp_path, "a.html", HTML.replace("https://www.trois-vallees.fr/actualites/lavoirs", address)
    )
    url = document.sources[0].url
    assert document.title == TITLE
    assert url is None or url.startswith("https://")


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path, end: str) -> None:
    path = tmp_path / "lavoirs.txt"
    path.write_text(TEXT, encoding="utf-8")
    plain = load_page(path)
    path.write_bytes(("\ufeff" + TEXT.replace("\n", end)).encode())
    assert load_page(path) == plain


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("1. Premier point du dossier.", "1. Premier point du dossier."),
        ("12) Douzième point du dossier.", "12) Douzième point du dossier."),
        ("# pas un titre ici.", "# pas un titre ici."),
        ("> pas une citation.", "> pas une citation."),
        ("Le champ <nom> et [la case] sont à remplir.", "Le champ <nom> et [la case] sont à remplir."),
        ("Un prix*, avec note_de_bas_de page*.", "Un prix*, avec note_de_bas_de page*."),
        ("R&amp;D et `code` restent.", "R&amp;D et `code` restent."),
        ("Le chemin C:\\aides est long.", "Le chemin C:\\aides est long."),
        ("- Un élément de liste.", "Un élément de liste."),
        ("• Un élément de liste.", "Un élément de liste."),
        ("    Un alinéa en retrait.", "Un alinéa en retrait."),
    ],
)
def test_marks_of_a_plain_text_stay_as_they_stand(tmp_path: Path, line: str, kept: str) -> None:
    assert sentences(load(tmp_path, "a.txt", f"Le titre\n\n{line}\nEt la suite.\n")) == [kept, "Et la suite."]


def test_items_of_a_plain_text_are_items(tmp_path: Path) -> None:
    document = load(
        tmp_path, "a.txt", "Le titre\n\nSont aidés :\n- les haies ;\n– les arbres ;\n• les lavoirs.\n"
    )
    assert [(block.text, block.is_item) for block in document.sections[0].blocks] == [
        ("Sont aidés : les haies ; les arbres ; les lavoirs.", True),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Une phrase seule se termine par un point.",
        "une ligne sans majuscule",
        "Une énumération commence :",
        "Un très long paragraphe " + "sans point final mais bien trop long pour un titre " * 2,
    ],
)
def test_a_line_that_is_no_heading_is_text(tmp_path: Path, line: str) -> None:
    document = load(tmp_path, "a.txt", f"Le titre\n\nTexte.\n\n{line}\n\nSuite.\n")
    assert [section.path for section in document.sections] == [()]


@pytest.mark.parametrize("heading", ["Montant & durée", "Le taux [2023]", "Étape #2"])
def test_a_heading_of_a_plain_text_is_kept_as_written(tmp_path: Path, heading: str) -> None:
    document = load(tmp_path, "a.txt", f"{heading}\n\nTexte.\n\n{heading} bis\n\nSuite.\n")
    shown = heading.replace("'", "’")
    assert document.title == shown
    assert [section.path for section in document.sections] == [(), (f"{shown} bis",)]


def test_the_page_s_own_date_wins_over_one_in_its_text(tmp_path: Path) -> None:
    text = "Le titre\n\nArticle publié le 14/06/2022\n\nLa liste publiée le 2 mars 2021 est close.\n"
    assert load(tmp_path, "a.txt", text).published == "2022-06-14"


def test_a_page_without_a_date_has_none(tmp_path: Path) -> None:
    document = load(tmp_path, "a.txt", "Le titre\n\nUn texte.\n")
    assert (document.published, document.updated) == (None, None)


def test_a_front_matter_gives_the_title_and_is_no_text(tmp_path: Path) -> None:
    document = load(tmp_path, "a.md", '---\ntitle: "Les haies"\nlayout: page\n---\n\nUn texte.\n')
    assert document.title == "Les haies"
    assert sentences(document) == ["Un texte."]


@pytest.mark.parametrize(
    ("name", "title"), [("notes-de-reunion_L2334-32.md", "Notes de reunion L2334-32"), ("a.txt", "A")]
)
def test_a_page_without_a_title_takes_the_name_of_its_file(tmp_path: Path, name: str, title: str) -> None:
    document = load(tmp_path, name, "un texte sans titre.\n")
    assert document.title == title
    assert len(document.sources[0].title) >= 3


def test_brackets_of_a_plain_page_are_no_citation_marks(tmp_path: Path) -> None:
    document = load(tmp_path, "a.md", "# Titre\n\nVoir la note [3]. Elle suit.\n")
    assert sentences(document) == ["Voir la note [3].", "Elle suit."]


def test_the_id_is_stable_shows_the_name_and_tells_folders_apart(tmp_path: Path, monkeypatch) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "page.md").write_text("Texte.", encoding="utf-8")
    first, second = document_id(tmp_path / "a/page.md"), document_id(tmp_path / "b/page.md")
    assert first != second
    assert first.startswith("doc:page.md-")
    assert str(tmp_path) not in first
    monkeypatch.chdir(tmp_path / "a")
    assert document_id(Path("page.md")) == document_id(Path("../a/page.md")) == first


class TestFindFiles:
    def test_a_folder_is_searched_with_its_subfolders_in_a_stable_order(self, tmp_path: Path) -> None:
        for name in ("b.md", "a.TXT", "sub/c.html", "sub/deep/d.htm", "e.markdown", "f.png", "g"):
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("x", encoding="utf-8")
        found = [path.relative_to(tmp_path).as_posix() for path in find_files(tmp_path)]
        assert found == ["a.TXT", "b.md", "e.markdown", "sub/c.html", "sub/deep/d.htm"]

    def test_hidden_files_and_folders_are_passed_over(self, tmp_path: Path) -> None:
        for name in (".a.md", ".git/b.md", ".git/x/y/z/c.md", "d.md"):
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("x", encoding="utf-8")
        assert [path.name for path in find_files(tmp_path)] == ["d.md"]

    def test_a_hidden_folder_that_is_named_is_searched(self, tmp_path: Path) -> None:
        folder = tmp_path / ".cache"
        folder.mkdir()
        (folder / "a.md").write_text("x", encoding="utf-8")
        assert [path.name for path in find_files(folder)] == ["a.md"]

    def test_a_missing_path_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(LoadError, match=r"absent.md » n’existe pas\. Vérifiez le chemin"):
            find_files(tmp_path / "absent.md")

    @pytest.mark.parametrize("name", ["a.png", "a.zip", "a", "a.md.bak"])
    def test_another_format_is_told_with_those_accepted(self, tmp_path: Path, name: str) -> None:
        path = tmp_path / name
        path.write_text("x", encoding="utf-8")
        with pytest.raises(
            LoadError, match=r"n’est pas d’un format connu.*\.html, \.markdown, \.md, .*\.txt"
        ):
            find_files(path)


class TestFilesThatCannotBeRead:
    def refused(self, path: Path) -> str:
        with pytest.raises(LoadError) as caught:
            load_page(path)
        assert str(path) in str(caught.value)
        return str(caught.value)

    @pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf", b"Contenu principal de la page\n"])
    @pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
    def test_no_text(self, tmp_path: Path, content: bytes, suffix: str) -> None:
        path = tmp_path / f"vide{suffix}"
        path.write_bytes(content)
        assert "ne contient aucun texte. Retirez-le ou vérifiez" in self.refused(path)

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("a.md", "# Un titre seul\n"),
            ("a.txt", "Un titre seul\n"),
            ("a.html", "<html><head><title>Un titre seul</title></head><body></body></html>"),
        ],
    )
    def test_a_title_without_text(self, tmp_path: Path, name: str, content: str) -> None:
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        assert "ne contient aucun texte. Retirez-le ou vérifiez" in self.refused(path)

    def test_bytes_that_are_no_text(self, tmp_path: Path) -> None:
        path = tmp_path / "image.txt"
        path.write_bytes(bytes(range(256)))
        assert "n’est pas un texte lisible" in self.refused(path)

    def test_too_large(self, tmp_path: Path) -> None:
        path = tmp_path / "gros.txt"
        path.write_text("Un texte.", encoding="utf-8")
        os.truncate(path, 20_000_001)
        assert "dépasse 20 Mo. Découpez-le" in self.refused(path)

    def test_a_read_that_fails(self, tmp_path: Path) -> None:
        path = tmp_path / "page.md"
        path.mkdir()
        assert "est illisible" in self.refused(path)

    @pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
    def test_no_right_to_read(self, tmp_path: Path) -> None:
        path = tmp_path / "secret.md"
        path.write_text("Texte.", encoding="utf-8")
        path.chmod(0)
        assert "est illisible (Permission denied). Vérifiez ses droits" in self.refused(path)


def test_a_pipe_is_refused_rather_than_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "tube.txt"
    os.mkfifo(pipe)
    with pytest.raises(LoadError, match="n’est pas un fichier"):
        find_files(pipe)


@pytest.mark.parametrize(
    "stated", ["240301_Guide_des_lavoirs", "Microsoft Word - lavoirs.doc", "Document1", "lavoirs.pdf"]
)
def test_a_title_that_is_the_name_of_a_file_is_none(tmp_path: Path, stated: str) -> None:
    path = tmp_path / "guide.html"
    path.write_text(f"<title>{stated}</title><p>Les lavoirs sont aidés.</p>", encoding="utf-8")
    loaded = load_document(path)
    assert (loaded.document.title, "title" in loaded.missing) == ("Guide", True)
    path.write_text(f"<title>{stated}</title><h2>Les lavoirs</h2><p>Un texte.</p>", encoding="utf-8")
    loaded = load_document(path)
    assert (loaded.document.title, "title" in loaded.missing) == ("Les lavoirs", False)
