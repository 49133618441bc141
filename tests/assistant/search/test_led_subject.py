"""What another reading names is weighed against what was found."""

from __future__ import annotations

import pytest

from assistant.reading.understand import Question
from assistant.search.hits import RetrievedChunk
from assistant.search.led_subject import LIKELY, led
from assistant.search.schemes import RankedScheme
from assistant.search.subject import Subject
from ingest.chunk import Chunk, ChunkSentence


def _hit(name: str) -> RetrievedChunk:
    text = f"L’aide {name} existe."
    sentences = (ChunkSentence(text, "Objet", ()),)
    chunk = Chunk(f"{name}#1", name, name, name, ("Objet",), "Objet", text, sentences, ())
    return RetrievedChunk(chunk, 1.0, {}, 0.5)


def _found(*likelihoods: tuple[str, float], unfound: str = "", carried: bool = False) -> Subject:
    """A subject that is the first of some schemes, with a passage of each but one."""
    first, share = likelihoods[0]
    return Subject(
        question=Question(
            "on isole", "on isole", schemes=(first,) * carried, carried=carried, subjects=(first,)
        ),
        hits=(_hit(first),),
        share=1.0 if carried else share,
        learned=share,
        found=tuple(_hit(name) for name, _ in likelihoods if name != unfound),
        ranked=tuple(RankedScheme(name, 0.0, has_topic=False, likelihood=part) for name, part in likelihoods),
    )


def test_what_is_named_takes_the_place_of_a_doubtful_subject() -> None:
    subject = led(_found(("a", 0.5), ("b", 0.2), ("c", 0.1)), ("b",))
    assert (subject.question.subjects, [hit.chunk.id for hit in subject.hits]) == (("b",), ["b#1"])
    assert subject.share == pytest.approx(1.8 / 2.6)
    assert subject.learned == 0.0


@pytest.mark.parametrize(
    ("found", "names"),
    [
        (_found(("a", 0.9), ("b", 0.05)), ("b",)),  # the one found is surer, even so
        (_found(("a", 0.5), ("b", 0.1), carried=True), ("b",)),  # it goes on with "a"
        (_found(("a", 0.5), ("b", 0.4), unfound="b"), ("b",)),  # nothing of it was found
        (_found(("a", 0.05), *((f"s{n}", 0.05) for n in range(1, LIKELY)), ("b", 0.05)), ("b",)),  # too far
        (_found(("a", 0.5), ("b", 0.4)), ("elsewhere",)),
        (_found(("a", 0.5), ("b", 0.4)), ("a",)),
        (_found(("a", 0.5), ("b", 0.4)), ()),
    ],
)
def test_what_is_less_likely_is_not_heard(found: Subject, names: tuple[str, ...]) -> None:
    assert led(found, names) is found


def test_of_several_each_is_heard_by_itself() -> None:
    subject = led(_found(("a", 0.6), ("b", 0.3), ("c", 0.01)), ("a", "b", "c"))
    assert subject.question.subjects == ("a", "b")


def test_a_subject_carried_gives_way_to_a_likely_one() -> None:
    subject = led(_found(("a", 0.3), ("b", 0.6), carried=True), ("b",))
    assert (subject.question.subjects, subject.question.schemes, subject.question.carried) == (
        ("b",),
        (),
        False,
    )
