"""The verdicts on many schemes in brief: what holds each one back, and one dated source."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from assistant.eligibility.citations import cited_source
from assistant.eligibility.request import EligibilityResponse
from assistant.reply import Availability, CitedSource, Eligibility, Verdict
from corpus.fiches.catalogue import Catalogue


class _View(BaseModel):
    model_config = ConfigDict(frozen=True)


class SchemeVerdict(_View):
    """What was computed for one scheme; ``open_points`` are the criteria that aren't met or not known."""

    scheme_id: str = Field(examples=["cvcb"])
    scheme_name: str
    verdict: Verdict
    open_points: tuple[str, ...]
    availability: Availability
    source: CitedSource


class VerdictOverview(_View):
    """The verdicts, the favourable ones first; ``detail`` comes when one scheme was asked for."""

    commune: str | None = Field(examples=["Nieppe (Nord)"])
    schemes: tuple[SchemeVerdict, ...]
    detail: EligibilityResponse | None = None


def overview(response: EligibilityResponse, catalogue: Catalogue, *, whole: bool) -> VerdictOverview:
    """Put a response in brief; ``whole`` adds the response itself."""
    return VerdictOverview(
        commune=response.commune.label if response.commune else None,
        schemes=tuple(_verdict(item, catalogue) for item in response.eligibility),
        detail=response if whole else None,
    )


def _verdict(item: Eligibility, catalogue: Catalogue) -> SchemeVerdict:
    scheme = catalogue.scheme(item.scheme_id)
    wanted = "not_met" if item.verdict == "not_eligible" else "unknown"
    return SchemeVerdict(
        scheme_id=item.scheme_id,
        scheme_name=scheme.name,
        verdict=item.verdict,
        open_points=tuple(
            f"{criterion.label} — {criterion.because}"
            for criterion in item.criteria
            if criterion.verdict == wanted
        ),
        availability=item.availability,
        source=cited_source(scheme.sources[0]),
    )
