"""Every utterance is read, in its order, from its words and those before it alone."""

from __future__ import annotations

from readings_builders import Parrot, perfect, utterance

from evaluation.runs.reads import read_all


def test_every_utterance_is_read_with_what_was_said_before() -> None:
    labels = [utterance("oui", "give_fact", before=["la halle ?"]), utterance("merci", "social")]
    parrot = Parrot({label.text: perfect(label) for label in labels})
    told: list[tuple[int, int]] = []
    readings, seconds = read_all(labels, parrot, lambda done, total: told.append((done, total)))
    assert readings == [perfect(label) for label in labels]
    assert parrot.asked == [("oui", ("la halle ?",)), ("merci", ())]
    assert told == [(1, 2), (2, 2)]
    assert seconds >= 0
