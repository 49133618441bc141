"""What the check made of rewordings, as a text: two rates, falsifications by kind, what was misjudged."""

from __future__ import annotations

from evaluation.benches.wording_bench import WordingBench, wrong
from evaluation.judging.statistics import Figure
from evaluation.reports.text import markdown_table, spaced

_KINDS = {
    "actor": "qui donne, qui reçoit, qui fait",
    "added": "un bénéficiaire ou une dépense de plus",
    "bound": "au plus, au moins, plus, moins",
    "extent": "tout, seulement",
    "modal": "peut, doit",
    "negation": "une négation retournée",
    "number": "un nombre",
    "object": "ce qui est fait, demandé ou payé",
    "order": "avant, après",
    "place": "un lieu",
    "scheme": "un dispositif",
    "swap": "deux termes échangés",
    "tense": "une règle passée au présent",
    "unit": "ce qu’un chiffre compte",
    "year": "une année",
}


def wording_text(result: WordingBench, *, shows_wrong: bool = False) -> str:
    """Write the measure; ``shows_wrong`` lists each sentence misjudged."""
    rows = [
        [_KINDS.get(kind, kind), f"{through} sur {count}"]
        for kind, (through, count) in result.by_kind.items()
    ]
    lines = [
        f"Vraies refusées : {_share(result.refused)}",
        f"Fausses acceptées : {_share(result.accepted)}",
        f"Citations mot pour mot refusées : {len(result.quotes)} sur {result.quoted}",
        "",
        markdown_table(["Ce qui est faussé", "acceptées"], rows),
    ]
    if shows_wrong:
        lines += [
            f"- {item.worded.id}, {item.problem or 'acceptée'} : {item.worded.text}" for item in wrong(result)
        ]
        lines += [f"- citation, {problem} : {quote}" for quote, problem in result.quotes]
    return spaced("\n".join(lines))


def _share(figure: Figure) -> str:
    return f"{figure.value * 100:.1f} % de {figure.questions}".replace(".", ",")
