"""A plain linear classifier that learns to read utterances from labelled ones: the baseline to beat.

Word and character tf-idf, then logistic regression, as scikit-learn's text tutorial sets them up; no fiche,
no question file, no list of names.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, TypeVar, cast

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline, make_union

from assistant.reading.acts import Act, Aspect
from corpus.french.folding import fold
from evaluation.questions.utterances import Utterance, UtteranceFile
from evaluation.runs.reads import Reading

# A token is a word or a sign, so that every text has some: "?" tells much. The most frequent are kept.
_TOKEN, _WORDS, _PIECES, _MOST_FEATURES = r"\w+|[^\w\s]", (1, 2), (2, 4), 15_000
# The inverse of the penalty, the same for the three: chosen by cross-validation inside one writer's file.
_STRENGTH = 30.0
_MOST_STEPS, _SEED = 1000, 20261127
# Stands for the messages before: that something was said, not what.
_GOES_ON = "suitedelaconversation"

Label = TypeVar("Label", bound=str)


class LinearReading:
    """Reads act, aspect and first scheme, as utterances of other writers taught it; it reads no facts."""

    name = "classifieur linéaire"

    def __init__(self, taught: Sequence[Utterance]) -> None:
        """Learn from labelled utterances.

        Args:
            taught: none of them may be among those that it's measured on.
        """
        asking = [item for item in taught if item.act == "ask_scheme" and item.aspect is not None]
        about = [item for item in taught if item.schemes]
        self._acts = _Classifier[Act]([_alone(item) for item in taught], [item.act for item in taught])
        self._aspects = _Classifier[Aspect](
            [_alone(item) for item in asking], [cast("Aspect", item.aspect) for item in asking]
        )
        self._schemes = _Classifier[str](
            [_whole(item.text, item.before) for item in about], [item.schemes[0] for item in about]
        )

    def read(self, text: str, before: Sequence[str]) -> Reading:
        """Read a message."""
        alone = _marked(text, before)
        return Reading(
            act=self._acts.best(alone),
            aspect=self._aspects.best(alone),
            subjects=self._schemes.ranked(_whole(text, before)),
        )


def taught_by_others(files: Sequence[UtteranceFile], tested: UtteranceFile) -> list[Utterance]:
    """The utterances of the other files, without those that the tested one holds too."""
    held = {utterance.key for utterance in tested.utterances}
    return [
        utterance
        for file in files
        if file is not tested
        for utterance in file.utterances
        if utterance.key not in held
    ]


class _Classifier(Generic[Label]):
    """A label for a text, by its words and pieces of words."""

    def __init__(self, texts: Sequence[str], labels: Sequence[Label]) -> None:
        self._only = labels[0] if len(set(labels)) == 1 else None
        self._model: Any = None
        if len(set(labels)) > 1:
            self._model = make_pipeline(
                make_union(
                    _tf_idf(token_pattern=_TOKEN, ngram_range=_WORDS),
                    _tf_idf(analyzer="char_wb", ngram_range=_PIECES),
                ),
                LogisticRegression(C=_STRENGTH, max_iter=_MOST_STEPS, random_state=_SEED),
            ).fit(texts, labels)

    def ranked(self, text: str) -> tuple[tuple[Label, float], ...]:
        """Every label with its probability, the likeliest first."""
        if self._model is None:
            return ((self._only, 1.0),) if self._only is not None else ()
        (shares,) = self._model.predict_proba([text]).tolist()
        labels = self._model.classes_.tolist()
        return tuple(sorted(zip(labels, shares, strict=True), key=lambda pair: (-pair[1], pair[0])))

    def best(self, text: str) -> Label | None:
        """The likeliest label; None when none was learnt."""
        return next((label for label, _ in self.ranked(text)), None)


def _tf_idf(**options: Any) -> TfidfVectorizer:
    return TfidfVectorizer(preprocessor=fold, sublinear_tf=True, max_features=_MOST_FEATURES, **options)


def _alone(utterance: Utterance) -> str:
    return _marked(utterance.text, utterance.before)


def _marked(text: str, before: Sequence[str]) -> str:
    return f"{_GOES_ON} {text}" if before else text


def _whole(text: str, before: Sequence[str]) -> str:
    return " ".join((*before, text))
