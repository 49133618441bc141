"""How well each section of a text goes with what is asked: learned, by act and by aspect.

"Montant" answers who asks an amount, and doesn't whoever asks when: how far is fitted with the measures of a
sentence, on sentences graded as answers ("assistant train --folds"; docs/decisions/0022).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product
from types import MappingProxyType

from assistant.choosing.headings import Headings
from assistant.reading.acts import ACTS, ASPECTS, ReadAct
from assistant.reading.intents import INTENT_SECTIONS
from corpus.fiches.fiche import SECTION_TITLES

SECTIONS = SECTION_TITLES
"""In the order of a fiche."""
_OF_ACT = "act "
ASKED: tuple[str, ...] = ("whatever", *ASPECTS, *(f"{_OF_ACT}{act}" for act in ACTS))
"""What may be asked, aspects then acts; the first stands for all messages."""

# A row for each thing asked, a column for each section, in their order.
TABLE: Mapping[str, tuple[float, ...]] = MappingProxyType(
    {
        "whatever": (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
        "what": (0.5, -0.17, 0.05, 0.12, 0.0, 0.26, -0.05, 0.11, -0.19, -0.04, 0.01, -0.6),
        "who": (-0.14, -0.23, 0.7, 0.18, 0.06, -0.2, -0.12, -0.16, -0.12, 0.09, 0.04, -0.11),
        "amount": (-0.05, -0.42, -0.06, -0.16, -0.01, 0.14, -0.09, -0.07, -0.38, -0.05, 0.22, 0.91),
        "covered": (0.34, -0.08, -0.33, 0.48, 0.26, -0.12, -0.11, 0.06, -0.09, -0.02, -0.29, -0.11),
        "excluded": (0.15, -0.02, -0.21, 0.27, 0.36, -0.2, -0.05, 0.03, -0.06, -0.05, 0.01, -0.22),
        "when": (-0.23, -0.01, -0.11, -0.11, 0.02, -0.13, 0.15, 0.05, -0.13, -0.02, -0.15, 0.68),
        "how": (-0.25, -0.05, 0.09, -0.08, 0.0, 0.02, -0.02, 0.53, -0.12, -0.04, -0.28, 0.2),
        "contact": (-0.33, 0.01, -0.32, -0.03, 0.0, 0.03, -0.05, 0.35, 0.11, -0.06, -0.12, 0.42),
        "examples": (-0.24, 0.1, -0.14, -0.06, 0.0, -0.15, -0.07, -0.27, 1.11, -0.01, 0.07, -0.36),
        "cumul": (-0.1, -0.06, 0.0, -0.1, 0.04, -0.08, -0.01, 0.02, -0.09, 0.15, 0.14, 0.09),
        "delay": (0.02, 0.08, 0.02, -0.04, 0.01, 0.01, -0.1, 0.07, -0.05, 0.01, -0.06, 0.03),
        "history": (0.39, 0.18, 0.14, -0.03, -0.02, -0.08, 0.32, -0.08, -0.21, 0.0, 0.08, -0.69),
        "other": (-0.22, -0.01, 0.04, 0.06, 0.04, 0.1, -0.11, 0.15, 0.0, 0.07, 0.1, -0.23),
        "act ask_scheme": (-0.34, -0.18, -0.16, -0.14, 0.55, -0.36, -0.03, 0.43, 0.1, -0.07, -0.03, 0.22),
        "act find_schemes": (0.16, -0.08, -0.37, 0.29, 0.01, -0.01, -0.02, 0.26, -0.12, 0.05, -0.1, -0.09),
        "act commune_overview": (-0.03, -0.03, 0.05, 0.02, 0.0, 0.02, -0.02, 0.0, 0.02, 0.0, -0.01, -0.02),
        "act commune_record": (-0.06, 0.03, -0.08, 0.0, 0.0, 0.06, 0.02, -0.02, 0.06, -0.01, 0.06, -0.04),
        "act check_eligibility": (
            0.22,
            -0.35,
            0.58,
            0.38,
            0.18,
            -0.27,
            -0.22,
            -0.13,
            -0.27,
            0.04,
            0.03,
            -0.2,
        ),
        "act compare": (-0.01, -0.01, 0.0, -0.04, 0.0, 0.14, -0.01, 0.02, -0.01, -0.01, -0.02, -0.05),
        "act combine": (-0.02, -0.02, -0.04, -0.02, 0.01, 0.01, 0.0, 0.01, -0.03, 0.03, 0.01, 0.07),
        "act give_fact": (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
        "act contact": (-0.07, -0.01, -0.12, -0.01, 0.0, -0.01, -0.01, 0.15, 0.07, 0.0, -0.07, 0.09),
        "act about_assistant": (-0.01, 0.0, 0.03, -0.01, 0.01, 0.01, -0.01, 0.0, 0.0, 0.0, -0.01, 0.0),
        "act social": (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.02, 0.0, 0.0, 0.0, -0.01),
        "act out_of_scope": (0.03, -0.03, -0.01, 0.03, 0.0, 0.01, -0.01, 0.03, -0.02, -0.01, -0.07, 0.05),
    }
)


def weight_name(asked: str, section: str) -> str:
    """The name under which the weight of a section for what is asked stands among those of sentences."""
    return f"{asked} > {section}"


NAMES: tuple[str, ...] = tuple(weight_name(asked, section) for asked, section in product(ASKED, SECTIONS))
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        weight_name(asked, section): value
        for asked, row in TABLE.items()
        for section, value in zip(SECTIONS, row, strict=True)
    }
)


def asked_shares(read: ReadAct | None) -> dict[str, float]:
    """How surely each thing is asked, between 0 and 1, by the names of ``ASKED``; 1 for ``"whatever"``.

    Args:
        read: the message, as it was read; None where nothing read it.
    """
    shares = dict.fromkeys(ASKED, 0.0) | {ASKED[0]: 1.0}
    if read is None:
        return shares
    return shares | dict(read.aspects) | {f"{_OF_ACT}{act}": share for act, share in read.acts.items()}


def section_shares(title: str, headings: Headings | None) -> dict[str, float]:
    """How far what stands under a title is each section of a fiche, between 0 and 1.

    A heading that no fiche has is a section as far as its words ask what the section holds.
    """
    if title in SECTIONS:
        return {title: 1.0}
    if headings is None:
        return {}
    held = headings.hold(title)
    shares: dict[str, float] = {}
    for intent, titles in INTENT_SECTIONS.items():
        shares[titles[0]] = max(shares.get(titles[0], 0.0), held.get(intent, 0.0))
    return shares


def by_section(read: ReadAct | None, by: Mapping[str, float]) -> dict[str, float]:
    """What each section weighs for a message, in logits.

    Args:
        read: the message, as it was read.
        by: the weights of sentences, those of sections among them.
    """
    shares = {asked: share for asked, share in asked_shares(read).items() if share}
    return {
        section: sum(share * by.get(weight_name(asked, section), 0.0) for asked, share in shares.items())
        for section in SECTIONS
    }


def told_under(title: str, weights: Mapping[str, float], headings: Headings | None) -> float:
    """What a sentence under a title gains by it, in logits; ``weights`` as :func:`by_section` gives them."""
    return sum(share * weights[section] for section, share in section_shares(title, headings).items())


def table_of(weights: Mapping[str, float]) -> Iterable[tuple[str, tuple[float, ...]]]:
    """The rows of ``TABLE`` that weights make."""
    for asked in ASKED:
        yield asked, tuple(weights[weight_name(asked, section)] for section in SECTIONS)
