"""The places named in a sentence that the region doesn't have: known elsewhere, or unknown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from corpus.communes.commune import DEPARTMENTS
from corpus.places.areas import AREAS
from corpus.places.cue import CIVILITIES, CONTRACTED, TOWN_HALLS, Cue, cue_of
from corpus.places.elsewhere import AreaKind, Elsewhere, Outside
from corpus.places.hint import UNITS
from corpus.places.name import ARTICLES, LINKS, SAINTS, Token
from corpus.places.name_reader import NameReader
from corpus.places.ordinary_words import WordKind
from corpus.places.qualifier import qualified
from corpus.places.spans import Span, Spans

# So many inhabitants make a town known enough to be meant without a capital; more, when it's a word too.
_KNOWN, _FAMOUS = 20_000, 200_000
_LEAST_LETTERS = 3
# What comes between two names of a list, unless hyphens make it a part of one.
_LISTING = frozenset({"et", "a"})
_MOST_WORDS = 6
_DEPARTMENT_LEADS = frozenset({"dans", "departement", "dept", "dpt", "dep", "en"})
_BETWEEN = frozenset({"le", "la", "les", "l", "du", "de", "des", "d"})
_MONTHS = frozenset(
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split()  # noqa: SIM905
)
_POSTCODE = re.compile(
    r"\b(?:code (?:postal|insee)|cp)(?:[ \u00a0]*[:=]|[ \u00a0]+(?:est|c'est))?[ \u00a0]*"
    r"(\d{2}[ \u00a0]?\d{3})\b",
    re.IGNORECASE,
)
_LISTED = re.compile(r"[ \u00a0]{0,4}(?:,|/|&|et|ou)[ \u00a0]{0,4}(?:à |de |d['’]|pour )?", re.IGNORECASE)
# No more characters come between two names of a list.
_LONGEST_JOIN = 16
# So many names that nobody knows are read back from a place listed after them: each reads the text again.
_LONGEST_LIST = 12
_ALSO = re.compile(
    r"[ \u00a0]{0,4}(?:/|,?[ \u00a0]{0,4}(?:et|ou)[ \u00a0])[ \u00a0]{0,4}(?:à |de |d['’]|pour )?",
    re.IGNORECASE,
)
# "Bruxelles aide-t-elle", "Paris paie": who gives is the Union or the State, no town that asks.
_GIVES = re.compile(
    r"[ \u00a0](?:nous )?(?:aide|finance|paie|paye|donne|verse|soutient|subventionne|rembourse)\b",
    re.IGNORECASE,
)
_NAME_GAP = re.compile(r"[ \u00a0]?['’]|[ \u00a0-]")
_PEOPLE = frozenset({WordKind.FIRST_NAME, WordKind.SURNAME})


@dataclass(frozen=True, slots=True)
class Stranger:
    """A place named in a text that isn't one of the region's communes.

    Attributes:
        start: where the name starts in the text.
        end: where it ends.
        text: the name as it stands there.
        outside: the place elsewhere, in France or abroad; None when nobody knows it.
    """

    start: int
    end: int
    text: str
    outside: Outside | None


class StrangerReader:
    """Reads one text for strangers, the places of the region being known."""

    def __init__(
        self,
        reader: NameReader,
        elsewhere: Elsewhere,
        ordinary: Mapping[str, WordKind],
        is_word: Callable[[str], bool],
    ) -> None:
        """Take the text, cut into tokens.

        Args:
            reader: the text.
            elsewhere: the places outside the region.
            ordinary: people's names and words that look like communes.
            is_word: whether a folded word is French: then a capital doesn't make it an unknown place.
        """
        self._reader, self._elsewhere = reader, elsewhere
        self._ordinary, self._is_word = ordinary, is_word
        self._text, self._tokens = reader.text, reader.tokens
        self._shouted = self._text.isupper()

    def read(self, sure: Sequence[Span], perhaps: Sequence[Span], other: Sequence[Span]) -> list[Stranger]:
        """Find the strangers, in order.

        Args:
            sure: where the region's places surely stand; a longer name elsewhere still wins there.
            perhaps: where a name may mean one of the region's: a town elsewhere of that very name wins.
            other: where other names stand, which aren't places.
        """
        ours, named = Spans(sure), Spans(other)
        found = [
            stranger
            for stranger in (*self._towns({end for _, end in sure}), *self._departments(), *self._postcodes())
            if not ours.covers(_span(stranger)) and not named.meets(_span(stranger))
        ]
        towns = Spans([_span(item) for item in found])
        found += [
            stranger
            for stranger in (*self._longer(), *self._qualified(sorted({*sure, *perhaps})))
            if not towns.covers(_span(stranger)) and not named.meets(_span(stranger))
        ]
        known = sorted({*sure, *(_span(stranger) for stranger in found)})
        for _ in range(_LONGEST_LIST):
            new = self._unknown(Spans(known), Spans([*known, *perhaps, *other]))
            if not new:
                break
            # Those that they are listed with are places too: "Wazimbrouck, Xertigolle et Nieppe".
            found += new
            known = sorted({*known, *(_span(stranger) for stranger in new)})
        kept: list[Stranger] = []
        for stranger in sorted(found, key=lambda item: (item.start, -item.end)):
            if not kept or stranger.start >= kept[-1].end:
                kept.append(stranger)
        return kept

    def _longer(self) -> Iterator[Stranger]:
        """Names that begin with one of the region's, and that nobody has: "Arras-sur-Rhône"."""
        return (self._stranger(first, last, None) for first, last in self._reader.longer)

    def _qualified(self, ours: Sequence[Span]) -> Iterator[Stranger]:
        """Names of the region's that the words after them put elsewhere: "Lens, en Suisse"."""
        for start, end in ours:
            told = qualified(self._text, self._tokens, (start, end), self._elsewhere, self._is_word)
            if told is not None:
                last, outside = told
                yield Stranger(start, last, self._text[start:last], outside)

    def _towns(self, ends: set[int]) -> Iterator[Stranger]:
        """The towns elsewhere; ``ends`` is where places named so far stop: what they list is a place too."""
        first = 0
        while first < len(self._tokens):
            size = self._town_at(first, ends)
            if size:
                ends.add(self._tokens[first + size - 1].end)
                yield self._stranger(first, first + size - 1, self._town(first, size))
            first += size or 1

    def _town_at(self, first: int, ends: Set[int]) -> int:
        """How many tokens from ``first`` on are the longest name of a town elsewhere; 0 for none meant."""
        word = self._tokens[first].word
        if not {word, *CONTRACTED.get(word, ())} & self._elsewhere.first_words:
            return 0
        for size in range(self._run(first, self._elsewhere.longest), 0, -1):
            place = self._town(first, size)
            if place is not None and self._is_meant(place, first, first + size - 1, ends):
                return size
        return 0

    def _town(self, first: int, size: int) -> Outside | None:
        run = [token.word for token in self._tokens[first : first + size]]
        contracted = CONTRACTED.get(run[0])
        keys = [" ".join(run), *([" ".join([contracted[1], *run[1:]])] if contracted and size > 1 else [])]
        return next((found for key in keys if (found := self._elsewhere.communes.get(key))), None)

    def _is_meant(self, place: Outside, first: int, last: int, ends: Set[int]) -> bool:
        if self._reader.says_only(first, last):
            return self._capital(first, last) or place.population >= _KNOWN
        if _GIVES.match(self._text, self._tokens[last].end):
            return False
        cue = cue_of(self._text, self._tokens, first, last, self._ordinary)
        called = cue in {Cue.PLACE, Cue.AT} or (cue is Cue.WEAK and self._lead(first) == "pour")
        called = called or (self._capital(first, last) and self._is_listed(first, ends))
        if not called or (cue is Cue.AT and self._lead(first) == "sur"):
            return False
        if self._capital(first, last):
            return True
        return (not place.is_word and place.population >= _KNOWN) or place.population >= _FAMOUS

    def _departments(self) -> Iterator[Stranger]:
        for first, token in enumerate(self._tokens):
            if place := self._elsewhere.numbers.get(token.word):
                if self._is_number_of_place(first):
                    yield self._stranger(first, first, place)
                continue
            for size in range(self._run(first, 4), 0, -1):
                key = " ".join(item.word for item in self._tokens[first : first + size])
                place = self._elsewhere.departments.get(key)
                if place is not None and self._is_department(first, first + size - 1):
                    yield self._stranger(first, first + size - 1, place)
                    break

    def _is_number_of_place(self, first: int) -> bool:
        """Whether a number is a department's: "dans le 76", "département 76"; not "dans le 76 rue"."""
        before = [token.word for token in self._tokens[max(0, first - 3) : first]]
        after = self._tokens[first + 1].word if first + 1 < len(self._tokens) else ""
        close = self._text[self._tokens[first].end :].lstrip()[:1]
        if after in UNITS | _MONTHS or close in {"%", "€"}:
            return False
        return before[-2:] == ["dans", "le"] or (
            bool(before) and bool(_DEPARTMENT_LEADS - {"dans", "en"} & set(before[-2:]))
        )

    def _is_department(self, first: int, last: int) -> bool:
        before = [token.word for token in self._tokens[max(0, first - 3) : first]]
        while before and before[-1] in _BETWEEN:
            before.pop()
        led = bool(before) and before[-1] in _DEPARTMENT_LEADS
        led = led or (bool(before) and len(before) < 3 and before[-1] in TOWN_HALLS)
        named = bool(before) and before[-1] in {"departement", "dept", "dpt"}
        return named or (led and self._capital(first, last))

    def _postcodes(self) -> Iterator[Stranger]:
        for match in _POSTCODE.finditer(self._text):
            code = re.sub(r"\D", "", match[1])
            place = self._elsewhere.of_postcode(code)
            if place is not None and code[:2] not in DEPARTMENTS:
                yield Stranger(match.start(1), match.end(1), match[1], place)

    def _unknown(self, known: Spans, taken: Spans) -> list[Stranger]:
        """Names with a capital where a place is due, that are nobody's: no word, no person, no acronym.

        One is due too in a list with a place.

        Args:
            known: where the places found so far stand.
            taken: where no other name is read.
        """
        found: list[Stranger] = []
        ends = {end for _, end in known.starting(0, len(self._text))}
        first = 0
        while not self._shouted and first < len(self._tokens):
            last = self._unknown_at(first, known, ends)
            if last is not None:
                stranger = self._stranger(first, last, None)
                if not taken.meets(_span(stranger)):
                    found.append(stranger)
                    ends.add(stranger.end)
                first = last
            first += 1
        return found

    def _unknown_at(self, first: int, known: Spans, ends: Set[int]) -> int | None:
        token = self._tokens[first]
        if not (token.capital or self._is_linked(first)) or token.word[0].isdigit():
            return None
        if self._reader.is_other_place(first) or token.word in LINKS - ARTICLES:
            return None
        last = self._last_of_name(first)
        cue = cue_of(self._text, self._tokens, first, last, self._ordinary)
        is_name = token.capital and cue is not Cue.PERSON and token.word not in CIVILITIES
        listed = is_name and (self._is_listed(first, ends, _ALSO) or self._opens_a_list(last, known))
        if cue is not Cue.PLACE and not (cue is Cue.AT and self._is_at(first)) and not listed:
            return None
        own = [item for item in self._tokens[first : last + 1] if item.word not in LINKS]
        if not own or not any(len(item.word) >= _LEAST_LETTERS for item in own):
            return None
        if self._is_other_name(own, cue):
            return None
        return last

    def _is_other_name(self, own: Sequence[Token], cue: Cue) -> bool:
        """Whether a run is a word, an acronym, an area or a person rather than a town."""
        if any(self._is_acronym(item) for item in own) or any(item.word in AREAS for item in own):
            return True
        if all(self._is_word(item.word) for item in own if item.word not in SAINTS):
            return "-" not in self._text[own[0].start : own[-1].end] or len(own) == 1
        people = [self._ordinary.get(item.word) in _PEOPLE for item in own]
        hyphen = "-" in self._text[own[0].start : own[-1].end]
        return cue is not Cue.PLACE and people[0] and (all(people) or not hyphen)

    def _is_acronym(self, token: Token) -> bool:
        raw = self._text[token.start : token.end]
        return raw[1:] != raw[1:].lower()

    def _is_at(self, first: int) -> bool:
        """Whether "à" is written before, accent and all, the article of the name aside."""
        lead = first - 1
        while lead >= 0 and self._tokens[lead].word in ARTICLES:
            lead -= 1
        if lead < 0:
            return False
        written = self._text[self._tokens[lead].start : self._tokens[lead].end]
        return written in {"à", "À"} or (written == "a" and self._text.isascii())

    def _is_linked(self, first: int) -> bool:
        """Whether a name in small letters is shaped as a town's: "trifouilly-les-oies"."""
        run = self._tokens[first : first + 3]
        joined = self._text[run[0].start : run[-1].end]
        return len(run) == 3 and joined.count("-") == 2 and run[1].word in LINKS

    def _last_of_name(self, first: int) -> int:
        last = first
        for place in range(first + 1, min(first + _MOST_WORDS, len(self._tokens))):
            gap = self._text[self._tokens[place - 1].end : self._tokens[place].start]
            if not _NAME_GAP.fullmatch(gap):
                break
            token = self._tokens[place]
            if token.word in _LISTING and gap != "-":
                break
            if token.capital or (gap == "-" and last == place - 1):
                last = place
            elif token.word not in LINKS:
                break
        return last

    def _run(self, first: int, most: int) -> int:
        """How many tokens from ``first`` on may be one name: joined by a space, a hyphen, an apostrophe."""
        size = 1
        for place in range(first + 1, min(first + most, len(self._tokens))):
            gap = self._text[self._tokens[place - 1].end : self._tokens[place].start]
            if not _NAME_GAP.fullmatch(gap):
                break
            size += 1
        return size

    def _is_listed(self, first: int, ends: Set[int], join: re.Pattern[str] = _LISTED) -> bool:
        """Whether a name comes in a list after a place: "Nieppe et Lyon"."""
        start = self._tokens[first].start
        near = (end for end in range(max(0, start - _LONGEST_JOIN), start) if end in ends)
        return any(join.fullmatch(self._text, end, start) for end in near)

    def _opens_a_list(self, last: int, known: Spans) -> bool:
        """Whether a name comes before a place in a list: "Trifouilly, Lens et Nieppe".

        A comma alone may end a greeting: the list has to go on after the place.
        """
        end = self._tokens[last].end
        after = known.starting(end + 1, end + _LONGEST_JOIN)[:1]
        if not after:
            return False
        if _ALSO.fullmatch(self._text, end, after[0][0]):
            return True
        further = known.starting(after[0][1], after[0][1] + _LONGEST_JOIN)
        goes_on = any(_LISTED.fullmatch(self._text, after[0][1], start) for start, _ in further)
        return goes_on and _LISTED.fullmatch(self._text, end, after[0][0]) is not None

    def _lead(self, first: int) -> str:
        return self._tokens[first - 1].word if first else ""

    def _capital(self, first: int, last: int) -> bool:
        return not self._shouted and any(token.capital for token in self._tokens[first : last + 1])

    def _stranger(self, first: int, last: int, outside: Outside | None) -> Stranger:
        start, end = self._tokens[first].start, self._tokens[last].end
        if self._tokens[first].word in CONTRACTED and last > first:
            start = self._tokens[first + 1].start
        return Stranger(start, end, self._text[start:end], outside)


def is_department(place: Outside) -> bool:
    """Whether a place is a department."""
    return place.kind is AreaKind.DEPARTMENT


def _span(item: Stranger) -> Span:
    return item.start, item.end
