"""The metrics: their French names, which way is better, which are headline figures or invariants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal


@dataclass(frozen=True, slots=True)
class Metric:
    """What a figure means.

    Attributes:
        label: its French name.
        unit: how its value is shown: a share in per cent, a plain count or mean, milliseconds, words.
        better: which way is better.
        headline: whether the gate watches its lower bound.
        bound: for an invariant, the only value that it may have.
        help: one French sentence for the reader of a report.
    """

    label: str
    unit: Literal["%", "", "ms", "mots"]
    better: Literal["higher", "lower"]
    help: str
    headline: bool = False
    bound: float | None = None


METRICS: Mapping[str, Metric] = MappingProxyType(
    {
        "fully_right": Metric(
            "entièrement juste", "%", "higher", "toutes les attentes de la question à la fois", headline=True
        ),
        "status_right": Metric(
            "statut juste", "%", "higher", "répondre, demander ou s’abstenir à bon escient"
        ),
        "abstention_precision": Metric(
            "abstention, précision",
            "%",
            "higher",
            "parmi les refus, ceux qui étaient justifiés",
            headline=True,
        ),
        "abstention_recall": Metric(
            "abstention, rappel",
            "%",
            "higher",
            "parmi les refus attendus, ceux qui ont été donnés",
            headline=True,
        ),
        "fact_recall": Metric(
            "faits attendus donnés", "%", "higher", "montants, taux, dates et noms attendus", headline=True
        ),
        "first_line": Metric(
            "réponse d’emblée", "%", "higher", "la première ligne qui répond donne un des faits attendus"
        ),
        "lines_on_point": Metric(
            "lignes à propos", "%", "higher", "lignes qui citent un passage utile à la question"
        ),
        "history_lines": Metric(
            "lignes de simple historique",
            "%",
            "lower",
            "lignes sur ce qui a été fait, ou aux dates toutes passées, sans fait attendu",
        ),
        "next_step": Metric(
            "suite à donner", "%", "higher", "quand il en faut une, une adresse ou un numéro où s’adresser"
        ),
        "estimate_right": Metric(
            "montant estimé juste",
            "%",
            "higher",
            "l’aide au plus pour le coût donné, dès les premières lignes",
        ),
        "plan_right": Metric(
            "plan de financement juste",
            "%",
            "higher",
            "aides au plus, part propre au moins, dispositifs",
        ),
        "forbidden_avoided": Metric(
            "erreurs tentantes évitées", "%", "higher", "ce que la réponse ne doit pas dire"
        ),
        "citation_precision": Metric(
            "citations, précision", "%", "higher", "passages cités qui sont de bons passages", headline=True
        ),
        "citation_recall": Metric(
            "citations, rappel", "%", "higher", "passages attendus qui sont cités", headline=True
        ),
        "quote_verbatim": Metric(
            "citations fidèles", "%", "higher", "extraits recopiés lettre pour lettre", bound=1.0
        ),
        "unknown_markers": Metric(
            "renvois sans citation", "%", "lower", "un renvoi [n] qui ne mène à aucun passage", bound=0.0
        ),
        "unsupported_figures": Metric(
            "lignes au chiffre sans source", "%", "lower", "un chiffre absent des passages cités", bound=0.0
        ),
        "dropped_lines": Metric(
            "lignes écartées à la vérification",
            "%",
            "lower",
            "lignes que rien ne soutenait, retirées avant d’être montrées",
        ),
        "verdict_exact": Metric(
            "verdict exact", "%", "higher", "éligible, non éligible ou indéterminé", headline=True
        ),
        "verdict_cost": Metric(
            "coût moyen d’un verdict", "", "lower", "10 pour un « éligible » donné à tort à qui ne l’est pas"
        ),
        "wrong_eligible": Metric("« éligible » à tort", "%", "lower", "la pire des erreurs", bound=0.0),
        "clarification_hit": Metric(
            "question utile posée", "%", "higher", "quand il manque un fait, demander celui qui compte"
        ),
        "ndcg_10": Metric("recherche, nDCG@10", "%", "higher", "rang des passages attendus", headline=True),
        "recall_5": Metric(
            "recherche, rappel@5", "%", "higher", "passages attendus dans les 5 premiers", headline=True
        ),
        "mrr_10": Metric("recherche, MRR@10", "%", "higher", "rang du premier passage attendu"),
        "scheme_hit_1": Metric(
            "bon dispositif en tête", "%", "higher", "le premier passage est du bon dispositif ou document"
        ),
    }
)
LATENCIES: Mapping[str, Metric] = MappingProxyType(
    {
        "latency_p50": Metric("latence médiane", "ms", "lower", "temps d’une réponse, vu du client"),
        "latency_p95": Metric(
            "latence, 95e centile", "ms", "lower", "temps que 95 % des réponses ne dépassent pas"
        ),
    }
)
LENGTHS: Mapping[str, Metric] = MappingProxyType(
    {
        "words_p50": Metric("longueur médiane", "mots", "lower", "mots d’une réponse donnée"),
        "words_p90": Metric(
            "longueur, 90e centile", "mots", "lower", "mots que 90 % des réponses données ne dépassent pas"
        ),
    }
)
# Which quantile each figure of length is.
LENGTH_QUANTILES: Mapping[str, float] = MappingProxyType({"words_p50": 0.50, "words_p90": 0.90})
ALL_METRICS: Mapping[str, Metric] = MappingProxyType({**METRICS, **LENGTHS, **LATENCIES})
