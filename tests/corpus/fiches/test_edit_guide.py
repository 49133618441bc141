"""The officer's guide says what the code does: its lists, its fields, its example, its messages."""

import re
from enum import StrEnum
from pathlib import Path

import pytest

from corpus import labels
from corpus.check import check_corpus
from corpus.fiches.criteria import Criterion
from corpus.fiches.fiche import SECTION_TITLES
from corpus.fiches.scheme import Funding, Scheme

GUIDE = (Path(__file__).parents[3] / "docs" / "editer-une-fiche.md").read_text(encoding="utf-8")
LISTS = {
    "`funder`": (labels.Funder, labels.FUNDER_LABELS),
    "`aid_types`": (labels.AidType, labels.AID_TYPE_LABELS),
    "`beneficiaries` et `beneficiary_in`": (labels.Beneficiary, labels.BENEFICIARY_LABELS),
    "`state` (dans `status`)": (labels.State, labels.STATE_LABELS),
    "`topics` et `project_is`": (labels.Topic, labels.TOPIC_LABELS),
    "`has_label` et `listed_in`": (labels.TerritoryList, labels.LIST_LABELS),
    "`kind` des `relations`": (labels.RelationKind, labels.RELATION_LABELS),
}


def table_after(heading: str) -> list[list[str]]:
    """The rows of the first table after a line, its head left out."""
    lines = iter(GUIDE[GUIDE.index(heading) + len(heading) :].splitlines())
    rows = []
    for line in lines:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
        elif rows:
            break
    return rows[2:]


@pytest.mark.parametrize("heading", LISTS)
def test_each_closed_list_is_that_of_the_code(heading: str) -> None:
    values: type[StrEnum]
    values, names = LISTS[heading]
    assert table_after(f"#### {heading}\n") == [[f"`{value}`", names[value]] for value in values]


def test_every_field_is_explained_and_no_other() -> None:
    rows = table_after("### Remplir l’en-tête")
    assert [row[0].strip("`") for row in rows] == list(Scheme.model_fields)
    required = {name for name, field in Scheme.model_fields.items() if field.is_required()}
    assert {row[0].strip("`") for row in rows if row[1] == "oui"} == required


def test_every_field_of_funding_and_every_criterion_is_explained() -> None:
    rows = table_after("Ce qu’une ligne de `funding`")
    assert re.findall(r"`(\w+)`", " ".join(row[0] for row in rows)) == list(Funding.model_fields)
    kinds = re.findall(r"Literal\['(\w+)'\]", _kinds_of_the_code())
    rows = table_after("Les conditions (`criteria`)")
    assert [row[0].strip("`") for row in rows] == kinds


def _kinds_of_the_code() -> str:
    simple_or_one_of = Criterion.__args__[0]
    return " ".join(str(model.model_fields["kind"].annotation) for model in simple_or_one_of.__args__)


def test_the_section_titles_are_those_of_the_check() -> None:
    titles = re.findall(r"^\d+\. (.+)$", GUIDE[GUIDE.index("Les titres possibles") :], re.MULTILINE)
    assert tuple(titles) == SECTION_TITLES


def test_the_example_passes_the_check(tmp_path: Path) -> None:
    example = GUIDE.split("```markdown\n")[1].split("```")[0]
    (tmp_path / "aide-aux-passerelles.md").write_text(example, encoding="utf-8")
    assert [str(problem) for problem in check_corpus(tmp_path)] == []


def test_each_message_shown_is_one_that_the_check_gives() -> None:
    folder = Path(labels.__file__).parent
    code = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    rows = table_after("Les erreurs fréquentes")
    assert len(rows) > 10
    for row in rows:
        message = row[0].replace("\u00a0", " ").removeprefix("« ").removesuffix(" »")
        # What stands between guillemets or brackets, and any figure, changes from one fiche to the next.
        parts = re.split(r"« [^»]* »|\[\d\]|[\d-]+|\(…\)", message)
        for part in (part.strip(" ()") for part in parts):
            assert part in code, part
