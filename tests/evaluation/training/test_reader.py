"""Training the reader: from which utterances, the same each time, sure as it should be."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from fake_embedder import FakeEmbedder

from assistant.choosing.headings import HEADINGS_PATH
from assistant.reading.trained_reader import READER_PATH, TrainedReader, read_trained, write_trained
from evaluation.questions.utterances import BLIND, Utterance, UtteranceFile
from evaluation.training.reader import digest_of_taught, taught_headings, taught_utterances, train_reader

ASKS = {
    "amount": "combien d’argent donne l’aide",
    "when": "jusqu’à quand déposer pour l’aide",
    "how": "comment monter le dossier de l’aide",
}
WORKS = ("toit", "lavoir", "mur", "pont", "préau", "four", "clocher", "hangar")


def written() -> list[UtteranceFile]:
    """Three writers who ask the same things of eight works."""
    files = []
    for name in ("a", "b", "c"):
        asks = [
            Utterance(text=f"{ask} pour le {work} {name}", act="ask_scheme", aspect=aspect, schemes=())  # type: ignore[arg-type]
            for aspect, ask in ASKS.items()
            for work in WORKS
        ]
        greets = [Utterance(text=f"bonjour le {work} {name}", act="social", schemes=()) for work in WORKS]
        files.append(UtteranceFile(name, (*asks, *greets)))
    return files


def test_what_it_learned_is_read_and_learned_again_alike(tmp_path: Path) -> None:
    encoder = FakeEmbedder()
    trained, sure = train_reader(written(), encoder, "essai")
    again, _ = train_reader(written(), encoder, "essai")
    first, second = tmp_path / "a.npz", tmp_path / "b.npz"
    write_trained(first, trained)
    write_trained(second, again)
    assert first.read_bytes() == second.read_bytes()
    reader = TrainedReader.load("essai", first)
    text = "combien d’argent donne l’aide pour la grange"
    read = reader.read(text, encoder.embed_question(text))
    assert (read.act, read.aspect) == ("ask_scheme", "amount")
    assert reader.read("bonjour la grange").act == "social"
    assert [told.what for told in sure] == ["whole act", "whole aspect", "plain act", "plain aspect"]
    assert all(np.mean(told.right) > 0.9 for told in sure)


def test_an_act_that_it_never_met_is_never_likely() -> None:
    trained, _ = train_reader(written(), FakeEmbedder(), "essai")
    assert TrainedReader(trained, "autre").read("combien").acts["compare"] < 0.01


def test_what_is_kept_for_measuring_is_not_learned() -> None:
    assert not {path.stem for path in BLIND} & {file.name for file in taught_utterances()}
    without = taught_utterances(lambda said: "cvcb" in said.schemes)
    assert all("cvcb" not in item.schemes for file in without for item in file.utterances)
    assert any("cvcb" in item.schemes for file in taught_utterances() for item in file.utterances)


@pytest.mark.slow
def test_the_reader_shipped_was_made_from_the_utterances_of_today() -> None:
    assert read_trained(READER_PATH).told.made_from == digest_of_taught(taught_utterances())
    with_headings = digest_of_taught([*taught_utterances(), taught_headings()])
    assert read_trained(HEADINGS_PATH).told.made_from == with_headings


@pytest.mark.slow
def test_headings_teach_aspects_to_the_plain_reader_alone() -> None:
    """The one that takes vectors learns nothing of them, nor does either learn an act."""
    without, _ = train_reader(written(), FakeEmbedder(), "essai")
    with_headings, _ = train_reader(written(), FakeEmbedder(), "essai", headings=taught_headings())
    told = TrainedReader(with_headings, "autre").read("Bénéficiaires").aspects
    assert max(told, key=lambda aspect: told[aspect]) == "who"
    assert np.allclose(with_headings.whole.bias, without.whole.bias, atol=1.0)


@pytest.mark.parametrize("changed", ["text", "aspect"])
def test_the_digest_tells_texts_and_labels(changed: str) -> None:
    file = written()[0]
    other = file.utterances[0].model_copy(update={changed: "when"})
    assert digest_of_taught([file]) != digest_of_taught(
        [UtteranceFile(file.name, (other, *file.utterances[1:]))]
    )
