"""How a note is sent on: a message to a colleague, and the address that asks again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlencode

from assistant.page.again import AskedTurn
from assistant.page.plain.note import words

# What mail programs and browsers take of an address, in characters.
_MOST_LINK = 1_500
_MOST_MAIL = 1_900
_MOST_SUBJECT = 120


def again_path(turn: AskedTurn) -> str:
    """The path that asks a question again, from the root; the form alone when it would be too long."""
    given = (("q", turn.question), ("commune", turn.commune), ("dispositif", turn.scheme))
    query = urlencode([(name, value) for name, value in given if value])
    path = f"question?{query}"
    return path if len(path) <= _MOST_LINK else "question"


def page_path(path: str, commune: str | None, answers: Mapping[str, str]) -> str:
    """The path of a page with the commune and the answers given to it."""
    query = urlencode([*([("commune", commune)] if commune else []), *answers.items()])
    return f"{path}?{query}" if query else path


def mail_of_questions(turns: Sequence[AskedTurn], root: str) -> str:
    """A ``mailto:`` address that tells a conversation: its first question with a link, then the others.

    Args:
        turns: the questions.
        root: the whole address of the root of the site, with its last slash.
    """
    first, *further = turns
    short = _shortened(first.question, _MOST_SUBJECT)
    subject = words.MAIL_SUBJECT.format(subject=short)
    link, form = (
        words.MAIL_LINK.format(address=root + path) + words.MAIL_LIMITS
        for path in (again_path(first), "question")
    )
    told = [f"- {turn.question}" for turn in further]
    tries = [
        (first.question, words.MAIL_FURTHER.format(questions="\n".join(told[:count])), link)
        for count in range(len(told), 0, -1)
    ]
    tries += [(first.question, "", link), (short, "", link), (short, "", form)]
    mails = (
        _mailto(subject, words.MAIL_ASKED.format(question=question) + more + end)
        for question, more, end in tries
    )
    return next(
        (mail for mail in mails if len(mail) <= _MOST_MAIL), f"mailto:?subject={quote(subject, safe='')}"
    )


def mail_of_page(subject: str, page: str, note: str) -> str:
    """A ``mailto:`` address that tells where a page is and where its note is."""
    text = words.MAIL_PAGE.format(subject=subject, address=page) + words.MAIL_NOTE.format(address=note)
    return _mailto(words.MAIL_SUBJECT.format(subject=subject), text + words.MAIL_LIMITS)


def _mailto(subject: str, text: str) -> str:
    """An address as RFC 6068 writes it: spaces are %20, lines end by CRLF."""
    body = text.replace("\n", "\r\n")
    return f"mailto:?subject={quote(' '.join(subject.split()), safe='')}&body={quote(body, safe='')}"


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
