"""What gives what is asked goes before what only comes near: an end date, a first step, the case told."""

from __future__ import annotations

from assistant.choosing.asked_first import asked_first
from assistant.choosing.evidence import Evidence
from assistant.reading.acts import ACTS, ASPECTS, Aspect, ReadAct
from assistant.reading.understand import Question
from assistant.search.hits import RetrievedChunk
from ingest.chunk import Chunk, ChunkSentence
from ingest.lexical import analyse


def evidence(text: str, logit: float, section: str = "Montant") -> Evidence:
    sentence = ChunkSentence(text, section, (1,))
    chunk = Chunk(
        id=text,
        document_id="fiche:halles",
        scheme_id="halles",
        title="Aide aux halles",
        sections=(section,),
        heading="Aide aux halles",
        text=text,
        sentences=(sentence,),
        sources=(),
    )
    return Evidence(
        RetrievedChunk(chunk, 1.0, {"lexical": 1.0}, 0.5), 0, sentence, frozenset(analyse(text)), 1.0, logit
    )


def question(text: str, aspect: Aspect) -> Question:
    read = ReadAct(
        dict.fromkeys(ACTS, 0.0) | {"ask_scheme": 1.0}, dict.fromkeys(ASPECTS, 0.0) | {aspect: 1.0}
    )
    return Question(text=text, search_text=text, read=read)


def texts(asked: Question, *kept: Evidence) -> list[str]:
    return [item.sentence.text for item in asked_first(asked, kept)]


REPORT = evidence("Un rapport propose deux ans de plus.", 10.0, "Calendrier")
END = evidence("L’aide est annoncée jusqu’au 31 décembre 2026.", 9.0, "Calendrier")


def test_the_end_date_comes_first_where_it_is_asked() -> None:
    until = question("C'est financé jusqu'à quelle date ?", "when")
    assert texts(until, REPORT, END)[0] == END.sentence.text
    assert texts(question("Que dit le rapport ?", "history"), REPORT, END)[0] == REPORT.sentence.text


def test_a_date_far_behind_what_answers_stays_there() -> None:
    until = question("C'est financé jusqu'à quelle date ?", "when")
    far = evidence("Le guichet est ouvert jusqu’au 1er mars 2020.", 2.0, "Calendrier")
    assert texts(until, REPORT, far)[0] == REPORT.sentence.text


def test_the_first_step_comes_before_what_the_aid_is() -> None:
    what = evidence("L’aide aux halles sert à couvrir un marché.", 10.0, "Objet")
    step = evidence("La commune écrit d’abord au guichet.", 9.0, "Démarche")
    assert texts(question("Par quoi commence-t-on ?", "how"), what, step)[0] == step.sentence.text
    assert texts(question("C'est quoi cette aide ?", "what"), what, step)[0] == what.sentence.text


def test_the_sentences_for_other_cases_go_where_one_is_for_the_case_told() -> None:
    kerbs = evidence("Pour les bordures, le plafond est de 100 € par mètre.", 10.0)
    paving = evidence("Pour créer un trottoir, le plafond est de 45 € par m².", 8.0)
    rate = evidence("Le taux est de 40 %.", 7.0)
    told = question("Quel prix au m² quand on refait un trottoir ?", "amount")
    assert texts(told, kerbs, paving, rate) == [paving.sentence.text, rate.sentence.text]
    assert len(texts(question("Quels plafonds ?", "amount"), kerbs, paving, rate)) == 3
