"""A whole conversation without script, ``GET`` and ``POST /question``: a form, its answer, the form again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from assistant.answering.interface import AnswerEngine
from assistant.page import texts
from assistant.page.again import again_json, read_again
from assistant.page.markup import answer_html, links_html, sources_html
from assistant.page.plain import words
from assistant.page.plain.conversation import asked, read, written
from assistant.page.plain.drawing import Pages
from assistant.page.plain.fields import MOST_NAME, field, posted
from assistant.page.plain.note.share import mail_of_questions
from assistant.page.plain.place import commune_named
from assistant.page.turns import PageTurn, Turns
from assistant.reply import MAX_QUESTION_CHARS


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """A turn as the page shows it: badge, answer, links and sources as markup of ours, or an error."""

    number: int
    question: str
    commune: str | None
    status: str
    badge: str
    answer: Markup
    links: Markup
    sources: Markup
    error: str | None


def question_router(pages: Pages) -> APIRouter:
    """Build the routes."""
    router = APIRouter(include_in_schema=False)

    @router.get("/question")
    async def first(request: Request) -> Response:
        """Show the form, filled with what the address says; answer when it holds a question."""
        return await _answered(request, pages, request.query_params, ())

    @router.post("/question")
    async def following(request: Request) -> Response:
        """Answer the question of the form, in the conversation that it carries."""
        values = await posted(request)
        before = () if "effacer" in values else read(request, values.get("conversation", ""))
        return await _answered(request, pages, values, before)

    return router


async def _answered(request: Request, pages: Pages, values: Mapping[str, str], before: Turns) -> Response:
    engine: AnswerEngine = request.app.state.engine
    name = "proposee" if values.get("proposee") else "q"
    question = field(values, name, MAX_QUESTION_CHARS)
    place = field(values, "commune", MOST_NAME)
    commune, said = commune_named(engine.eligibility, place)
    scheme = values.get("dispositif", "")
    scheme = scheme if scheme in engine.catalogue else ""
    problem = question.refusal or said
    turns, left = before, question.text
    if request.method == "POST" and "effacer" not in values and not question.text:
        problem = problem or words.QUESTION_TO_WRITE
    if question.usable and not problem:
        turn = await asked(request, engine, before, question.usable, commune, scheme or None)
        turns, left = (*before, turn), turn.question if turn.error else ""
    carried, again = written(turns), again_json(turns)
    return pages.page(
        request,
        "question.html",
        turns=[_shown(turn, number) for number, turn in enumerate(turns, 1)],
        offered=turns[-1].proposals if turns else (),
        is_choice=bool(turns and turns[-1].reply and turns[-1].reply.choices),
        typed=left,
        place=commune.label if commune else place.text,
        scheme=engine.catalogue.scheme(scheme) if scheme else None,
        problem=problem,
        conversation=carried.text,
        again=again,
        mail=mail_of_questions(read_again(again), pages.root(request)) if again else "",
        is_cut=carried.is_cut,
        most=MAX_QUESTION_CHARS,
    )


def _shown(turn: PageTurn, number: int) -> ShownTurn:
    """The markup of ``markup.py`` escapes every text that it's given."""
    reply = turn.reply
    cited = frozenset(citation.n for citation in reply.citations) if reply else frozenset()
    sources = sources_html(reply.citations, number) if reply and reply.citations else ""
    return ShownTurn(
        number=number,
        question=turn.question,
        commune=turn.commune,
        status=reply.status if reply else "error",
        badge=texts.badge(reply.status, is_sourced=bool(cited)) if reply else texts.ERROR_HEADING,
        answer=Markup(answer_html(reply.lines if reply else (), number, cited)),  # noqa: S704
        links=Markup(links_html(turn)),  # noqa: S704
        sources=Markup(sources),  # noqa: S704
        error=turn.error,
    )
