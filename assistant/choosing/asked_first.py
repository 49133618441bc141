"""Order the sentences chosen by what is asked: the end date, the first step, the case told come first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.choosing.evidence import Evidence
from assistant.reading.understand import Question
from corpus.french.folding import fold
from ingest.lexical import analyse

# How far behind the best, in logits, a sentence that gives what is asked goes before it.
_NEAR = 3.0
# From this probability on, the way to ask is what is asked.
_PLAINLY = 0.5
_OBJECT, _WAY = "Objet", "Démarche"
_ASKS_END = re.compile(
    r"\bjusqu.a (?:quand|quelle (?:date|annee))\b|\bdates? (?:limites?|de fin|de cloture)\b|\becheance\b"
    r"|\bquand (?:est[- ]ce que )?(?:ca |il |elle )?(?:s'arrete|finit|se termine|ferme)"
)
_TELLS_END = re.compile(
    r"\b(?:jusqu.(?:au|en|a)|au(?= \d)|au plus tard|avant (?:le|fin)|cl\w{2,7} (?:le|au)|fin|limite|terminee?"
    r"|echeance)\b[^.;]{0,30}\d"
)
# What has an end: requests, rather than a decision or the rules themselves.
_OF_REQUESTS = re.compile(r"\b(?:demand\w+|depo[ts]\w*|dossiers?|candidat\w+|sessions?)\b")
# What says that there is none: "sans date limite".
_SPEAKS_OF_END = re.compile(r"\bdates? limites?\b|\becheance\b")
_ASKS_WAY = re.compile(
    r"\bpar (?:quoi|ou)\b|\bcomment\b|\bquel(?:le)?s? (?:sont les )?(?:demarches?|etapes?)\b"
    r"|\bfaut[- ]il faire\b|\bpremiere? (?:pas|chose|etape|demarche)\b"
)
# What opens a sentence on one case: "Pour un commerce sédentaire, …".
_CASE = re.compile(r"^Pour ([^,:;.]{3,160}), ")


def asked_first(question: Question, kept: Sequence[Evidence]) -> list[Evidence]:
    """The sentences of an answer, best first, with what gives what is asked before what only comes near.

    Where one is for a case that the question tells, those of its section for other cases go.

    Args:
        question: the question.
        kept: the sentences, one at least, best first.
    """
    kept = _of_the_case_told(question, kept)
    asked, best = fold(question.text), fold(kept[0].sentence.text)
    if _ASKS_END.search(asked) and not _SPEAKS_OF_END.search(best):
        telling = [item for item in kept if _TELLS_END.search(fold(item.sentence.text))]
        if _OF_REQUESTS.search(asked):  # the end of the rules themselves isn't that of requests
            telling.sort(key=lambda item: _OF_REQUESTS.search(fold(item.sentence.text)) is None)
        elif _TELLS_END.search(best):
            return list(kept)
        return _first(kept, telling)
    read = question.read
    asks_way = read is not None and read.aspects["how"] >= _PLAINLY and bool(_ASKS_WAY.search(asked))
    if asks_way and kept[0].sentence.section == _OBJECT:
        return _first(kept, [item for item in kept if item.sentence.section == _WAY])
    return list(kept)


def _first(kept: Sequence[Evidence], giving: Sequence[Evidence]) -> list[Evidence]:
    """The sentences, the best of those that give what is asked first, where it's near the best of all."""
    best = kept[0]
    near = (
        item
        for item in giving
        if not item.is_gap
        and item.logit >= best.logit - _NEAR
        and item.hit.chunk.document_id == best.hit.chunk.document_id
    )
    first = next(near, best)
    return [first, *(item for item in kept if item is not first)]


def _of_the_case_told(question: Question, kept: Sequence[Evidence]) -> list[Evidence]:
    """The sentences without those of other cases than the one told, in the section of one that is for it."""
    asked = frozenset(analyse(question.content or question.text))
    cases = {id(item): _case(item, question) for item in kept}
    told = [item for item in kept if cases[id(item)] & asked]
    sections = {(item.hit.chunk.document_id, item.sentence.section) for item in told}
    left = [
        item
        for item in kept
        if item in told
        or not cases[id(item)]
        or (item.hit.chunk.document_id, item.sentence.section) not in sections
    ]
    return left or list(kept)


def _case(item: Evidence, question: Question) -> frozenset[str]:
    """The stems of the case that a sentence opens with; none where it names but the aid."""
    found = _CASE.match(item.sentence.text)
    if found is None:
        return frozenset()
    return frozenset(analyse(found[1])) - frozenset(analyse(f"{question.names} {item.hit.chunk.label}"))
