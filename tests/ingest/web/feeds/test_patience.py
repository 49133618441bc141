"""What is asked again, after how long, and what isn't."""

import pytest

from ingest.web.errors import Unanswered
from ingest.web.feeds.patience import patient


class Server:
    """Fails some times, then answers."""

    def __init__(self, *failures: Unanswered) -> None:
        self.failures = list(failures)
        self.pauses: list[float] = []

    def asked(self) -> str:
        def ask() -> str:
            if self.failures:
                raise self.failures.pop(0)
            return "réponse"

        return patient(ask, 2.0, self.pauses.append)


def busy(after: float | None = None) -> Unanswered:
    return Unanswered("trop de demandes", status=429, may_pass=True, after=after)


@pytest.mark.parametrize(
    ("failures", "pauses"),
    [
        ([], []),
        ([busy()], [2.0]),
        ([busy(), busy(), busy()], [2.0, 6.0, 18.0]),
        ([busy(30.0), busy()], [30.0, 6.0]),
        ([busy(0.0)], [2.0]),
    ],
)
def test_what_may_pass_is_asked_again_later_and_later(
    failures: list[Unanswered], pauses: list[float]
) -> None:
    server = Server(*failures)
    assert server.asked() == "réponse"
    assert server.pauses == pauses


@pytest.mark.parametrize(
    ("failures", "pauses"),
    [
        ([Unanswered("non", status=403)], []),
        ([busy(3600.0)], []),
        ([busy()] * 4, [2.0, 6.0, 18.0]),
    ],
)
def test_what_will_not_pass_or_not_soon_is_told(failures: list[Unanswered], pauses: list[float]) -> None:
    server = Server(*failures)
    with pytest.raises(Unanswered):
        server.asked()
    assert server.pauses == pauses
