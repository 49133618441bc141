"""The weights of the search as text: what each set chooses, what the others choose for it, what is in use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evaluation.benches.fusion_fit import FusionFit, Weighting
from evaluation.judging.statistics import Figure
from evaluation.reports.text import spaced

_LEGS = {"lexical": "mots", "letters": "lettres", "dense": "vecteurs"}


def fusion_text(fits: Mapping[str, FusionFit]) -> str:
    """One block a way to search, by its French name; nDCG@10 × 100 with 95 % intervals."""
    return spaced("\n\n".join("\n".join([name, *_lines(fit)]) for name, fit in fits.items()))


def _lines(fit: FusionFit) -> Iterator[str]:
    for one in fit.sets:
        yield f"  {one.name}, {one.in_use.ndcg_10.questions} questions"
        yield f"    en usage          {_weighting(one.in_use)}"
        if one.others is not None:
            yield f"    choix des autres  {_weighting(one.others)} ; {_gain(one.others.gain)}"
        yield f"    son propre choix  {_weighting(one.own)} ; {_gain(one.own.gain)}"
    yield "  moyenne des jeux"
    yield f"    en usage          {_weighting(fit.in_use)}"
    if fit.left_out is not None:
        yield f"    choix des autres  nDCG@10 {_figure(fit.left_out)}"
    yield f"    choix de tous     {_weighting(fit.together)} ; {_gain(fit.together.gain)}"


def _weighting(found: Weighting) -> str:
    shares = ", ".join(f"{_LEGS[leg]} {share:.2f}".replace(".", ",") for leg, share in found.weights.items())
    return f"{shares} : nDCG@10 {_figure(found.ndcg_10)}"


def _figure(figure: Figure) -> str:
    return _decimal(figure.value) + f" [{_decimal(figure.low)} ; {_decimal(figure.high)}]"


def _gain(figure: Figure) -> str:
    return f"écart {100 * figure.value:+.1f} [{100 * figure.low:+.1f} ; {100 * figure.high:+.1f}]".replace(
        ".", ","
    )


def _decimal(share: float) -> str:
    return f"{100 * share:.1f}".replace(".", ",")
