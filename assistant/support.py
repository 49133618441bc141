"""How well passages support an answer: the decision to answer or to abstain."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp

from assistant.evidence import coverage
from assistant.project_words import find_topics
from assistant.retrieve import RetrievedChunk
from assistant.scope import on_subject
from assistant.understand import Question
from corpus.labels import Topic

_TOP_PASSAGES = 3
# Logistic regression fitted on the dev questions: how likely the passages are those that the question
# is about. MIN_LIKELIHOOD is where most dev questions were fully right, all other guards in place; what
# refusing and answering wrongly cost at each threshold is in docs/decisions/0004.
_NAMED, _COVERAGE, _TOPIC, _CARRIED, _BEST, _BIAS = 1.41, 2.0, 1.91, -1.1, 1.08, -0.9
MIN_LIKELIHOOD = 0.55
# Where neither a scheme nor a need is recognised, only the words speak: they must say much.
MIN_LIKELIHOOD_UNKNOWN = 0.72
# A scheme's name beside words that its fiche doesn't hold at all.
MIN_COVERAGE_NAMED = 0.12
# Words that speak neither of public aid nor of a project of one's own must nearly all be in the passages.
MIN_COVERAGE_OFF_SUBJECT = 0.6

# One common word ("pain") is thin support, a name ("Isbergues") isn't.
_ONE_COMMON_WORD = 0.5
_PROPER_NAME = re.compile(r"(?<=\s)(?:[dl]['’])?[A-ZÀ-ÖØ-Þ]\w{2,}")


@dataclass(frozen=True, slots=True)
class Support:
    """How well the passages support an answer: the features of the decision to abstain.

    Attributes:
        coverage: share of the question's weighted words that the best passages hold.
        similarity: cosine similarity of the nearest passage.
        named: whether the question names its schemes.
        carried: whether they come from an earlier turn.
        topic: whether the question speaks of a topic of the likeliest scheme.
        best: weight of the best sentence.
        on_subject: whether the question speaks of public aid, or of the person's own project.
    """

    coverage: float
    similarity: float
    named: bool
    carried: bool = False
    topic: bool = False
    best: float = 0.0
    on_subject: bool = True

    @property
    def likelihood(self) -> float:
        """How likely the passages are those that the question is about, between 0 and 1."""
        logit = (
            _NAMED * self.named
            + _COVERAGE * self.coverage
            + _TOPIC * self.topic
            + _CARRIED * self.carried
            + _BEST * self.best
            + _BIAS
        )
        return 1 / (1 + exp(-logit))

    @property
    def is_enough(self) -> bool:
        """Whether to answer at all."""
        if self.named and not self.carried and self.coverage < MIN_COVERAGE_NAMED:
            return False
        if not (self.named or self.carried or self.on_subject) and self.coverage < MIN_COVERAGE_OFF_SUBJECT:
            return False
        is_known = self.named or self.carried or (self.topic and self.on_subject)
        return self.likelihood >= (MIN_LIKELIHOOD if is_known else MIN_LIKELIHOOD_UNKNOWN)


def measure_support(
    question: Question,
    hits: Sequence[RetrievedChunk],
    weights: Mapping[str, float],
    topics: frozenset[Topic] = frozenset(),
    best_sentence: float = 0.0,
) -> Support:
    """Measure the support that the best passages of one document give to a question.

    Args:
        question: the question.
        hits: its passages, best first.
        weights: weight of each of its words.
        topics: topics of the likeliest scheme.
        best_sentence: weight of the best sentence of the passages.
    """
    if not hits:
        return Support(0.0, 0.0, named=False)
    document = hits[0].chunk.document_id
    best = [hit for hit in hits if hit.chunk.document_id == document][:_TOP_PASSAGES]
    texts = [hit.chunk.searched_text for hit in best]
    similarity = max((hit.similarity or 0.0) for hit in best)
    topic = bool(topics & find_topics(question.search_text))
    is_ours = on_subject(question.search_text) or question.speaks_of_us
    if len(weights) == 1 and not question.schemes and not _PROPER_NAME.search(question.text):
        covered = coverage(weights, texts) * _ONE_COMMON_WORD
        return Support(
            covered,
            similarity,
            named=False,
            topic=topic,
            best=best_sentence * _ONE_COMMON_WORD,
            on_subject=is_ours,
        )
    # A follow-up that only says what is asked ("et jusqu’à quand ?") has no words left to cover.
    covered = coverage(weights, texts) if weights or not question.carried else 1.0
    return Support(
        coverage=covered,
        similarity=similarity,
        named=bool(question.schemes),
        carried=question.carried,
        topic=topic,
        best=best_sentence,
        on_subject=is_ours,
    )
