"""Score one outcome against its case: every metric as a pair, how much was got of how much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from assistant.markers import markers
from assistant.reply import Eligibility, Reply, Verdict
from corpus.fiches.catalogue import Catalogue
from evaluation.judging.cited import cited_of
from evaluation.judging.invariants import invariants
from evaluation.judging.passages import MEASURES, judge_passages, subject_first
from evaluation.judging.usefulness import usefulness
from evaluation.questions.cases import Case
from evaluation.questions.facts import states
from evaluation.runs.run import Outcome

REFUSALS = frozenset({"unanswerable", "out_of_scope"})
# What a wrong verdict costs, by (right, given): a wrong "eligible" is the worst.
VERDICT_COSTS: Mapping[tuple[Verdict, Verdict], float] = {
    ("not_eligible", "eligible"): 10.0,
    ("undetermined", "eligible"): 5.0,
    ("eligible", "not_eligible"): 4.0,
    ("undetermined", "not_eligible"): 3.0,
    ("eligible", "undetermined"): 1.0,
    ("not_eligible", "undetermined"): 1.0,
}

Pair = tuple[float, float]


@dataclass(frozen=True, slots=True)
class CaseScore:
    """The metrics of one case, and what went wrong in words.

    Attributes:
        pairs: by metric, (got, of how much); a metric that doesn't apply is absent.
        failures: what keeps the reply from being fully right, in French; empty when it is.
    """

    pairs: Mapping[str, Pair]
    failures: tuple[str, ...]


def score(case: Case, outcome: Outcome, catalogue: Catalogue, on: date) -> CaseScore:
    """Score what came back for a case.

    Args:
        case: what is expected.
        outcome: what came back.
        catalogue: the fiches that it may quote.
        on: the day of the measure.
    """
    if outcome.reply is None:
        return CaseScore(_nothing_got(case), (f"erreur : {outcome.error}",))
    reply = outcome.reply
    pairs: dict[str, Pair] = {"status_right": _one(reply.status in case.status)}
    failures: list[str] = []
    if reply.status not in case.status:
        failures.append(f"statut {reply.status}, attendu {' ou '.join(case.status)}")
    elif reply.status == "clarification" and not _asks_rightly(case, reply):
        failures.append("question posée à côté")
    pairs |= _refusals(case, reply)
    for part in (_facts, _citations, _verdicts):
        new_pairs, new_failures = part(case, reply)
        pairs |= new_pairs
        failures += new_failures
    new_pairs, new_failures = invariants(case, reply, catalogue, outcome.faithful)
    pairs |= new_pairs
    failures += new_failures
    pairs |= usefulness(case, reply, on)
    if case.gold:
        found = judge_passages(case.gold, outcome.passages)
        pairs |= {name: (value, 1.0) for name, value in found.items()}
        pairs["scheme_hit_1"] = _one(subject_first(case.subjects, outcome.passages))
    pairs["fully_right"] = _one(not failures)
    return CaseScore(pairs, tuple(failures))


def _nothing_got(case: Case) -> dict[str, Pair]:
    """What a request that failed got: nothing of all that was due; no verdict costs as undetermined."""
    due: dict[str, int] = {"fully_right": 1, "status_right": 1, "fact_recall": len(case.facts)}
    due["abstention_recall"] = int(set(case.status) <= REFUSALS)
    due["clarification_hit"] = int("clarification" in case.status)
    if "answered" in case.status:
        due |= {"citation_recall": len(case.gold), "first_line": int(bool(case.first))}
    due |= {"next_step": int(case.next), "estimate_right": len(case.estimate)}
    due["plan_right"] = int(case.plan is not None)
    if case.gold:
        due |= dict.fromkeys((*MEASURES, "scheme_hit_1"), 1)
    due["verdict_exact"] = len(case.verdicts)
    pairs: dict[str, Pair] = {name: (0.0, float(size)) for name, size in due.items() if size}
    if case.verdicts:
        costs = (VERDICT_COSTS.get((right, "undetermined"), 0.0) for right in case.verdicts.values())
        pairs["verdict_cost"] = (sum(costs), float(len(case.verdicts)))
    return pairs


def _one(is_right: bool) -> Pair:
    return (1.0 if is_right else 0.0, 1.0)


def _refusals(case: Case, reply: Reply) -> dict[str, Pair]:
    """Abstention: of the refusals given, how many were right; of those due, how many were given."""
    given, due = reply.status in REFUSALS, bool(REFUSALS & set(case.status))
    must = set(case.status) <= REFUSALS
    pairs: dict[str, Pair] = {}
    if given:
        pairs["abstention_precision"] = _one(due)
    if must:
        pairs["abstention_recall"] = _one(given)
    if "clarification" in case.status:
        asked = reply.status == "clarification" and _asks_rightly(case, reply)
        pairs["clarification_hit"] = _one(asked)
    return pairs


def _asks_rightly(case: Case, reply: Reply) -> bool:
    if not case.asks:
        return True
    if "scheme" in case.asks and reply.choices and not reply.eligibility:
        return True
    missing = {fact for item in reply.eligibility for fact in item.missing}
    if reply.asked is not None:
        missing |= {reply.asked.fact or reply.asked.about}
    return bool(missing & set(case.asks))


def _facts(case: Case, reply: Reply) -> tuple[dict[str, Pair], list[str]]:
    # A question back, where it's right, states nothing yet.
    due = () if reply.status == "clarification" and "clarification" in case.status else case.facts
    absent = [fact for fact in due if not states(reply.answer, fact)]
    present = [fact for fact in case.forbidden if states(reply.answer, fact)]
    failures = [f"fait absent : {fact}" for fact in absent] + [f"fait interdit : {fact}" for fact in present]
    pairs: dict[str, Pair] = {}
    if due:
        pairs["fact_recall"] = (float(len(due) - len(absent)), float(len(due)))
    if case.forbidden:
        pairs["forbidden_avoided"] = (float(len(case.forbidden) - len(present)), float(len(case.forbidden)))
    return pairs, failures


def _citations(case: Case, reply: Reply) -> tuple[dict[str, Pair], list[str]]:
    """Citations at section level: those given that are right, and the gold passages that are cited.

    What a reply cites is what its text refers to: passages that only back a criterion of a verdict, in the
    shapes beside the text, aren't counted either way. A reply is right when each scheme or document asked
    about is cited by one of its gold passages; for a document, a fiche that says the same may stand for it.
    """
    shown = set(markers(reply.answer))
    found = dict.fromkeys(cited_of(citation) for citation in reply.citations if citation.n in shown)
    cited = [item for item in found if item is not None]
    pairs: dict[str, Pair] = {}
    if case.gold and cited:
        allowed = (*case.gold, *case.also)
        right = sum(item.is_among(allowed) for item in cited)
        pairs["citation_precision"] = (float(right), float(len(cited)))
    reached = {key for key in case.gold if any(item.is_of(key) for item in cited)}
    asked = reply.status == "clarification"
    if case.gold and "answered" in case.status and not (asked and "clarification" in case.status):
        got = 0 if asked else len(reached)  # a needless question gives nothing
        pairs["citation_recall"] = (float(got), float(len(case.gold)))
    failures = [
        f"aucun passage attendu de « {subject} » n’est cité"
        for subject in case.subjects
        if (own := {key for key in case.gold if key.startswith(f"{subject}/")})
        and not (own & reached or (subject in case.documents and reached))
        and not asked
    ]
    return pairs, failures


def _verdicts(case: Case, reply: Reply) -> tuple[dict[str, Pair], list[str]]:
    """Verdicts; a verdict that isn't given counts as undetermined for the cost, and as wrong."""
    if not case.verdicts:
        return {}, []
    exact, cost, wrong = 0, 0.0, 0
    failures = []
    for scheme, right in case.verdicts.items():
        given = given_verdict(reply, scheme)
        exact += given == right
        cost += VERDICT_COSTS.get((right, given or "undetermined"), 0.0)
        wrong += given == "eligible" and right != "eligible"
        if given != right:
            failures.append(f"verdict {given or 'absent'} pour « {scheme} », attendu {right}")
    size = float(len(case.verdicts))
    pairs = {
        "verdict_exact": (float(exact), size),
        "verdict_cost": (cost, size),
        "wrong_eligible": (float(wrong), size),
    }
    return pairs, failures


def given_verdict(reply: Reply, scheme: str) -> Verdict | None:
    """The verdict that a reply gives for a scheme; None when it gives none."""
    found: list[Eligibility] = [item for item in reply.eligibility if item.scheme_id == scheme]
    return found[0].verdict if found else None
