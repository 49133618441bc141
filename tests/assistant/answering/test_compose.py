"""Which sentences make the reply, when there is none, and what is said of its age."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

import pytest
from small_corpus import FICHES, SmallCorpus, ask
from small_corpus import weighed as weighed_turn

from assistant.answering.cite import cite
from assistant.answering.compose import MAX_SENTENCES, compose, select
from assistant.answering.engine import Engine
from assistant.answering.steps import FINDING, UNDERSTANDING, run
from assistant.answering.turn import Turn
from assistant.checking.verify import figures, unknown_markers
from assistant.choosing.amounts import TypedAmounts
from assistant.choosing.evidence import Evidence, weigh
from assistant.choosing.support import measure_support
from assistant.markers import markers
from assistant.messages.asides import STARTERS
from assistant.messages.next_steps import NEXT_STEP, WHOM_TO_ASK
from assistant.messages.questions import NEEDS
from assistant.messages.searches import COVERAGE
from assistant.reading.names import SchemeNames
from assistant.reading.understand import Question, understand
from assistant.reply import Reply
from assistant.search.hits import RetrievedChunk
from corpus.fiches.fiche import UNKNOWN_SECTION
from corpus.french.folding import fold
from corpus.labels import Funder
from evaluation.judging.invariants import foreign_figures
from ingest.chunk import ChunkSentence
from ingest.lexical import analyse


def answer(engine: Engine, *turns: str, scheme: str | None = None) -> Reply:
    return engine.reply(ask(*turns, scheme=scheme))


ANSWERED = [
    ("Quel est le montant de l’aide aux halles de marché ?", "halles", "60 000 €"),
    ("quel montant pour les halles de marche", "halles", "40 %"),
    ("Qui peut bénéficier de l’aide aux halles de marché ?", "halles", "5 000 habitants"),
    ("Quelles communes ont reçu l’aide aux halles en juin 2022 ?", "halles", "Ambleville"),
    ("Quand déposer un dossier de halle de marché en 2023 ?", "halles", "30 juin 2023"),
    ("Quelles dépenses sont exclues pour les halles ?", "halles", "entretien du toit"),
    ("C’est quoi l’aide aux halles de marché ?", "halles", "halle couverte"),
    ("Comment demander l’aide aux lavoirs ?", "lavoirs", "direction de la culture"),
    ("Combien donne la Région par plant de haie ?", "haies", "3 €"),
    ("Quel est le montant de l’aide aux écoles ?", "ecoles", "200 000 €"),
    ("Combien pour isoler une école ?", "ecoles", "25 %"),
]
GAPS = [
    ("Peut-on cumuler l’aide aux halles avec d’autres aides ?", "halles", "cumul"),
    ("L’aide aux halles est-elle encore ouverte en 2026 ?", "halles", "2026"),
    ("L’aide aux halles est-elle encore ouverte ?", "halles", "2026"),
    ("Quel est le taux de l’aide aux lavoirs ?", "lavoirs", "taux"),
    ("Quel est le plafond de l’aide aux lavoirs ?", "lavoirs", "plafond"),
]
OFF_TOPIC = [
    "Quel temps fera-t-il demain à Lille ?",
    "Qui a gagné la Coupe du monde ?",
    "Donne-moi une recette de tarte.",
    "Comment refaire mon passeport ?",
    "?!",
    "aaaa",
]
EVERY_QUESTION = [*(question for question, _, _ in (*ANSWERED, *GAPS)), *OFF_TOPIC]


# --- answered -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("question", "scheme", "words"), ANSWERED)
def test_the_answer_holds_what_is_asked(small_engine: Engine, question: str, scheme: str, words: str) -> None:
    reply = answer(small_engine, question)
    assert reply.status == "answered"
    assert words in reply.answer.replace("\u00a0", " ")
    assert reply.citations[0].scheme_id == scheme
    assert scheme in reply.schemes


@pytest.mark.parametrize("question", EVERY_QUESTION)
def test_every_quote_is_verbatim_with_its_section_and_sources(small_engine: Engine, question: str) -> None:
    reply = answer(small_engine, question)
    for citation in reply.citations:
        assert citation.scheme_id is not None
        text = FICHES[citation.scheme_id]
        assert citation.quote in text
        section = text.split(citation.quote)[0].rpartition("\n## ")[2].partition("\n")[0]
        assert citation.section == section
        assert citation.document_id == f"fiche:{citation.scheme_id}"
        assert citation.sources
        assert all(source.published for source in citation.sources)


@pytest.mark.parametrize("question", EVERY_QUESTION)
def test_every_marker_has_its_citation_and_every_figure_its_passage(
    small_engine: Engine, question: str
) -> None:
    reply = answer(small_engine, question)
    assert not unknown_markers(reply.answer, reply.citations)
    assert [citation.n for citation in reply.citations] == list(range(1, len(reply.citations) + 1))
    assert set(markers(reply.answer)) == {citation.n for citation in reply.citations}
    for line in reply.answer.splitlines():
        assert not foreign_figures(line, reply.citations, (question,))


def test_a_sentence_is_said_as_it_stands(small_engine: Engine) -> None:
    reply = answer(small_engine, "Quel est le montant de l’aide aux halles de marché ?")
    first = reply.citations[0]
    assert reply.answer.splitlines()[0] == f"{first.quote} [1]"
    assert first.sources[0].publisher == "Région Hauts-de-France"
    assert first.sources[0].published == "2023-03-31"
    assert first.scheme_name == "Aide aux halles de marché"


@pytest.mark.parametrize("question", EVERY_QUESTION)
def test_an_answer_is_short_and_says_nothing_twice(small_engine: Engine, question: str) -> None:
    reply = answer(small_engine, question)
    quotes = [citation.quote for citation in reply.citations]
    assert len(quotes) <= MAX_SENTENCES
    assert len(set(quotes)) == len(quotes)


# --- what isn't known -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("behind", "shared", "status"),
    [(1.0, 0.9, "answered"), (1.0, 0.1, "unanswerable"), (20.0, 0.9, "unanswerable")],
)
def test_what_a_fiche_does_not_know_yields_to_a_page_that_tells_it(
    small_engine: Engine, behind: float, shared: float, status: str
) -> None:
    turn = Turn(request=ask("Quel est le taux de l’aide aux lavoirs ?"), started=time.perf_counter())
    turn = run((*UNDERSTANDING, *FINDING), small_engine.knowledge, turn)
    gap = next(item for item in turn.evidence if item.is_gap)
    told = ChunkSentence("Le taux de l’aide aux lavoirs est de 35 %.", "Article 2", (1,))
    page = replace(gap.hit.chunk, id="doc:lavoirs#1", document_id="doc:lavoirs", scheme_id=None)
    page = replace(page, sentences=(told,), text=told.text, sections=(told.section,))
    beside = Evidence(
        replace(gap.hit, chunk=page), 0, told, gap.stems, 1.0, logit=gap.logit - behind, shared=shared
    )
    question = replace(turn.understood, subjects=(*turn.understood.subjects, "doc:lavoirs"))
    reply = compose(
        question,
        turn.about.hits,
        sorted((*turn.evidence, beside), key=lambda item: -item.logit),
        turn.support,
        small_engine.knowledge.catalogue,
        2026,
    )
    assert reply.status == status
    assert ("35 %" in reply.answer.replace("\u00a0", " ")) is (status == "answered")


# --- dates ----------------------------------------------------------------------------------------


def test_a_dated_question_gets_only_what_bears_its_date(small_engine: Engine) -> None:
    reply = answer(small_engine, "Quelles communes ont reçu l’aide aux halles de marché en juin 2022 ?")
    assert "Ambleville" in reply.answer
    assert "Coulonges" not in reply.answer
    reply = answer(small_engine, "Quelles communes ont reçu l’aide aux halles de marché en mars 2023 ?")
    assert "Coulonges" in reply.answer
    assert "Ambleville" not in reply.answer


def test_without_a_date_all_examples_may_come(small_engine: Engine) -> None:
    reply = answer(small_engine, "Quelles communes ont reçu l’aide aux halles de marché ?")
    assert "Ambleville" in reply.answer
    assert "Coulonges" in reply.answer


# --- gaps -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("question", "scheme", "word"), GAPS)
def test_a_gap_is_answered_as_a_gap(small_engine: Engine, question: str, scheme: str, word: str) -> None:
    reply = answer(small_engine, question)
    assert reply.status == "unanswerable"
    assert reply.lines[0].kind == "unknown"
    assert reply.lines[0].said == reply.citations[0].quote, "the finding itself, nothing before it"
    assert reply.citations[0].section == "Ce que l’on ne sait pas"
    assert word in reply.citations[0].quote
    assert reply.schemes == (scheme,)


def test_a_gap_comes_with_what_is_known(small_engine: Engine) -> None:
    reply = answer(small_engine, "L’aide aux halles est-elle encore ouverte en 2026 ?")
    assert "du 3 avril au 30 juin 2023" in reply.answer
    assert "Ce que disent nos sources" in reply.answer.replace("\u00a0", " ")


@pytest.mark.parametrize(
    "question",
    [
        "Combien pour une halle de marché, et combien pour un lavoir ?",
        "Quel est le montant pour les halles et pour les écoles ?",
    ],
)
def test_an_amount_that_is_known_is_no_gap(small_engine: Engine, question: str) -> None:
    reply = answer(small_engine, question)
    assert reply.status == "answered"
    assert "60 000 €" in reply.answer


def test_a_cost_that_was_not_found_is_said_not_to_be_whatever_other_amount_there_is(
    small_corpus: SmallCorpus,
) -> None:
    """Asked what membership costs, the subsidy that the association itself receives is no answer."""
    corpus = SmallCorpus(small_corpus.root / "membership")
    corpus.write(
        "ecoles",
        FICHES["ecoles"].split("## Objet")[0]
        + """\
## Objet
- Le réseau des écoles est une association qui conseille les communes. [1]
## Montant
- La Région a versé 78 500 € au réseau des écoles en 2023. [1]
## Ce que l’on ne sait pas
- Le coût d’adhésion au réseau des écoles n’a pas été trouvé dans les sources consultées.
""",
    )
    corpus.ingest()
    reply = answer(
        corpus.engine(), "Combien coûte l’adhésion d’une commune au réseau des écoles ?", scheme="ecoles"
    )
    assert any("coût d’adhésion" in citation.quote for citation in reply.citations)


def test_what_is_excluded_is_said_when_asked_whether_it_is_covered(small_engine: Engine) -> None:
    reply = answer(
        small_engine, "L’entretien du toit est-il pris en charge par l’aide aux halles de marché ?"
    )
    assert "ne couvrait pas l’entretien du toit" in reply.answer


# --- named schemes --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "scheme"),
    [
        ("Combien de plants de haie pour une halle ?", None),
        ("Quel est le taux pour les lavoirs, 40 % comme une halle ?", "lavoirs"),
        ("Quel est le montant par plant ?", "halles"),
        ("Qui a reçu 1,2 M€ ?", "ecoles"),
        ("Où déposer le dossier ?", "haies"),
        ("Construction d’une halle couverte pour les marchands", "lavoirs"),
    ],
)
def test_a_named_scheme_is_never_answered_from_another(
    small_engine: Engine, small_corpus: SmallCorpus, question: str, scheme: str | None
) -> None:
    reply = answer(small_engine, question, scheme=scheme)
    named = set(SchemeNames(small_corpus.catalogue.schemes).find(question)) | ({scheme} - {None})
    assert {citation.scheme_id for citation in reply.citations} <= named
    assert set(reply.schemes) <= named


def test_a_name_alone_gets_what_it_is(small_engine: Engine) -> None:
    reply = answer(small_engine, "les halles de marché")
    assert reply.status == "answered"
    assert {citation.scheme_id for citation in reply.citations} == {"halles"}


def test_what_may_be_the_answer_is_said_beside_what_is_known(small_engine: Engine) -> None:
    reply = answer(small_engine, "Combien la Région paie-t-elle pour un lavoir ?")
    assert reply.status == "answered"
    assert any(
        citation.section == UNKNOWN_SECTION and "taux" in citation.quote for citation in reply.citations
    )


# --- lists ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "question",
    [
        "Y a-t-il des subventions pour restaurer des lavoirs anciens ou planter des haies ?",
    ],
)
def test_a_list_is_short_with_a_line_of_each_scheme(small_engine: Engine, question: str) -> None:
    reply = answer(small_engine, question)
    assert reply.status == "answered"
    assert len(reply.schemes) > 1
    assert 3 <= len(reply.answer.splitlines()) <= 8
    found = [citation.scheme_id for citation in reply.citations]
    assert set(found) == set(reply.schemes)
    assert list(dict.fromkeys(found)) == list(reply.schemes)


# --- cautions -------------------------------------------------------------------------------------


def caution_of(reply: Reply) -> str:
    return next((item.text for item in reply.lines if item.kind == "caution"), "")


def test_an_old_rule_is_said_to_be_old_with_its_year(small_engine: Engine) -> None:
    caution = caution_of(answer(small_engine, "Quel est le montant de l’aide aux halles de marché ?"))
    assert "Règle de 2023" in caution
    assert "reconduction non vérifiée" in caution
    assert "Aide aux halles de marché" in caution
    assert caution.endswith("[1]")


def test_the_rule_of_this_year_needs_no_caution(small_engine: Engine, small_corpus: SmallCorpus) -> None:
    question = "Quel est le montant de l’aide aux écoles ?"
    assert not caution_of(answer(small_engine, question))
    later = small_corpus.engine(date(2027, 1, 1))
    assert "Règle de 2026" in caution_of(answer(later, question))


def test_an_open_scheme_needs_no_caution(small_engine: Engine) -> None:
    assert not caution_of(answer(small_engine, "Comment demander l’aide aux lavoirs ?"))


@pytest.mark.parametrize(
    "question", ["Combien donne la Région par plant de haie ?", "C’est quoi l’aide aux haies ?"]
)
def test_a_closed_scheme_is_said_to_be_closed(small_engine: Engine, question: str) -> None:
    caution = caution_of(answer(small_engine, question))
    assert "n’est plus ouvert" in caution
    assert "Plantation de haies" in caution


def test_an_example_is_a_fact_not_a_rule(small_engine: Engine) -> None:
    assert not caution_of(answer(small_engine, "Quelles communes ont reçu l’aide aux halles en juin 2022 ?"))


# --- which rule goes first ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("behind", "typed", "question", "first"),
    [
        (4.0, 1.0, "Quel est le montant de l’aide aux halles de marché ?", "2023"),
        (6.0, 1.0, "Quel est le montant de l’aide aux halles de marché ?", "2021"),
        (4.0, 0.5, "Quel est le montant de l’aide aux halles de marché ?", "2021"),
        (4.0, 1.0, "Quel était le montant de l’aide aux halles de marché en 2021 ?", "2021"),
    ],
)
def test_of_two_rules_that_state_as_much_the_later_goes_first_unless_a_year_is_asked(
    small_engine: Engine, behind: float, typed: float, question: str, first: str
) -> None:
    turn = weighed_turn(small_engine, ask(question))
    rule = next(item for item in turn.evidence if item.sentence.section == "Montant")
    old = replace(rule.sentence, text="En 2021, la Région payait 30 % du coût d’une halle de marché.")
    evidence = [
        replace(rule, sentence=old, stems=frozenset({"ancien"}), logit=20.0, score=1.0, typed=1.0),
        replace(rule, logit=20.0 - behind, score=0.5, typed=typed),
    ]
    assert first in select(turn.understood, evidence)[0].sentence.text


# --- figures that nothing tells -------------------------------------------------------------------


def test_a_figure_that_no_source_gives_is_said_with_what_they_do_say(small_engine: Engine) -> None:
    reply = answer(small_engine, "Combien de temps avant d’avoir la réponse pour une halle de marché ?")
    assert reply.status == "unanswerable"
    assert "délai de réponse" in reply.answer.splitlines()[0]
    assert NEXT_STEP[Funder.REGION] in reply.answer
    assert reply.schemes == ("halles",)
    assert set(markers(reply.answer)) == {citation.n for citation in reply.citations}


# --- no answer ------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", OFF_TOPIC)
def test_off_topic_is_not_answered(small_engine: Engine, question: str) -> None:
    reply = answer(small_engine, question)
    asks = reply.status == "clarification" and reply.choices == NEEDS
    assert asks or reply.status in {"unanswerable", "out_of_scope", "conversation"}
    assert reply.citations == ()
    if asks or reply.status == "conversation":
        return
    assert not figures(reply.answer)
    if reply.status == "unanswerable":
        assert WHOM_TO_ASK in reply.answer
    else:
        assert COVERAGE in reply.answer
        assert reply.follow_ups == STARTERS


def test_off_topic_about_a_named_scheme_names_it(small_engine: Engine) -> None:
    reply = answer(small_engine, "Quel est le cours de la bourse de Tokyo et la météo ?", scheme="lavoirs")
    assert reply.status == "unanswerable"
    assert reply.citations == ()
    assert reply.schemes == ("lavoirs",)
    assert "lavoirs" in fold(reply.answer)


def test_without_any_passage_there_is_no_answer(small_corpus: SmallCorpus) -> None:
    question = Question(text="halle", search_text="halle")
    support = measure_support(question, [], {"hall": 1.0})
    assert (support.coverage, support.similarity, support.is_enough) == (0.0, 0.0, False)
    reply = compose(question, [], [], support, small_corpus.catalogue, 2026)
    assert (reply.status, reply.citations) == ("unanswerable", ())


# --- parts ----------------------------------------------------------------------------------------


def weighed(corpus: SmallCorpus, text: str) -> tuple[Question, list[RetrievedChunk], list[Evidence]]:
    question = understand(ask(text).messages, SchemeNames(corpus.catalogue.schemes))
    hits = corpus.retriever().retrieve(question.search_text, schemes=question.schemes)
    weights = dict.fromkeys(analyse(text), 1.0)
    return question, hits, weigh(question, hits, weights, corpus.embedder, {}, TypedAmounts(()))


def test_selected_sentences_come_from_one_document_or_from_the_schemes_named(
    small_corpus: SmallCorpus,
) -> None:
    question, _, evidence = weighed(small_corpus, "une subvention qui soutient")
    assert len({item.hit.chunk.document_id for item in select(question, evidence)}) == 1
    question, _, evidence = weighed(small_corpus, "Quel est le montant pour les haies et pour les halles ?")
    kept = select(question, evidence)
    assert {item.hit.chunk.scheme_id for item in kept} <= {"haies", "halles"}
    assert kept[0] is evidence[0]


def test_a_passage_of_a_plain_document_is_cited_without_a_scheme(small_corpus: SmallCorpus) -> None:
    corpus = SmallCorpus(small_corpus.root / "plain")
    page = corpus.root / "piscine.md"
    page.write_text(
        "# La piscine de Sault\n\n## Travaux\n"
        "La piscine intercommunale de Sault a coûté 3 400 000 € en 2021.\n",
        encoding="utf-8",
    )
    corpus.ingest(page)
    reply = answer(corpus.engine(), "Combien a coûté la piscine intercommunale de Sault ?")
    assert reply.status == "answered"
    citation = reply.citations[0]
    assert (citation.scheme_id, citation.scheme_name) == (None, None)
    assert citation.document_id.startswith("doc:")
    assert citation.section == "Travaux"
    assert "3 400 000 €" in citation.quote
    assert reply.schemes == ()


def test_an_item_of_a_page_is_said_under_its_heading(small_corpus: SmallCorpus) -> None:
    """Alone, "le chlore de la piscine de Sault" would read as what is paid for."""
    corpus = SmallCorpus(small_corpus.root / "listed")
    page = corpus.root / "piscine.md"
    page.write_text(
        "# L’aide à la piscine de Sault\n\n## Ce qui n’est pas financé\n\n"
        "- le chlore de la piscine de Sault\n- le carrelage des vestiaires de Sault\n\n"
        "## Contact\n\nLe service des sports de Sault répond le mardi.\n",
        encoding="utf-8",
    )
    corpus.ingest(page)
    reply = answer(corpus.engine(), "Le chlore de la piscine de Sault est-il financé ?")
    told = [line.text for line in reply.lines if "chlore" in line.text]
    assert told
    assert all(text.startswith("Ce qui n’est pas financé") for text in told)


def test_a_fiche_that_left_the_catalogue_is_cited_as_a_document(small_corpus: SmallCorpus) -> None:
    _, _, evidence = weighed(small_corpus, "une halle couverte")
    empty = SmallCorpus(small_corpus.root / "fewer")
    (empty.schemes / "halles.md").unlink()
    item = next(item for item in evidence if item.hit.chunk.scheme_id == "halles")
    citation = cite(3, item, empty.catalogue)
    assert (citation.n, citation.scheme_id, citation.scheme_name) == (3, None, None)


def test_follow_ups_ask_for_other_sections_of_the_same_scheme(small_engine: Engine) -> None:
    reply = answer(small_engine, "Quel est le montant de l’aide aux halles de marché ?")
    assert 1 <= len(reply.follow_ups) <= 3
    assert all("halles" in question for question in reply.follow_ups)
    shown = {citation.section for citation in reply.citations}
    for question in reply.follow_ups:
        followed = answer(small_engine, question)
        assert followed.schemes == ("halles",)
        assert followed.status == "answered"
        assert not {citation.section for citation in followed.citations} <= shown
