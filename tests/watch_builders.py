"""One small fiche with the dates, periods and sources that a test chooses."""

from __future__ import annotations

from pathlib import Path

from corpus.fiches.fiche import Fiche, load_fiche

SOURCE = '{n: 1, title: "La page", publisher: Région, url: "https://example.org/page", published: 2026-10-01}'
_FICHE = """\
---
id: {name}
name: "Aide aux passerelles {name}"
aliases: [passerelle {name}]
funder: region
aid_types: [grant]
beneficiaries: [commune]
topics: [active_mobility]
status: {{state: {state}, as_of: {as_of}}}
checked: {checked}
{more}
sources:
{sources}
---
## Objet
- L’aide aux passerelles soutient la construction de passerelles. [1]
## Montant
- La Région paie jusqu’à 30 % de la dépense. [1]
- L’aide aux passerelles ne dépasse pas 30 000 €. [1]
"""


def write_fiche(
    folder: Path,
    name: str = "passerelles",
    *,
    state: str = "unknown",
    as_of: str = "2026-10-15",
    checked: str = "2026-11-01",
    more: str = "windows: []",
    sources: tuple[str, ...] = (SOURCE,),
) -> Path:
    """Write a fiche on which there is nothing to look at on 28 November 2026, but for what is given."""
    path = folder / f"{name}.md"
    lines = "\n".join(f"  - {source}" for source in sources)
    path.write_text(
        _FICHE.format(name=name, state=state, as_of=as_of, checked=checked, more=more, sources=lines),
        encoding="utf-8",
    )
    return path


def fiche(folder: Path, **front: object) -> Fiche:
    """Write it and read it."""
    return load_fiche(write_fiche(folder, **front))  # type: ignore[arg-type]
