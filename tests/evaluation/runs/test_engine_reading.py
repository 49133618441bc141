"""What the engine understands, in the words of the labels, on a small index."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_corpus import SmallCorpus

from evaluation.questions.utterances import StatedFacts
from evaluation.runs.engine_reading import STEPS, EngineReading


@pytest.fixture(scope="module")
def reads(tmp_path_factory: pytest.TempPathFactory) -> EngineReading:
    corpus = SmallCorpus(Path(tmp_path_factory.mktemp("corpus")))
    corpus.ingest()
    return EngineReading(corpus.engine())


def test_the_engine_writes_nothing() -> None:
    assert [step.name for step in STEPS] == ["understand", "scope", "retrieve"]


@pytest.mark.parametrize(
    ("text", "act", "aspect"),
    [
        ("Quel est le plafond de l’aide aux halles de marché ?", "ask_scheme", "amount"),
        ("L’aide aux lavoirs est-elle encore ouverte, jusqu’à quand ?", "ask_scheme", "when"),
        ("Qui contacter pour l’aide aux lavoirs ?", "ask_scheme", "contact"),
        ("L’aide aux halles de marché, quel délai de réponse ?", "ask_scheme", "delay"),
        ("L’aide aux haies existe depuis quand ?", "ask_scheme", "history"),
        ("Qu’est-ce qui est exclu de l’aide aux halles de marché ?", "ask_scheme", "excluded"),
        ("L’aide aux halles se cumule-t-elle ?", "ask_scheme", "cumul"),
        ("Quelle différence entre l’aide aux halles de marché et l’aide aux lavoirs ?", "compare", None),
        ("On voudrait refaire notre lavoir, qui pourrait nous aider ?", "find_schemes", None),
        ("Ma commune peut-elle bénéficier de l’aide aux lavoirs ?", "check_eligibility", "who"),
        ("Combien Nieppe a-t-elle reçu pour sa halle de marché ?", "commune_record", None),
        ("Bonjour", "social", None),
        ("Écris-moi un poème sur la mer", "out_of_scope", None),
        ("Je voudrais savoir qui t’a fabriqué", "about_assistant", None),
    ],
)
def test_what_the_engine_can_tell(reads: EngineReading, text: str, act: str, aspect: str | None) -> None:
    reading = reads.read(text, ())
    assert reading.act == act
    if act == "ask_scheme":
        assert reading.aspect == aspect


def test_the_subject_that_would_be_answered_about_comes_first(reads: EngineReading) -> None:
    reading = reads.read("Quel est le montant de l’aide aux haies ?", ())
    assert reading.subjects[0][0] == "haies"
    assert {name for name, _ in reading.subjects} == {"haies", "halles", "lavoirs", "ecoles"}
    assert sum(share for _, share in reading.subjects) == pytest.approx(1.0)
    assert len(dict(reading.subjects)) == len(reading.subjects)


def test_what_is_refused_has_no_subject(reads: EngineReading) -> None:
    assert reads.read("Écris-moi un poème sur la mer", ()).subjects == ()


def test_what_goes_on_keeps_the_subject_of_the_messages_before(reads: EngineReading) -> None:
    reading = reads.read("et jusqu’à quand ?", ("Parlez-moi de l’aide aux haies",))
    assert (reading.act, reading.aspect) == ("ask_scheme", "when")
    assert reading.subjects[0][0] == "haies"


def test_facts_are_those_of_the_last_message(reads: EngineReading) -> None:
    before = ("Nous sommes 430 habitants à Nieppe, avons-nous droit à l’aide aux lavoirs ?",)
    assert reads.read("Les travaux coûtent 90 000 €", before).facts == StatedFacts(cost=90_000)


def test_what_only_answers_gives_a_fact(reads: EngineReading) -> None:
    reading = reads.read("Nous sommes une association", ("Avons-nous droit à l’aide aux lavoirs ?",))
    assert reading.act == "give_fact"
    assert reading.facts == StatedFacts(who="association")
    assert reading.subjects[0][0] == "lavoirs"


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Je suis le maire d’un bourg de 7 500 habitants", {"who": "commune", "population": 7_500}),
        ("Nous sommes une association de Nieppe", {"who": "association"}),
        ("Nieppe, une aide pour la halle ?", {}),  # a town hall is presumed, not said
        ("Notre commune est Petite ville de demain", {"who": "commune", "label": "pvd"}),
        ("Notre commune n’est pas Petite ville de demain", {"who": "commune"}),
        ("Notre commune a moins de 3 000 habitants", {"who": "commune"}),  # a bound is no number
    ],
)
def test_what_is_stated_is_read_as_labels_write_it(
    reads: EngineReading, text: str, facts: dict[str, object]
) -> None:
    commune = {"commune": "Nieppe"} if "Nieppe" in text else {}
    assert reads.read(text, ()).facts == StatedFacts.model_validate({**commune, **facts})


def test_yes_is_read_only_where_the_assistant_asked(reads: EngineReading) -> None:
    asked = ("Ma commune a-t-elle droit à l’aide aux halles ?",)
    assert reads.read("non", asked).facts.answer in {"no", None}
    assert reads.read("non", ()).facts.answer is None
