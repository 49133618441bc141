"""Which schemes a question is about: named, spoken of before, or likeliest."""

from __future__ import annotations

from dataclasses import astuple, replace
from pathlib import Path

import pytest
from small_corpus import FICHES, SmallCorpus, ask

from assistant.answering.engine import Engine
from assistant.reading.understand import understand
from assistant.search.nearest import Near
from assistant.search.schemes import RankedScheme
from assistant.search.subject import Standing, Subject, parts_of
from corpus.fiches.catalogue import load_catalogue

QUESTIONS = {
    "halles": (
        ("Combien pour une halle couverte ?", "jusqu’à 40 % du coût"),
        ("Le toit de la halle fuit, est-ce payé ?", "ne couvrait pas l’entretien du toit"),
    ),
    "lavoirs": (
        ("Notre vieux lavoir tombe en ruine", "soutient la restauration des lavoirs"),
        ("Où envoyer le dossier pour un lavoir ?", "se dépose auprès de la direction de la culture"),
    ),
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    corpus = SmallCorpus(tmp_path_factory.mktemp("subject"))
    for name, rows in QUESTIONS.items():
        corpus.ask_about(name, *rows)
    corpus.ingest()
    return corpus.engine()


def subject(engine: Engine, *turns: str, scheme: str | None = None) -> Subject:
    messages = ask(*turns).messages
    question = understand(messages, engine.knowledge.names, scheme)
    return engine.knowledge.subjects.find(question, messages, is_chosen=scheme is not None)


def test_only_passages_of_the_subject_may_answer(engine: Engine) -> None:
    found = subject(engine, "Notre lavoir est en ruine, quelle aide ?")
    assert found.question.subjects == ("lavoirs",)
    assert {hit.chunk.scheme_id for hit in found.hits} == {"lavoirs"}
    assert found.near[0] == "lavoirs"
    assert 0 < found.share <= 1


def test_the_counterpart_of_a_funder_is_as_likely_as_what_it_stands_for(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = subject(engine, "Notre lavoir est en ruine, combien ?")
    monkeypatch.setattr("assistant.search.subject.prefer_funder", lambda *_: ("halles",))
    found = subject(engine, "Notre lavoir est en ruine, combien ?")
    assert (found.question.subjects, found.near) == (("halles",), ("halles",))
    assert (found.share, found.learned) == (alone.share, alone.learned)
    assert found.standing.passage >= alone.standing.passage


def test_a_chosen_scheme_is_the_subject_whatever_is_said(engine: Engine) -> None:
    found = subject(engine, "Notre lavoir est en ruine", scheme="halles")
    assert found.question.subjects[0] == "halles"
    assert found.share == 1.0


def test_a_follow_up_keeps_the_subject(engine: Engine) -> None:
    found = subject(engine, "L’aide aux halles de marché ?", "…", "et combien ?")
    assert found.question.subjects == ("halles",)
    assert found.share == 1.0


def test_a_message_with_a_subject_of_its_own_changes_it(engine: Engine) -> None:
    found = subject(
        engine, "L’aide aux halles de marché ?", "…", "Notre vieux lavoir tombe en ruine aussi, que faire ?"
    )
    assert found.question.subjects == ("lavoirs",)


def test_a_bare_fact_does_not_change_the_subject(engine: Engine) -> None:
    found = subject(engine, "L’aide aux halles de marché ?", "…", "Nous sommes 900 habitants.")
    assert found.question.subjects == ("halles",)


def test_what_is_asked_about_stands_out(engine: Engine) -> None:
    near = subject(engine, "Une halle couverte pour les marchands ?").standing
    far = subject(engine, "Combien de dents a un requin ?").standing
    assert near.margin > far.margin
    assert near.several > far.several


RANKED = [
    RankedScheme("a", 3.0, has_topic=False, passage=0.9, near=Near(0.8, 0.7, 0.4, 0.8)),
    RankedScheme("b", 2.0, has_topic=False, passage=0.4, near=Near(0.9, 0.6, 0.3, 0.9)),
    RankedScheme("c", 1.0, has_topic=False, passage=0.5, near=Near(0.6, 0.5, 0.2, 0.6)),
    RankedScheme("d", 0.5, has_topic=False, passage=0.1),
]


def test_the_standing_is_that_of_the_best_subject_against_all_others() -> None:
    assert Standing.of(("a",), RANKED) == Standing(0.9, pytest.approx(0.4), pytest.approx(-0.1))
    assert Standing.of(("a", "b"), RANKED) == Standing(0.9, pytest.approx(0.4), pytest.approx(0.3))
    assert Standing.of(("e",), RANKED) == Standing.of((), RANKED) == Standing()


def test_a_subject_alone_stands_out_from_its_own_sentences() -> None:
    assert Standing.of(("a",), RANKED[:1]) == Standing(0.9, pytest.approx(0.3), pytest.approx(0.4))


def test_a_subject_none_of_whose_sentences_is_known_does_not_stand_out() -> None:
    assert Standing.of(("d",), RANKED[3:]) == Standing(0.1, 0.0, 0.0)


@pytest.mark.parametrize("by", [0.1, 0.3])
def test_an_encoder_whose_similarities_are_all_higher_changes_no_standing(by: float) -> None:
    higher = [replace(item, near=Near(*(value + by for value in astuple(item.near)))) for item in RANKED[:3]]
    told, moved = Standing.of(("a",), RANKED[:3]), Standing.of(("a",), higher)
    assert (moved.several, moved.margin) == (pytest.approx(told.several), pytest.approx(told.margin))


def test_the_parts_of_a_policy_are_those_that_say_so() -> None:
    parts = parts_of(load_catalogue())
    assert {"actes-projets-locaux", "actes-projets-structurants"} <= parts["actes"]
    assert "videoprotection" not in parts


def test_a_corpus_without_relations_has_no_part(tmp_path: Path) -> None:
    assert parts_of(SmallCorpus(tmp_path).catalogue) == {}


def test_a_list_for_a_need_is_not_narrowed_by_an_ordinary_word(engine: Engine) -> None:
    found = subject(engine, "Quelles aides pour un lavoir et une halle ?")
    assert {"halles", "lavoirs"} <= set(found.question.subjects)


@pytest.fixture(scope="module")
def with_a_general_fiche(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """An engine on a corpus where one fiche is on everything, and two are told apart by a condition."""
    corpus = SmallCorpus(tmp_path_factory.mktemp("general"))
    general = FICHES["ecoles"].replace("topics: [school]", "topics: [general]")
    corpus.write("ecoles", general.replace("aliases: [école, ", "aliases: [déposer un dossier, "))
    for name, other, expected in (("lavoirs", "halles", "true"), ("halles", "lavoirs", "false")):
        check = (
            f"criteria:\n  - {{kind: manual_check, fact: classe, expected: {expected}, "
            "question: Le lavoir est-il inscrit ou classé ?, source: 1}\n"
            f"relations:\n  - {{kind: often_confused_with, scheme: {other}}}\n"
        )
        corpus.write(name, FICHES[name].replace("sources:\n", f"{check}sources:\n", 1))
    corpus.ingest()
    return corpus.engine()


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Notre lavoir ancien de pierre tombe en ruine, faut-il déposer un dossier ?", "lavoirs"),
        ("Il faut déposer un dossier ?", "ecoles"),
        ("La rénovation énergétique des écoles : un lavoir ancien de pierre en ruine ?", "ecoles"),
    ],
)
def test_a_fiche_on_everything_yields_to_the_need_that_the_message_tells(
    with_a_general_fiche: Engine, text: str, about: str
) -> None:
    assert subject(with_a_general_fiche, text).question.subjects[0] == about


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Le lavoir n’est pas classé, ni inscrit.", "halles"),
        ("Le lavoir est classé.", "lavoirs"),
        ("Le lavoir n’est pas classé.", "lavoirs"),
    ],
)
def test_what_an_aid_requires_denied_means_the_one_confused_with_it(
    with_a_general_fiche: Engine, said: str, meant: str
) -> None:
    finder = with_a_general_fiche.knowledge.subjects
    ranked = [RankedScheme(name, 0.0, has_topic=False, likelihood=0.5) for name in ("lavoirs", "halles")]
    assert finder._for_what_is_denied(ranked, said).scheme_id == meant


def test_what_the_question_leaves_out_is_no_subject(engine: Engine) -> None:
    messages = ask("Notre lavoir est en ruine, quelle aide ?").messages
    question = understand(messages, engine.knowledge.names)
    assert engine.knowledge.subjects.find(question, messages, is_chosen=False).question.subjects == (
        "lavoirs",
    )
    apart = replace(question, schemes=(), apart=frozenset({"lavoirs"}))
    found = engine.knowledge.subjects.find(apart, messages, is_chosen=False)
    assert found.question.subjects
    assert "lavoirs" not in found.question.subjects
    assert "lavoirs" not in found.near
    assert "lavoirs" not in {hit.chunk.scheme_id for hit in found.found}
    assert sum(item.likelihood for item in found.ranked) == pytest.approx(1)
