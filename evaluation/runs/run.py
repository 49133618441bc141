"""Put every question of a set to a target, in parallel, and keep what came back."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.reply import ChatRequest, Message, Reply, SearchHit
from evaluation.errors import TargetGone
from evaluation.questions.cases import Case
from evaluation.questions.documents import Span, cited_document
from evaluation.runs.target import CaseFailed, Target
from ingest.chunk import Chunk

SEARCH_DEPTH = 10


class Passage(BaseModel):
    """A passage found: its scheme (None for a plain document), its document, the sections it holds.

    ``places`` says where it stands in a plain document that cases are asked on; it's empty for any other.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    scheme_id: str | None
    sections: tuple[str, ...]
    document_id: str = ""
    places: tuple[Span, ...] = ()


class Outcome(BaseModel):
    """What came back for one case.

    Attributes:
        case_id: the case.
        reply: the reply to the last turn; None when it failed.
        error: why it failed.
        passages: the passages that the search found for the question, best first.
        seconds: time from the last turn to its whole reply, as its client saw it.
        faithful: by number of a citation whose document isn't at hand when it's judged, whether its quote
            stands there word for word; the quotes of the others are looked for in the fiches.
    """

    model_config = ConfigDict(frozen=True)

    case_id: str
    reply: Reply | None = None
    error: str | None = None
    passages: tuple[Passage, ...] = ()
    seconds: float | None = None
    faithful: dict[int, bool] = {}


class Run(BaseModel):
    """The outcomes of a set; ``stopped`` says why when the target was lost half-way."""

    model_config = ConfigDict(frozen=True)

    target: str
    outcomes: tuple[Outcome, ...]
    stopped: str | None = None


def run_cases(
    cases: Sequence[Case],
    target: Target,
    name: str,
    jobs: int = 1,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Run:
    """Put the cases to a target and return what came back, in the order of the cases.

    When the target is lost, what was measured until then is kept and ``stopped`` says why.

    Args:
        cases: the questions.
        target: what is measured.
        name: its name in the report.
        jobs: how many questions at once.
        progress: told how many are done, of how many.
    """
    kept: dict[str, Outcome] = {}
    stopped: str | None = None
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        waiting: list[Future[Outcome]] = [pool.submit(_measure, case, target) for case in cases]
        for future in as_completed(waiting):
            if future.cancelled():
                continue
            try:
                outcome = future.result()
            except TargetGone as error:
                stopped = str(error)
                for other in waiting:
                    other.cancel()
                continue
            kept[outcome.case_id] = outcome
            progress(len(kept), len(cases))
    ordered = tuple(kept[case.id] for case in cases if case.id in kept)
    return Run(target=name, outcomes=ordered, stopped=stopped)


def _measure(case: Case, target: Target) -> Outcome:
    """Play the turns one by one, each with the replies that came before, then search.

    Raises:
        TargetGone: nothing answers any more.
        AssistantError: the engine can't answer at all (no index, for instance).
    """
    messages: list[Message] = []
    reply, seconds = None, 0.0
    # A case gives an INSEE code, and says so: most postcodes are another commune's.
    commune = f"insee:{case.commune}" if case.commune else None
    try:
        for turn in case.turns:
            if reply is not None:
                messages.append(_as_message(reply))
            messages.append(Message(role="user", content=turn))
            begun = time.perf_counter()
            reply = target.reply(ChatRequest(messages=tuple(messages), commune=commune))
            seconds = time.perf_counter() - begun
        hits = target.search(question_of(case), SEARCH_DEPTH)
    except CaseFailed as error:
        return Outcome(case_id=case.id, error=str(error))
    return Outcome(
        case_id=case.id,
        reply=reply,
        passages=tuple(passage_of(hit) for hit in hits),
        seconds=round(seconds, 5),
    )


def question_of(case: Case) -> str:
    """What is searched for a case: its turns as one text, since a search has no memory."""
    return " ".join(case.turns)


def passage_of(hit: SearchHit) -> Passage:
    """What a ranking keeps of a passage found."""
    return Passage(
        id=hit.chunk_id,
        scheme_id=hit.scheme_id,
        sections=tuple(hit.section.split(" / ")),
        document_id=hit.document_id,
        places=_places(hit.document_id, hit.text),
    )


def passage_of_chunk(chunk: Chunk) -> Passage:
    """What a ranking keeps of a chunk."""
    return Passage(
        id=chunk.id,
        scheme_id=chunk.scheme_id,
        sections=chunk.sections,
        document_id=chunk.document_id,
        places=_places(chunk.document_id, chunk.text),
    )


def _places(document_id: str, text: str) -> tuple[Span, ...]:
    document = cited_document(document_id)
    return document.places(text) if document else ()


def _as_message(reply: Reply) -> Message:
    """A reply as the next request sends it back.

    Raises:
        CaseFailed: a message can't hold it.
    """
    try:
        return Message.of_reply(reply)
    except ValidationError as error:
        raise CaseFailed("réponse trop longue pour accompagner la question suivante") from error
