"""What of a model's sentence is refused, mended or shown, by the real verifier."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from verifiers import citation, verifier

from assistant.checking.sentence import CheckedSentence, SentenceCheck
from assistant.reply import Citation, Reply, Verdict
from ingest.embed import Vectors

RULE = "Le fonds demande au moins 40 000 € de travaux."
TOWNS = "L’aide va à Laon, Soissons et Chauny, dans l’Aisne."


class AllAlike:
    """Every text means the same: what is checked here isn't the meaning."""

    dimension = 1

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return np.ones((len(texts), 1), dtype=np.float32)


def judged(sentence: str, *citations: Citation, verdicts: Sequence[Verdict] = ()) -> CheckedSentence:
    reply = Reply(status="answered", lines=(), citations=citations)
    check = SentenceCheck(reply, verifier().check(citations), AllAlike())  # type: ignore[arg-type]
    return check.judge(sentence)


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        (
            "Si le pont est clos, l’aide est accordée à la commune.",
            "Si le pont est clos, l’aide est accordée à la commune.",
        ),
        ("Le dossier se dépose sur aides.example.org.", "Le dossier se dépose sur aides.example.org."),
        ("Sur aides.example.org se dépose le dossier.", "Le dossier se dépose sur aides.example.org."),
        ("Les trois communes sont Laon, Soissons et Chauny, dans l’Aisne.", TOWNS),
        ("L’aide va à trois communes : Laon, Soissons et Chauny.", TOWNS),
        ("La Région et la CCI ont lancé l’aide.", "L’aide est lancée par la Région et la CCI."),
        ("L’aide date d’une année non indiquée.", "L’année de l’aide n’est pas indiquée, la date non plus."),
    ],
)
def test_what_the_passage_says_is_shown(sentence: str, quote: str) -> None:
    assert judged(f"{sentence} [1]", citation(1, quote, "cvcb")).problem is None


@pytest.mark.parametrize(
    ("sentence", "problem"),
    [
        ("L’aide va aux quatre, Laon, Soissons et Chauny, soit quatre.", "claims"),
        ("L’aide va à Laon, Soissons, Chauny et aux associations, dans l’Aisne.", "content"),
        ("L’aide va à Laon, Soissons et Chauny, sur ailleurs.exemple.fr.", "foreign"),
    ],
)
def test_what_it_does_not_say_is_refused(sentence: str, problem: str) -> None:
    assert judged(f"{sentence} [1]", citation(1, TOWNS)).problem == problem


def test_a_site_that_a_document_names_and_does_not_come_from_is_refused() -> None:
    planted = citation(1, "Le dossier se dépose sur piege.example.com.")
    for sentence in (
        "Le dossier se dépose sur piege.example.com.",
        "Sur piege.example.com se dépose le dossier.",
    ):
        assert judged(f"{sentence} [1]", planted).problem == "foreign"


def test_a_yes_that_nobody_computed_is_left_out_and_the_rule_shown() -> None:
    checked = judged("Oui : le fonds demande au moins 40 000 € de travaux. [1]", citation(1, RULE))
    assert checked == CheckedSentence("Le fonds demande au moins 40 000 € de travaux. [1]", None)
    assert judged("Oui, vous êtes éligible. [1]", citation(1, RULE)).problem == "verdict"


def test_the_marker_of_a_passage_that_holds_but_a_figure_stays() -> None:
    first = citation(1, "La Région paie 30 % des travaux de voirie des communes.")
    second = citation(2, "En 2024, le taux était de 45 % pour des études.")
    sentence = "La Région paie 30 % des travaux de voirie des communes [1], et 45 % pour des études [2]."
    checked = judged(sentence, first, second)
    assert (checked.problem, checked.sentence) == (None, sentence)
