"""Ten thousand replies with one thing made false: none of the false lines is let through."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from verifiers import catalogue, verifier

from assistant.reply import ChatRequest, Citation, Message, Reply
from assistant.settings import AssistantSettings
from corpus.communes.territory import load_territory
from corpus.french.folding import fold
from evaluation.runs.own_index import engine_of_fiches

pytestmark = pytest.mark.slow

MUTANTS = 10_000
QUESTIONS = 240
_MARKERS = re.compile(r"(?:\s*\[\d+\])+\s*$")
_DIGITS = re.compile(r"\d[\d\u00a0\u202f ]*(?:,\d+)?")
_FULL = str.maketrans("0123456789", "".join(chr(0xFF10 + n) for n in range(10)))
_ARABIC = str.maketrans("0123456789", "".join(chr(0x0660 + n) for n in range(10)))
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905
_SMALL = "une? deux trois quatre cinq six sept huit neuf dix onze douze".split()  # noqa: SIM905
_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante"}


# --- the oracle: what the sources of a line hold, read without the program's own readers -----------


def numbers(text: str) -> set[str]:
    """The runs of digits of a text, white space inside them out; each group by itself too."""
    joined = {re.sub(r"\s", "", run).rstrip(",") for run in _DIGITS.findall(text)}
    return joined | set(re.findall(r"\d+", text))


def held(citations: list[Citation]) -> str:
    """All that may support a line, as one text; the months of its dates in letters too."""
    dates = [day for c in citations for s in c.sources for day in (s.published, s.updated) if day]
    text = " ; ".join([*(f"{c.quote} ; {c.scheme_name}" for c in citations), *dates]).lower()
    months = re.findall(r"(?<=\d{4}-)(?:0\d|1[0-2])(?!\d)|(?<=\d\d/)(?:0\d|1[0-2])(?=/\d{4})", text)
    # 03/11/2022 may be written 3/11/22.
    days = [part for day in re.findall(r"\b\d\d/\d\d/20\d\d\b", text) for part in _short(day)]
    return " ; ".join([text, *(_MONTHS[int(month) - 1] for month in months), *days, in_digits(text)])


def _short(day: str) -> Iterator[str]:
    """The parts of a numeric date without zeros before them, and its year without its century."""
    first, month, year = day.split("/")
    yield from (str(int(first)), str(int(month)), year[2:])


def in_digits(text: str) -> str:
    """The small numbers and the tens that a text gives in letters, in digits."""
    words = {**dict(enumerate(_SMALL, 1)), **_TENS}
    return "".join(f" ; {n}" for n, word in words.items() if re.search(rf"\b{word}\b", text))


# "Une dizaine de communes", "le million d’euros": figures too.
_COLLECTIVES = {
    "dizaine": "10",
    "douzaine": "12",
    "vingtaine": "20",
    "centaine": "100",
    "million": "1 000 000",
}


def said(question: str) -> str:
    """What the user says, the numbers in letters in digits too."""
    text = question.lower()
    counted = " ; ".join(digits for word, digits in _COLLECTIVES.items() if word in text)
    return f"{text} ; {in_digits(text)} ; {counted}"


# --- the mutations: each gives a false line and the number, month, place or name that makes it so ---

Mutation = Callable[[random.Random, str, list[str]], tuple[str, str] | None]


def _number(text: str, draw: random.Random) -> re.Match[str] | None:
    found = [match for match in _DIGITS.finditer(text) if text[: match.start()][-1:] != "["]  # no marker
    return draw.choice(found) if found else None


def _put(text: str, match: re.Match[str], new: str) -> str:
    end = match.start() + len(match.group().rstrip())
    return text[: match.start()] + new + text[end:]


def another_digit(draw: random.Random, text: str, _: list[str]) -> tuple[str, str] | None:
    match = _number(text, draw)
    if match is None:
        return None
    run = match.group().rstrip()
    place = draw.choice([n for n, char in enumerate(run) if char.isdigit()])
    new = run[:place] + draw.choice([d for d in "123456789" if d != run[place]]) + run[place + 1 :]
    return _put(text, match, new), re.sub(r"\s", "", new)


def more_thousands(draw: random.Random, text: str, _: list[str]) -> tuple[str, str] | None:
    match = _number(text, draw)
    if match is None or "," in match.group():
        return None
    space = draw.choice("\u00a0\u202f .'")
    new = match.group().strip() + space + "000"
    return _put(text, match, new), re.sub(r"\D", "", new)


def other_script(table: dict[int, int]) -> Mutation:
    def mutate(draw: random.Random, text: str, _: list[str]) -> tuple[str, str] | None:
        match = _number(text, draw)
        if match is None:
            return None
        value = draw.randint(11, 98)
        return _put(text, match, str(value).translate(table)), str(value)

    return mutate


def hidden_space(draw: random.Random, text: str, _: list[str]) -> tuple[str, str] | None:
    match = _number(text, draw)
    if match is None:
        return None
    value = draw.randint(11, 98)
    gap = draw.choice(["\u200b", "\u2060", "\ufeff", "\u00ad"])
    return _put(text, match, gap.join(str(value))), str(value)


def in_letters(draw: random.Random, text: str, _: list[str]) -> tuple[str, str] | None:
    value = draw.choice(list(_TENS))
    unit = draw.choice(["pour cent", "p. 100", "mille euros"])
    written = _TENS[value] if unit != "p. 100" else str(value)
    number = str(value * 1000) if unit == "mille euros" else str(value)
    return f"{text.rstrip('. ')}, soit {written} {unit}.", number


def a_sentence_more(draw: random.Random, text: str, _: list[str]) -> tuple[str, str] | None:
    value = draw.choice([draw.randint(2, 99), draw.randint(1, 900) * 1000 + draw.choice([0, 500])])
    said = draw.choice(["Le taux est de {} %.", "Le plafond est de {} €.", "Il y a {} communes lauréates."])
    return f"{text} {said.format(f'{value:,}'.replace(',', chr(0x202F)))}", str(value)


def another_month(draw: random.Random, text: str, _: list[str]) -> tuple[str, str] | None:
    found = re.search(rf"\b(?:{'|'.join(_MONTHS)})\b", text)
    month = draw.choice(_MONTHS)
    if found:
        return text[: found.start()] + month + text[found.end() :], month
    return f"{text.rstrip('. ')}, jusqu’en {month} prochain.", month


def another_year(draw: random.Random, text: str, _: list[str]) -> tuple[str, str] | None:
    year = str(draw.randint(1996, 2034))
    found = re.search(r"\b20\d\d\b", text)
    if found:
        return text[: found.start()] + year + text[found.end() :], year
    return f"{text.rstrip('. ')}, règle de {year}.", year


def of_another_fiche(draw: random.Random, text: str, others: list[str]) -> tuple[str, str] | None:
    match, other = _number(text, draw), _number(draw.choice(others), draw)
    if match is None or other is None:
        return None
    new = other.group().strip().rstrip(",")
    return _put(text, match, new), re.sub(r"\s", "", new)


def another_place(draw: random.Random, text: str, _: list[str]) -> tuple[str, str] | None:
    name = draw.choice(PLACES)
    return f"{text.rstrip('. ')}, comme à {name}.", name


def another_scheme(draw: random.Random, text: str, _: list[str]) -> tuple[str, str] | None:
    name = draw.choice(["CVCB", "DACS", "FRATRI", "ESAL", "PRADET", "Nature en chemins", "Oh la belle ville"])
    return f"{text.rstrip('. ')}, comme le dispositif « {name} ».", name


# Names of one word that are no ordinary word, nor part of another name.
PLACES = sorted(
    commune.name
    for commune in load_territory().communes.values()
    if re.fullmatch(r"[A-Z][a-zéèê]{7,}", commune.name) and commune.name.endswith(("court", "ghem", "ville"))
)
MUTATIONS: dict[str, Mutation] = {
    "un autre chiffre": another_digit,
    "des milliers de plus": more_thousands,
    "pleine chasse": other_script(_FULL),
    "chiffres arabes": other_script(_ARABIC),
    "exposants": other_script(_SUPERSCRIPT),
    "espace caché": hidden_space,
    "en lettres": in_letters,
    "une phrase de plus": a_sentence_more,
    "un autre mois": another_month,
    "une autre année": another_year,
    "d’une autre fiche": of_another_fiche,
    "une autre commune": another_place,
    "un autre dispositif": another_scheme,
}


def is_foreign(claim: str, text: str) -> bool:
    """Whether what makes a line false stands nowhere in a text."""
    if claim[0].isdigit():
        # The date of a source, "2023-10-09", holds the 9.
        return claim.lstrip("0") not in {number.lstrip("0") for number in numbers(text)}
    known = [scheme for scheme in catalogue().schemes if claim in (*scheme.names, *scheme.aliases)]
    other_names = [name for scheme in known for name in (*scheme.names, *scheme.aliases)]
    return not any(fold(name) in fold(text) for name in (claim, *other_names))


@pytest.fixture(scope="module")
def replies() -> list[tuple[str, Reply]]:
    """Real replies to real questions, each with its question."""
    with engine_of_fiches(AssistantSettings(), date(2026, 11, 23)) as engine:
        texts = engine.knowledge.asked.texts[:: max(1, len(engine.knowledge.asked.texts) // QUESTIONS)]
        asked = [(text, ChatRequest(messages=(Message(role="user", content=text),))) for text in texts]
        found = [(text, engine.reply(request)) for text, request in asked]
    return [(text, reply) for text, reply in found if reply.citations]


def cited_lines(replies: list[tuple[str, Reply]]) -> Iterator[tuple[str, Reply, str, str]]:
    """Each line that ends in its markers: the question, the reply, its text, its markers."""
    for question, reply in replies:
        for line in reply.answer.splitlines():
            mark = _MARKERS.search(line)
            if mark and not line.startswith("|"):
                yield question, reply, line[: mark.start()], mark.group()


def test_no_false_line_passes_and_every_true_one_does(replies: list[tuple[str, Reply]]) -> None:
    lines = list(cited_lines(replies))
    others = [sentence for fiche in catalogue().fiches.values() for sentence in fiche.sentences]
    draw = random.Random(20251125)
    counts = dict.fromkeys(MUTATIONS, 0)
    passed: list[tuple[str, str, str]] = []
    assert len(lines) > 500
    tried = 0
    while sum(counts.values()) < MUTANTS:
        tried += 1
        assert tried < 4 * MUTANTS
        question, reply, text, mark = draw.choice(lines)
        name = draw.choice(list(MUTATIONS))
        made = MUTATIONS[name](draw, text, others)
        cited = [c for c in reply.citations if f"[{c.n}]" in mark]
        if made is None or not is_foreign(made[1], f"{held(cited)} ; {said(question)} ; {text.lower()}"):
            continue
        counts[name] += 1
        check = verifier().check(reply.citations, (question,), [c.scheme_id for c in cited if c.scheme_id])
        if not check.unsupported(made[0] + mark):
            passed.append((name, made[1], made[0] + mark))
    assert passed == []
    assert min(counts.values()) > 100
    for question, reply, text, mark in lines:
        if any(told.kind == "amount" and told.text == text + mark for told in reply.lines):
            continue  # a sum worked out is held to the operation that it shows, by tests of its own
        assert not verifier().check(reply.citations, (question,), reply.schemes).unsupported(text + mark)


def test_a_marker_moved_to_another_passage_is_caught(replies: list[tuple[str, Reply]]) -> None:
    caught = moved = 0
    for question, reply, text, mark in cited_lines(replies):
        for other in reply.citations:
            named = " ; ".join(name for id in reply.schemes for name in catalogue().scheme(id).names)
            needed = numbers(text) - numbers(f"{held([other])} ; {said(question)} ; {named}")
            if f"[{other.n}]" in mark or not needed or re.search(r"\[\d+\]", text):
                continue  # a line with markers inside holds sentences that others support
            moved += 1
            check = verifier().check(reply.citations, (question,), reply.schemes)
            caught += bool(check.unsupported(f"{text} [{other.n}]"))
    assert moved > 300
    assert caught == moved
