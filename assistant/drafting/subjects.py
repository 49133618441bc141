"""What the aid is about and which form it takes, from its title, its purpose and what it pays."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from assistant.reading.stated.finding import Confidence, Found
from assistant.reading.stated.statement import Statement, plain
from assistant.reading.topics import find_topics
from corpus.labels import AidType, Topic

# What the words of each section of a fiche weigh; those of the others tell nothing of the subject.
_WEIGHTS: Mapping[str, float] = {
    "Objet": 2.0,
    "Dépenses éligibles": 1.0,
    "Montant": 0.5,
    "Bénéficiaires": 0.25,
}
_TITLE = 3.0
# How often a topic must come back, and how near the first one, to be one of the aid's.
_LEAST, _NEAR, _SURE, _MOST = 2.0, 0.45, 5.0, 4
# Words of topics that are ordinary words of a programme document.
_ORDINARY = re.compile(
    r"\ben place\b|\bsur place\b|\bmis\w{0,2} en place\b|\bmise en place\b|\bde (?:cette |toute )?nature\b|\bla nature (?:de|des|du)\b|\bnature et\b"
    r"|\bespaces? (?:de |ouverts? )|\bchambres? (?:consulaires?|des? metiers?|de commerce\w{0,3})\b|\bregistre du commerce\b|\bsite internet\b|\bfactures?\b"
    r"|\bplateformes? numeriques?\b|\bclassees? sans suite\b|\bdemarches? numeriques?\b|\btarif\w{0,4}\b|\bcommerce et des metiers\b"
)
# "Classé" is no class of a school once its accents are off.
_PROTECTED = re.compile(r"\b[Cc]lassé\w{0,2}")
_RURAL = re.compile(r"\brura(?:l|le|les|ux)\b|\bruralites?\b|\bvillages?\b")
_RURAL_NAMES = re.compile(r"\bchemins? rura\w{1,2}\b")

_FORMS: tuple[tuple[AidType, re.Pattern[str]], ...] = tuple(
    (form, re.compile(words))
    for form, words in (
        (
            AidType.GRANT,
            r"\bsubventions?\b|\bsubventionn\w{1,6}|\bdotations?\b|\bprimes?\b|\brembours\w{1,6}|\baides? financieres?\b(?! :)",
        ),
        (
            AidType.LOAN,
            r"\bprets? (?:a taux|d'honneur|sans interet|bonifi\w{2,3})|\bavances? remboursables?\b",
        ),
        (
            AidType.ENGINEERING,
            r"\bingenierie\b|\bportage foncier\b|\bassistance technique\b|\bassistance a maitrise d'ouvrage\b",
        ),
        (AidType.ADVICE, r"\bconseils? (?:gratuits?|personnalises?|techniques?|neutres?)\b"),
        (AidType.MEMBERSHIP, r"\badhesions? (?:a l|au|des|de la commune)\b"),
        (AidType.LABEL, r"\blabellis\w{2,7}|\ble label\b"),
    )
)


def topics_of(title: str, statements: Sequence[Statement], sections: Mapping[int, str]) -> list[Found[Topic]]:
    """The topics of the aid, the main one first; each with the statement that tells it best.

    Args:
        title: the title of the document.
        statements: its statements.
        sections: the section of a fiche that each goes to, by its number.
    """
    weights: dict[Topic, float] = defaultdict(float)
    telling: dict[Topic, tuple[float, Statement]] = {}
    for statement in statements:
        weight = _WEIGHTS.get(sections.get(statement.number, ""), 0.0)
        for topic in _named(statement.text) if weight else ():
            weights[topic] += weight
            if weight > telling.get(topic, (0.0, statement))[0]:
                telling[topic] = weight, statement
    for topic in _named(title):
        if topic in telling or statements:
            weights[topic] += _TITLE
            telling.setdefault(topic, (0.0, statements[0]))
    ranked = sorted(weights.items(), key=lambda pair: -pair[1])[:_MOST]
    return [
        Found(topic, telling[topic][1], _confidence(weight))
        for topic, weight in ranked
        if weight >= _LEAST and weight >= _NEAR * ranked[0][1]
    ]


def forms_of(statements: Sequence[Statement], paying: Statement | None) -> list[Found[AidType]]:
    """The forms of the aid that the document names, each with the first statement that does.

    Args:
        statements: its statements.
        paying: one that gives a rate or a sum of the aid: it pays, where nothing names another form.
    """
    found: list[Found[AidType]] = []
    for form, pattern in _FORMS:
        saying = next((item for item in statements if pattern.search(item.folded)), None)
        under = next(
            (item for item in statements if any(map(pattern.search, map(plain, item.headings)))), None
        )
        if saying is not None:
            found.append(Found(form, saying))
        elif under is not None:
            found.append(Found(form, under, "likely"))
    return found or ([Found(AidType.GRANT, paying, "likely")] if paying is not None else [])


def _named(text: str) -> frozenset[Topic]:
    bare = _ORDINARY.sub(" ", plain(_PROTECTED.sub(" ", text)))
    rural = frozenset({Topic.RURAL}) if _RURAL.search(_RURAL_NAMES.sub(" ", bare)) else frozenset()
    return find_topics(bare) | rural


def _confidence(weight: float) -> Confidence:
    return "sure" if weight >= _SURE else "likely"
