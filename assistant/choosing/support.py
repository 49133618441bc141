"""How well passages support an answer: the decision to answer or to abstain."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, inf, log

from assistant.choosing.evidence import coverage
from assistant.reading.understand import Question
from assistant.search.hits import RetrievedChunk
from assistant.search.subject import UNKNOWN, Standing

_TOP_PASSAGES = 3
# What refusing and answering wrongly cost at each threshold is in docs/decisions/0014.
MIN_LIKELIHOOD, MIN_LIKELIHOOD_NAMED = 0.4, 0.25
# What goes on with a subject needs less still.
MIN_LIKELIHOOD_CARRIED = 0.08
# Nearly likely enough, of a scheme that nothing was learned of: which one is meant is asked.
MIN_WORTH_ASKING = 0.3
# What was learned of messages about a scheme may settle it, or be enough to ask whether that one is meant.
SURE_LEARNED, LEARNED_WORTH_ASKING = 0.75, 0.3
# Below this probability of being none of our subject, which one is meant is asked: of questions that no fiche
# answers, half of those that were asked back are not any more, of needs that one meets, one in five.
SURELY_OURS = 0.05
# A scheme's name, or a near sentence, beside words that its fiche doesn't hold at all.
MIN_COVERAGE_ALONE = 0.05
# From this probability on, a message is taken for none of our subject; less will do in a conversation on it,
# as its reader knows. The subject must then be likely, or words of it be in the passages.
OUTSIDE, OUTSIDE_GOING_ON = 0.3, 0.1
LIKELY, MIN_COVERAGE_CARRIED = 0.75, 0.3
# What is believed of a message that nothing read: one in ten is none of our subject.
_UNREAD = 0.1
# Beyond so much, in logits, a reading is no surer.
_SUREST = 4.0

# One common word ("pain") is thin support, a name ("Isbergues") isn't.
_ONE_COMMON_WORD = 0.5
_PROPER_NAME = re.compile(r"(?<=\s)(?:[dl]['’])?[A-ZÀ-ÖØ-Þ]\w{2,}")


@dataclass(frozen=True, slots=True)
class SupportWeights:
    """Logistic regression: how likely the passages are those that the question is about.

    Fitted on questions about fiches that the encoder hasn't seen, and on others that no fiche answers; no
    known question takes part ("assistant train --folds"; docs/decisions/0014).
    """

    coverage: float = 1.48
    several: float = 9.09
    share: float = 0.86
    passage: float = 1.62
    margin: float = 9.51
    outside: float = -0.23
    bias: float = -4.1


IN_USE = SupportWeights()


@dataclass(frozen=True, slots=True)
class Threshold:
    """A measure held against the least that it must be."""

    measure: str
    value: float
    least: float

    @property
    def passed(self) -> bool:
        """Whether it's enough."""
        return self.value >= self.least


@dataclass(frozen=True, slots=True)
class Confidence:
    """How well the passages support an answer: the features of the decision to abstain.

    Attributes:
        coverage: share of the question's weighted words that the best passages hold.
        similarity: cosine similarity of the nearest passage.
        named: whether the question names its schemes.
        carried: whether they come from an earlier turn.
        standing: how far what it's about stands out.
        share: share of the likelihood of all schemes that is the likeliest one's, between 0 and 1.
        outside: how likely the message is none of our subject, as the trained reader says; between 0 and 1.
        learned: how likely it's about what it's taken to be about, by what was learned of such messages; 0
            where nothing was.
        by: what each measure weighs.
    """

    coverage: float
    similarity: float
    named: bool
    carried: bool = False
    standing: Standing = UNKNOWN
    share: float = 0.0
    outside: float = _UNREAD
    learned: float = 0.0
    by: SupportWeights = IN_USE

    @property
    def likelihood(self) -> float:
        """How likely the passages are those that the question is about, between 0 and 1."""
        told = self.measures
        logit = self.by.bias + sum(getattr(self.by, name) * value for name, value in told.items())
        return 1 / (1 + exp(-logit))

    @property
    def measures(self) -> Mapping[str, float]:
        """What the likelihood comes from, by the names of :class:`SupportWeights`."""
        standing = self.standing
        return {
            "coverage": self.coverage,
            "several": standing.several,
            "share": self.share,
            "passage": standing.passage,
            "margin": standing.margin,
            "outside": max(-_SUREST, min(_SUREST, _logit(self.outside))),
        }

    @property
    def is_worth_asking(self) -> bool:
        """Whether, short of answering, to ask which of the likeliest schemes is meant.

        Where something was learned of the likeliest, it decides: a need that no scheme was learned to meet
        ("racheter une tondeuse") has passages that are a little like it, of schemes that don't.
        """
        by_passages = not self.learned and self.likelihood >= MIN_WORTH_ASKING
        is_likely = self.learned >= LEARNED_WORTH_ASKING or by_passages
        return not self.named and self.outside < SURELY_OURS and is_likely

    @property
    def is_outside(self) -> bool:
        """Whether the message is taken for none of our subject."""
        return self.outside >= (OUTSIDE_GOING_ON if self.carried else OUTSIDE)

    @property
    def is_foreign(self) -> bool:
        """Whether, short of answering, to say that it isn't our subject."""
        return self.is_outside and not (self.named or self.carried or self.is_enough)

    @property
    def is_enough(self) -> bool:
        """Whether to answer at all."""
        return self.deciding().passed

    def deciding(self) -> Threshold:
        """The threshold that settles whether to answer."""
        if (self.named or self.is_outside) and not self.carried and self.coverage < MIN_COVERAGE_ALONE:
            return Threshold("coverage", self.coverage, MIN_COVERAGE_ALONE)
        if self.carried and self.is_outside and self.coverage < MIN_COVERAGE_CARRIED:
            return Threshold("coverage", self.coverage, MIN_COVERAGE_CARRIED)
        if not (self.named or self.carried or self.is_outside) and self.learned >= SURE_LEARNED:
            return Threshold("learned", self.learned, SURE_LEARNED)
        least = MIN_LIKELIHOOD_NAMED if self.named else MIN_LIKELIHOOD
        least = MIN_LIKELIHOOD_CARRIED if self.carried else least
        if self.is_outside and not (self.named or self.carried):
            least = LIKELY
        return Threshold("likelihood", self.likelihood, least)


def measure_support(
    question: Question,
    hits: Sequence[RetrievedChunk],
    weights: Mapping[str, float],
    standing: Standing = UNKNOWN,
    share: float = 0.0,
    by: SupportWeights = IN_USE,
    learned: float = 0.0,
) -> Confidence:
    """Measure the support that the best passages of one document give to a question.

    Args:
        question: the question.
        hits: its passages, best first.
        weights: weight of each of its words.
        standing: how far what it's about stands out.
        share: share of the likelihood of all schemes that is the likeliest one's.
        by: what each measure weighs.
        learned: how likely that one is by what was learned.
    """
    if not hits:
        return Confidence(0.0, 0.0, named=False, by=by)
    document = hits[0].chunk.document_id
    best = [hit for hit in hits if hit.chunk.document_id == document][:_TOP_PASSAGES]
    texts = [hit.chunk.searched_text for hit in best]
    # "Et jusqu’à quand ?", of a scheme carried or chosen, only says what is asked: no word is left to cover.
    covered = coverage(weights, texts) if weights or not question.schemes else 1.0
    if len(weights) == 1 and not question.schemes and not _PROPER_NAME.search(question.text):
        covered *= _ONE_COMMON_WORD
    return Confidence(
        coverage=covered,
        similarity=max((hit.similarity or 0.0) for hit in best),
        named=bool(question.schemes or (question.names and question.is_list)),
        carried=question.carried,
        standing=standing,
        share=share,
        outside=question.read.outside if question.read else _UNREAD,
        learned=learned,
        by=by,
    )


def _logit(probability: float) -> float:
    return log(probability / (1 - probability)) if 0 < probability < 1 else inf if probability else -inf
