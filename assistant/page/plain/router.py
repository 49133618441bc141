"""Every page that needs no script, as the routes of the application."""

from __future__ import annotations

from fastapi import APIRouter

from assistant.page.identity import OURS, Identity
from assistant.page.plain.catalogue_page import catalogue_router
from assistant.page.plain.commune_finder import finder_router
from assistant.page.plain.commune_page import commune_router
from assistant.page.plain.document_page import document_router
from assistant.page.plain.drawing import Pages
from assistant.page.plain.note.note_page import note_router
from assistant.page.plain.question_page import question_router
from assistant.page.plain.scheme_page import scheme_router
from assistant.page.plain.sitemap import sitemap_router


def plain_routers(public_url: str = "", identity: Identity = OURS) -> tuple[APIRouter, ...]:
    """Build the routes of all of them.

    Args:
        public_url: where the site is published, if it's known.
        identity: whose site it is.
    """
    pages = Pages(public_url, identity)
    return tuple(
        build(pages)
        for build in (
            catalogue_router,
            scheme_router,
            document_router,
            finder_router,
            commune_router,
            question_router,
            note_router,
            sitemap_router,
        )
    )
