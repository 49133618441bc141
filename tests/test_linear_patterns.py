"""No regular expression takes more than linear time, whatever text it is given."""

from __future__ import annotations

import re
from functools import cache

import pytest
from adversary import hostile_texts, superlinear
from patterns import Used, collected

# Two patterns of the first days, as they were: who speaks, and how many inhabitants.
_WHO_ASKS = (
    r"\b(?:je suis|nous sommes|au nom d[eu']s?)\s*(?:une?|le|la|l'|notre|d'une?|de)?\s*"
    r"(?:(?:petite?|jeune|nouvelle?|simple|president\w* d\w*(?: la| l'| notre| une?)?|maire d\w*|"
    r"patronn?e? d\w*(?: une?)?|membre d\w*(?: la| l'| une?)?)\s*)*(?:agricult\w+|eleveu\w+|gaec)"
)
_PEOPLE = r"(\d{1,3}(?:[ .]\d{3})+|\d+(?:[.,]\d+)?)\s*(k|mille)?\s*(?:hab(?:itant|s)?\b\.?|personnes\b)"


@pytest.mark.slow
@pytest.mark.parametrize(
    "pattern",
    [
        r"(a+)+$",
        r"(\w+ ?)*x",
        r"(?:a|ab|b)*c",
        r"(?:\w{1,40} ?){0,40}x",
        r"\s+$",
        r"\d+(?:,\d+)?€",
        r".*foo.*bar",
        r"«\s*([^»]+?)\s*»",
        r"(?<!\d)\d+\s*\s*x",
        r"demand\w* par",
        r"\[\d\](?=.*x)",
    ],
)
def test_a_pattern_that_retries_is_found(pattern: str) -> None:
    assert superlinear(re.compile(pattern), {"sub"}) is not None


@pytest.mark.slow
@pytest.mark.parametrize("pattern", [r"\s*\s*\s*\s*x", r"(?i)(?:en)?[\s(]*(?:de )?[\s(]*l'", r"a*a*b"])
def test_a_pattern_that_is_anchored_is_tried_too(pattern: str) -> None:
    assert superlinear(re.compile(pattern), {"fullmatch"}) is not None


@pytest.mark.slow
@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        # Adjectives that could be cut in several ways: exponential, the process never answered again.
        (_WHO_ASKS, "Je suis " + "patronne daaajeune simple " * 6),
        # A number whose digits and blanks could be shared in several ways: cubic.
        (_PEOPLE, "1" * 150 + " " * 150),
    ],
)
def test_the_patterns_that_once_hung_are_found(pattern: str, text: str) -> None:
    found = superlinear(re.compile(pattern, re.I), {"search"})
    assert found is not None
    assert re.search(pattern, text, re.I) is None, "the attack, short enough to end"


@pytest.mark.parametrize(
    "pattern",
    [
        r"\b\d+x",
        r"(?<!\d)\d++€",
        r"(?<!\s)\s++$",
        r"(?<!\d)\d++(?:,\d++)?+(?!€)",
        r"\bdemand\w*+ par",
        r"[\w' -]{0,40}?\bpeut\b",
        r"«[^«»]*+»",
        r"\[\d{1,3}\]",
    ],
)
def test_a_linear_pattern_passes(pattern: str) -> None:
    assert superlinear(re.compile(pattern), {"search", "sub"}) is None


def test_the_texts_of_a_pattern_are_made_of_what_it_reads() -> None:
    texts = [text.of(12) for text in hostile_texts(re.compile(r"prix : \d+(?:,\d+)? (?:euros|francs)+"))]
    assert "prix : 111111111111" in texts
    assert any("francsfrancs" in text for text in texts)


def test_patterns_are_found_wherever_they_lie() -> None:
    found = {used.where: used for used in _all()[0]}
    alone = found["assistant/markers.py MARKER"]
    assert {"finditer", "sub"} & alone.methods, "used by the modules that import it"
    assert "corpus/french/typography.py _RULES" in found, "in frozen dataclasses in a tuple"
    assert any(place.startswith("ingest/formats/html.py:") for place in found), "written in a function"
    assert len(found) > 100


@pytest.mark.slow
@pytest.mark.parametrize("package", ["corpus", "ingest", "assistant", "evaluation"])
def test_every_pattern_is_linear(package: str) -> None:
    slow = {
        used.where: (used.pattern.pattern, hostile)
        for used in _all()[0]
        if used.where.startswith(f"{package}/")
        and (hostile := superlinear(used.pattern, used.methods)) is not None
    }
    assert slow == {}


def test_no_pattern_is_made_while_the_program_runs() -> None:
    assert _all()[1] == []


@cache
def _all() -> tuple[list[Used], list[str]]:
    return collected()
