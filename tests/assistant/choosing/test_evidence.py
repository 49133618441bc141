"""Which sentence is the better evidence, and what its parts measure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from fake_embedder import FakeEmbedder
from hypothesis import given
from hypothesis import strategies as st

from assistant.choosing.amounts import TypedAmounts
from assistant.choosing.evidence import WEIGHTS, Evidence, coverage, date_fit, form_fit, weigh
from assistant.reading.french.dates import stated_dates
from assistant.reading.intents import Intent, find_intents
from assistant.reading.understand import Question
from assistant.search.hits import RetrievedChunk
from corpus.fiches.fiche import UNKNOWN_SECTION
from corpus.source import Source
from ingest.chunk import Chunk, ChunkSentence
from ingest.lexical import analyse

SOURCES = (
    Source(n=1, title="Une page", publisher="Région", published="2023-07-07"),
    Source(n=2, title="Un article", publisher="La Gazette", published="2019-03", updated="2021-05-02"),
    Source(n=3, title="Une page sans date", publisher="Région", date_note="sans date"),
)

NONE = TypedAmounts(())


def sentence(text: str, section: str = "Objet", *sources: int) -> ChunkSentence:
    return ChunkSentence(text, section, sources or (1,))


def passage(*sentences: ChunkSentence, score: float = 1.0, name: str = "halles") -> RetrievedChunk:
    text = "\n".join(item.text for item in sentences)
    chunk = Chunk(
        id=f"fiche:{name}#{hash(text)}",
        document_id=f"fiche:{name}",
        scheme_id=name,
        title="Aide",
        sections=tuple(dict.fromkeys(item.section for item in sentences)),
        heading="Aide",
        text=text,
        sentences=sentences,
        sources=SOURCES,
    )
    return RetrievedChunk(chunk, score, {"lexical": score}, 0.5)


def asked(text: str) -> Question:
    return Question(text=text, search_text=text, intents=find_intents(text))


def weighed(text: str, *hits: RetrievedChunk) -> Sequence[Evidence]:
    weights = dict.fromkeys(analyse(text), 1.0)
    return weigh(asked(text), hits, weights, FakeEmbedder(), {}, TypedAmounts(()))


def test_every_sentence_is_weighed_best_first() -> None:
    hits = passage(sentence("Une halle."), sentence("Un lavoir.")), passage(sentence("Une haie."))
    found = weighed("Parlez-moi de la halle", *hits)
    assert len(found) == 3
    assert found[0].sentence.text == "Une halle."
    assert [item.score for item in found] == sorted((item.score for item in found), reverse=True)
    for item in found:
        assert item.hit.chunk.sentences[item.position] is item.sentence
        assert item.stems == frozenset(analyse(item.sentence.text))


def test_no_passage_no_evidence() -> None:
    assert weighed("halle") == []


def test_the_section_that_is_asked_for_wins() -> None:
    hit = passage(
        sentence("L’aide aux halles est de 40 %.", "Exemples"),
        sentence("L’aide aux halles est de 30 %.", "Montant"),
    )
    assert weighed("Quel est le montant pour les halles ?", hit)[0].sentence.section == "Montant"


class InOrder(frozenset[Intent]):
    """A set that gives its elements in the order told, as a set may in another process."""

    def __new__(cls, *intents: Intent) -> InOrder:
        made = super().__new__(cls, intents)
        made.order = intents
        return made

    order: tuple[Intent, ...]

    def __iter__(self) -> Iterator[Intent]:
        return iter(self.order)


def test_each_thing_asked_counts_whatever_the_order_of_a_set() -> None:
    hit = passage(sentence("Le montant.", "Montant"), sentence("Le nombre.", "Chiffres clés"))
    text = "Combien de halles ?"
    weights = dict.fromkeys(analyse(text), 1.0)
    found = [
        {
            item.sentence.text: item.logit
            for item in weigh(question, (hit,), weights, FakeEmbedder(), {}, NONE)
        }
        for intents in ((Intent.HOW_MUCH, Intent.COUNT), (Intent.COUNT, Intent.HOW_MUCH))
        for question in (replace(asked(text), intents=InOrder(*intents)),)
    ]
    assert found[0] == found[1]


def test_an_amount_wins_when_an_amount_is_asked_for() -> None:
    hit = passage(
        sentence("Le montant de l’aide aux halles dépend du projet.", "Montant"),
        sentence("Le montant de l’aide aux halles atteint 60 000 €.", "Montant"),
    )
    question = asked("Quel est le montant pour les halles ?")
    alike = {**WEIGHTS, "meaning": 0.0}  # what a made-up encoder finds alike tells nothing
    best, _ = weigh(
        question, (hit,), dict.fromkeys(analyse(question.text), 1.0), FakeEmbedder(), {}, NONE, alike
    )
    assert "60 000 €" in best.sentence.text


def test_the_date_of_the_question_wins_over_a_better_passage() -> None:
    hit = passage(
        sentence("En mars 2023, Coulonges a reçu une aide pour sa halle.", "Exemples"),
        sentence("En juin 2022, Ambleville a reçu une aide pour sa halle.", "Exemples"),
    )
    found = weighed("Quelles communes ont reçu une aide pour leur halle en juin 2022 ?", hit)
    assert "Ambleville" in found[0].sentence.text


def test_of_two_like_sentences_the_newer_source_wins() -> None:
    hit = passage(
        sentence("La halle est couverte.", "Objet", 2), sentence("La halle est couverte .", "Objet", 1)
    )
    assert weighed("halle", hit)[0].sentence.sources == (1,)


def test_a_better_passage_lifts_its_sentences() -> None:
    weak, strong = passage(sentence("Une halle."), score=0.2), passage(sentence("Une halle !"), score=1.0)
    assert weighed("halle", weak, strong)[0].hit is strong


def test_a_question_without_a_known_word_still_weighs() -> None:
    assert len(weighed("???", passage(sentence("Une halle.")))) == 1


def test_a_gap_is_told_by_its_section() -> None:
    found = weighed("halle", passage(sentence("Le taux n’a pas été trouvé.", UNKNOWN_SECTION)))
    assert found[0].is_gap
    assert not weighed("halle", passage(sentence("Une halle.")))[0].is_gap


# --- coverage -------------------------------------------------------------------------------------


def test_coverage_is_the_share_of_weight() -> None:
    weights = {"hall": 3.0, "marchand": 1.0}
    assert coverage(weights, ["une halle"]) == pytest.approx(0.75)
    assert coverage(weights, ["une halle", "des marchands"]) == pytest.approx(1.0)
    assert coverage(weights, ["une haie"]) == 0
    assert coverage(weights, []) == 0
    assert coverage({}, ["une halle"]) == 0


@given(st.dictionaries(st.sampled_from(["hall", "lavoir", "hai"]), st.floats(0, 10)), st.lists(st.text()))
def test_coverage_lies_between_none_and_all(weights: dict[str, float], texts: list[str]) -> None:
    assert 0 <= coverage(weights, texts) <= 1.000001


# --- dates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("en juillet 2023", {"2023-07"}),
        ("en Août 2022 et en 2024", {"2022-08", "2024"}),
        ("FEVRIER 2021", {"2021-02"}),
        ("le 15 décembre 2023", {"2023-12"}),
        ("de 2019 à 2022", {"2019", "2022"}),
        ("2023-2027", {"2023", "2027"}),
        ("1 000 000 € pour 2047 communes", {"2047"}),
        ("l’an dernier", set()),
        ("adopté le 15/12/2023, puis le 2024-07-01", {"2023-12", "2024-07"}),
        ("AU 30 JUIN 2024", {"2024-06"}),
        ("en 1889", set()),
        ("12023", set()),
        ("", set()),
    ],
)
def test_the_dates_that_a_text_states(text: str, dates: set[str]) -> None:
    assert stated_dates(text) == dates


@pytest.mark.parametrize(
    ("question", "text", "source", "fits"),
    [
        ("en juillet 2023", "En juillet 2023, une aide.", 2, True),
        ("en 2023", "En juillet 2023, une aide.", 2, True),
        ("en juillet 2023", "Une aide.", 1, True),  # its source is of July 2023
        ("en juillet 2023", "En août 2023, une aide.", 2, False),
        ("en juillet 2023", "En 2023, une aide.", 2, False),  # the month isn't known
        ("en mars 2019", "Une aide.", 2, True),
        ("en mai 2021", "Une aide.", 2, True),  # the update counts
        ("en 2020", "Une aide.", 2, False),
        ("en 2023", "Une aide.", 3, False),
        ("cette année", "En 2023, une aide.", 1, False),
        # A deadline is that of the scheme, not of the article that tells it.
        ("La date limite était-elle le 31 juillet 2023 ?", "Une aide.", 1, False),
        ("La date limite était-elle le 31/07/2023 ?", "Jusqu’au 3 juillet 2023.", 1, True),
        ("L’appel fermait-il le 31 juillet 2023 ?", "Une aide.", 1, False),
        ("La date limite était-elle en 2023 ?", "Une aide.", 1, True),
    ],
)
def test_a_sentence_fits_a_date_by_its_words_or_its_source(
    question: str, text: str, source: int, fits: bool
) -> None:
    item = sentence(text, "Exemples", source)
    assert (date_fit(asked(question), passage(item), item) > 0) is fits


def test_other_dates_can_be_looked_for() -> None:
    item = sentence("En 2026, une aide.", "Calendrier", 2)
    assert date_fit(asked("Est-ce ouvert ?"), passage(item), item, {"2026"}) == 1
    assert date_fit(asked("Est-ce ouvert en 2026 ?"), passage(item), item, {"2025"}) == 0
    assert date_fit(asked("Est-ce ouvert en 2026 ?"), passage(item), item, set()) == 0


# --- form -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "better", "worse"),
    [
        ("Quel est le montant ?", "Jusqu’à 30 %, dans la limite de 30 000 €.", "Jusqu’à 30 %."),
        ("Quel est le montant ?", "Une enveloppe de 1,78 million d’euros.", "Une grande enveloppe."),
        ("Combien ?", "78 500 € par an.", "Trois fois par an."),
        ("Combien ?", "2,5 M€ en tout.", "148 communes en tout."),
        ("Quand ?", "La campagne ouvre en 2024.", "La campagne ouvre au printemps."),
        ("C’est quoi ?", "C’est une aide : l’aide est une subvention.", "Noyon a ouvert."),
    ],
)
def test_the_form_of_an_answer(question: str, better: str, worse: str) -> None:
    assert form_fit(asked(question), sentence(better)) > form_fit(asked(question), sentence(worse))


def test_without_an_intent_no_form_is_better() -> None:
    assert form_fit(asked("la halle"), sentence("30 % en 2024.")) == 0
