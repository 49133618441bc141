"""Cases about the small corpus with the reply that is right for each, to plant defects in."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

from run_builders import make_case, make_passage, make_reply
from small_corpus import FICHES

from assistant.reply import Availability, Citation, CitedSource, Eligibility, Verdict
from corpus.communes.commune import Commune
from corpus.communes.territory import Territory
from corpus.fiches.catalogue import Catalogue, load_catalogue
from evaluation.judging.result import RunResult, summarise
from evaluation.questions.cases import Case
from evaluation.runs.run import Outcome, Run

NIEPPE = Commune("59431", "Nieppe", "59", 7_500, ("59850",), "215904319", "200040947")
AMOUNT = "En 2023, la Région payait jusqu’à 40 % du coût d’une halle de marché, dans la limite de 60 000 €."
WHO = "L’aide aux halles de marché s’adresse aux communes de moins de 5 000 habitants."
GAP = "La règle de cumul entre l’aide aux halles de marché et les autres subventions n’a pas été trouvée."
HEDGES = "L’aide aux haies était de 3 € par plant, pour 500 plants au plus."
GAPS = "Ce que l’on ne sait pas"


@cache
def small_catalogue() -> Catalogue:
    """The four small fiches."""
    with TemporaryDirectory() as folder:
        for name, text in FICHES.items():
            Path(folder, f"{name}.md").write_text(text, encoding="utf-8")
        return load_catalogue(Path(folder))


def small_territory() -> Territory:
    """One commune."""
    nothing: MappingProxyType[Any, Any] = MappingProxyType({})
    return Territory(MappingProxyType({NIEPPE.insee: NIEPPE}), nothing, nothing, nothing, nothing)


def cite(n: int, section: str, quote: str, scheme: str | None = "halles", **members: Any) -> Citation:
    """A citation of a small fiche, or of a plain document."""
    values: dict[str, Any] = {
        "n": n,
        "scheme_id": scheme,
        "scheme_name": small_catalogue().scheme(scheme).name if scheme in small_catalogue() else None,
        "document_id": f"fiche:{scheme}" if scheme else "doc:page.md",
        "section": section,
        "quote": quote,
        "sources": (CitedSource(title="La page de l’aide", published="2023-03-31"),),
    }
    return Citation(**(values | members))


def verdict(given: Verdict, *missing: str, scheme: str = "halles") -> Eligibility:
    """A verdict for a scheme, with the facts that are missing."""
    return Eligibility(
        scheme_id=scheme,
        verdict=given,
        criteria=(),
        missing=missing,
        availability=Availability(state="unknown", as_of="2024"),
        would_change=(),
    )


def outcome(case: Case, answer: str, *citations: Citation, **members: Any) -> Outcome:
    """What came back for a case; its gold passages are found first unless ``passages`` are given."""
    found = tuple(make_passage(*key.split("/")) for key in case.gold)
    passages = members.pop("passages", found)
    reply = make_reply(answer, citations=citations, **members)
    return Outcome(case_id=case.id, reply=reply, passages=passages, seconds=0.02)


def amount_case(number: int = 1, **members: Any) -> Case:
    """How much a scheme pays."""
    values: dict[str, Any] = {
        "schemes": ["halles"],
        "facts": [{"rate": 40}, {"amount": 60000}],
        "gold": ["halles/Montant"],
        "also": ["halles/Objet"],
        "forbidden": [{"amount": 200000}],
    }
    return make_case(f"direct-{number:03}", "Quel montant pour une halle ?", **(values | members))


def amount_outcome(case: Case, answer: str = f"{AMOUNT} [1]", *more: Citation, **members: Any) -> Outcome:
    """The right answer to it."""
    citations = members.pop("citations", (cite(1, "Montant", AMOUNT), *more))
    return outcome(case, answer, *citations, **({"schemes": ("halles",)} | members))


def commune_case(number: int = 1, right: Verdict = "not_eligible", **members: Any) -> Case:
    """Whether a commune may apply."""
    values: dict[str, Any] = {
        "commune": NIEPPE.insee,
        "schemes": ["halles"],
        "gold": ["halles/Bénéficiaires"],
        "verdicts": {"halles": right},
    }
    return make_case(f"commune-{number:03}", "Avons-nous droit à l’aide aux halles ?", **(values | members))


def commune_outcome(case: Case, *verdicts: Eligibility, **members: Any) -> Outcome:
    """The rule, with the verdicts given."""
    return outcome(case, f"{WHO} [1]", cite(1, "Bénéficiaires", WHO), eligibility=verdicts, **members)


def refusal_case(stratum: str = "unknown", number: int = 1, **members: Any) -> Case:
    """What no source says, or what isn't the assistant's business."""
    status = "out_of_scope" if stratum == "scope" else "unanswerable"
    return make_case(f"{stratum}-{number:03}", "Qui a dessiné la halle ?", **({"status": status} | members))


def refusal_outcome(case: Case, status: str | None = None) -> Outcome:
    """No answer, with the status that the case expects by default."""
    return outcome(case, "Mes sources ne le disent pas.", status=status or case.status[0])


def asking_case(number: int = 1, **members: Any) -> Case:
    """A question that lacks a fact: one may ask for it, or state the rule."""
    values: dict[str, Any] = {
        "status": ["clarification", "answered"],
        "facts": [{"number": 5000}],
        "commune": None,
        "asks": ["population"],
    }
    return commune_case(number, "undetermined", **(values | members))


def asking_outcome(case: Case, *missing: str, **members: Any) -> Outcome:
    """A question back about the facts that are missing."""
    values = {"status": "clarification", "eligibility": (verdict("undetermined", *missing),)}
    return outcome(case, "Combien d’habitants compte votre commune ?", **(values | members))


def run_over(*played: tuple[Case, Outcome], set_name: str = "dev", stopped: str | None = None) -> RunResult:
    """The result of a run."""
    run = Run(target="dans ce processus", outcomes=tuple(came for _, came in played), stopped=stopped)
    return summarise([case for case, _ in played], run, set_name, small_catalogue())
