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

_TOP_PASSAGES = 3
# What refusing and answering wrongly cost at each threshold is in docs/decisions/0005.
MIN_LIKELIHOOD, MIN_LIKELIHOOD_NAMED = 0.45, 0.08
# Nearly likely enough: which scheme is meant is asked.
MIN_WORTH_ASKING = 0.28
# A scheme's name beside words that its fiche doesn't hold at all.
MIN_COVERAGE_NAMED = 0.05
# What goes on with a subject must be a little like what people ask about it: "how many teeth has a shark"
# isn't, after a question on town centres; or speak of aid, in words that its fiche holds.
MIN_LIKE_CARRIED, MIN_LIKE_OFF_SUBJECT = 0.2, 0.35
# Words that speak neither of public aid nor of a project of one's own must nearly all be in the passages,
# unless people ask the like.
MIN_COVERAGE_OFF_SUBJECT, ALIKE = 0.6, 0.45

# One common word ("pain") is thin support, a name ("Isbergues") isn't.
_ONE_COMMON_WORD = 0.5
_PROPER_NAME = re.compile(r"(?<=\s)(?:[dl]['’])?[A-ZÀ-ÖØ-Þ]\w{2,}")


@dataclass(frozen=True, slots=True)
class SupportWeights:
    """Logistic regression: how likely the passages are those that the question is about.

    Fitted on the questions that people ask about the fiches, each left out in turn, and on questions that no
    fiche answers ("assistant bench weights").
    """

    coverage: float = 2.76
    like: float = 2.0
    share: float = 5.22
    bias: float = -5.9


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
        like: likeness of the nearest known question about the likeliest scheme, between 0 and 1; for a
            message that goes on with a subject, 1 when it has no words of its own ("et combien ?").
        share: share of the likelihood of all schemes that is the likeliest one's, between 0 and 1.
        on_subject: whether the question speaks of public aid, of a kind of project, or of the person's own.
        by: what each measure weighs.
    """

    coverage: float
    similarity: float
    named: bool
    carried: bool = False
    like: float = 0.0
    share: float = 0.0
    on_subject: bool = True
    by: SupportWeights = IN_USE

    @property
    def likelihood(self) -> float:
        """How likely the passages are those that the question is about, between 0 and 1."""
        by = self.by
        logit = by.coverage * self.coverage + by.like * self.like + by.share * self.share + by.bias
        return 1 / (1 + exp(-logit))

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
        if self.carried:
            if not self.on_subject:
                return Threshold("like", self.like, MIN_LIKE_OFF_SUBJECT)
            alike = Threshold("like", self.like, MIN_LIKE_CARRIED)
            return alike if alike.passed else Threshold("coverage", self.coverage, MIN_COVERAGE_OFF_SUBJECT)
        if self.named and self.coverage < MIN_COVERAGE_NAMED:
            return Threshold("coverage", self.coverage, MIN_COVERAGE_NAMED)
        is_known = self.named or self.on_subject or self.like >= ALIKE
        if not is_known and self.coverage < MIN_COVERAGE_OFF_SUBJECT:
            return Threshold("coverage", self.coverage, MIN_COVERAGE_OFF_SUBJECT)
        least = MIN_LIKELIHOOD_NAMED if self.named else MIN_LIKELIHOOD
        return Threshold("likelihood", self.likelihood, least)


def measure_support(
    question: Question,
    hits: Sequence[RetrievedChunk],
    weights: Mapping[str, float],
    like: float = 0.0,
    share: float = 0.0,
    by: SupportWeights = IN_USE,
) -> Confidence:
    """Measure the support that the best passages of one document give to a question.

    Args:
        question: the question.
        hits: its passages, best first.
        weights: weight of each of its words.
        like: likeness of the nearest known question about the likeliest scheme.
        share: share of the likelihood of all schemes that is the likeliest one's.
        by: what each measure weighs.
    """
    if not hits:
        return Confidence(0.0, 0.0, named=False, by=by)
    document = hits[0].chunk.document_id
    best = [hit for hit in hits if hit.chunk.document_id == document][:_TOP_PASSAGES]
    texts = [hit.chunk.searched_text for hit in best]
    # A follow-up that only says what is asked ("et jusqu’à quand ?") has no words left to cover.
    covered = coverage(weights, texts) if weights or not question.carried else 1.0
    if len(weights) == 1 and not question.schemes and not _PROPER_NAME.search(question.text):
        covered *= _ONE_COMMON_WORD
    return Confidence(
        coverage=covered,
        similarity=max((hit.similarity or 0.0) for hit in best),
        named=bool(question.schemes or (question.names and question.is_list)),
        carried=question.carried,
        like=1.0 if question.carried and not weights else like,
        share=share,
        on_subject=on_subject(question.search_text)
        or question.speaks_of_us
        or bool(find_topics(question.search_text)),
        by=by,
    )
