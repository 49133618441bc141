"""The readings of utterances as French text: figures side by side, by act, confusion of acts, facts."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.reading.acts import ACTS
from evaluation.judging.readings import FACTS, MEASURES, OVERALL, UNTOLD, Judged
from evaluation.judging.shown import shown, shown_interval
from evaluation.judging.statistics import Figure
from evaluation.reports.text import aligned

_SHARE = MEASURES["act"]
_FACT_LABELS = {
    "commune": "commune",
    "population": "habitants",
    "cost": "coût",
    "who": "qui parle",
    "label": "label",
    "started": "travaux commencés",
    "answer": "oui ou non",
}


def readings_text(judged: Sequence[Judged]) -> str:
    """The figures of every reader; then, of the first, each act, the confusion of acts and the facts.

    Args:
        judged: at least one; those after the first are its peers.
    """
    first = judged[0]
    times = ", ".join(f"{item.name} {item.seconds:.0f} s" for item in judged)
    parts = [
        side_by_side(judged),
        by_act(judged),
        f"Confusion des actes, {first.name} (attendu en ligne, lu en colonne)\n{acts_table(first)}",
        f"Faits lus, {first.name}\n{facts_table(first)}",
        f"Temps : {times}",
    ]
    return "\n\n".join(parts)


def side_by_side(judged: Sequence[Judged]) -> str:
    """The measures in rows: every reader overall and for each file, and how far the first is ahead."""
    rows = [["", "énoncés", *(item.name for item in judged), *("notre avance" for _ in judged[1:])]]
    for part in _parts(judged[0], "file:"):
        rows.append([_title(part), *("" for _ in rows[0][1:])])
        for name, metric in MEASURES.items():
            figures = [item.figures[part].get(name) for item in judged]
            if figures[0] is None:
                continue
            gaps = [item.gaps.get(name) if part == OVERALL else None for item in judged[1:]]
            rows.append(
                [
                    f"  {metric.label}",
                    str(figures[0].questions),
                    *(_cell(figure) for figure in figures),
                    *("" if gap is None else _gap(gap) for gap in gaps),
                ]
            )
    return aligned(rows)


def by_act(judged: Sequence[Judged]) -> str:
    """The acts in rows: how often each reader tells the act, and the subject."""
    names = ("act", "subject", "subject_among")
    rows = [
        ["", "", *(cell for item in judged for cell in (item.name, "", ""))],
        ["acte attendu", "énoncés", *(("acte juste", "dispositif premier", "parmi trois") * len(judged))],
    ]
    for act in ACTS:
        own = [item.figures.get(f"act:{act}", {}) for item in judged]
        if own[0]:
            rows.append([act, str(own[0]["act"].questions)])
            rows[-1] += [_cell(figures.get(name)) for figures in own for name in names]
    return aligned(rows)


def acts_table(judged: Judged) -> str:
    """The confusion of acts: those of the labels in rows, those read in columns."""
    counts = {tuple(key.split(">")): count for key, count in judged.acts.items()}
    rights = [act for act in ACTS if any(right == act for right, _ in counts)]
    givens = [act for act in (*ACTS, UNTOLD) if any(given == act for _, given in counts)]
    rows = [["", *("aucun" if given == UNTOLD else given for given in givens)]]
    rows += [[right, *(str(counts.get((right, given), 0)) for given in givens)] for right in rights]
    return aligned(rows)


def facts_table(judged: Judged) -> str:
    """The kinds of facts in rows, by file: how many are stated and read, precision and recall."""
    rows = [["", "énoncés", "lus", "précision", "rappel"]]
    for part, facts in judged.facts.items():
        rows.append([_title(part), "", "", "", ""])
        for key in FACTS:
            if key in facts:
                item = facts[key]
                cells = [str(item.stated), str(item.read), _cell(item.precision), _cell(item.recall)]
                rows.append([f"  {_FACT_LABELS[key]}", *cells])
    return aligned(rows)


def _parts(judged: Judged, kind: str) -> list[str]:
    """Everything together, then each part of a kind where there are several."""
    own = [part for part in judged.figures if part.startswith(kind)]
    return [OVERALL, *(own if len(own) > 1 else ())]


def _title(part: str) -> str:
    return "ensemble" if part == OVERALL else part.partition(":")[2]


def _cell(figure: Figure | None) -> str:
    return "–" if figure is None else f"{shown(figure.value, _SHARE)} {shown_interval(figure, _SHARE)}"


def _gap(gap: Figure) -> str:
    return f"{gap.value * 100:+.1f}".replace(".", ",") + f" {shown_interval(gap, _SHARE)}"
