"""Of the cases of a condition, those of another topic than the project told needn't be asked about."""

from __future__ import annotations

from verdict_builders import catalogue

from assistant.reading.cases_aside import cases_aside
from corpus.labels import Topic


def test_the_case_of_another_topic_is_aside_once_one_is_told() -> None:
    api = [catalogue().scheme("aisne-api")]
    assert cases_aside(api, frozenset({Topic.HERITAGE})) == {"equipement_sportif_collegiens"}
    assert cases_aside(api, frozenset({Topic.HERITAGE, Topic.SPORT})) == set()


def test_nothing_is_aside_of_a_project_that_no_case_is_about() -> None:
    assert cases_aside([catalogue().scheme("aisne-api")], frozenset({Topic.TREES})) == set()
    assert cases_aside([catalogue().scheme("aisne-api")], frozenset({Topic.SCHOOL})) == set()
