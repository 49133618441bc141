"""Each criterion of each fiche is cited by a sentence of that fiche that states it."""

from __future__ import annotations

import pytest
from verdict_builders import catalogue, check, figures_of, population

from assistant.eligibility.kind_of import kind_of
from assistant.eligibility.passages import passages_of, stated_by
from corpus.fiches.criteria import Criterion
from corpus.fiches.fiche import UNKNOWN_SECTION, Fiche
from corpus.french.figures import figure_values

CRITERIA = [
    pytest.param(fiche, place, id=f"{fiche.scheme.id}-{place}")
    for fiche in catalogue().fiches.values()
    for place in range(len(fiche.scheme.criteria))
]
# Alternatives whose options are stated by several sentences: one citation can't hold all the figures.
SEVERAL_SENTENCES = {
    ("culture-investissement", 1): "the 1 % of entries and the 7 500 entries are in two sentences",
    ("etat-detr-dsil", 1): "the rules of communes and of intercommunal bodies are in two sentences",
    ("tourisme", 2): "each of the three strands has its own sentence and its own threshold",
}


def _texts(fiche: Fiche) -> list[str]:
    return [sentence.text for _, sentence in fiche.as_document.sentences()]


def _stated_figures(fiche: Fiche, criterion: Criterion) -> frozenset[float]:
    """The figures of a criterion that the fiche's text gives."""
    written = frozenset(value for text in _texts(fiche) for value in figure_values(text))
    return figures_of(criterion) & written


@pytest.mark.parametrize(("fiche", "place"), CRITERIA)
def test_a_citation_is_a_sentence_of_the_fiche_with_a_source_of_the_criterion(
    fiche: Fiche, place: int
) -> None:
    criterion, stated = fiche.scheme.criteria[place], passages_of(fiche)[place]
    known = [(section.title, sentence) for section, sentence in fiche.as_document.sentences()]
    assert (stated.section, stated.sentence) in known
    assert set(stated.sentence.sources) & set(criterion.source)


@pytest.mark.parametrize(("fiche", "place"), CRITERIA)
def test_a_citation_holds_the_figures_of_its_criterion(fiche: Fiche, place: int) -> None:
    criterion, stated = fiche.scheme.criteria[place], passages_of(fiche)[place]
    wanted = _stated_figures(fiche, criterion)
    held = wanted & figure_values(stated.sentence.text)
    if (fiche.scheme.id, place) in SEVERAL_SENTENCES:
        assert held
    else:
        assert held == wanted, stated.sentence.text


@pytest.mark.parametrize(("scheme_id", "place"), SEVERAL_SENTENCES)
def test_no_sentence_holds_all_the_figures_of_the_exceptions(scheme_id: str, place: int) -> None:
    fiche = catalogue().fiche(scheme_id)
    wanted = _stated_figures(fiche, fiche.scheme.criteria[place])
    assert not any(wanted <= figure_values(text) for text in _texts(fiche))


def test_the_figures_of_criteria_stand_in_the_fiches() -> None:
    with_figures = [
        (fiche, criterion)
        for fiche in catalogue().fiches.values()
        for criterion in fiche.scheme.criteria
        if figures_of(criterion)
    ]
    given = [pair for pair in with_figures if figures_of(pair[1]) <= _stated_figures(*pair)]
    assert len(given) >= 0.9 * len(with_figures)


def test_a_rule_is_not_cited_from_what_is_not_known() -> None:
    for fiche in catalogue().fiches.values():
        for criterion, stated in zip(fiche.scheme.criteria, passages_of(fiche), strict=True):
            assert criterion.kind == "window_open" or stated.section != UNKNOWN_SECTION


def test_a_threshold_leads_to_the_sentence_that_gives_it() -> None:
    fiche = catalogue().fiche("videoprotection")
    stated = stated_by(kind_of(population(below=20000)), fiche)
    assert 20000 in figure_values(stated.sentence.text)
    first = stated_by(
        kind_of(check("premiere", "S’agit-il d’une première installation de vidéoprotection ?")), fiche
    )
    assert "première" in first.sentence.text


def test_a_fiche_without_a_sentence_is_an_error() -> None:
    fiche = catalogue().fiche("videoprotection")
    empty = Fiche(fiche.scheme, (), fiche.path)
    with pytest.raises(ValueError, match="empty"):
        stated_by(kind_of(population(below=20000)), empty)
