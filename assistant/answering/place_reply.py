"""What is said of a place that no verdict can be about: outside the region, unknown, one of several."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.eligibility.service import Clash
from assistant.lines import line
from assistant.messages import french, places
from assistant.reading.intents import Intent
from assistant.reading.places import Place, Standing
from assistant.reading.understand import Question
from assistant.reply import Asked, Reply
from corpus.communes.commune import Commune
from corpus.communes.territory import Territory

MOST_CHOICES, MOST_NAMED = 12, 4
_SAME_EVERYWHERE = frozenset({Intent.EXAMPLES, Intent.WHAT, Intent.DIFFERENCE, Intent.COUNT})
_FOR_SOMEONE = frozenset({Intent.ELIGIBLE, Intent.LIST, Intent.HOW_MUCH, Intent.WHO})


def asks_of_a_place(question: Question, place: Place) -> bool:
    """Whether a question can't be answered without knowing a place: what is asked is asked for it.

    What a scheme is, when it opens, whom to write to: the answer is the same everywhere, and a note says
    that the place was left aside.
    """
    if not place.certain or question.intents & _SAME_EVERYWHERE:
        return False
    if place.standing is Standing.OUTSIDE:
        return bool(question.intents & _FOR_SOMEONE) or question.speaks_of_us
    return Intent.ELIGIBLE in question.intents


def place_reply(place: Place, schemes: Sequence[str] = ()) -> Reply:
    """Ask which commune is meant, or say that the place isn't one of the region's.

    Args:
        place: the place that the question is about.
        schemes: those that the question is about, kept for the next turn.
    """
    choices = tuple(commune.label for commune in place.communes[:MOST_CHOICES])
    outside = place.standing is Standing.OUTSIDE
    lines = [line("unknown", places.outside_region(place.where))] if outside else []
    if outside and not choices:
        return Reply(status="out_of_scope", lines=tuple(lines), schemes=tuple(schemes))
    did_you_mean = places.DID_YOU_MEAN if len(choices) == 1 else places.DID_YOU_MEAN_ONE
    question = did_you_mean if outside else _which(place, len(choices))
    return Reply(
        status="clarification",
        lines=(*lines, line("question", question)),
        schemes=tuple(schemes),
        asked=Asked(about="commune", scheme=schemes[0] if schemes else None, choices=choices),
        choices=choices,
    )


def is_said(place: Place, reply: Reply) -> bool:
    """Whether a reply speaks of a place already: it asks which one is meant, or says that it isn't ours."""
    return any(french.quoted(name) in reply.answer for name in (place.text, place.where) if name)


def place_note(place: Place) -> str:
    """One line on a place that the reply leaves aside; the reply is about others, or about none."""
    match place.standing:
        case Standing.OUTSIDE:
            return places.outside_aside(place.where)
        case Standing.UNKNOWN:
            return places.unknown_aside(place.text)
        case _ if place.against:
            return places.neither_aside(place.text, place.against)
        case _:
            return places.which_aside(place.text)


def former_note(place: Place, territory: Territory) -> str:
    """Say into which commune a former one was merged: that one asks, and its population counts."""
    names = (f for f in territory.former_communes.values() if f.name == place.where)
    kind = next((f.kind.value for f in names if f.successor == place.communes[0].insee), "")
    return places.former_commune(place.where, place.communes[0].name, kind)


def with_code_note(reply: Reply, clash: Clash | None) -> Reply:
    """The reply with a line on the reading of the code chosen beside the question, when it has two."""
    if clash is None:
        return reply
    own, *postal = clash.labels
    shown = postal[:MOST_NAMED]
    if len(postal) > len(shown):
        shown.append(places.OTHER_COMMUNES)
    note = places.read_as_insee(own, shown)
    return reply.model_copy(update={"lines": (*reply.lines, line("note", note))})


def _which(place: Place, shown: int) -> str:
    if place.standing is Standing.UNKNOWN:
        return places.unknown_commune(place.text, offered=shown > 0)
    if not place.communes:
        return places.none_of_them(place.text)
    left = len(place.communes) - shown
    more = places.and_others(left) if left else ""
    if place.against:
        return f"{places.which_of_both(place.text, place.against)}{more}"
    if place.is_code:
        postal, insee = _by_code(place)
        return places.which_of_code(place.text, [c.label for c in postal], insee.label if insee else None)
    if len(place.communes) == 1:
        return places.is_it(place.text, place.communes[0].label)
    return f"{places.which_commune(place.text, partial=place.is_partial)}{more}"


def _by_code(place: Place) -> tuple[list[Commune], Commune | None]:
    """The communes that have a code as their postcode, and the one that has it as its INSEE code."""
    postal = [commune for commune in place.communes if place.text in commune.postcodes]
    others = [commune for commune in place.communes if commune.insee == place.text]
    return postal, others[0] if others else None
