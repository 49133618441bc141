"""Train what a fold keeps: every weight that has a fit, fitted again without anything of its fiches."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.answering.knowledge import Knowledge
from assistant.choosing.fitted import IN_USE, Weights
from assistant.choosing.support import SupportWeights
from assistant.settings import AssistantSettings
from corpus.fiches.catalogue import SCHEMES_DIR
from evaluation.fitting.gaps import fit_gaps, gap_cases
from evaluation.fitting.left_out import LeftInTurn
from evaluation.fitting.support import decide, fit_support, uncovered_questions
from evaluation.fitting.weights import fit_schemes, fit_sentences
from evaluation.folds.corpus import corpus_of_fiches
from evaluation.folds.folds import Fold
from evaluation.folds.kept import EVERY, KeptWeights, digest_of
from evaluation.folds.leak import check_knowledge, forbidden_to, without_leaks
from evaluation.runs.own_index import engine_of_documents

# Set by hand in assistant/choosing/evidence.py, which says why: no fit gives it.
_BY_HAND = ("typed",)
Progress = Callable[[str, int], None]
"""Called after each known question with what is being fitted, and how many questions are done."""


def train_fold(
    fold: Fold,
    settings: AssistantSettings,
    progress: Progress = lambda _what, _done: None,
    schemes_dir: Path = SCHEMES_DIR,
) -> KeptWeights:
    """Fit the weights on the questions about the other fiches.

    Raises:
        FoldLeak: something of the fold was read on the way.
    """
    with TemporaryDirectory() as folder, without_leaks(fold, forbidden_to(fold, schemes_dir)):
        corpus = corpus_of_fiches(fold, Path(folder), schemes_dir)
        with engine_of_documents(settings, corpus.catalogue, corpus.documents) as engine:
            check_knowledge(engine.knowledge, fold)
            weights = fit_weights(engine.knowledge, EVERY, progress)
    return KeptWeights.of(weights, digest_of(fold, schemes_dir))


def fit_weights(
    knowledge: Knowledge, every: int = 1, progress: Progress = lambda _what, _done: None
) -> Weights:
    """Fit every weight on the questions that a knowledge holds, in the order in which they depend on another.

    Args:
        knowledge: what is known.
        every: one known question in so many.
        progress: see :data:`Progress`.
    """
    known = LeftInTurn.of(knowledge, every)
    sentences = fit_sentences(known, _counting(progress, "phrases")).weights
    sentences |= {name: IN_USE.sentences[name] for name in _BY_HAND}
    schemes = fit_schemes(known, _counting(progress, "dispositifs")).weights
    known = known.weighing(Weights(sentences, schemes, IN_USE.gaps, IN_USE.support))
    # The year in which the fiches were checked, so that the same fiches give the same weights next year.
    year = max(scheme.checked.year for scheme in knowledge.catalogue.schemes)
    gaps = fit_gaps(gap_cases(known, year, _counting(progress, "ce qui n’est pas publié")))
    decided = decide(known, uncovered_questions(), _counting(progress, "répondre ou non"))
    return Weights(sentences, schemes, gaps, SupportWeights(**fit_support(decided)))


def _counting(progress: Progress, what: str) -> Callable[[], None]:
    done = 0

    def one_more() -> None:
        nonlocal done
        done += 1
        progress(what, done)

    return one_more
