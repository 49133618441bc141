"""Check what a fiche refers to outside itself: other schemes, fiches named in the text, lists of communes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from corpus.errors import Problem
from corpus.fiches.catalogue import Catalogue
from corpus.fiches.fiche import Fiche
from corpus.french.folding import words
from corpus.labels import TerritoryList

# "voir la fiche « A »", "voir les fiches « A » et « B »".
REFERENCE = re.compile(
    r"[Vv]oir (?:la fiche|les fiches)[\u00a0 ]«[^«»]*»(?:(?:,|[\u00a0 ](?:et|ou))[\u00a0 ]«[^«»]*»)*"
)
_QUOTED = re.compile(r"«([^«»]*)»")


def check_relations(fiche: Fiche, catalogue: Catalogue) -> Iterator[Problem]:
    """Each relation leads to another fiche of the folder."""
    for index, relation in enumerate(fiche.scheme.relations):
        line = fiche.front.line(("relations", index, "scheme"))
        field = f"relations.{index}.scheme"
        if relation.scheme == fiche.scheme.id:
            problem = "la fiche se désigne elle-même"
            yield Problem(fiche.path, line, field, problem, "supprimez cette relation")
        elif relation.scheme not in catalogue and not fiche.path.with_stem(relation.scheme).is_file():
            problem = f"aucune fiche ne s’appelle « {relation.scheme} »"
            remedy = "écrivez le nom d’un fichier de fiche, sans « .md »"
            yield Problem(fiche.path, line, field, problem, remedy)


def check_references(fiche: Fiche, catalogue: Catalogue) -> Iterator[Problem]:
    """Each fiche named in the text bears that name."""
    names = {_key(name) for scheme in catalogue.schemes for name in (scheme.name, scheme.short_name or "")}
    for section in fiche.sections:
        for block in section.blocks:
            for reference in REFERENCE.findall(block.text):
                for name in _QUOTED.findall(reference):
                    if _key(name) not in names:
                        problem = f"aucune fiche ne porte le nom « {name.strip()} »"
                        remedy = "recopiez le « name » ou le « short_name » de cette fiche"
                        yield Problem(fiche.path, block.line, section.title, problem, remedy)


def check_lists(fiche: Fiche, lists: Collection[TerritoryList]) -> Iterator[Problem]:
    """Each list that a criterion refers to is in the data of the territory."""
    for index, criterion in enumerate(fiche.scheme.criteria):
        rules = criterion.criteria if criterion.kind == "one_of" else (criterion,)
        for rule in rules:
            named = rule.any_of if rule.kind == "has_label" or rule.kind == "listed_in" else ()
            for missing in (name for name in named if name not in lists):
                problem = f"la liste « {missing} » n’est pas dans les données du territoire"
                remedy = f"choisissez parmi {', '.join(sorted(lists))}"
                line = fiche.front.line(("criteria", index))
                yield Problem(fiche.path, line, f"criteria.{index}", problem, remedy)


def _key(name: str) -> str:
    return " ".join(words(name))
