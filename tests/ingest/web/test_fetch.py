"""What a program answers when it's asked with a key, and when it wants to be asked again."""

from email.utils import formatdate

import pytest
from website import website

from ingest.web.errors import Unanswered
from ingest.web.fetch import Fetcher

pytestmark = pytest.mark.e2e


def test_the_content_and_its_kind_are_given() -> None:
    with website() as site, Fetcher(delay=0, allows_private=True) as fetcher:
        site.put("/a", b"{}", "Application/JSON; charset=utf-8")
        answer = fetcher.ask(f"{site.address}/a", {"X": "y"})
        assert (answer.kind, answer.content) == ("application/json", b"{}")
        site.leads("/b", "/a")
        with pytest.raises(Unanswered, match="/b » répond 302"):
            fetcher.ask(f"{site.address}/b", {"X": "y"})
        assert site.paths() == ["/a", "/b"]


@pytest.mark.parametrize(
    ("status", "header", "may_pass", "after"),
    [
        (429, "30", True, 30.0),
        (503, formatdate(0, usegmt=True), True, 0.0),
        (500, "bientôt".encode().decode("latin-1"), True, None),
        (500, "-5", True, None),
        (503, "9" * 30, True, 999_999_999.0),
        (401, "", False, None),
        (404, "", False, None),
    ],
)
def test_what_may_pass_says_when_to_ask_again(
    status: int, header: str, may_pass: bool, after: float | None
) -> None:
    with website() as site, Fetcher(delay=0, allows_private=True) as fetcher:
        site.put("/a", b"", "text/plain", status, **{"Retry-After": header})
        with pytest.raises(Unanswered) as caught:
            fetcher.ask(f"{site.address}/a", {})
    error = caught.value
    assert (error.status, error.may_pass, error.after) == (status, may_pass, after)


def test_a_machine_that_does_not_answer_may_later() -> None:
    with Fetcher(delay=0, allows_private=True) as fetcher, pytest.raises(Unanswered) as caught:
        fetcher.ask("http://127.0.0.1:9/", {})
    assert (caught.value.status, caught.value.may_pass) == (None, True)
