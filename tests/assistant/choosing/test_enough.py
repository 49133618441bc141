"""Whether one more sentence is worth reading after those chosen."""

from __future__ import annotations

import pytest

from assistant.choosing.enough import WEIGHTS, adds, likelihood, measure_more
from assistant.choosing.evidence import Evidence
from assistant.reading.acts import ACTS, ASPECTS, Aspect, ReadAct
from assistant.reading.understand import Question
from assistant.search.hits import RetrievedChunk
from ingest.chunk import Chunk, ChunkSentence
from ingest.lexical import analyse


def evidence(
    text: str,
    logit: float = 10.0,
    section: str = "Montant",
    document: str = "fiche:halles",
    asked: float = 0.0,
) -> Evidence:
    sentence = ChunkSentence(text, section, (1,))
    chunk = Chunk(
        id=f"{document}#{text}",
        document_id=document,
        scheme_id="halles",
        title="Aide",
        sections=(section,),
        heading="Aide",
        text=text,
        sentences=(sentence,),
        sources=(),
    )
    hit = RetrievedChunk(chunk, 1.0, {"lexical": 1.0}, 0.5)
    return Evidence(hit, 0, sentence, frozenset(analyse(text)), 1.0, logit=logit, asked=asked)


def question(text: str, aspects: dict[Aspect, float] | None = None) -> Question:
    read = None
    if aspects:
        shares = dict.fromkeys(ASPECTS, 0.0) | aspects
        read = ReadAct(dict.fromkeys(ACTS, 0.0), shares)
    return Question(text=text, search_text=text, read=read)


ASKED = question("Quel taux et quel plafond pour la halle ?")
BEST = evidence("Le taux est de 40 %.")


def test_every_measure_has_its_weight() -> None:
    assert set(measure_more(ASKED, (BEST,), BEST)) | {"bias"} == set(WEIGHTS)


def test_a_figure_and_a_word_asked_for_that_nobody_told_are_worth_reading() -> None:
    assert adds(ASKED, (BEST,), evidence("Le plafond est de 50 000 €.", 9.0))


def test_an_old_story_far_behind_isn_t() -> None:
    kept = (BEST, evidence("Le plafond est de 50 000 €.", 9.0))
    assert not adds(ASKED, kept, evidence("Un lavoir a été inauguré.", 1.0, "Exemples"))


def test_whoever_wants_everything_gets_it() -> None:
    assert adds(ASKED, (BEST,), evidence("Un lavoir a été inauguré.", 1.0, "Exemples"), least=0.0)


@pytest.mark.parametrize(
    ("likelier", "other"),
    [
        (evidence("Le plafond est de 50 000 €.", 9.0), evidence("Le plafond est de 50 000 €.", 5.0)),
        (evidence("Le plafond est connu."), evidence("Le maire est connu.")),
        (evidence("Le maire est venu.", asked=0.9), evidence("Le maire est venu.")),
        (evidence("Le maire est venu."), evidence("Le maire est venu.", section="Exemples")),
    ],
)
def test_of_two_sentences_the_one_that_tells_more_is_likelier(likelier: Evidence, other: Evidence) -> None:
    first, second = (likelihood(measure_more(ASKED, (BEST,), item)) for item in (likelier, other))
    assert 0 < second < first < 1


def test_each_further_sentence_is_less_likely() -> None:
    item = evidence("Le maire est venu.")
    two = (BEST, evidence("Le préfet est là."))
    after_one, after_two = (likelihood(measure_more(ASKED, kept, item)) for kept in ((BEST,), two))
    assert after_two < after_one


def test_a_question_that_is_plain_is_less_unsure() -> None:
    plain = question("Combien ?", {"amount": 1.0})
    vague = question("Combien ?", {"amount": 0.5, "who": 0.5})
    told = [measure_more(item, (BEST,), BEST)["unsure"] for item in (plain, vague)]
    assert told == [0.0, pytest.approx(0.693, abs=0.001)]
