"""What an officer says of a document beside it, in ``NAME.meta.yaml``: title, publisher, dates, names."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.source import PartialDate, WebAddress
from ingest.errors import LoadError

_MOST_BYTES = 100_000
_SUFFIX = ".meta.yaml"
_REMEDIES = {
    "extra_forbidden": "ce champ n’existe pas ; champs possibles : {fields}",
    "string_type": "écrivez un texte, entre guillemets s’il le faut",
    "string_too_short": "ce texte est trop court",
    "tuple_type": "écrivez une liste : [un nom, un autre nom]",
}


class Sidecar(BaseModel):
    """What is said of a document; it wins over what the document says of itself.

    Attributes:
        title: what it's called.
        publisher: who publishes it.
        published: date of publication, as precise as known.
        updated: date of its last update.
        url: where it's found.
        aliases: other names that people give it; the search reads them.
        valid_until: the last day on which it's the rule; its sources tell it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    title: str | None = Field(default=None, min_length=3)
    publisher: str | None = Field(default=None, min_length=2)
    published: PartialDate | None = None
    updated: PartialDate | None = None
    url: WebAddress | None = None
    aliases: tuple[str, ...] = ()
    valid_until: PartialDate | None = None


NOTHING_SAID = Sidecar()


def sidecar_of(path: Path) -> Sidecar:
    """Read what is said beside a document: ``aide.pdf.meta.yaml``, else ``aide.meta.yaml``.

    Raises:
        LoadError: the file isn't YAML, or a field is wrong.
    """
    return next((_read(beside) for beside in sidecar_paths(path) if beside.is_file()), NOTHING_SAID)


def sidecar_paths(path: Path) -> tuple[Path, Path]:
    """Where what is said of a document may be; the first that is there counts."""
    return path.with_name(f"{path.name}{_SUFFIX}"), path.with_name(f"{path.stem}{_SUFFIX}")


def _read(path: Path) -> Sidecar:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise LoadError(
                f"« {path} » est trop grand pour décrire un document. Gardez-y les seuls champs utiles."
            )
        values = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise LoadError(f"« {path} » est illisible ({error.strerror}). Vérifiez ses droits.") from error
    except (UnicodeDecodeError, yaml.YAMLError, ValueError) as error:  # ValueError: a day that can't be
        raise LoadError(
            f"« {path} » n’est pas un YAML lisible en UTF-8. Corrigez-le ou retirez-le."
        ) from error
    try:
        return Sidecar.model_validate(values if values is not None else {})
    except ValidationError as error:
        raise LoadError(f"« {path} » : {_told(error)}. Corrigez-le.") from error


def _told(error: ValidationError) -> str:
    """Every mistake in French, with the field it's in."""
    fields = ", ".join(Sidecar.model_fields)
    told = []
    for mistake in error.errors():
        name = ".".join(map(str, mistake["loc"])) or "fichier"
        kept = str(mistake["ctx"]["error"]) if mistake["type"] == "value_error" else "valeur refusée"
        told.append(f"champ « {name} », {_REMEDIES.get(mistake['type'], kept).format(fields=fields)}")
    return " ; ".join(told)
