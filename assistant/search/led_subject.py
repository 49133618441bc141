"""What a question is about, where something else read it: what that names is weighed, never just believed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.search.subject import PASSAGES_OF_SUBJECTS, Standing, Subject

LIKELY = 16
"""How many of the schemes and pages ranked may be named."""
# How much a reading multiplies the odds of what it names: right nine times in ten, it takes the nearest
# one for it the tenth.
_TRUST = 9.0


def led(subject: Subject, names: Sequence[str]) -> Subject:
    """A subject, led by what another reading says that the question is about.

    A name is heard where it's ranked among the first :data:`LIKELY`, passages of it were found, and its
    likelihood, so led, is no less than that of what the subject is. Where none is, the subject stays.

    Args:
        subject: what the question is about, as it was found.
        names: schemes and pages, of whichever is read first.
    """
    own, found = subject.question.subjects, {hit.chunk.subject_id for hit in subject.found}
    likelihoods = {item.scheme_id: item.likelihood for item in subject.ranked[:LIKELY]}
    kept = tuple(
        name
        for name in names
        if name in found and (name in own or _TRUST * likelihoods.get(name, 0.0) >= subject.share)
    )
    if set(kept) <= set(own):
        return subject
    return replace(
        subject,
        question=replace(subject.question, schemes=(), carried=False, subjects=kept),
        hits=tuple(hit for hit in subject.found if hit.chunk.subject_id in kept)[:PASSAGES_OF_SUBJECTS],
        standing=Standing.of(kept, subject.ranked),
        share=max(_led(likelihoods.get(name, 0.0)) for name in kept),
        learned=0.0,  # it was of what the subject was
    )


def _led(likelihood: float) -> float:
    """A likelihood whose odds are multiplied."""
    return _TRUST * likelihood / (_TRUST * likelihood + 1 - likelihood)
