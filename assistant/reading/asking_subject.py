"""Whether the sentence that asks has a commune as its subject, whoever else the message names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.reading.places import Place, marked
from corpus.french.folding import fold

# What stands for a place's name while subjects are looked for: a sign that folding keeps and nobody writes.
_MARK = "¤"
_STARTS = r"(?:^|[.,:;!?()]|\b(?:que|si|et|alors|donc|ou|mais)\b|\bqu'|[-–—] )\s*+"
_TOWN = r"(?:commune|mairie|ville|village|municipalite|bourg)\b"
_OBTAINS = r"(?:demand|obten|benefici|avoir|recev|touch|pretend|depos|candidat|etre|solliciter|l'|y |en )"
_ASKS = (
    r"(?:(?:est|serait|peut|pourrait|remplit|entre|doit|reste|a|aurait)(?:-t)?[- ](?:elle|il)\b"
    r"|(?:est|serait)(?: bien| donc| aussi)? (?:eligible|concernee?)\b"
    rf"|(?:peut|pourrait) (?:bien |donc |aussi )?{_OBTAINS}|(?:a|aurait) (?:bien |aussi )?droit\b)"
)
# "Don est-elle éligible", "la commune de Don peut-elle", "si notre village a droit"; not "le club de la commune".
_COMMUNE = re.compile(
    rf"{_STARTS}(?:la |le |les |l')?{_MARK}[\s)]*+(?:, ?)?{_ASKS}"
    rf"|(?<!\bde )(?<!\bdans )(?<!\bsur )(?<!\ba )(?<!\bpar )(?<!\bavec )\b(?:la|le|notre|ma|cette|une) "
    rf"(?:petite )?{_TOWN}(?: nouvelle)?\s*+(?:(?:de|du|d'|a)\s*+)?(?:{_MARK}[\s)]*+)?(?:, ?)?{_ASKS}"
)
_WE = re.compile(
    r"\b(?:sommes|serions|avons|aurions|pouvons|pourrions|remplissons|devons)[- ]nous\b|\bpeut[- ]on\b|\ba-t-on droit\b"
    r"|\b(?:nous sommes|on est|on serait) eligibles?\b|\b(?:nous avons|on a|on aurait) droit\b"
)
_THE_TOWN = re.compile(rf"\b(?:la|notre|ma) {_TOWN}")


def commune_asks(text: str, places: Sequence[Place], *, commune_known: bool) -> bool:
    """Whether what a message asks is asked of a commune: named, "la commune", or "nous" beside one of them.

    Args:
        text: the message.
        places: those that it names.
        commune_known: whether the conversation has said the applicant's commune before.
    """
    folded = fold(marked(text, places, _MARK))
    if _COMMUNE.search(folded):
        return True
    beside = bool(places) or commune_known or _THE_TOWN.search(folded) is not None
    return beside and _WE.search(folded) is not None
