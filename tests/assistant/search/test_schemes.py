"""Which schemes a question is likely about, when it names none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from types import MappingProxyType

import pytest
from fakes import CATALOGUE
from hypothesis import given
from hypothesis import strategies as st

from assistant.search.hits import RetrievedChunk
from assistant.search.schemes import (
    RankedScheme,
    compared,
    funders_named,
    likeliest,
    measure_page,
    of_funders_asked,
    prefer_funder,
    rank_schemes,
    surely_named,
)
from corpus.fiches.catalogue import Catalogue, load_catalogue
from corpus.fiches.fiche import Fiche
from corpus.fiches.scheme import Relation
from corpus.labels import Beneficiary, Funder, RelationKind, Topic
from ingest.chunk import Chunk, ChunkSentence


@cache
def catalogue() -> Catalogue:
    """Three schemes of the Region, one of which, ``towns``, has a twin of the State, ``national``."""
    fiches: dict[str, Fiche] = {}
    for scheme_id, name, funder, topic, who, relations in (
        ("trees", "Plantation d’arbres", Funder.REGION, Topic.TREES, Beneficiary.COMMUNE, ()),
        ("stadium", "Stades et gymnases", Funder.REGION, Topic.SPORT, Beneficiary.ASSOCIATION, ()),
        (
            "towns",
            "Volet régional des bourgs de demain",
            Funder.REGION,
            Topic.TOWN_CENTRE,
            Beneficiary.COMMUNE,
            ("national",),
        ),
        (
            "national",
            "Les bourgs de demain",
            Funder.STATE,
            Topic.TOWN_CENTRE,
            Beneficiary.COMMUNE,
            ("towns",),
        ),
    ):
        base = CATALOGUE.fiche("cvcb")
        scheme = base.scheme.model_copy(
            update={
                "id": scheme_id,
                "name": name,
                "aliases": (name,),
                "funder": funder,
                "topics": (topic,),
                "beneficiaries": (who,),
                "relations": tuple(
                    Relation(kind=RelationKind.COMPLEMENTS, scheme=other) for other in relations
                ),
            }
        )
        fiches[scheme_id] = replace(base, scheme=scheme)
    return Catalogue(MappingProxyType(fiches))


def hit(scheme: str | None, score: float, number: int = 1) -> RetrievedChunk:
    document = f"fiche:{scheme}" if scheme else "doc:page.md"
    chunk = Chunk(
        id=f"{document}#{number}",
        document_id=document,
        scheme_id=scheme,
        title="Aide",
        sections=("Objet",),
        heading="Aide",
        text="Une aide.",
        sentences=(ChunkSentence("Une aide.", "Objet", (1,)),),
        sources=(),
    )
    return RetrievedChunk(chunk, score, {"lexical": score}, 0.5)


def order(text: str, hits: Sequence[RetrievedChunk], applicant: Beneficiary | None = None) -> list[str]:
    return [item.scheme_id for item in rank_schemes(text, hits, catalogue(), applicant)]


# --- ranking --------------------------------------------------------------------------------------


def test_the_better_passage_wins_when_nothing_else_tells() -> None:
    assert order("une aide", [hit("trees", 0.9), hit("stadium", 0.8)]) == ["trees", "stadium"]
    assert order("une aide", [hit("stadium", 0.9), hit("trees", 0.8)]) == ["stadium", "trees"]


def test_each_scheme_and_each_page_comes_once() -> None:
    hits = [hit("trees", 0.9), hit("trees", 0.5, 2), hit(None, 0.8), hit(None, 0.6, 2), hit("stadium", 0.7)]
    assert order("une aide", hits) == ["trees", "doc:page.md", "stadium"]
    assert order("une aide", []) == []


def test_only_the_best_passage_counts() -> None:
    two = rank_schemes("une aide", [hit("trees", 0.8), hit("trees", 0.8, 2)], catalogue())[0]
    one = rank_schemes("une aide", [hit("trees", 0.8)], catalogue())[0]
    three = rank_schemes(
        "une aide", [hit("trees", 0.8), hit("trees", 0.8, 2), hit("trees", 0.8, 3)], catalogue()
    )[0]
    assert one.score == two.score == three.score


def test_the_topic_of_the_need_outweighs_a_slightly_better_passage() -> None:
    hits = [hit("trees", 0.9), hit("stadium", 0.8)]
    assert order("refaire le gymnase", hits) == ["stadium", "trees"]
    best = rank_schemes("refaire le gymnase", hits, catalogue())[0]
    assert best.has_topic
    assert not rank_schemes("une aide", hits, catalogue())[0].has_topic


def test_the_funder_that_is_spoken_of_wins_a_tie() -> None:
    hits = [hit("towns", 0.8), hit("national", 0.8)]
    assert order("une aide de l’État pour le centre-bourg", hits)[0] == "national"
    assert order("une aide régionale pour le centre-bourg", hits)[0] == "towns"


def test_who_asks_wins_a_tie() -> None:
    hits = [hit("trees", 0.8), hit("stadium", 0.8)]
    assert order("une aide", hits, Beneficiary.ASSOCIATION)[0] == "stadium"
    assert order("une aide", hits, Beneficiary.COMMUNE)[0] == "trees"


def test_of_equals_the_first_by_name_comes_first_so_that_replies_repeat() -> None:
    assert order("une aide", [hit("trees", 0.8), hit("stadium", 0.8)]) == ["stadium", "trees"]


@given(
    st.lists(st.tuples(st.sampled_from(["trees", "stadium", "towns", "gone"]), st.floats(0, 2))), st.text()
)
def test_any_ranking_is_sorted_and_of_what_was_found(found: list[tuple[str, float]], text: str) -> None:
    hits = [hit(scheme, score, number) for number, (scheme, score) in enumerate(found)]
    ranked = rank_schemes(text, hits, catalogue())
    known = {"trees", "stadium", "towns"}
    assert {item.scheme_id for item in ranked} == {
        scheme if scheme in known else f"fiche:{scheme}" for scheme, _ in found
    }
    assert [item.score for item in ranked] == sorted((item.score for item in ranked), reverse=True)


# --- funders --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "funders"),
    [
        ("La Région nous aide-t-elle ?", {Funder.REGION}),
        ("le soutien régional", {Funder.REGION}),
        ("une aide de l’État", {Funder.STATE}),
        ("la préfecture", {Funder.STATE}),
        ("l’Europe paie-t-elle ?", {Funder.EU}),
        ("le Département", {Funder.DEPARTMENT}),
        ("la Région et l’État", {Funder.REGION, Funder.STATE}),
        ("les étaux du marché", set()),
        ("", set()),
    ],
)
def test_the_funders_that_a_question_speaks_of(text: str, funders: set[Funder]) -> None:
    assert funders_named(text) == funders


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("La Région nous aide-t-elle pour les bourgs de demain ?", ("towns",)),
        ("l’État, pour les bourgs de demain", ("national",)),
        ("Que donnent l’État et la Région ?", ("national",)),
        ("Les bourgs de demain", ("national",)),
        ("Que donne la Région en plus de l’État pour les bourgs de demain ?", ("towns",)),
    ],
)
def test_the_counterpart_of_the_funder_is_meant(text: str, chosen: tuple[str, ...]) -> None:
    assert prefer_funder(("national",), text, catalogue()) == chosen


def test_a_scheme_without_a_counterpart_stays() -> None:
    assert prefer_funder(("trees",), "une aide de l’État", catalogue()) == ("trees",)
    assert prefer_funder((), "une aide de l’État", catalogue()) == ()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("que donne la Région ?", ("trees", "towns", "page")),
        ("que donnent la Région et l’État ?", ("trees", "national", "towns", "page")),
        ("que donne l’État ?", ("trees", "national", "towns", "page")),  # the likeliest is the Region's
        ("qui peut aider ?", ("trees", "national", "towns", "page")),
        ("qui peut aider, mais pas la Région ?", ("trees", "national", "towns", "page")),
    ],
)
def test_of_what_a_need_may_be_met_by_the_aids_of_who_is_asked_stay(text: str, kept: tuple[str, ...]) -> None:
    assert of_funders_asked(("trees", "national", "towns", "page"), text, catalogue()) == kept
    assert of_funders_asked((), text, catalogue()) == ()
    assert of_funders_asked(("page", "national"), text, catalogue()) == ("page", "national")


@pytest.mark.parametrize(
    ("text", "named", "chosen"),
    [
        (
            "Le Département de l’Oise aide-t-il pour des caméras ?",
            "videoprotection",
            "oise-videoprotection-csd",
        ),
        ("Le Département du Nord aide-t-il pour des caméras ?", "videoprotection", "videoprotection"),
        ("L’État paie-t-il des caméras ?", "videoprotection", "fipd-videoprotection"),
        ("La Région paie-t-elle des caméras ?", "fipd-videoprotection", "videoprotection"),
        ("La Région et l’État paient-ils des caméras ?", "videoprotection", "videoprotection"),
        ("Que donne l’État pour une médiathèque ?", "culture-investissement", "dgd-bibliotheques"),
        ("L’État aide-t-il les arbres ?", "plan-arbres", "plan-arbres"),
    ],
)
def test_of_aids_to_the_same_things_that_of_who_is_asked_is_meant(text: str, named: str, chosen: str) -> None:
    assert prefer_funder((named,), text, load_catalogue()) == (chosen,)


def test_two_names_that_become_one_come_once() -> None:
    assert prefer_funder(("national", "towns"), "la Région", catalogue()) == ("towns",)


# --- choice ---------------------------------------------------------------------------------------


def ranked(*scores: float) -> list[RankedScheme]:
    return [RankedScheme(f"s{place}", score, has_topic=False) for place, score in enumerate(scores)]


def test_one_scheme_or_the_few_near_the_best_for_a_list() -> None:
    assert likeliest(ranked(9.0, 8.9, 8.8), several=False) == ("s0",)
    assert likeliest(ranked(9.0, 8.9, 8.8, 8.7, 8.6), several=True) == ("s0", "s1", "s2", "s3")
    assert likeliest(ranked(9.0, 6.5, 6.4), several=True) == ("s0", "s1")
    assert likeliest([], several=True) == ()


def test_a_list_leaves_out_other_subjects_when_the_need_is_understood() -> None:
    first, other, last = (
        RankedScheme("a", 1.0, has_topic=True),
        RankedScheme("b", 0.9, has_topic=False),
        RankedScheme("c", 0.8, has_topic=True),
    )
    assert likeliest([first, other, last], several=True) == ("a", "c")
    assert likeliest([replace(first, has_topic=False), other, last], several=True) == ("a", "b", "c")


# --- what people ask, what is surely meant ----------------------------------------------------------


def test_a_like_question_outweighs_a_better_passage() -> None:
    hits = [hit("stadium", 0.9), hit("trees", 0.6)]
    asked = {"trees": (0.6, 0.3), "stadium": (0.1, 0.1)}
    assert rank_schemes("une aide", hits, catalogue(), asked=asked)[0].scheme_id == "trees"
    assert rank_schemes("une aide", hits, catalogue())[0].scheme_id == "stadium"


def test_a_scheme_that_no_passage_speaks_of_is_ranked_by_what_people_ask() -> None:
    found = rank_schemes("une aide", [], catalogue(), asked={"trees": (0.7, 0.4)})
    assert [item.scheme_id for item in found] == ["trees"]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=4))
def test_likelihoods_share_one_whole(scores: list[float]) -> None:
    hits = [
        hit(name, score)
        for name, score in zip(("trees", "stadium", "towns", "national"), scores, strict=False)
    ]
    found = rank_schemes("une aide", hits, catalogue())
    assert sum(item.likelihood for item in found) == pytest.approx(1.0)
    assert [item.likelihood for item in found] == sorted((item.likelihood for item in found), reverse=True)


def learned_order(learned: dict[str, float], *hits: RetrievedChunk) -> list[str]:
    return [item.scheme_id for item in rank_schemes("une aide", hits, catalogue(), learned=learned)]


def test_what_was_learned_moves_a_scheme_past_a_slightly_better_passage() -> None:
    hits = [hit("trees", 0.9), hit("stadium", 0.8)]
    assert learned_order({"trees": 0.1, "stadium": 0.9}, *hits) == ["stadium", "trees"]
    assert learned_order({"trees": 0.5, "stadium": 0.5}, *hits) == ["trees", "stadium"]


def test_a_scheme_or_a_page_that_nothing_was_learned_of_wins_where_no_other_is_likely() -> None:
    for new in ("trees", None):
        hits = [hit(new, 0.9), hit("stadium", 0.9), hit("towns", 0.9)]
        assert learned_order({"stadium": 0.05, "towns": 0.1}, *hits)[0] == hits[0].chunk.subject_id
        assert learned_order({"stadium": 0.9, "towns": 0.1}, *hits)[0] == "stadium"


def test_a_new_scheme_is_as_likely_as_learned_as_the_aids_to_everything() -> None:
    """A need that no known scheme is for is taken, as learned, to be about those."""
    everything = catalogue().fiche("national")
    scheme = everything.scheme.model_copy(update={"topics": (Topic.GENERAL,)})
    fiches = {**catalogue().fiches, "national": replace(everything, scheme=scheme)}
    hits = [hit("trees", 0.9), hit("national", 0.8)]
    learned = {"national": 0.9, "towns": 0.1}
    told = [
        rank_schemes("une aide", hits, held, learned=learned) for held in (Catalogue(fiches), catalogue())
    ]
    assert [ranking[0].scheme_id for ranking in told] == ["trees", "national"]


def test_where_nothing_at_all_was_learned_nothing_changes() -> None:
    hits = [hit("trees", 0.9), hit(None, 0.85), hit("stadium", 0.8)]
    without = rank_schemes("une aide", hits, catalogue())
    other = rank_schemes("une aide", hits, catalogue(), learned={"elsewhere": 1.0})
    assert [item.likelihood for item in other] == pytest.approx([item.likelihood for item in without])


SHARES = [
    RankedScheme("a", 9.0, has_topic=True, likelihood=0.9),
    RankedScheme("b", 7.0, has_topic=True, likelihood=0.08),
    RankedScheme("c", 4.0, has_topic=False, likelihood=0.01),
]


@pytest.mark.parametrize(
    ("named", "firm", "kept"),
    [
        (("c", "a"), (), ("a",)),
        (("c", "a"), ("c",), ("a", "c")),
        (("c",), (), ()),
        (("c",), ("c",), ("c",)),
        (("b", "a"), (), ("a", "b")),
        ((), (), ()),
    ],
)
def test_an_ordinary_word_names_a_scheme_only_if_the_question_bears_it_out(
    named: tuple[str, ...], firm: tuple[str, ...], kept: tuple[str, ...]
) -> None:
    assert surely_named(named, frozenset(firm), SHARES) == kept


def test_without_a_ranking_the_names_stay() -> None:
    assert surely_named(("c",), frozenset(), []) == ("c",)


@pytest.mark.parametrize(
    ("named", "both"),
    [(("b", "c"), ("b", "c")), (("b",), ("b", "a")), (("a",), ("a", "b")), ((), ("a", "b"))],
)
def test_a_comparison_is_completed_to_two(named: tuple[str, ...], both: tuple[str, ...]) -> None:
    assert compared(named, SHARES) == both


def test_an_unlikely_scheme_completes_no_comparison() -> None:
    assert compared(("a",), [SHARES[0], SHARES[2]]) == ("a",)


@pytest.mark.parametrize(
    ("title", "fit"),
    [
        ("Caméras : aide de la Région", 1.0),
        ("Caméras : aide du Département de l’Oise", -1.0),
        ("Caméras : notice", 0.0),
    ],
)
def test_a_page_says_who_pays_in_its_title_or_nowhere(title: str, fit: float) -> None:
    asked = frozenset({Funder.REGION})
    assert measure_page(title, 1.0, frozenset(), asked, None)["funder"] == fit
    assert measure_page(title, 1.0, frozenset(), frozenset(), None)["funder"] == 0.0
