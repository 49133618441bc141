"""The rules of a fiche: each broken once in a small valid fiche, with its message, file and line."""

from pathlib import Path
from types import MappingProxyType

import pytest

from corpus.check import check_catalogue, check_corpus, check_fiche
from corpus.check.typography import fix_typography
from corpus.fiches.catalogue import Catalogue
from corpus.fiches.fiche import load_fiche
from corpus.labels import TerritoryList

NB = "\u00a0"
FICHE = f"""---
id: velo
name: "Plan vélo{NB}: pistes cyclables"
short_name: Plan vélo
aliases: [piste cyclable, vélo]
funder: region
aid_types: [grant]
beneficiaries: [commune]
topics: [active_mobility]
status: {{state: unknown, as_of: 2024-12-20}}
checked: 2026-11-23
funding:
  - {{label: "règle 2023", rate_min: 0.20, rate_max: 0.30, amount_max: 30000, valid_from: 2023, source: 1}}
  - {{label: "budget", envelope: 2500000, valid_from: 2023, valid_until: 2024, source: 2}}
windows:
  - {{opens: 2024-04-01, closes: 2024-06-30, source: 2}}
criteria:
  - {{kind: population_between, max_exclusive: 20000, source: 1}}
  - kind: one_of
    source: 1
    criteria:
      - {{kind: has_label, any_of: [pvd], source: 1}}
      - {{kind: cost_between, min_inclusive: 5000, source: 1}}
relations:
  - {{kind: complements, scheme: parc, source: 2}}
sources:
  - {{n: 1, title: "Le plan vélo", publisher: Région, url: "https://exemple.fr/velo", published: 2023-03-31}}
  - n: 2
    title: "Le vélo en 2024"
    publisher: Région
    published: 2024
    also: [{{title: "La suite", publisher: Région, url: "https://exemple.fr/suite"}}]
---
## Objet
- La Région aide les communes de moins de 20{NB}000{NB}habitants à créer une piste cyclable. [1]

## Montant
- La Région paie de 20 à 30{NB}% du coût, jusqu’à 30{NB}000{NB}€. [1]
- Le coût du projet est d’au moins 5{NB}000{NB}€. [1]
- Le budget est de 2,5{NB}M€ par an. [1][2]

## Calendrier
- Les demandes se déposaient du 1er avril au 30 juin 2024. [2]

## À ne pas confondre
- Le parc à vélos relève d’une autre aide{NB}: voir la fiche «{NB}Parc à 50 vélos{NB}».

## Ce que l’on ne sait pas
- La règle de 2027 sur le taux de 30{NB}% n’a pas été trouvée.
"""
OTHER = """---
id: parc
name: "Parc à 50 vélos"
aliases: [parking à vélos]
funder: state
aid_types: [grant]
beneficiaries: [commune]
topics: [active_mobility]
status: {state: closed, as_of: 2024}
checked: 2026-11-23
sources:
  - {n: 1, title: "Le parc", publisher: "État", published: 2024}
---
## Objet
- L’État aidait les communes à créer un parc à vélos. [1]
"""


def corpus_with(folder: Path, velo: str = FICHE, parc: str = OTHER) -> Path:
    (folder / "velo.md").write_text(velo, encoding="utf-8")
    (folder / "parc.md").write_text(parc, encoding="utf-8")
    return folder


def line_of(text: str, fragment: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if fragment in line)


def test_the_valid_corpus_has_no_problem(tmp_path: Path) -> None:
    assert check_corpus(corpus_with(tmp_path)) == []


# What is written instead of what; the line where the problem shows; what its message says.
BREAKS = [
    # schema: read by corpus.fiche, reported here with the rest
    ("funder: region", "funder: mairie", "funder: mairie", "« mairie » n’est pas une valeur connue"),
    ("checked: 2026-11-23", "checked: hier", "checked: hier", "n’a pas la bonne forme"),
    ("short_name: Plan vélo", "sigle: PV", "sigle: PV", "champ inconnu"),
    ("funder: region", "funder: region\nfunder: state", "funder: state", "champ écrit deux fois"),
    # source numbers, both ways
    (
        "max_exclusive: 20000, source: 1",
        "max_exclusive: 20000, source: [1, 7]",
        "20000",
        "la source 7 n’existe pas",
    ),
    ("any_of: [pvd], source: 1", "any_of: [pvd], source: 8", "[pvd]", "la source 8 n’existe pas"),
    ("scheme: parc, source: 2", "scheme: parc, source: 9", "scheme: parc", "la source 9 n’existe pas"),
    ("cyclable. [1]", "cyclable. [1][4]", "[1][4]", "la source 4 n’existe pas"),
    (
        "sources:\n",
        "sources:\n",  # replaced by the test below: a third source that nothing cites
        "La troisième",
        "la source 3 n’est citée nulle part",
    ),
    # dates
    ("as_of: 2024-12-20", "as_of: 2026-12-20", "as_of", "2026-12-20 est après la date de vérification"),
    ("published: 2023-03-31", "published: 1923-03-31", "n: 1", "1923-03-31 est trop ancien"),
    (
        "    published: 2024\n",
        "    published: 2027\n",
        "published: 2027",
        "2027 est après la date de vérification",
    ),
    ("closes: 2024-06-30", "closes: 2204-06-30", "closes", "2204-06-30 est hors des années plausibles"),
    ("opens: 2024-04-01", "opens: 2024-07-01", "opens", "la date d'ouverture suit la date de clôture"),
    (
        "valid_from: 2023, valid_until: 2024",
        "valid_from: 2025, valid_until: 2024",
        "budget",
        "valid_from suit valid_until",
    ),
    # addresses
    ("https://exemple.fr/velo", "exemple.fr/velo", "exemple.fr/velo", "n’est pas une adresse web"),
    ("https://exemple.fr/suite", "https://exemple/suite", "exemple/suite", "adresse web douteuse"),
    ("https://exemple.fr/suite", "https://exemple.fr/suite…", "suite…", "adresse web douteuse"),
    # relations and lists
    ("scheme: parc", "scheme: tramway", "tramway", "aucune fiche ne s’appelle « tramway »"),
    ("scheme: parc", "scheme: velo", "scheme: velo", "la fiche se désigne elle-même"),
    ("Parc à 50 vélos", "Parc à 60 vélos", "Parc à 60", "aucune fiche ne porte le nom « Parc à 60 vélos »"),
    ("any_of: [pvd]", "any_of: [amis]", "[amis]", "« amis » n’est pas une valeur connue"),
    # statements and their marks
    ("cyclable. [1]", "cyclable.", "cyclable.", "énoncé sans source"),
    ("de moins de", "[1] de moins de", "[1] de moins", "un repère de source n’est pas à la fin de l’énoncé"),
    ("cyclable. [1]", "cyclable. [1] Elle est gratuite.", "gratuite", "n’est pas à la fin de l’énoncé"),
    ("cyclable. [1]", "cyclable. [1][1]", "[1][1]", "le même numéro de source est écrit deux fois"),
    ("cyclable. [1]", "cyclable [1]", "cyclable [1]", "l’énoncé ne finit pas par un point"),
    # figures
    (
        "amount_max: 30000",
        "amount_max: 40000",
        "règle 2023",
        "« 40 000 » n’apparaît dans aucun énoncé qui cite [1]",
    ),
    ("rate_min: 0.20", "rate_min: 0.25", "règle 2023", "« 25 % » n’apparaît dans aucun énoncé qui cite [1]"),
    ("par an. [1][2]", "par an. [1]", "budget", "« 2 500 000 » n’apparaît dans aucun énoncé qui cite [2]"),
    ("max_exclusive: 20000", "max_exclusive: 3500", "population", "« 3 500 » n’apparaît dans aucun énoncé"),
    ("min_inclusive: 5000", "min_inclusive: 6000", "cost_between", "« 6 000 » n’apparaît dans aucun énoncé"),
    ("opens: 2024-04-01", "opens: 2024-04-02", "opens", "« 2024-04-02 » n’apparaît dans aucun énoncé"),
    (f"taux de 30{NB}%", f"taux de 45{NB}%", "taux de 45", f"le chiffre « 45{NB}% » n’a pas de source"),
    ("relève d’une autre aide", "relève de 2 autres aides", "2 autres", "le chiffre « 2 » n’a pas de source"),
    # sections
    ("## Montant", "## Combien", "## Combien", "titre de section inconnu"),
    ("## Montant", "### Montant", "### Montant", "titre de niveau 3"),
    ("## Montant", "## Cumul", "## Calendrier", "la section vient après « Cumul »"),
    ("## Montant", "## Objet", "## Objet\n- La Région paie", "section écrite deux fois"),
    ("## Calendrier\n", "## Calendrier\n\n## Démarche\n", "## Calendrier", "section vide"),
    ("## Objet\n", "", "La Région aide", "texte placé avant le premier titre"),
    ("## Objet\n", "## Chiffres clés\n", "## Chiffres clés", "la section « Objet » manque"),
    ("## Ce que l’on ne sait pas\n", "", "## Objet", "la section « Ce que l’on ne sait pas » manque"),
    # typography
    ("jusqu’à", "jusqu'à", "jusqu'à", "typographie (apostrophe courbe ’) : « jusqu’à »"),
    (f"30{NB}% du coût", "30 % du coût", "30 % du", "typographie (espace insécable avant % et €)"),
    ("Le plan vélo", "Le coeur du plan vélo", "coeur", "typographie (ligature œ) : « cœur »"),
    # aliases
    (
        "piste cyclable, vélo]",
        "piste cyclable, Pistë-cyclable]",
        "Pistë",
        "« Pistë-cyclable » répète « piste cyclable »",
    ),
    ("piste cyclable, vélo]", "piste cyclable, '-']", "'-'", "nom d’usage vide"),
    (
        "piste cyclable, vélo]",
        "piste cyclable, Parking a velos]",
        "Parking",
        "déjà un nom de la fiche « parc »",
    ),
]


@pytest.mark.parametrize(("old", "new", "where", "message"), BREAKS, ids=[case[3] for case in BREAKS])
def test_each_rule_says_what_where(tmp_path: Path, old: str, new: str, where: str, message: str) -> None:
    assert old in FICHE
    broken = FICHE.replace(old, new, 1)
    if where == "La troisième":
        source = '  - {n: 3, title: "La troisième", publisher: Région}\n'
        broken = FICHE.replace("---\n## Objet", f"{source}---\n## Objet")
    problems = [
        problem for problem in check_corpus(corpus_with(tmp_path, broken)) if problem.file.stem == "velo"
    ]
    found = [problem for problem in problems if message in problem.problem]
    assert found, problems
    wanted = broken[: broken.index(where)].count("\n") + 1
    assert found[0].line == wanted
    assert str(found[0]).startswith(f"{tmp_path / 'velo.md'}:{wanted}")
    assert found[0].remedy


def test_a_list_that_the_territory_lacks(tmp_path: Path) -> None:
    fiche = load_fiche(corpus_with(tmp_path) / "velo.md")
    parc = load_fiche(tmp_path / "parc.md")
    catalogue = Catalogue(MappingProxyType({"parc": parc, "velo": fiche}))
    assert check_catalogue(catalogue, tuple(TerritoryList)) == []
    (problem,) = check_catalogue(catalogue, [TerritoryList.ACV])
    assert problem.problem == "la liste « pvd » n’est pas dans les données du territoire"
    assert problem.remedy == "choisissez parmi acv"
    assert problem.line == line_of(FICHE, "kind: one_of")


CONFUSED = "  - {{kind: often_confused_with, scheme: {}}}\n"


@pytest.mark.parametrize(
    ("velo_says", "parc_says", "allowed"),
    [(False, False, False), (True, False, False), (False, True, False), (True, True, True)],
)
def test_a_shared_alias_needs_both_declarations(
    tmp_path: Path, velo_says: bool, parc_says: bool, allowed: bool
) -> None:
    velo = FICHE.replace("cyclable, vélo]", "cyclable, vélo, PARKING À VÉLOS]")
    if velo_says:
        velo = velo.replace("relations:\n", "relations:\n" + CONFUSED.format("parc"))
    parc = (
        OTHER.replace("sources:\n", "relations:\n" + CONFUSED.format("velo") + "sources:\n")
        if parc_says
        else OTHER
    )
    problems = check_corpus(corpus_with(tmp_path, velo, parc))
    assert (problems == []) is allowed
    assert all(
        "« PARKING À VÉLOS » est déjà un nom de la fiche « parc »" in str(problem) for problem in problems
    )


def test_a_closed_scheme_needs_no_unknowns_and_an_open_one_does(tmp_path: Path) -> None:
    folder = corpus_with(tmp_path, parc=OTHER.replace("state: closed", "state: open"))
    (problem,) = check_corpus(folder)
    assert problem.file.name == "parc.md"
    assert problem.problem == "la section « Ce que l’on ne sait pas » manque"


def test_every_file_is_checked_when_one_is_unreadable(tmp_path: Path) -> None:
    folder = corpus_with(
        tmp_path, OTHER.replace("---\n## Objet", "## Objet"), OTHER.replace("vélos. [1]", "vélos.")
    )
    problems = check_corpus(folder)
    assert [(problem.file.name, problem.line) for problem in problems if "parc" in problem.file.name]
    assert [problem.problem for problem in problems if problem.file.name == "velo.md"]


def test_an_unreadable_fiche_is_not_also_said_to_be_missing(tmp_path: Path) -> None:
    problems = check_corpus(corpus_with(tmp_path, parc=OTHER.replace("funder: state", "funder: toto")))
    assert not any("aucune fiche ne s’appelle" in problem.problem for problem in problems)


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    (problem,) = check_corpus(tmp_path)
    assert problem.problem == "aucune fiche dans ce dossier"


@pytest.mark.parametrize(
    ("fragment", "spoilt"),
    [
        (f"20{NB}000{NB}habitants", "20000 habitants"),
        (f"jusqu’à 30{NB}000{NB}€", "jusqu'à 30 000€"),
        ('label: "règle 2023"', "label: 'règle de l''été'"),
        ('title: "La suite"', 'title: "La \\"suite\\" : 30 %"'),
        ('title: "Le vélo en 2024"', "title: L'oeuvre du vélo"),
    ],
)
def test_fix_mends_typography_and_nothing_else(tmp_path: Path, fragment: str, spoilt: str) -> None:
    assert fragment in FICHE
    path = corpus_with(tmp_path, FICHE.replace(fragment, spoilt)) / "velo.md"
    before = load_fiche(path)
    assert check_fiche(before)
    assert fix_typography(before)
    after = load_fiche(path)
    assert check_fiche(after) == []
    assert not fix_typography(after)
    changed = [
        (old, new)
        for old, new in zip(before.front.front.splitlines(), after.front.front.splitlines(), strict=True)
        if old != new
    ]
    assert len(changed) <= 1
    assert after.scheme.aliases == before.scheme.aliases
    assert [source.url for source in after.scheme.sources] == [source.url for source in before.scheme.sources]


def test_a_right_fiche_is_not_rewritten(tmp_path: Path) -> None:
    path = corpus_with(tmp_path) / "velo.md"
    assert not fix_typography(load_fiche(path))
    assert path.read_text(encoding="utf-8") == FICHE
