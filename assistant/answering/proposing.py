"""Meet a need that no aid is likely enough to answer alone: the few that may, or the only one that may."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.compose import answer
from assistant.answering.knowledge import Knowledge
from assistant.answering.plans.overview import OverviewPlan
from assistant.answering.searching import weigh_of
from assistant.answering.turn import Turn
from assistant.answering.understanding import applicant_of
from assistant.choosing.evidence import Evidence
from assistant.choosing.gaps import find_gap
from assistant.lines import line
from assistant.messages import questions, searches
from assistant.reply import Asked, Reply
from assistant.search.schemes import RankedScheme
from corpus.fiches.catalogue import Catalogue
from corpus.fiches.scheme import Scheme
from corpus.labels import FUNDER_LABELS, Topic

# How much nearer the sentence and better the passage of an aid must be than those of all others.
_NEARER, _BETTER = 0.04, 0.3
# The likelihood from which an aid on the need told isn't asked about.
_CLEAR = 0.9


def propose(knowledge: Knowledge, turn: Turn, names: Sequence[str]) -> Turn:
    """Answer for the only aid that may be meant; of several, tell what is asked of each, and ask which.

    Args:
        knowledge: what every turn draws on.
        turn: the turn, its sentences weighed.
        names: ids of the aids that may be meant, the likeliest first; one at least.
    """
    names = standing_out(names, turn.about.ranked, knowledge.catalogue)
    evidence = weigh_of(knowledge, turn, names)
    if len(names) == 1 and evidence:
        return _answered_for(knowledge, turn, names[0], evidence)
    applicant = applicant_of(knowledge, turn, names)
    plan = OverviewPlan(knowledge.catalogue, knowledge.territory, knowledge.statements)
    best = {name: item for name in names if (item := _best_of(knowledge, turn, name, evidence)) is not None}
    reply = plan.among(names, applicant.facts, knowledge.today(), best)
    return replace(turn, reply=reply, applicant=applicant)


def standing_out(names: Sequence[str], ranked: Sequence[RankedScheme], catalogue: Catalogue) -> Sequence[str]:
    """Of aids that may be meant, the one that is by far nearer, where an aid to everything is the likeliest.

    Such an aid is likely for most needs: it doesn't keep back the one that the message speaks of, by its best
    passage and sentence. All of them where none stands out.

    Args:
        names: ids of the aids.
        ranked: the schemes that the message may be about, likeliest first.
        catalogue: the schemes.
    """
    likely = [item for item in ranked if item.scheme_id in names]
    if not (likely and Topic.GENERAL in catalogue.scheme(likely[0].scheme_id).topics):
        return names
    for item in likely[1:]:
        others = [other for other in likely if other is not item]
        sentence = max(other.near.best for other in others)
        passage = max(other.passage for other in others)
        if item.near.best >= sentence + _NEARER and item.passage >= passage + _BETTER:
            return (item.scheme_id,)
    return names


def is_clear(name: str, ranked: Sequence[RankedScheme]) -> bool:
    """Whether the aid supposed is surely meant: it's on the need told, and hardly any other is likely."""
    best = ranked[0]
    return best.scheme_id == name and best.has_topic and best.likelihood >= _CLEAR


def _best_of(knowledge: Knowledge, turn: Turn, name: str, evidence: Sequence[Evidence]) -> Evidence | None:
    """The sentence of an aid that best answers, or that says that what is asked of it isn't known."""
    own = [item for item in evidence if item.hit.chunk.subject_id == name]
    question = replace(turn.understood, subjects=(name,))
    gap = find_gap(question, own, knowledge.today().year, knowledge.weights.gaps) if own else None
    if gap is not None and gap.is_answer:
        return gap.items[0]
    return next((item for item in own if not item.is_gap), None)


def _answered_for(knowledge: Knowledge, turn: Turn, name: str, evidence: Sequence[Evidence]) -> Turn:
    """The turn with the answer for the aid that is taken to be meant."""
    question = replace(turn.understood, subjects=(name,))
    hits = tuple({item.hit.chunk.id: item.hit for item in evidence}.values())
    same = turn.understood.subjects == question.subjects
    parts = turn.parts if same else ()
    reply = answer(
        question,
        evidence,
        knowledge.catalogue,
        knowledge.today().year,
        knowledge.weights.gaps,
        parts,
    )
    return replace(
        turn,
        question=question,
        subject=replace(turn.about, question=question, hits=turn.about.hits if same else hits),
        evidence=tuple(evidence),
        supposed=name,
        reply=reply,
    )


def only_refusing(base: Reply, reply: Reply) -> Reply:
    """The reply with its verdicts, where they refuse; without them where one doesn't.

    Nobody is told that they may have an aid that may not be the one they mean.
    """
    refuses = bool(reply.eligibility) and all(v.verdict == "not_eligible" for v in reply.eligibility)
    return reply if refuses else base


def with_supposition(reply: Reply, scheme: Scheme) -> Reply:
    """The answer under the name of the aid that it's for, with the question whether this one is meant."""
    if reply.status not in {"answered", "unanswerable"} or not reply.citations:
        return reply
    choices = (scheme.label, questions.NOT_THIS_ONE)
    opening = line("heading", searches.supposing(scheme.label, FUNDER_LABELS[scheme.funder]))
    return reply.model_copy(
        update={
            "lines": (opening, *reply.lines, line("question", questions.THIS_AID)),
            "asked": Asked(about="scheme", choices=choices),
            "choices": choices,
        }
    )
