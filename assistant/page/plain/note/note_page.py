"""The note for the council, ``GET`` and ``POST /note``, and its document, ``/note.docx``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from fastapi import APIRouter, Request, Response
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool

from assistant.answering.interface import AnswerEngine
from assistant.errors import AssistantError
from assistant.page.again import AskedTurn, fitting, read_again
from assistant.page.markup import inline_html
from assistant.page.plain.drawing import Pages
from assistant.page.plain.fields import MOST_NAME, answers_in, field, posted
from assistant.page.plain.note import words
from assistant.page.plain.note.content import Note
from assistant.page.plain.note.document import MEDIA_TYPE, note_docx
from assistant.page.plain.note.of_commune import commune_note
from assistant.page.plain.note.of_conversation import conversation_note
from assistant.page.plain.note.of_scheme import scheme_note
from assistant.page.plain.note.replay import NoNote, replayed
from assistant.page.plain.note.share import again_path, mail_of_page, mail_of_questions, page_path
from assistant.page.plain.place import commune_named
from assistant.page.plain.words import ANSWERS_OF
from assistant.reply import MAX_QUESTION_CHARS
from corpus.communes.commune import Commune

Form = Literal["page", "docx"]
Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Made:
    """A note and its ways on: ``back`` is a path from the root and its words, ``mail`` a message."""

    note: Note
    back: tuple[str, str]
    mail: str


def note_router(pages: Pages) -> APIRouter:
    """Build the routes."""
    router = APIRouter(include_in_schema=False)

    @router.get("/note")
    async def shown(request: Request) -> Response:
        """Show the note of a question, of a scheme for a commune, or of a commune."""
        return await _answered(request, pages, request.query_params.multi_items(), "page")

    @router.post("/note")
    async def posted_note(request: Request) -> Response:
        """Show the note of a conversation, whose questions the form holds."""
        return await _answered(request, pages, [*(await posted(request)).items()], "page")

    @router.get("/note.docx")
    async def document(request: Request) -> Response:
        """Give the same as a Word document."""
        return await _answered(request, pages, request.query_params.multi_items(), "docx")

    @router.post("/note.docx")
    async def posted_document(request: Request) -> Response:
        """Give the same as a Word document."""
        return await _answered(request, pages, [*(await posted(request)).items()], "docx")

    return router


async def _answered(request: Request, pages: Pages, pairs: Pairs, form: Form) -> Response:
    try:
        made = await _made(request, pages.root(request), pairs)
    except NoNote as error:
        return pages.page(request, "note_refused.html", error.status, words=words, problem=str(error))
    except AssistantError as error:
        return pages.page(request, "note_refused.html", 400, words=words, problem=str(error))
    note = made.note
    if form == "docx":
        content = await run_in_threadpool(note_docx, note, datetime.now(UTC))
        named = {"Content-Disposition": f'attachment; filename="{note.name}.docx"'}
        return Response(content, media_type=MEDIA_TYPE, headers=named)
    numbers = frozenset(source.n for source in note.sources)

    def inline(text: str) -> Markup:
        return Markup(inline_html(text, 1, numbers))  # noqa: S704

    return pages.page(
        request,
        "note.html",
        words=words,
        note=note,
        inline=inline,
        back=made.back,
        mail=made.mail,
        method=request.method.lower(),
        fields=[(name, value) for name, value in pairs if value],
    )


async def _made(request: Request, root: str, pairs: Pairs) -> Made:
    """Make what a request asks for: a conversation, a question, a scheme for a commune, or a commune.

    Raises:
        NoNote: nothing that a note can be made of, or an answer that fails.
        AssistantError: the request can't be served.
    """
    engine: AnswerEngine = request.app.state.engine
    values = dict(pairs)
    if "questions" in values:
        turns = read_again(values["questions"])
        if not turns:
            raise NoNote(words.UNREADABLE)
        return await _of_turns(request, engine, turns, values.get("reponse", ""), root)
    question = field(values, "q", MAX_QUESTION_CHARS)
    place = field(values, "commune", MOST_NAME)
    commune, said = commune_named(engine.eligibility, place)
    if question.refusal or said:
        raise NoNote(question.refusal or said)
    scheme = values.get("dispositif", "")
    if scheme and scheme not in engine.catalogue:
        raise NoNote(words.NO_SCHEME.format(name=scheme[:MOST_NAME]), 404)
    if question.usable:
        turn = AskedTurn(
            question=question.usable, commune=commune.label if commune else None, scheme=scheme or None
        )
        return await _of_turns(request, engine, (turn,), "", root)
    if commune is None:
        raise NoNote(words.NO_COMMUNE_FOR_SCHEME if scheme else words.NOTHING_ASKED)
    return await run_in_threadpool(_of_commune, engine, commune, scheme, pairs, root)


async def _of_turns(
    request: Request, engine: AnswerEngine, turns: Sequence[AskedTurn], chosen: str, root: str
) -> Made:
    """The note of a conversation; of one answer, by its number from 1, when ``chosen`` gives it."""
    if chosen:
        if not (chosen.isascii() and chosen.isdigit() and 1 <= int(chosen[:9]) <= len(turns)):
            raise NoNote(words.NO_SUCH_ANSWER)
        turns = turns[: int(chosen)]
    asked = fitting(turns)
    answered = await replayed(request, engine, asked)
    service = engine.eligibility
    note = conversation_note(
        answered[-1:] if chosen else answered,
        service,
        service.today(),
        root,
        is_cut=len(asked) < len(turns),
    )
    back = (again_path(asked[0]), words.AGAIN if len(asked) == 1 else words.AGAIN_FIRST)
    return Made(note, back, mail_of_questions(asked, root))


def _of_commune(engine: AnswerEngine, commune: Commune, scheme: str, pairs: Pairs, root: str) -> Made:
    """The note of a scheme for a commune, or of the commune alone."""
    service = engine.eligibility
    answers = service.questions.asked(answers_in(pairs))
    given = {key: value for key, value in answers_in(pairs).items() if key in answers}
    told = {key: ANSWERS_OF[value] for key, value in given.items()}
    if scheme:
        note = scheme_note(service, scheme, commune, given, root)
        path = page_path(f"dispositifs/{scheme}", commune.insee, told)
        named = page_path("note", commune.insee, {"dispositif": scheme, **told})
        subject = f"{service.catalogue.scheme(scheme).label}, {commune.label}"
        back = (path, words.BACK_TO_SCHEME)
    else:
        note = commune_note(service, commune, given, root)
        path = page_path(f"communes/{commune.insee}", None, told)
        named = page_path("note", commune.insee, told)
        subject = commune.label
        back = (path, words.BACK_TO_COMMUNE)
    return Made(note, back, mail_of_page(subject, root + path, root + named))
