"""The places of a message: which they are, how sure that is, and in what role; and the message without them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.reading.french.lexicon import french_lexicon
from assistant.reading.french.number_words import HUNDRED, SCALES, VALUES
from corpus.communes.commune import Commune
from corpus.french.folding import fold, words
from corpus.places.codes import said_kind
from corpus.places.gazetteer import Gazetteer
from corpus.places.mention import Mention
from corpus.places.name import EXACT, How, name_key
from corpus.places.resolution import communes_of
from corpus.places.spans import Span, Spans
from corpus.places.stranger import Stranger

# A name met so is the region's, whatever town elsewhere bears it.
_OURS = EXACT | {How.WITHOUT_ARTICLE, How.GLUED, How.POSTCODE, How.INSEE}
# "à côté de Laon", "j’ai vu que Noyon", "entre Laon et Soissons": a landmark or an example, not the commune meant.
_NEIGHBOUR = re.compile(
    r"\b(?:vu|lu|entendu|appris)(?: dire)? qu(?:e |')(?:la (?:ville|commune) de )?$|\bexemple d(?:e |u |')$|"
    r"\b(?:a cote|pres|proche|loin|autour|voisine?|environs|rattachee?|limitrophe|fusionnee?|comme|contrairement)"
    r"(?: d[eu']| a)?(?: la (?:ville|commune) de)?\s*$|\bentre\s*$"
)
# "Pas Nieppe, Bailleul": a place that is denied; "pourquoi pas Nieppe" and "pas de Calais" deny none.
_DENIED = re.compile(
    r"(?<!pourquoi )(?<!est-ce )\b(?:pas|ni|sauf|hors|excepte|plutot que|et non)"
    r"(?: (?:a|pour|celle de|(?:a |pour )?la (?:commune|ville) de))?\s*$"
)
_ENDS = 60
_NUMBER_WORDS = frozenset({"et", *VALUES, *HUNDRED, *SCALES})
# "maire de", "nous sommes à", "notre commune": the name that follows is who asks.
_OURSELVES = re.compile(
    r"\b(?:je suis|nous sommes|on est)\b[^.?!,;]{0,30}$|\b(?:notre|ma) (?:commune|ville|village|mairie)[^.?!;]{0,20}$"
)
_JOINED = re.compile(
    r"[ \u00a0]*+(?:,|;|/|&|et|ou|ainsi qu[e'’])?[ \u00a0]*+(?:et )?(?:à |au |de |d['’]|pour )?"
)
# "La Caf de Lille", "la Métropole européenne de Lille": the name of a body, not the commune itself.
_BODY = re.compile(
    r"\b(?:caf|cci|metropole(?: europeenne)?|communaute (?:de communes|d'agglomeration|urbaine)|agglomeration|agglo"
    r"|intercommunalite|(?:sous-)?prefecture|prefete?|academie|universite|hopital|tribunal|syndicat|petr|diocese)"
    r" (?:de |du |d')(?:la |l')?$"
)
# Between the names of a list; a comma alone may also come between two sentences, or before a street.
_LINKED = re.compile(r"[ \u00a0]*+(?:[/&;]|,?[ \u00a0]*+(?:et|ou)\b)[ \u00a0]*+(?:à |au |de |d['’]|pour )?")
_COMMA = re.compile(r"[ \u00a0]*+,[ \u00a0]*+")
_SPACE = " "


class Standing(StrEnum):
    """What is known of a place."""

    KNOWN = "known"
    FORMER = "former"
    AMBIGUOUS = "ambiguous"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


class Role(StrEnum):
    """What a place does in the message."""

    APPLICANT = "applicant"
    SUBJECT = "subject"
    EXAMPLE = "example"


_STRANGE = frozenset({Standing.OUTSIDE, Standing.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Place:
    """A place named in a message.

    Attributes:
        start: where its name starts in the text.
        end: where it ends.
        text: the name as it stands there.
        standing: what is known of it.
        role: who asks, what is asked about, or a neighbour or an example.
        communes: the commune that it is; those between which to choose; of a place that the region hasn't,
            those of a like name, maybe none.
        certain: whether the name surely means a place.
        where: of a place outside the region, its name with its department; of a former commune, its own name.
        against: a code of the message that is another commune's than the name: both are among the communes.
    """

    start: int
    end: int
    text: str
    standing: Standing
    role: Role
    communes: tuple[Commune, ...] = ()
    certain: bool = True
    where: str = ""
    against: str = ""

    @property
    def commune(self) -> Commune | None:
        """The commune that it surely is."""
        settled = self.standing in {Standing.KNOWN, Standing.FORMER}
        return self.communes[0] if settled and self.communes else None

    @property
    def is_code(self) -> bool:
        """Whether it is written as a code."""
        return self.text.isdecimal()

    @property
    def is_partial(self) -> bool:
        """Whether the name begins those of the communes that it may be, rather than being theirs."""
        key = name_key(self.text)
        return any(name_key(commune.name) != key for commune in self.communes)


def read_places(text: str, gazetteer: Gazetteer, others: Sequence[Span] = ()) -> tuple[Place, ...]:
    """Read the places that a message names, in order.

    Args:
        text: the message.
        gazetteer: knows the communes of the region, and the places of France outside it.
        others: where names of other things stand, such as those of aids.
    """
    named = Spans(others)
    ours = [
        mention
        for mention in _with_listed(text, gazetteer.mentions(text), gazetteer)
        if not _is_a_part((mention.start, mention.end), named, others)
    ]
    at = Spans([(mention.start, mention.end) for mention in ours])
    strangers = [
        (item, met)
        for item in gazetteer.strangers(text, ours, french_lexicon().__contains__, others)
        if _is_better(item, met := [ours[place] for place in at.meeting((item.start, item.end))])
        and not _is_a_number(item.text)
    ]
    elsewhere = Spans([(item.start, item.end) for item, _ in strangers])
    found = [
        _ours(text, mention, gazetteer)
        for mention in ours
        if not elsewhere.meets((mention.start, mention.end))
    ]
    found += [_strange(text, item, met, gazetteer) for item, met in strangers]
    placed = tuple(_with_neighbours(text, sorted(found, key=lambda place: place.start)))
    return _with_its_code(text, _without_bodies(text, placed))


def masked(text: str, places: Sequence[Place]) -> str:
    """A message without the names of its places: Château-Thierry is no heritage, the Rue of the Somme no street."""
    return marked(text, places, _SPACE)


def marked(text: str, places: Sequence[Place], mark: str) -> str:
    """A message with a mark instead of the name of each of its places."""
    for place in sorted(places, key=lambda item: item.start, reverse=True):
        text = f"{text[: place.start]}{mark}{text[place.end :]}"
    return text


def _counts(mention: Mention, gazetteer: Gazetteer) -> bool:
    """Whether a name means a place: for sure, alone in the message, or called for by the words around it.

    In small letters ("a plein temps"), words that are French and nobody's name mean none.
    """
    if mention.certain or mention.alone:
        return True
    written = any(letter.isupper() for letter in mention.text)
    plain = {word for word in words(mention.text) if not gazetteer.is_surname(word)}
    return mention.called and (written or not plain or not french_lexicon().issuperset(plain))


def _with_listed(text: str, mentions: Sequence[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """The names that mean a place, with those that stand in a list with one: "Dury et Nieppe", "Croix/Hem"."""
    counted = {place for place, mention in enumerate(mentions) if _counts(mention, gazetteer)}
    listed: set[int] = set()
    order = range(len(mentions))
    for place, beside in (*((p, p - 1) for p in order[1:]), *((p, p + 1) for p in reversed(order[:-1]))):
        is_place = beside in counted or beside in listed
        if (
            is_place
            and place not in counted
            and _is_listed(text, mentions[place], mentions[beside], gazetteer)
        ):
            listed.add(place)
    return [
        replace(mention, certain=True) if place in listed else mention
        for place, mention in enumerate(mentions)
        if place in counted or place in listed
    ]


def _is_listed(text: str, mention: Mention, beside: Mention, gazetteer: Gazetteer) -> bool:
    """Whether a name with a capital stands in a list with a place; after a comma, a word is no place."""
    if not mention.text[:1].isupper() or text.isupper() or mention.resolution.how not in _OURS:
        return False
    first, second = sorted((mention, beside), key=lambda item: item.start)
    if _LINKED.fullmatch(text, first.end, second.start):
        return True
    comes_after = second is mention and not any(gazetteer.is_plain_word(w) for w in words(mention.text))
    return comes_after and _COMMA.fullmatch(text, first.end, second.start) is not None


def _is_a_number(name: str) -> bool:
    """Whether an unknown name is a number in letters: "une commune de vingt-et-un mille habitants"."""
    return all(word in _NUMBER_WORDS for word in words(name))


def _is_better(item: Stranger, met: Sequence[Mention]) -> bool:
    """Whether a place elsewhere is likelier than the region's of that name: by its own name, and larger."""
    for mention in met:
        if item.end - item.start > mention.end - mention.start:
            continue
        if item.outside is None or mention.resolution.how in _OURS:
            return False
        if item.outside.population <= max(c.population for c in communes_of(mention.resolution)):
            return False
    return True


def _ours(text: str, mention: Mention, gazetteer: Gazetteer) -> Place:
    communes = communes_of(mention.resolution)
    sure = mention.certain or mention.alone
    standing = Standing.KNOWN if sure and len(communes) == 1 else Standing.AMBIGUOUS
    where = ""
    if standing is Standing.KNOWN and mention.resolution.how is How.FORMER_NAME:
        where = _former_name(mention, communes[0], gazetteer)
        standing = Standing.FORMER if where else standing
    role = _role(text, mention.start)
    return Place(
        mention.start, mention.end, mention.text, standing, role, communes, sure, where, mention.against
    )


def _former_name(mention: Mention, commune: Commune, gazetteer: Gazetteer) -> str:
    """The name of the former commune that is meant; empty when it is that of its successor too."""
    key = name_key(mention.text)
    names = (former.name for former in gazetteer.former.values() if former.successor == commune.insee)
    return next((name for name in names if name_key(name) == key and name != commune.name), "")


def _strange(text: str, item: Stranger, met: Sequence[Mention], gazetteer: Gazetteer) -> Place:
    role = _role(text, item.start)
    near = tuple(commune for mention in met for commune in communes_of(mention.resolution))
    if item.outside is None:
        near = near or gazetteer.alike(item.text)
        return Place(item.start, item.end, item.text, Standing.UNKNOWN, role, near)
    where = gazetteer.elsewhere.label(item.outside)
    return Place(item.start, item.end, item.text, Standing.OUTSIDE, role, near, where=where)


def _role(text: str, start: int) -> Role:
    before = fold(text[max(0, start - _ENDS) : start])
    if _NEIGHBOUR.search(before) or _DENIED.search(before):
        return Role.EXAMPLE
    return Role.APPLICANT if _OURSELVES.search(before) else Role.SUBJECT


def _is_denied(text: str, place: Place) -> bool:
    return _DENIED.search(fold(text[max(0, place.start - _ENDS) : place.start])) is not None


def _without_bodies(text: str, places: tuple[Place, ...]) -> tuple[Place, ...]:
    """The places; those that only name a body are examples when the message means another place."""
    bodies = {
        place for place in places if _BODY.search(fold(text[max(0, place.start - _ENDS) : place.start]))
    }
    if all(place in bodies or place.role is Role.EXAMPLE for place in places):
        return places
    return tuple(replace(place, role=Role.EXAMPLE) if place in bodies else place for place in places)


def _with_its_code(text: str, places: tuple[Place, ...]) -> tuple[Place, ...]:
    """The places; a code said to be a postcode or an INSEE code is that of the one commune named.

    It settles which of several is meant ("Saint-Aubin, code postal 62170"); where it is another commune's, the
    name is left open between them.
    """
    meant = [place for place in places if place.role is not Role.EXAMPLE]
    names = [
        place for place in meant if not place.is_code and place.standing not in _STRANGE and place.certain
    ]
    said = [place for place in meant if place.is_code and said_kind(text[: place.start]) is not None]
    if len(names) != 1 or len(said) != 1 or names[0].against:
        return places
    (name,), (code,) = names, said
    agreed = tuple(commune for commune in name.communes if commune in code.communes)
    if not agreed:
        both = tuple(dict.fromkeys((*name.communes, *code.communes)))
        told = replace(name, standing=Standing.AMBIGUOUS, communes=both, against=code.text)
    else:
        settled = name.standing is Standing.AMBIGUOUS and len(agreed) == 1
        told = replace(name, standing=Standing.KNOWN if settled else name.standing, communes=agreed)
    return tuple(told if place is name else place for place in places if place is not code)


def _with_neighbours(text: str, places: Sequence[Place]) -> Iterator[Place]:
    """The places, each of a list in the role of the first: "entre Laon et Soissons", "maire de X et de Y"."""
    before: Place | None = None
    for place in places:
        if (
            before is not None
            and place.role is Role.SUBJECT
            and _JOINED.fullmatch(text, before.end, place.start)
            and not (_is_denied(text, before) and _COMMA.fullmatch(text, before.end, place.start))
        ):
            before = replace(place, role=before.role)
        else:
            before = place
        yield before


def _is_a_part(span: Span, named: Spans, others: Sequence[Span]) -> bool:
    """Whether a name is but a part of another thing's: the Somme of "Somme Initiatives"."""
    near = (others[place] for place in named.meeting(span))
    return any(start <= span[0] and span[1] <= end and (start, end) != span for start, end in near)
