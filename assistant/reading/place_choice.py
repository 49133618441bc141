"""Read which of several communes a message chooses without its name: by rank, by department, by size, or none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from assistant.reading.place_reader import PlaceReader
from assistant.reading.places import Place, Role
from assistant.reading.yes_no import said
from assistant.reply import Message
from corpus.communes.commune import DEPARTMENTS, Commune
from corpus.french.folding import fold

# So many are offered: ranks beyond count nothing.
MOST_OFFERED = 12
# What a message that means none of those offered is read as.
NONE_OF_THEM = "Aucune de celles-là"
_ASKS = re.compile(r"\bparlez-vous\b|\bcommunes ci-dessous\b")
_LEAD = (
    r"\W{0,3}(?:(?:euh|alors|eh bien|bonjour|oui|c'est|ce serait|je parle|nous parlons|plutot|moi|pour|je veux dire"
    r"|celle|celui|la commune|la ville|le village|situee?|qui est|elle est|nous sommes|on est|je suis)[ ,:]{0,3}){0,5}+"
)
_END = r"\W{0,3}(?:$|[,.;!])"
_RANKS: Mapping[int, str] = MappingProxyType(
    {
        1: r"premiere?|1(?:er|ere|re)?",
        2: r"deuxieme|seconde?|2(?:e|eme|nde?)?",
        3: r"troisieme|3(?:e|eme)?",
        4: r"quatrieme|4(?:e|eme)?",
        5: r"cinquieme|5(?:e|eme)?",
        6: r"sixieme|6(?:e|eme)?",
        7: r"septieme|7(?:e|eme)?",
        8: r"huitieme|8(?:e|eme)?",
        9: r"neuvieme|9(?:e|eme)?",
        10: r"dixieme|10(?:e|eme)?",
        11: r"onzieme|11(?:e|eme)?",
        12: r"douzieme|12(?:e|eme)?",
        -1: r"(?:toute )?derniere?",
        -2: r"avant[- ]derniere?",
    }
)
_OF_THE_LIST = r"(?: (?:commune|ville|proposition|de la liste|des deux|des trois|citee|proposee|ligne))?"
_RANK = {
    rank: re.compile(rf"{_LEAD}(?:l[ae] |l'|(?:le )?(?:numero|n°|choix) ?)?(?:{word}){_OF_THE_LIST}{_END}")
    for rank, word in _RANKS.items()
}
_LARGEST = re.compile(rf"{_LEAD}la plus (?:grande|grosse|peuplee|importante){_OF_THE_LIST}{_END}")
_SMALLEST = re.compile(rf"{_LEAD}la (?:plus petite|moins peuplee){_OF_THE_LIST}{_END}")
_DEPARTMENT = {
    number: re.compile(
        rf"{_LEAD}(?:(?:dans|en|de|du|d'|au) ?)?(?:(?:le )?(?:departement|dept|dpt) ?(?:de |du |d')?)?(?:l'|la |le )?"
        rf"(?:{re.escape(fold(name)).replace(re.escape('-'), '[- ]')}|{number}){_END}"
    )
    for number, name in DEPARTMENTS.items()
}
_NONE = re.compile(
    rf"\W{{0,3}}(?:non\W{{1,3}})?(?:ni l'une? ni l'autre|ni l'une?\b|aucune?(?: (?:des (?:deux|trois|communes?)|d'elles|de (?:celles|ceux|ces)\b.{{0,20}}))?"
    rf"|pas (?:celles?|ceux)[- ]la|pas dans la liste|une autre(?: commune)?){_END}"
)


def refuses(text: str) -> bool:
    """Whether a message says that none of the communes offered is meant."""
    return _NONE.match(fold(text)) is not None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a message chooses: the communes left, none when it means none of those offered; and what it adds."""

    communes: tuple[Commune, ...]
    rest: str = ""


def chosen(text: str, communes: Sequence[Commune]) -> Chosen | None:
    """What a message chooses of the communes offered; None when it says nothing of the kind.

    Args:
        text: "la deuxième", "celle de l'Oise", "dans le 60", "la plus grande", "oui" to the only one.
        communes: those between which to choose, in the order in which they were offered.
    """
    folded = fold(text).replace("’", "'")
    answer = said(folded.strip()) if len(communes) == 1 else None
    if refuses(text) or answer == "no":
        return Chosen(())
    if answer == "yes":
        return Chosen(tuple(communes))
    for pattern, left in _ways(communes):
        if match := pattern.match(folded):
            rest = text[match.end() :].strip() if len(folded) == len(text) else ""
            return Chosen(left, rest)
    return None


def _ways(communes: Sequence[Commune]) -> Iterator[tuple[re.Pattern[str], tuple[Commune, ...]]]:
    """Each way to choose, with what it leaves."""
    shown = tuple(communes[:MOST_OFFERED])
    for number, pattern in _DEPARTMENT.items():
        yield pattern, tuple(commune for commune in communes if commune.department == number)
    for rank, pattern in _RANK.items():
        place = rank - 1 if rank > 0 else len(shown) + rank
        if 0 <= place < len(shown):
            yield pattern, shown[place : place + 1]
    by_size = sorted(communes, key=lambda commune: commune.population)
    yield _LARGEST, tuple(by_size[-1:])
    yield _SMALLEST, tuple(by_size[:1])


def with_choices(messages: Sequence[Message], places: PlaceReader) -> tuple[Message, ...]:
    """The conversation, each message that chooses a commune otherwise than by its name with its name instead."""
    return tuple(_named(messages, places))


def _named(messages: Sequence[Message], places: PlaceReader) -> Iterator[Message]:
    before: Message | None = None
    offered: Place | None = None
    for message in messages:
        told = message
        if message.role == "user":
            if before is not None and offered is not None and _asks_which(before):
                told = _by_name(message, offered)
            offered = _open(places.read(told.content)) or offered
        yield told
        before = message


def _asks_which(message: Message) -> bool:
    """Whether a message of ours asks which commune is meant, as its reply said or by its words."""
    if message.is_typed:
        return message.asked is not None and message.asked.about == "commune"
    return message.role == "assistant" and _ASKS.search(message.content) is not None


def _open(places: Sequence[Place]) -> Place | None:
    """The place of a message that was left to choose."""
    meant = (place for place in places if place.role is not Role.EXAMPLE and place.commune is None)
    return next((place for place in meant if place.communes), None)


def _by_name(message: Message, offered: Place) -> Message:
    choice = chosen(message.content, offered.communes)
    if choice is None:
        return message
    left = choice.communes
    name = left[0].label if left else NONE_OF_THEM
    if len(left) > 1:
        name = f"{offered.text} ({DEPARTMENTS[left[0].department]})"
    return message.model_copy(update={"content": f"{name}, {choice.rest}" if choice.rest else name})
