"""What the columns of a table of schemes are: said by an officer in YAML, else told by their names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.french.folding import words
from ingest.errors import LoadError

_MOST_BYTES = 100_000

NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "id": (
            "id", "identifiant", "code", "numéro", "référence", "uid", "id dispositif",
            "référence administrative",
        ),
        "title": (
            "titre", "intitulé", "nom", "libellé", "dispositif", "aide", "nom du dispositif",
            "nom de l’aide", "intitulé du dispositif", "intitulé de l’aide", "titre de l’aide",
            "libellé du dispositif", "aide nom", "title", "name",
        ),
        "publisher": (
            "financeur", "financeurs", "porteur", "organisme", "éditeur", "publisher", "financers",
            "nom du financeur", "organisme financeur", "structure porteuse", "nom attribuant",
        ),
        "url": (
            "url", "lien", "adresse", "page", "site", "site internet", "lien internet",
            "url du dispositif", "lien vers le descriptif complet", "source lien",
            "adresse internet", "url descriptif",
        ),
        "description": (
            "description", "descriptif", "objet", "présentation", "objectif", "objectifs", "résumé",
            "contenu", "description de l’aide", "description du dispositif", "objet de l’aide",
        ),
        "eligibility": (
            "conditions", "éligibilité", "critères", "conditions d’éligibilité",
            "critères d’éligibilité", "conditions d’attribution", "aidconditions", "eligibility",
        ),
        "audiences": (
            "bénéficiaire", "bénéficiaires", "public", "publics", "public cible", "publics cibles",
            "pour qui", "profils", "publics bénéficiaires", "targeted audiences",
            "type de bénéficiaire", "cible", "cibles",
        ),
        "perimeter": (
            "périmètre", "territoire", "zone", "périmètre géographique", "zone géographique",
            "perimeter",
        ),
        "types": (
            "type d’aide", "types d’aide", "type", "nature", "nature de l’aide", "aid types",
        ),
        "amount": ("montant", "montants", "montant de l’aide", "montant maximum", "plafond"),
        "rate": ("taux", "taux d’aide", "taux de subvention", "taux d’intervention"),
        "rate_min": ("taux minimum", "taux min", "subvention rate lower bound"),
        "rate_max": ("taux maximum", "taux max", "subvention rate upper bound"),
        "opens": ("date d’ouverture", "date de début", "ouverture", "début", "start date"),
        "deadline": (
            "date limite", "date de clôture", "date de fin", "échéance", "date limite de dépôt",
            "clôture", "submission deadline", "fin",
        ),
        "procedure": (
            "démarche", "démarches", "procédure", "modalités", "modalités de dépôt",
            "comment faire ma demande", "comment en bénéficier",
        ),
        "contact": ("contact", "contacts", "coordonnées"),
        "published": ("date de publication", "publié le", "date created", "published"),
        "updated": (
            "date de mise à jour", "mise à jour", "date de modification", "dernière modification",
            "date updated", "updated",
        ),
    }
)  # fmt: skip
"""What is known of a scheme, each with the names that columns of it bear."""

_REMEDIES = {
    "extra_forbidden": "ce champ n’existe pas ; champs possibles : columns, publisher, licence",
    "string_type": "écrivez un texte, entre guillemets s’il le faut",
    "dict_type": "écrivez une colonne par ligne, comme « title: Intitulé »",
}


class Columns(BaseModel):
    """What an officer says of a table.

    Attributes:
        columns: the name of the column for what is known of a scheme (:data:`NAMES`).
        publisher: who funds the schemes whose row doesn't say so.
        licence: under which the table is published.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    columns: dict[str, str] = Field(default_factory=dict)
    publisher: str = ""
    licence: str = ""


def read_columns(path: Path) -> Columns:
    """Read what is said of a table.

    Raises:
        LoadError: the file isn't there, isn't YAML, or a field is wrong.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise LoadError(f"« {path} » est trop grand pour décrire des colonnes.")
        values = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise LoadError(f"« {path} » est illisible ({error.strerror}). Vérifiez le chemin.") from error
    except (UnicodeDecodeError, yaml.YAMLError, ValueError, RecursionError) as error:
        raise LoadError(f"« {path} » n’est pas un YAML lisible en UTF-8. Corrigez-le.") from error
    try:
        said = Columns.model_validate(values if values is not None else {})
    except ValidationError as error:
        raise LoadError(f"« {path} » : {_told(error)}. Corrigez-le.") from error
    if unknown := [name for name in said.columns if name not in NAMES]:
        raise LoadError(
            f"« {path} » : « {unknown[0]} » n’est pas connu. Une colonne peut être : {', '.join(NAMES)}."
        )
    return said


def fields_of(head: Sequence[str], said: Columns, table: str) -> dict[int, str]:
    """Tell what each column is, by its place; those that nothing tells aren't in the result.

    Args:
        head: the names of the columns.
        said: by an officer; it wins over names.
        table: how a message names the table.

    Raises:
        LoadError: a column that the officer names isn't there, or none gives the names of the schemes.
    """
    places = {_plain(name): place for place, name in reversed(list(enumerate(head)))}
    found: dict[int, str] = {}
    for field, name in said.columns.items():
        if _plain(name) not in places:
            raise LoadError(f"« {table} » n’a pas de colonne « {name} ». Colonnes : {_listed(head)}.")
        found[places[_plain(name)]] = field
    for field, names in _plain_names().items():
        if field not in found.values():
            place = next((places[name] for name in names if name in places), None)
            if place is not None and place not in found:
                found[place] = field
    if "title" not in found.values():
        raise LoadError(
            f"« {table} » : aucune colonne n’est reconnue comme le nom des dispositifs. Colonnes : "
            f"{_listed(head)}. Dites laquelle l’est dans un fichier YAML donné par --columns "
            "(« columns: {title: NOM DE LA COLONNE} »)."
        )
    return found


@cache
def _plain_names() -> dict[str, tuple[str, ...]]:
    return {field: tuple(map(_plain, names)) for field, names in NAMES.items()}


def _plain(name: str) -> str:
    """A name of a column without accents and signs; « Date_limite (dépôt) » is « date limite depot »."""
    return " ".join(words(_CAMEL.sub(" ", name)))


_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])")


def _listed(head: Sequence[str]) -> str:
    return ", ".join(f"« {name} »" for name in head if name.strip())[:500] or "aucune"


def _told(error: ValidationError) -> str:
    mistakes: list[Any] = list(error.errors())
    return " ; ".join(
        f"champ « {'.'.join(map(str, mistake['loc'])) or 'fichier'} », "
        f"{_REMEDIES.get(mistake['type'], 'valeur refusée')}"
        for mistake in mistakes
    )
