"""How well passages support an answer: the decision to answer or to abstain."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp

from assistant.choosing.evidence import coverage
from assistant.reading.scope import on_subject
from assistant.reading.topics import find_topics
from assistant.reading.understand import Question
from assistant.search.hits import RetrievedChunk
from assistant.search.subject import UNKNOWN, Standing

_TOP_PASSAGES = 3
# What refusing and answering wrongly cost at each threshold is in docs/decisions/0014.
MIN_LIKELIHOOD, MIN_LIKELIHOOD_NAMED = 0.4, 0.25
# What goes on with a subject needs less still.
MIN_LIKELIHOOD_CARRIED = 0.08
# Nearly likely enough: which scheme is meant is asked.
MIN_WORTH_ASKING = 0.3
# A scheme's name, or a near sentence, beside words that its fiche doesn't hold at all.
MIN_COVERAGE_ALONE = 0.05
# Words that speak neither of public aid nor of a project of one's own must nearly all be in the passages,
# unless the subject is likely; where the subject goes on, some of them.
MIN_COVERAGE_OFF_SUBJECT, MIN_COVERAGE_CARRIED, LIKELY = 0.6, 0.3, 0.75

# One common word ("pain") is thin support, a name ("Isbergues") isn't.
_ONE_COMMON_WORD = 0.5
_PROPER_NAME = re.compile(r"(?<=\s)(?:[dl]['’])?[A-ZÀ-ÖØ-Þ]\w{2,}")


@dataclass(frozen=True, slots=True)
class SupportWeights:
    """Logistic regression: how likely the passages are those that the question is about.

    Fitted on questions about fiches that the encoder hasn't seen, and on others that no fiche answers; no
    known question takes part ("assistant train --folds"; docs/decisions/0014).
    """

    coverage: float = 2.28
    several: float = 13.1
    share: float = 1.34
    passage: float = 1.47
    margin: float = 13.27
    bias: float = -4.58


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
        on_subject: whether the question speaks of public aid, of a kind of project, or of the person's own.
        is_thin: whether one common word is all that it tells.
        by: what each measure weighs.
    """

    coverage: float
    similarity: float
    named: bool
    carried: bool = False
    standing: Standing = UNKNOWN
    share: float = 0.0
    on_subject: bool = True
    is_thin: bool = False
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
        }

    @property
    def is_worth_asking(self) -> bool:
        """Whether, short of answering, to ask which of the likeliest schemes is meant."""
        return not self.named and self.on_subject and self.likelihood >= MIN_WORTH_ASKING

    @property
    def is_enough(self) -> bool:
        """Whether to answer at all."""
        return self.deciding().passed

    def deciding(self) -> Threshold:
        """The threshold that settles whether to answer."""
        if self.named and not self.carried and self.coverage < MIN_COVERAGE_ALONE:
            return Threshold("coverage", self.coverage, MIN_COVERAGE_ALONE)
        if not self.on_subject and self.coverage < self._least_off_subject:
            return Threshold("coverage", self.coverage, self._least_off_subject)
        least = MIN_LIKELIHOOD_NAMED if self.named else MIN_LIKELIHOOD
        least = MIN_LIKELIHOOD_CARRIED if self.carried else least
        return Threshold("likelihood", self.likelihood, least)

    @property
    def _least_off_subject(self) -> float:
        """The least coverage of a message that speaks neither of public aid nor of one's own project."""
        if self.carried:
            return MIN_COVERAGE_CARRIED
        is_likely = self.named or (self.likelihood >= LIKELY and not self.is_thin)
        return MIN_COVERAGE_ALONE if is_likely else MIN_COVERAGE_OFF_SUBJECT


def measure_support(
    question: Question,
    hits: Sequence[RetrievedChunk],
    weights: Mapping[str, float],
    standing: Standing = UNKNOWN,
    share: float = 0.0,
    by: SupportWeights = IN_USE,
) -> Confidence:
    """Measure the support that the best passages of one document give to a question.

    Args:
        question: the question.
        hits: its passages, best first.
        weights: weight of each of its words.
        standing: how far what it's about stands out.
        share: share of the likelihood of all schemes that is the likeliest one's.
        by: what each measure weighs.
    """
    if not hits:
        return Confidence(0.0, 0.0, named=False, by=by)
    document = hits[0].chunk.document_id
    best = [hit for hit in hits if hit.chunk.document_id == document][:_TOP_PASSAGES]
    texts = [hit.chunk.searched_text for hit in best]
    # "Et jusqu’à quand ?", of a scheme carried or chosen, only says what is asked: no word is left to cover.
    covered = coverage(weights, texts) if weights or not question.schemes else 1.0
    is_thin = len(weights) == 1 and not question.schemes and not _PROPER_NAME.search(question.text)
    if is_thin:
        covered *= _ONE_COMMON_WORD
    return Confidence(
        coverage=covered,
        similarity=max((hit.similarity or 0.0) for hit in best),
        named=bool(question.schemes or (question.names and question.is_list)),
        carried=question.carried,
        standing=standing,
        share=share,
        on_subject=on_subject(question.search_text)
        or question.speaks_of_us
        or bool(find_topics(question.search_text)),
        is_thin=is_thin,
        by=by,
    )
