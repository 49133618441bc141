"""Each mistake an officer can make, and the line that tells them how to mend it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import CorpusError
from corpus.fiches.document import Sentence
from corpus.fiches.fiche import load_fiche

RIGHT = """\
---
id: lavoirs
name: Aide à la restauration des lavoirs
aliases: [lavoir, lavoirs]
funder: region
aid_types: [grant]
beneficiaries: [commune]
topics: [heritage]
status: {state: unknown, as_of: 2024-12-20}
checked: 2026-11-23
funding:
  - {label: "règle 2023", rate_max: 0.30, amount_max: 30000, source: 1}
windows:
  - opens: 2024-04-01
    closes: 2024-06-30
    source: [1, 2]
criteria:
  - {kind: beneficiary_in, any_of: [commune], source: 1}
  - kind: population_between
    max_exclusive: 20000
    source: 1
  - kind: one_of
    source: 2
    criteria:
      - {kind: has_label, any_of: [pvd], source: 2}
      - kind: cost_between
        max_inclusive: 90000
        source: 2
sources:
  - n: 1
    title: Les lavoirs de la Région
    publisher: La Région
    url: https://exemple.fr/lavoirs
    published: 2023-03-31
  - n: 2
    title: Les lavoirs, suite
    publisher: La Région
---
## Objet
- L’aide restaure les lavoirs. [1]
- Elle aide aussi les fontaines. [1][2]

## Ce que l’on ne sait pas
- Aucune campagne pour 2026 n’a été trouvée.
"""
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(text: str = RIGHT, name: str = "lavoirs.md") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def refused(path: Path) -> CorpusError:
    with pytest.raises(CorpusError) as caught:
        load_fiche(path)
    return caught.value


def test_a_right_fiche_is_read_whole(write: Write) -> None:
    fiche = load_fiche(write())
    assert fiche.scheme.id == "lavoirs"
    assert fiche.scheme.funding[0].rate_max == 0.30
    assert [type(criterion).__name__ for criterion in fiche.scheme.criteria] == [
        "BeneficiaryIn",
        "PopulationBetween",
        "OneOf",
    ]
    assert [section.path for section in fiche.sections] == [("Objet",), ("Ce que l’on ne sait pas",)]


def test_blocks_bear_the_line_of_the_file(write: Write) -> None:
    lines = RIGHT.split("\n")
    for section in load_fiche(write()).sections:
        assert lines[section.line - 1] == f"## {section.title}"
        for block in section.blocks:
            assert lines[block.line - 1].startswith(f"- {block.text[:20]}")


@pytest.mark.parametrize("mark", ["\ufeff", ""])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_saved_by_windows_is_read(tmp_path: Path, mark: str, end: str) -> None:
    path = tmp_path / "lavoirs.md"
    path.write_bytes((mark + RIGHT.replace("\n", end)).encode())
    assert load_fiche(path).sections[0].blocks[0].sentences == (
        Sentence("L’aide restaure les lavoirs.", (1,)),
    )


# What the officer changes, and then: line, field, what is wrong, what to do.
MISTAKES = {
    "field left out": ("funder: region\n", "", 2, "funder", "champ obligatoire absent", "ajoutez-le"),
    "field left out of a criterion": (
        "    max_exclusive: 20000\n    source: 1\n",
        "    max_exclusive: 20000\n",
        19,
        "criteria.1.source",
        "champ obligatoire absent",
        "ajoutez-le",
    ),
    "unknown field": ("topics:", "topic:", 8, "topic", "champ inconnu", "corrigez son nom"),
    "unknown field of a line": (
        "rate_max:",
        "taux:",
        12,
        "funding.0.taux",
        "champ inconnu",
        "corrigez son nom",
    ),
    "value not in the list": (
        "funder: region",
        "funder: département",
        5,
        "funder",
        "« département » n’est pas une valeur connue",
        "choisissez parmi 'region', 'state', 'department', 'eu', 'public_body' ou 'association'",
    ),
    "value not in the list, inside": (
        "[pvd]",
        "[village]",
        25,
        "criteria.2.criteria.0.any_of.0",
        "« village »",
        "'pvd'",
    ),
    "no such day": (
        "checked: 2026-11-23",
        "checked: 2026-02-30",
        10,
        "checked",
        "« 2026-02-30 » n’a pas la bonne forme",
        "écrivez une date comme 2024-06-30",
    ),
    "date in words": (
        "checked: 2026-11-23",
        "checked: novembre",
        10,
        "checked",
        "« novembre »",
        "2024-06-30",
    ),
    "no such day, partial date": (
        "published: 2023-03-31",
        "published: 2023-02-30",
        34,
        "sources.0.published",
        "la date 2023-02-30 n'existe pas",
        "corrigez cette valeur",
    ),
    "partial date in words": (
        "as_of: 2024-12-20",
        "as_of: fin 2024",
        9,
        "status.as_of",
        "2023, 2023-07 ou 2023-07-07",
        "corrigez cette valeur",
    ),
    "address without https": (
        "url: https://exemple.fr/lavoirs",
        "url: exemple.fr/lavoirs",
        33,
        "sources.0.url",
        "« exemple.fr/lavoirs » n’est pas une adresse web",
        "https://…",
    ),
    "address with a space": (
        "url: https://exemple.fr/lavoirs",
        "url: https://exemple.fr/les lavoirs",
        33,
        "sources.0.url",
        "ne contient pas d'espace",
        "corrigez cette valeur",
    ),
    "rate in per cent": (
        "0.30",
        "30",
        12,
        "funding.0.rate_max",
        "« 30 » est trop grand",
        "30 % s’écrit 0.30",
    ),
    "rate of nothing": ("0.30", "0", 12, "funding.0.rate_max", "trop petit", "supérieur à 0"),
    "number with spaces": (
        "max_exclusive: 20000",
        "max_exclusive: 20 000",
        20,
        "criteria.1.max_exclusive",
        "« 20 000 » n’a pas la bonne forme",
        "écrivez un nombre entier",
    ),
    "number in words, inside": (
        "max_inclusive: 90000",
        "max_inclusive: beaucoup",
        27,
        "criteria.2.criteria.1.max_inclusive",
        "« beaucoup » n’a pas la bonne forme",
        "écrivez un nombre (point décimal, sans espace)",
    ),
    "unknown kind of criterion": (
        "kind: population_between",
        "kind: population_under",
        19,
        "criteria.1",
        "genre de critère inconnu (kind)",
        "'population_between'",
    ),
    "criterion without a kind": (
        "{kind: beneficiary_in, ",
        "{",
        18,
        "criteria.0",
        "pas de genre",
        "ajoutez « kind: »",
    ),
    "text for a list": (
        "[lavoir, lavoirs]",
        "lavoir",
        4,
        "aliases",
        "« lavoir »",
        "une liste entre crochets",
    ),
    "empty list": ("[lavoir, lavoirs]", "[]", 4, "aliases", "liste vide", "ajoutez au moins un élément"),
    "empty text": (
        "name: Aide à la restauration des lavoirs",
        'name: ""',
        3,
        "name",
        "texte vide",
        "complétez-le",
    ),
    "text for a group": (
        "{state: unknown, as_of: 2024-12-20}",
        "ouvert",
        9,
        "status",
        "« ouvert »",
        "« nom: valeur »",
    ),
    "source without a number": (
        "source: [1, 2]",
        "source: [un]",
        16,
        "windows.0.source.0",
        "« un »",
        "nombre entier",
    ),
    "closed before it opens": (
        "closes: 2024-06-30",
        "closes: 2024-01-30",
        14,
        "windows.0",
        "la date d'ouverture suit la date de clôture",
        "corrigez cette valeur",
    ),
    "no figure": ("rate_max: 0.30, amount_max: 30000, ", "", 12, "funding.0", "au moins un taux", "corrigez"),
    "sources misnumbered": ("- n: 2", "- n: 3", 29, "sources", "numérotez les sources 1, 2, 3…", "corrigez"),
    "id that is no slug": ("id: lavoirs", "id: Lavoirs", 2, "id", "« Lavoirs » n’a pas la forme", "a-z0-9"),
    "id of another file": (
        "id: lavoirs",
        "id: fontaines",
        2,
        "id",
        "diffère du nom du fichier",
        "écrivez « lavoirs »",
    ),
    "field written twice": (
        "funder: region\n",
        "funder: region\nfunder: state\n",
        6,
        "funder",
        "deux fois",
        "gardez une",
    ),
    "yaml: quote not closed": ("name: Aide", 'name: "Aide', None, "", "YAML mal formé", "les guillemets"),
    "yaml: two colons": ("name: Aide", "name: Aide : ", 3, "", "YAML mal formé", "les deux-points"),
    "yaml: tab": ("    closes:", "\tcloses:", 15, "", "YAML mal formé", "les retraits de cette ligne"),
    "yaml: forbidden character": (
        "name: Aide",
        "name: \x07Aide",
        3,
        "",
        "caractère interdit",
        "retapez la ligne",
    ),
    "no front matter": ("---\nid:", "id:", 1, "", "absent ou n’est pas fermé", "« --- »"),
    "front matter not closed": ("---\n## Objet", "## Objet", 1, "", "absent ou n’est pas fermé", "« --- »"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_with_its_line_field_and_remedy(write: Write, mistake: str) -> None:
    old, new, line, field, problem, remedy = MISTAKES[mistake]
    assert RIGHT.count(old) == 1
    path = write(RIGHT.replace(old, new))
    said = [found for found in refused(path).problems if found.field == field]
    assert len(said) == 1
    assert line is None or said[0].line == line
    text = str(said[0])
    assert text.startswith(f"{path}:{said[0].line} ")
    assert f"(champ « {field} »)" in text if field else "champ «" not in text
    assert problem in text.partition(". À faire : ")[0]
    assert remedy in text.partition(". À faire : ")[2]
    assert "\n" not in text


def test_several_mistakes_are_listed_together(write: Write) -> None:
    wrong = RIGHT.replace("0.30", "30").replace("funder: region", "funder: moi").replace("topics:", "topic:")
    error = refused(write(wrong))
    assert [(found.line, found.field) for found in error.problems] == [
        (5, "funder"),
        (2, "topics"),
        (12, "funding.0.rate_max"),
        (8, "topic"),
    ]
    assert str(error).split("\n") == [str(found) for found in error.problems]


@pytest.mark.parametrize("front", ["", "# rien\n", "- une\n- liste\n", "texte\n"])
def test_a_front_matter_without_fields_is_refused(write: Write, front: str) -> None:
    assert "l’en-tête est vide" in str(refused(write(f"---\n{front}---\n## Objet\nTexte.\n")))


@pytest.mark.parametrize("body", ["", "\n\n", "## Objet\n"])
def test_a_fiche_without_text_is_refused(write: Write, body: str) -> None:
    front = RIGHT[: RIGHT.index("## Objet")]
    error = refused(write(front + body))
    assert "la fiche n’a pas de texte. À faire : écrivez au moins la section « ## Objet »." in str(error)
    assert error.problems[0].line == front.count("\n") + 1


def test_a_file_in_latin_1_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "lavoirs.md"
    path.write_bytes(RIGHT.replace("’", "'").encode("latin-1"))
    text = str(refused(path))
    assert text.startswith(f"{path} : fichier illisible")
    assert text.endswith("À faire : enregistrez-le en UTF-8.")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert "fichier illisible" in str(refused(tmp_path / "absent.md"))


def test_the_document_carries_what_ingestion_needs(write: Write) -> None:
    document = load_fiche(write()).as_document
    assert (document.id, document.scheme_id, document.path) == ("fiche:lavoirs", "lavoirs", "lavoirs.md")
    assert document.title == "Aide à la restauration des lavoirs"
    assert document.keywords == ("lavoir", "lavoirs")
    assert document.updated == "2026-11-23"


def test_a_sentence_without_a_mark_is_backed_by_the_record_of_the_fiche(write: Write) -> None:
    document = load_fiche(write()).as_document
    cited = [sentence.sources for _, sentence in document.sentences()]
    assert cited == [(1,), (1, 2), (3,)]
    record = document.sources[2]
    assert (record.n, record.published) == (3, "2026-11-23")
    assert "non trouvées" in record.title


def test_aliases_that_multiply_are_refused_before_they_are_followed(write: Write) -> None:
    front = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 40)
    )
    problem = refused(write(f"---\n{front}---\n## Objet\n")).problems[0]
    assert (problem.line, problem.problem) == (3, "renvoi YAML (« *nom »)")


def test_a_front_matter_too_deep_is_refused(write: Write) -> None:
    text = f"---\nid: {'[' * 20_000}{']' * 20_000}\n---\n## Objet\n"
    assert refused(write(text)).problems[0].problem == "l’en-tête a trop de niveaux"
