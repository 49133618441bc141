"""The report in one page: it loads nothing, runs nothing of an answer, and shows what was measured."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from fakes import ANSWERED, HOSTILE, HOSTILE_REPLY
from run_builders import figure, make_passage, make_reply, measured, run_of

from evaluation.judging.result import OVERALL, RunResult
from evaluation.reports.html import html_report
from evaluation.reports.text import NOT_MEASURED
from evaluation.runs.run import Passage

LOADS = {
    "src",
    "srcset",
    "href",
    "action",
    "formaction",
    "data",
    "poster",
    "background",
    "ping",
    "xlink:href",
}
VOID = {"meta", "br"}


class Page(HTMLParser):
    """The elements of a page and its text; fails on a tag that isn't closed as it was opened."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open[-1:] != ["style"]:
            self.words += data

    @property
    def tags(self) -> set[str]:
        return {tag for tag, _ in self.elements}


def page_of(result: RunResult) -> Page:
    return Page(html_report(result))


def spaced(text: str) -> str:
    """The text with ordinary single spaces."""
    return re.sub(r"\s+", " ", text)


RICH = run_of(
    measured("direct-001", seconds=0.010, reply=ANSWERED),
    measured(
        "commune-002",
        "verdict absent pour « cvcb », attendu eligible",
        seconds=0.2,
        reply=ANSWERED,
        turns=("Le CVCB ?", "Et à Nieppe ?"),
        commune="59431",
        status=["answered", "clarification"],
        schemes=["cvcb"],
        facts=[{"rate": 30}, {"name": ["préfecture", "DETR"]}],
        gold=["cvcb/Lauréats"],
        verdicts={"cvcb": "eligible"},
    ),
    measured("sms-003", "erreur : statut HTTP 500", error="statut HTTP 500", seconds=None),
    figures={
        OVERALL: {
            "fully_right": figure(1 / 3, 0.1, 0.625, 3),
            "verdict_cost": figure(2.5),
            "latency_p50": figure(105.4),
        },
        "direct": {"fully_right": figure(1.0)},
        "commune": {"fully_right": figure(0.0), "verdict_cost": figure(2.5)},
        "sms": {"fully_right": figure(0.0)},
    },
    statuses={"answered>answered": 2, "answered>error": 1},
    verdicts={"eligible>none": 1, "not_eligible>eligible": 4},
)


def test_it_loads_nothing_and_runs_nothing() -> None:
    text = html_report(RICH)
    page = Page(text)
    assert not page.tags & {"script", "link", "img", "iframe", "object", "embed", "base", "form", "svg"}
    for _, attributes in page.elements:
        assert not LOADS & set(attributes)
        assert not [name for name in attributes if name.startswith("on")]
    assert "@import" not in text
    assert "url(" not in text
    assert 'http-equiv="refresh"' not in text.lower()


def test_it_is_a_french_page_with_a_title() -> None:
    text = html_report(RICH)
    assert text.startswith('<!doctype html>\n<html lang="fr">')
    assert "<title>Évaluation « dev » du 2026-11-23</title>" in text
    assert "3 questions sur 3 prévues, mesurées le" in Page(text).words
    assert "1 question sur 1 prévue, mesurée le" in page_of(run_of(measured("direct-001"))).words


@pytest.mark.parametrize(
    "result",
    [
        run_of(measured("direct-001", HOSTILE, reply=HOSTILE_REPLY)),
        run_of(measured("direct-001", HOSTILE, error=HOSTILE)),
        run_of(measured("direct-001", "x", turns=(HOSTILE,))),
        run_of(measured("direct-001", "x", facts=[{"name": HOSTILE}], gold=[HOSTILE], schemes=[HOSTILE])),
        run_of(measured("direct-001"), stopped=HOSTILE),
        run_of(measured("direct-001"), target=HOSTILE),
        run_of(measured("direct-001"), set_name=HOSTILE),
        run_of(measured("direct-001"), statuses={f"answered>{HOSTILE.replace('>', '')}": 1}),
        run_of(
            measured("direct-001", "x").model_copy(update={"passages": (make_passage(HOSTILE, HOSTILE),)})
        ),
    ],
    ids=["reply", "error", "turn", "expected", "stopped", "target", "set", "status", "passage"],
)
def test_hostile_text_stays_text(result: RunResult) -> None:
    text = html_report(result)
    page = Page(text)
    assert not page.tags & {"script", "img"}
    assert HOSTILE.partition(">")[0] in page.words
    assert "<script" not in text
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]


def test_an_answer_stands_as_it_was_given() -> None:
    answer = "Le taux est de 30 % [1].\n- « l’œuvre » & <b>le reste</b>"
    text = html_report(run_of(measured("direct-001", "fait absent", reply=make_reply(answer))))
    assert answer in Page(text).words
    assert "&lt;b&gt;le reste&lt;/b&gt;" in text


def test_figures_are_in_french_with_their_intervals_and_bars() -> None:
    text = html_report(RICH)
    assert "33,3\u00a0%<br><small>[10,0 – 62,5]</small>" in text
    assert '<i style="width: 33.3%"></i><b style="left: 10.0%; width: 52.5%"></b>' in text
    assert "105\u00a0ms<br><small>[105 – 105]</small>" in text
    assert "2,50<br>" in text


def test_a_bar_of_a_figure_without_width_can_still_be_seen() -> None:
    text = html_report(run_of(measured("direct-001")))
    assert '<i style="width: 100.0%"></i><b style="left: 100.0%; width: 0.5%"></b>' in text


def test_only_a_share_has_a_bar() -> None:
    bars = html_report(RICH).count('<div class="bar"')
    assert bars == 4  # fully right, overall and in three strata; not the cost, not the latency


def test_a_column_for_each_kind_of_question_measured() -> None:
    page = page_of(RICH)
    words = page.words
    places = [
        words.index(f"{name}{count} q.")
        for name, count in (
            ("ensemble", 3),
            ("questions directes", 1),
            ("écriture SMS", 1),
            ("selon la commune", 1),
        )
    ]
    assert places == sorted(places)
    assert "hors périmètre" not in words


def rows_of(text: str) -> dict[str, str]:
    """Rows of the table of figures, by the label of their metric."""
    body = text.split("<tbody>")[1].split("</tbody>")[0]
    found = re.findall(r'<tr><th scope="row">(.*?)<br>.*?</th>(.*?)</tr>', body, flags=re.DOTALL)
    return dict(found)


def test_what_is_not_measured_is_said() -> None:
    rows = rows_of(html_report(run_of(measured("direct-001"), verdicts={"eligible>none": 3})))
    assert f'<td colspan="1">{NOT_MEASURED}</td>' in rows["verdict exact"]
    assert NOT_MEASURED in rows["abstention, précision"]
    assert "100,0" in rows["entièrement juste"]
    assert "coût moyen d’un verdict" not in rows  # neither measured nor a headline


def test_verdicts_never_given_are_not_a_figure() -> None:
    text = html_report(
        run_of(
            measured("direct-001"),
            figures={OVERALL: {"verdict_exact": figure(0.0), "wrong_eligible": figure(0.0)}},
            verdicts={"eligible>none": 3},
        )
    )
    assert NOT_MEASURED in rows_of(text)["verdict exact"]
    assert f"<h2>Verdicts</h2><p>{NOT_MEASURED}</p>" in text
    assert "Verdicts attendus et donnés" not in text


def test_confusions_are_counted() -> None:
    words = spaced(page_of(RICH).words)
    assert "Statuts attendus et donnés attenduanswerederror answered21" in words
    assert "Verdicts attendus et donnés attendueligiblenone eligible01not_eligible40" in words


def test_a_run_stopped_half_way_says_so() -> None:
    text = html_report(run_of(measured("direct-001"), planned=12, stopped="« http://x » ne répond plus."))
    assert "1 question sur 12 prévues, mesurée le" in text
    assert 'role="alert">Mesure interrompue&nbsp;: « http://x » ne répond plus.</p>' in text
    assert "Mesure interrompue" not in html_report(RICH)


def test_an_empty_run_is_a_page_too() -> None:
    words = page_of(run_of(planned=12, stopped="« http://x » ne répond plus.")).words
    assert "0 question sur 12 prévues, mesurée le" in words
    assert "Aucune réponse." in words
    assert NOT_MEASURED in words


# --- latencies ------------------------------------------------------------------------------------


def bars_of(result: RunResult) -> list[tuple[float, int]]:
    """Height and count of each bar of the histogram."""
    found = re.findall(
        r'<span style="height: ([\d.]+)%" title="\d+ à \d+ ms : (\d+)"></span>', html_report(result)
    )
    return [(float(height), int(count)) for height, count in found]


def test_the_histogram_counts_every_latency_once() -> None:
    times = [0.001, 0.002, 0.002, 0.010, 0.0199, 0.020]
    bars = bars_of(run_of(*(measured(f"direct-{n:03d}", seconds=time) for n, time in enumerate(times))))
    assert len(bars) == 20
    counts = [count for _, count in bars]
    assert sum(counts) == len(times)
    assert counts[1] == 1  # steps of one millisecond, from the lower bound
    assert counts[2] == 2
    assert counts[19] == 2  # the longest is in the last bar
    assert [height for height, _ in bars] == [50.0 * count for count in counts]


def test_the_scale_goes_to_the_longest_latency() -> None:
    result = run_of(*(measured(f"direct-{n:03d}", seconds=0.1 * n) for n in range(1, 4)))
    text = html_report(result)
    assert "De 0 à 300&nbsp;ms." in text
    assert 'aria-label="Histogramme des latences, de 0 à 300 millisecondes"' in text


def test_latencies_of_no_time_make_a_histogram() -> None:
    bars = bars_of(run_of(measured("direct-001", seconds=0.0), measured("direct-002", seconds=0.0)))
    assert [count for _, count in bars] == [2, *[0] * 19]


# --- failed questions -----------------------------------------------------------------------------


def test_failed_questions_are_shown_with_what_was_expected_and_got() -> None:
    page = page_of(RICH)
    words = spaced(page.words)
    assert [tag for tag, _ in page.elements].count("details") == 2
    assert "Questions qui ne sont pas entièrement justes (2)" in words
    assert "commune-002 Le CVCB ? / Et à Nieppe ? — verdict absent pour « cvcb », attendu eligible" in words
    assert "Commune choisie : 59431" in words
    assert (
        "statut answered ou clarification ; dispositifs cvcb ; faits 30 %, préfecture ou DETR ; "
        "passages cvcb/Lauréats ; verdict cvcb : eligible"
    ) in words
    assert spaced(ANSWERED.answer) in words
    assert f"[1] cvcb/Lauréats : {ANSWERED.citations[0].quote}" in words
    assert "sms-003" in words
    assert "direct-001" not in words


def test_what_an_answer_should_add_up_to_is_shown() -> None:
    item = measured(
        "combine-001",
        "plan",
        documents=["fiche-biens-sans-maitre"],
        gold_first=[{"rate": 30}, {"name": "oui"}],
        estimate={"cvcb": {"cost": 80000, "rate": 30, "amount_max": 24000}},
        plan={"cost": 350000, "public_max": 280000, "own_min": 70000},
        next=True,
    )
    assert (
        "documents fiche-biens-sans-maitre ; d’emblée 30 % ou oui ; pour cvcb, 24000 € au plus ; "
        "plan 280000 € d’aides au plus, 70000 € de part propre au moins ; une suite avec une adresse"
    ) in spaced(page_of(run_of(item)).words)


def test_the_passages_found_are_shown_best_first_five_at_most() -> None:
    passages = tuple(make_passage("cvcb", f"Partie {n}", "Suite") for n in range(7))
    item = measured("direct-001", "x").model_copy(update={"passages": passages})
    words = spaced(page_of(run_of(item)).words)
    assert " · ".join(f"cvcb/Partie {n} + Suite" for n in range(5)) in words
    assert "Partie 5" not in words


def test_a_passage_of_a_plain_document_is_named_by_its_document() -> None:
    plain = Passage(id="doc:guide.md#4", scheme_id=None, sections=("Page",), document_id="doc:guide.md")
    older = make_passage(None, "Suite")  # of a result written before the document was kept
    item = measured("direct-001", "x").model_copy(update={"passages": (plain, older)})
    words = spaced(page_of(run_of(item)).words)
    assert "doc:guide.md/Page · None#Suite/Suite" in words
    assert "None/" not in words
