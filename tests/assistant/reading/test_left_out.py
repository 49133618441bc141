"""Which schemes a message names only to leave them out, and what is never touched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pytest
from acts_builders import ReadsAlways, reading

from assistant.reading.acts import ACTS, Act, ReadAct
from assistant.reading.french.lexicon import official_words
from assistant.reading.left_out import LEAST, LeftOut, finds
from assistant.reading.named_for import NAMED_FOR, NamedFor, NamedForReader
from assistant.reading.names import SchemeNames
from assistant.reading.trained_reader import TrainedReader
from corpus.fiches.catalogue import load_catalogue

NAMES = SchemeNames(load_catalogue().schemes, official_words())
DETR, CVCB = "etat-detr-dsil", "cvcb"


@dataclass(frozen=True)
class Says:
    """Tells of each name what is told by hand, so surely."""

    by_name: Mapping[str, NamedFor]
    sure: float = 0.95

    def read(
        self, text: str, names: Sequence[tuple[int, int]], read: ReadAct
    ) -> tuple[Mapping[NamedFor, float], ...]:
        del read
        rest = (1 - self.sure) / 3
        return tuple(
            dict.fromkeys(NAMED_FOR, rest) | {self.by_name[text[start:end]]: self.sure}
            for start, end in names
        )


def out(
    text: str, by_name: Mapping[str, NamedFor], act: Act = "ask_scheme", sure: float = 0.95
) -> frozenset[str]:
    return LeftOut(NAMES, Says(by_name, sure), ReadsAlways(reading(act))).of(text)  # type: ignore[arg-type]


def test_a_scheme_set_aside_or_had_is_left_out() -> None:
    assert out("Sauf le CVCB, quoi pour la place ?", {"CVCB": "aside"}, "find_schemes") == {CVCB}
    assert out("On a le CVCB, quoi pour la place ?", {"CVCB": "had"}, "find_schemes") == {CVCB}
    assert out("Le CVCB, combien pour la place ?", {"CVCB": "asked"}) == frozenset()
    assert out("Nous, CVCB, quoi pour la place ?", {"CVCB": "who"}) == frozenset()


def test_an_unsure_reading_leaves_nothing_out() -> None:
    assert out("Sauf le CVCB, quoi pour la place ?", {"CVCB": "aside"}, sure=0.3) == frozenset()
    assert LEAST > 0.5


def test_a_scheme_asked_under_one_of_its_names_stays() -> None:
    assert out("pas la DETR, la DSIL pour l’école", {"DETR": "aside", "DSIL": "asked"}) == frozenset()
    neither: Mapping[str, NamedFor] = {"DETR": "aside", "DSIL": "aside"}
    assert out("ni la DETR ni la DSIL pour l’école", neither, "find_schemes") == {DETR}
    both: Mapping[str, NamedFor] = {"DETR": "aside", "CVCB": "asked"}
    assert out("Pas la DETR : le CVCB, comment le demander ?", both, "find_schemes") == {DETR}


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("CVCB ou DETR pour la place ?", "ask_scheme"),
        ("Le CVCB et la DETR pour la place, quel écart ?", "compare"),
        ("Le CVCB avec la DETR pour la place", "combine"),
        ("Peut-on cumuler le CVCB et la DETR pour la place ?", "ask_scheme"),
    ],
)
def test_aids_compared_or_combined_are_never_left_out(text: str, act: Act) -> None:
    assert out(text, {"DETR": "aside", "CVCB": "aside"}, act) == frozenset()


@pytest.mark.parametrize("text", ["et le CVCB ?", "CVCB", "Et pour le CVCB, alors ?"])
def test_a_message_that_only_names_a_scheme_asks_about_it(text: str) -> None:
    assert out(text, {"CVCB": "aside"}) == frozenset()


def test_where_nothing_tells_what_is_looked_for_it_must_be_sure() -> None:
    text = "Le CVCB nous boude toujours autant"
    assert out(text, {"CVCB": "aside"}, sure=0.8) == frozenset()
    assert out(text, {"CVCB": "aside"}, sure=0.95) == {CVCB}
    assert out(text, {"CVCB": "aside"}, act="find_schemes", sure=0.8) == {CVCB}
    assert out(f"{text} : le CVCB, pour l’école ?", {"CVCB": "aside"}) == frozenset()


def test_what_is_asked_must_ask_which_aids_there_are() -> None:
    """A need told before doesn't ask which: "On refait l’école. Recevable pour le CVCB ?"."""

    @dataclass(frozen=True)
    class ByQuestion:
        def read(self, text: str, *, goes_on: bool = False) -> ReadAct:
            del goes_on
            return reading("check_eligibility" if text.strip().startswith("Recevable") else "find_schemes")

    told = LeftOut(NAMES, Says({"CVCB": "aside"}), ByQuestion())  # type: ignore[arg-type]
    assert told.of("On refait l’école. Recevable pour le CVCB ?") == frozenset()
    assert told.of("Recevable pour le CVCB, non. Qui paie l’école ?") == {CVCB}


def test_a_need_that_is_a_name_too_stays_in_the_text() -> None:
    told = LeftOut(NAMES, Says({}), ReadsAlways(reading()))  # type: ignore[arg-type]
    text = "Des arbres, mais pas le Plan Arbres"
    assert told.without(text, frozenset({"plan-arbres"})).split() == ["Des", "arbres,", "mais", "pas", "le"]


def test_what_may_ask_which_aids_there_are() -> None:
    assert finds(reading("find_schemes"))
    assert finds(reading("commune_overview"))
    assert not finds(reading("ask_scheme"))
    assert len(ACTS) > 2


@dataclass(frozen=True)
class ByWords:
    """Reads acts by words and letters alone."""

    reader: TrainedReader

    def read(self, text: str, *, goes_on: bool = False) -> ReadAct:
        return self.reader.read(text, goes_on=goes_on)


@pytest.fixture(scope="module")
def shipped() -> LeftOut:
    return LeftOut(NAMES, NamedForReader.load(), ByWords(TrainedReader.load("")))


@pytest.mark.parametrize(
    ("text", "schemes"),
    [
        ("En dehors du CVCB, qui aide à refaire la place du village ?", {CVCB}),
        ("La DETR nous a été refusée, quelle autre subvention pour le toit de l’école ?", {DETR}),
        ("Nous avons déjà obtenu la DETR pour l’école : quoi d’autre ?", {DETR}),
        ("Le CVCB, comment le demander pour la place ?", set()),
        ("Pourquoi la DETR a-t-elle été refusée à notre école ?", set()),
        ("La DETR finance-t-elle une école ?", set()),
        ("À part les études, que paie le CVCB ?", set()),
    ],
)
def test_the_reader_shipped(shipped: LeftOut, text: str, schemes: set[str]) -> None:
    assert shipped.of(text) == schemes
