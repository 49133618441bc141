"""The commune that a form names beside a question: by its label, as a page wrote it, by a name or a code."""

from __future__ import annotations

from assistant.eligibility.service import EligibilityService
from assistant.errors import AmbiguousCommune, UnknownCommune
from assistant.page.plain.fields import Field
from corpus.communes.commune import Commune


def commune_named(service: EligibilityService, place: Field) -> tuple[Commune | None, str]:
    """The commune named beside a question; else the sentence that says why there is none."""
    if not place.usable:
        return None, place.refusal
    label = next((item for item in service.suggest(place.usable) if item.label == place.usable), None)
    try:
        text = f"insee:{label.insee}" if label else place.usable
        return service.chosen(text).commune, ""
    except (AmbiguousCommune, UnknownCommune) as error:
        return None, str(error)
