"""An e-mail (EML): its subject, sender, day and text, then the documents attached to it."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path, PureWindowsPath

from ingest.dates import PageDates
from ingest.errors import LoadError
from ingest.formats.encoding import decode
from ingest.formats.html import read_html
from ingest.formats.parts import Heading, Page, Part
from ingest.formats.text import read_text
from ingest.formats.zipped import DAMAGE, damaged

Read = Callable[[Path, bytes], Page]
"""Reads an attached file by the end of its name; raises LoadError when it can't."""

_REPLY = re.compile(r"^(?:(?:re|tr|fw|fwd|réf)\s?:\s*)+", re.IGNORECASE)
_QUOTED = re.compile(r"^(?:> ?)+", re.MULTILINE)
# A message forwarded in a message forwarded, and so on.
_DEEPEST = 5
# What is attached to a message without being a document: its signature, a picture, an appointment.
_NO_DOCUMENT = re.compile(
    r"image/.*|application/(?:pkcs7-signature|x-pkcs7-signature|pgp-signature|ics)|text/(?:calendar|vcard|x-vcard)"
)


@dataclass(slots=True)
class _Told:
    """What is gathered of a message and of those in it."""

    parts: list[Part] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    is_recognised: bool = False


def read_eml(path: Path, raw: bytes, read: Read) -> Page:
    """Read a message; nothing that it names is fetched.

    Args:
        path: for messages.
        raw: the file.
        read: reads what is attached.

    Raises:
        LoadError: it's no message.
    """
    try:
        message = email.message_from_bytes(raw, policy=email.policy.default)
        if not any(name in message for name in ("From", "Subject", "Date")):
            raise damaged(path)
        told = _Told()
        _tell(message, path, read, told, 0)
        title = _REPLY.sub("", _header(message, "Subject"))
        return Page(
            tuple(told.parts),
            title=title or None,
            publisher=_sender(message),
            dates=PageDates(published=_day(message)),
            is_recognised=told.is_recognised,
            unread=tuple(told.unread),
        )
    except (MessageError, *DAMAGE) as error:
        raise damaged(path) from error


def _tell(message: EmailMessage, path: Path, read: Read, told: _Told, depth: int) -> None:
    told.parts += _body(message)
    for attached in message.iter_attachments():
        if attached.get_content_type() == "message/rfc822":
            inner = attached.get_content()
            if depth >= _DEEPEST:
                told.unread.append(
                    f"« {path} » transmet des messages les uns dans les autres : enregistrez-les à part."
                )
            elif isinstance(inner, EmailMessage):
                told.parts.append(Heading(_header(inner, "Subject") or "Message transmis", 1))
                _tell(inner, path, read, told, depth + 1)
        elif not _NO_DOCUMENT.fullmatch(attached.get_content_type()):
            _attached(attached, path, read, told)


def _attached(attached: EmailMessage, path: Path, read: Read, told: _Told) -> None:
    """Read an attached file under a heading of its name; its pages aren't those of the message."""
    name = PureWindowsPath(attached.get_filename() or "pièce jointe").name
    content = attached.get_payload(decode=True)
    try:
        page = read(path / name, content if isinstance(content, bytes) else b"")
    except LoadError as error:
        told.unread.append(str(error))
        return
    told.parts.append(Heading(Path(name).stem, 1))
    told.parts += _below(page.parts)
    told.unread += page.unread
    told.is_recognised = told.is_recognised or page.is_recognised


def _below(parts: Sequence[Part]) -> Iterator[Part]:
    for part in parts:
        if isinstance(part, Heading):
            yield Heading(part.text, part.level + 1)
        else:
            yield replace(part, page=None)


def _body(message: EmailMessage) -> tuple[Part, ...]:
    """The text of a message: as a page where it is one, else as it's typed, without the marks of a reply."""
    for kind in ("html", "plain"):
        body = message.get_body((kind,))
        content = body.get_payload(decode=True) if body is not None else None
        text = _decoded(content, body.get_content_charset()) if body and isinstance(content, bytes) else ""
        page = read_html(text) if kind == "html" else read_text(_QUOTED.sub("", text))
        if page.parts:
            return page.parts
    return ()


def _decoded(content: bytes, charset: str | None) -> str:
    try:
        return content.decode(charset or "ascii")
    except (LookupError, UnicodeDecodeError):
        return decode(content) or ""


def _header(message: EmailMessage, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())


def _sender(message: EmailMessage) -> str | None:
    """Who sends it: a name, else the domain of the address, never the address of a person."""
    name, address = parseaddr(_header(message, "From"))
    return name or address.rpartition("@")[2] or None


def _day(message: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(_header(message, "Date")).date().isoformat()
    except (ValueError, TypeError):
        return None
