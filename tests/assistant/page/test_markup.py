"""The markup of an answer: marks, dates, links, and no text that could run as code."""

from __future__ import annotations

import re

import pytest
from fakes import ANSWERED, DISGUISED, HOSTILE_REPLY

from assistant.api.sources import is_web_address, source_date
from assistant.lines import line, table_head, table_row
from assistant.page import texts
from assistant.page.markup import (
    answer_html,
    keep_together,
    links_html,
    source_html,
    sources_html,
)
from assistant.page.turns import PageTurn
from assistant.reply import CitedSource, ReplyStatus
from corpus.french.dates import french_date

TAGS = re.compile(r"<(/?)([a-z0-9]+)\b")


@pytest.mark.parametrize(
    ("iso", "french"),
    [
        ("2023-07-07", "7 juillet 2023"),
        ("2023-08-01", "1er août 2023"),
        ("2023-07", "juillet 2023"),
        ("2023", "2023"),
        ("2023-13", "2023-13"),
        ("été 2023", "été 2023"),
    ],
)
def test_dates_are_french(iso: str, french: str) -> None:
    assert french_date(iso) == french


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (CitedSource(title="t", published="2023-07-07"), "7 juillet 2023"),
        (
            CitedSource(title="t", published="2023-07-07", updated="2024-01-02"),
            "7 juillet 2023, mis à jour le 2 janvier 2024",
        ),
        (CitedSource(title="t", published="2023-07", updated="2023-07"), "juillet 2023"),
        (CitedSource(title="t", updated="2024-05"), "mis à jour en mai 2024"),
        (CitedSource(title="t", date_note="été 2023"), "été 2023"),
        (CitedSource(title="t"), "sans date"),
    ],
)
def test_a_source_says_its_date(source: CitedSource, expected: str) -> None:
    assert source_date(source) == expected


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://www.hautsdefrance.fr/a", True),
        ("http://exemple.fr", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//exemple.fr", False),
        ("https://", False),
        ("https://[", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(url: str | None, *, allowed: bool) -> None:
    assert is_web_address(url) is allowed
    assert ("<a " in source_html(CitedSource(title="t", url=url))) is allowed


def test_a_link_opens_apart_without_opener() -> None:
    link = source_html(CitedSource(title="Page", url='https://a.fr/?x=1&y="2"'))
    assert 'href="https://a.fr/?x=1&amp;y=&quot;2&quot;"' in link
    assert 'target="_blank" rel="noopener noreferrer"' in link


def test_a_mark_links_to_its_source_only_when_there_is_one() -> None:
    html = answer_html([line("statement", "Oui [1], non [7].")], 3, frozenset({1}))
    assert 'href="#source-3-1"' in html
    assert '<span class="marker">[7]</span>' in html


def test_lines_become_paragraphs_and_lists() -> None:
    lines = (
        line("verdict", "Un."),
        line("reason", "deux"),
        line("reason", "**trois**"),
        line("note", "Quatre."),
    )
    html = answer_html(lines, 1, frozenset())
    assert html == "<p>Un.</p><ul><li>deux</li><li><strong>trois</strong></li></ul><p>Quatre.</p>"


def test_a_table_has_heads_for_its_columns_and_rows() -> None:
    lines = (
        line("heading", "Voici :"),
        table_head(["", "« A »", "« B »"]),
        table_row(["Combien", "10 % [1]", "non précisé"]),
        line("caution", "Fin."),
    )
    html = answer_html(lines, 1, frozenset({1}))
    assert html.startswith("<p>Voici\u00a0:</p><table")
    assert html.endswith("</table><p>Fin.</p>")
    assert html.count('<th scope="col">') == 2
    assert '<th scope="row">Combien</th>' in html
    assert "---" not in html
    assert '<a href="#source-1-1"' in html
    assert html.count('<span class="column" aria-hidden="true">') == 2


def test_a_table_that_comes_line_by_line_is_a_table_from_its_head_on() -> None:
    html = answer_html([table_head(["", "<b>"])], 1, frozenset())
    assert "&lt;b&gt;" in html
    assert html.count("<tr>") == 1


def test_a_text_is_never_taken_for_the_structure_that_it_looks_like() -> None:
    html = answer_html(DISGUISED, 1, frozenset({1}))
    assert html.count("<ul>") == 2
    assert html.count("<li>") == 2
    assert html.count("<table") == 1
    assert html.count("<tr>") == 3
    assert html.count("<td>") == 1 + 4  # the corner, and two cells a row
    assert "<p>- &lt;b&gt;pas une liste&lt;/b&gt;</p>" in html
    assert "<li>| a | b |</li>" in html
    assert "<p>| c | d |</p>" in html
    assert "10\u00a0% | 20\u00a0%" in html
    assert '<th scope="row">---</th>' in html
    assert "<li>- une condition" in html


def test_punctuation_stays_with_its_word() -> None:
    assert keep_together("« Oui » ? 30 %") == "«\u00a0Oui\u00a0»\u00a0? 30\u00a0%"


def test_the_panel_shows_scheme_section_and_verbatim_quote() -> None:
    panel = sources_html(ANSWERED.citations, 1)
    assert 'id="source-1-1"' in panel
    assert "Lauréats" in panel
    assert f"<blockquote>{ANSWERED.citations[0].quote}</blockquote>" in panel
    assert "Région Hauts-de-France · 7 juillet 2023, mis à jour le 1er août 2023" in panel


def test_a_source_is_shown_as_what_it_is() -> None:
    assert "Notre fiche, rédigée d’après\u00a0:" in sources_html(ANSWERED.citations, 1)
    document = sources_html(HOSTILE_REPLY.citations, 1)
    assert "Extrait du document\u00a0:" in document
    assert "Notre fiche" not in document
    assert "sans date" in sources_html(ANSWERED.citations, 1)


@pytest.mark.parametrize(
    ("status", "is_sourced", "label"),
    [
        ("answered", True, "Réponse sourcée"),
        ("answered", False, ""),
        ("clarification", False, "Question à préciser"),
        ("unanswerable", False, "Pas de réponse dans nos sources"),
        ("out_of_scope", False, "Hors sujet"),
        ("conversation", False, ""),
    ],
)
def test_a_badge_says_what_is_true(status: ReplyStatus, is_sourced: bool, label: str) -> None:
    assert texts.badge(status, is_sourced=is_sourced) == label


def test_hostile_texts_never_become_tags() -> None:
    panel = sources_html(HOSTILE_REPLY.citations, 1)
    for html in (panel, answer_html(HOSTILE_REPLY.lines, 1, frozenset({1}))):
        assert not {"script", "img"} & {tag for _, tag in TAGS.findall(html)}
        assert "javascript:" not in html
        assert "&lt;script&gt;" in html
    assert links_html(PageTurn("q").answered(HOSTILE_REPLY)) == ""


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Voyez guide-aides.hautsdefrance.fr.", "guide-aides.hautsdefrance.fr"),
        ("Voyez (https://www.hautsdefrance.fr/cvcb-2023/), puis", "www.hautsdefrance.fr/cvcb-2023/"),
        ("Sur agence-cohesion-territoires.gouv.fr/pvd : tout", "agence-cohesion-territoires.gouv.fr/pvd"),
    ],
)
def test_an_address_in_an_answer_is_a_safe_link(text: str, address: str) -> None:
    html = answer_html([line("note", text)], 1, frozenset())
    assert f'<a href="https://{address}" rel="noopener noreferrer">' in html
    assert html.count("<a ") == 1


@pytest.mark.parametrize(
    "text",
    [
        "http://exemple.fr",
        "javascript:exemple.fr",
        "nom@exemple.fr",
        "jean.fr@exemple.org",
        "page.html",
        "fr",
    ],
)
def test_what_is_no_https_address_stays_text(text: str) -> None:
    assert "<a " not in answer_html([line("note", text)], 1, frozenset())


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("une mairie de 1 350 000 € HT ?", "une mairie de 1_350_000_€_HT_?"),
        ("l’article L. 1111-10, question n° 12", "l’article L._1111-10, question n°_12"),
        ("en 2023 12 communes sur 3 782", "en 2023 12 communes sur 3_782"),
        ("« Le parc », 20 % : oui", "«_Le parc_», 20_%_: oui"),
        ("du 1er août 2024 au 30 juin, 3 maisons", "du 1er_août 2024 au 30_juin, 3 maisons"),
    ],
)
def test_a_number_is_whole_and_punctuation_stays_with_its_word(text: str, held: str) -> None:
    assert keep_together(text) == held.replace("_", "\u00a0")
