"""Check the questions that people ask about a scheme: each is answered by a sentence that the fiche holds."""

from __future__ import annotations

from corpus.errors import Problem
from corpus.fiches.asked import read_asked
from corpus.fiches.fiche import Fiche, asked_path


def check_asked(fiche: Fiche) -> list[Problem]:
    """Return what is wrong in the file of questions of a fiche; nothing when it has none."""
    return read_asked(asked_path(fiche.path), fiche.sentences)[1]
