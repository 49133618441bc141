"""A search of the catalogue: schemes that the query names come first, each with a sentence that tells why."""

from __future__ import annotations

from assistant.page.plain.found import found_schemes
from assistant.reply import SearchHit
from corpus.fiches.catalogue import load_catalogue


def hit(scheme: str, text: str) -> SearchHit:
    return SearchHit(
        text=text,
        scheme_id=scheme,
        section="Objet",
        score=1.0,
        document_id=scheme,
        chunk_id=scheme,
        title=scheme,
        reasons={},
    )


HITS = (
    hit("eau-hydr", "Le dispositif aide la prévention des inondations. Il aide aussi les cours d’école."),
    hit("velo", "Un plan de la Région."),
    hit("edurenov", "Le programme est porté par la Banque des Territoires. Il rénove les écoles publiques."),
)


def test_what_the_query_names_comes_first_then_the_nearest() -> None:
    found = found_schemes(load_catalogue(), "une aide pour les communes : école", HITS)
    assert [item.scheme.id for item in found] == ["edurenov", "eau-hydr", "velo"]
    assert [item.scheme.id for item in found_schemes(load_catalogue(), "zzz", HITS)] == [
        "eau-hydr",
        "velo",
        "edurenov",
    ]


def test_half_of_what_is_sought_names_nothing() -> None:
    halls = (hit("nord-advb", "Il aide les salles des fêtes."), hit("culture-investissement", "Des salles."))
    found = found_schemes(load_catalogue(), "une salle des fêtes", halls)
    assert [item.scheme.id for item in found] == ["nord-advb", "culture-investissement"]


def test_each_comes_with_the_sentence_that_says_it() -> None:
    found = found_schemes(load_catalogue(), "Écoles", HITS)
    assert found[0].sentence == "Il rénove les écoles publiques."
    assert found[1].sentence == "Il aide aussi les cours d’école."


def test_a_long_sentence_is_cut_at_a_word() -> None:
    (found,) = found_schemes(load_catalogue(), "vélo", [hit("velo", "vélo " * 200)])
    assert found.sentence.endswith("vélo…")
    assert len(found.sentence) <= 221
