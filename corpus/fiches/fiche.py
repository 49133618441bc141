"""Read one fiche: YAML front matter checked field by field, Markdown body cut into sections."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from corpus.errors import CorpusError, Problem
from corpus.fiches.asked import ASKED_DIR, AskedQuestion, AskedSource, read_asked
from corpus.fiches.document import Block, Document, Section, Sentence
from corpus.fiches.front_matter import FrontMatter, Place, read_front_matter
from corpus.fiches.markdown import read_sections
from corpus.fiches.scheme import Scheme
from corpus.source import Source

log = logging.getLogger(__name__)
OPENING_SECTION = "Objet"
WAY = "Démarche"
"""The section on how to ask for an aid."""
CONFUSION_SECTION = "À ne pas confondre"
UNKNOWN_SECTION = "Ce que l’on ne sait pas"
SECTION_TITLES: tuple[str, ...] = (
    OPENING_SECTION,
    "Chiffres clés",
    "Bénéficiaires",
    "Dépenses éligibles",
    "Dépenses exclues",
    "Montant",
    "Calendrier",
    "Démarche",
    "Exemples",
    "Cumul",
    CONFUSION_SECTION,
    UNKNOWN_SECTION,
)
STORY_SECTIONS = frozenset({"Chiffres clés", "Exemples"})
"""Those that tell what was done or voted."""
"""The headings of a fiche: a closed list, in its order."""


@dataclass(frozen=True)
class Fiche:
    """A scheme with the text that explains it.

    Attributes:
        scheme: the typed front matter.
        sections: the body.
        path: the file.
        asked: questions that people ask about it, with the places of the sentences that answer.
    """

    scheme: Scheme
    sections: tuple[Section, ...]
    path: Path
    asked: tuple[AskedQuestion, ...] = ()

    @cached_property
    def front(self) -> FrontMatter:
        """Its file, read again, with the line of each field: for messages.

        Raises:
            CorpusError: the file has changed and can't be read any more.
        """
        return read_front_matter(self.path)

    @property
    def sentences(self) -> tuple[str, ...]:
        """Its sentences, in order: what ``asked`` counts by place."""
        return _texts(self.sections)

    def __hash__(self) -> int:
        """Hash the scheme's name alone: the whole text at each look-up would cost more than what is kept."""
        return hash(self.scheme.id)

    @cached_property
    def as_document(self) -> Document:
        """The fiche as ingestion takes it.

        A sentence without a mark is the fiche's own finding ("non trouvé"): its source is the
        record of what was looked for, dated by ``checked``.
        """
        scheme = self.scheme
        record = Source(
            n=len(scheme.sources) + 1,
            title=f"Fiche « {scheme.label} » : relevé des informations non trouvées",
            publisher="Assistant des dispositifs régionaux",
            published=scheme.checked.isoformat(),
        )
        return Document(
            id=f"fiche:{scheme.id}",
            title=scheme.name,
            scheme_id=scheme.id,
            path=self.path.name,
            published=None,
            updated=scheme.checked.isoformat(),
            sources=(*scheme.sources, record),
            sections=tuple(_with_record(section, record.n) for section in self.sections),
            keywords=scheme.aliases,
            short_title=scheme.short_name or "",
        )


def _texts(sections: tuple[Section, ...]) -> tuple[str, ...]:
    return tuple(
        sentence.text for section in sections for block in section.blocks for sentence in block.sentences
    )


def _with_record(section: Section, record: int) -> Section:
    blocks = tuple(
        Block(
            sentences=tuple(
                sentence if sentence.sources else Sentence(sentence.text, (record,))
                for sentence in block.sentences
            ),
            is_item=block.is_item,
            line=block.line,
        )
        for block in section.blocks
    )
    return Section(path=section.path, blocks=blocks, line=section.line)


def load_fiche(path: Path, asked_from: AskedSource = read_asked) -> Fiche:
    """Read and validate one fiche.

    Args:
        path: the file.
        asked_from: where the questions that people ask about it come from; by default the file beside it.

    Raises:
        CorpusError: with every problem of the file, each with line, field and remedy.
    """
    front = read_front_matter(path)
    try:
        scheme = Scheme.model_validate(front.values)
    except ValidationError as error:
        raise CorpusError([_problem(path, front, detail) for detail in error.errors()]) from error
    if scheme.id != path.stem:
        line = front.line(("id",))
        raise _one(path, line, "id", f"« {scheme.id} » diffère du nom du fichier", f"écrivez « {path.stem} »")
    sections = read_sections(front.body, first_line=front.body_line)
    if not sections:
        remedy = "écrivez au moins la section « ## Objet »"
        raise _one(path, front.body_line, "", "la fiche n’a pas de texte", remedy)
    asked, problems = asked_from(asked_path(path), _texts(sections))
    for problem in problems:
        log.warning("%s", problem)
    return Fiche(scheme=scheme, sections=sections, path=path, asked=asked)


def asked_path(path: Path) -> Path:
    """Where the questions that people ask about a fiche are written."""
    return path.parent / ASKED_DIR / f"{path.stem}.yaml"


def _one(path: Path, line: int, field: str, problem: str, remedy: str) -> CorpusError:
    return CorpusError([Problem(path, line, field, problem, remedy)])


def _problem(path: Path, front: FrontMatter, detail: ErrorDetails) -> Problem:
    # pydantic also puts the kind of a criterion in the place; only what the file holds is named.
    known: Place = ()
    for part in detail["loc"]:
        if (*known, part) in front.lines:
            known = (*known, part)
    named = (*known, detail["loc"][-1]) if detail["type"] == "missing" else known
    field = ".".join(str(part) for part in named)
    problem, remedy = _in_french(detail)
    return Problem(path, front.line(known), field, problem, remedy)


def _in_french(detail: ErrorDetails) -> tuple[str, str]:
    """Say a pydantic error in French: what is wrong, what to write."""
    context = detail.get("ctx", {})
    kind, value = detail["type"], detail["input"]
    shown = f"« {value} »" if not isinstance(value, dict | list) else "la valeur"
    expected = str(context.get("expected", "")).replace(" or ", " ou ")
    table: dict[str, tuple[str, str]] = {
        "missing": ("champ obligatoire absent", "ajoutez-le"),
        "extra_forbidden": ("champ inconnu", "supprimez-le ou corrigez son nom"),
        "enum": (f"{shown} n’est pas une valeur connue", f"choisissez parmi {expected}"),
        "literal_error": (
            f"{shown} n’est pas une valeur connue",
            f"choisissez parmi {expected}",
        ),
        "union_tag_invalid": (
            "genre de critère inconnu (kind)",
            f"choisissez parmi {context.get('expected_tags', '')}",
        ),
        "union_tag_not_found": ("le critère n’a pas de genre", "ajoutez « kind: »"),
        "string_pattern_mismatch": (
            f"{shown} n’a pas la forme attendue",
            f"respectez le modèle {context.get('pattern', '')}",
        ),
        "string_too_short": ("texte vide ou trop court", "complétez-le"),
        "too_short": ("liste vide ou trop courte", "ajoutez au moins un élément"),
        "greater_than": (f"{shown} est trop petit", f"écrivez un nombre supérieur à {context.get('gt')}"),
        "greater_than_equal": (f"{shown} est trop petit", f"écrivez {context.get('ge')} ou plus"),
        "less_than_equal": (
            f"{shown} est trop grand",
            f"écrivez {context.get('le')} ou moins (un taux de 30 % s’écrit 0.30)",
        ),
        "value_error": (str(context.get("error", detail["msg"])), "corrigez cette valeur"),
    }
    if kind in table:
        return table[kind]
    if kind.startswith("url_"):
        return f"{shown} n’est pas une adresse web", "écrivez une adresse complète, https://…"
    if kind.startswith(("int_", "float_", "date_", "bool_", "string_", "tuple_", "model_")):
        form = {
            "int": "un nombre entier",
            "float": "un nombre (point décimal, sans espace)",
            "date": "une date comme 2024-06-30",
            "bool": "true ou false",
            "string": "un texte",
            "tuple": "une liste entre crochets",
            "model": "des champs « nom: valeur »",
        }[kind.split("_")[0]]
        return f"{shown} n’a pas la bonne forme", f"écrivez {form}"
    return detail["msg"], "corrigez cette valeur"
