"""What a Region makes its own on the pages, read from one YAML file: name, colours, logo, contact, guide."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.api.sources import is_web_address
from assistant.errors import WrongIdentityFile
from assistant.page import texts

LOGO_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp", ".jpg": "image/jpeg"}
_MOST_LOGO_BYTES, _MOST_FILE_BYTES = 100_000, 50_000
# The grounds of the pages, light and dark: a colour is that of links on them.
_LIGHT, _DARK = "#f6f4ee", "#10161d"
_LEAST_CONTRAST = 4.5  # WCAG 1.4.3
_Line = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\n]+$")]
_Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]


class Identity(BaseModel):
    """What the file says; paths are whole once read.

    Attributes:
        name: of the service.
        audience: above it, for whom it is.
        colour: of links and buttons in the light.
        dark_colour: the same in the dark.
        logo: a picture beside the name, if any.
        contact: whom to ask, in a line.
        contact_url: an address of the web or an e-mail that the line leads to.
        guide: address of the guide of aids, if there is one.
        legal: Markdown file of the legal page.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: _Line = texts.PAGE_TITLE
    audience: _Line = texts.PAGE_AUDIENCE
    colour: _Colour = "#0b5563"
    dark_colour: _Colour = "#8fd6e0"
    logo: Path | None = None
    contact: _Line | None = None
    contact_url: _Line | None = None
    guide: _Line | None = None
    legal: Path | None = None

    @property
    def has_own_colours(self) -> bool:
        """Whether they aren't ours."""
        return (self.colour, self.dark_colour) != (OURS.colour, OURS.dark_colour)

    @property
    def contact_address(self) -> str:
        """Where the contact leads: an address of the web, a ``mailto:`` one, or nowhere."""
        url = self.contact_url or ""
        return f"mailto:{url}" if "@" in url and not is_web_address(url) else url

    def style(self, dark: str = "@media (prefers-color-scheme: dark) {{ :root {{ {rule} }} }}") -> str:
        """Its colours as the variables of a style sheet; nothing when they are ours.

        Args:
            dark: how the sheet says what holds in the dark, around ``{rule}``.
        """
        if not self.has_own_colours:
            return ""
        light, night = (
            f"--accent: {colour}; --link: {colour}; --on-accent: {ink}; --accent-ink: {ink};"
            for colour, ink in ((colour, _ink(colour)) for colour in (self.colour, self.dark_colour))
        )
        return f"\n:root, :host {{ {light} }}\n{dark.format(rule=night)}\n"


OURS = Identity()


def read_identity(path: Path | None) -> Identity:
    """Read the file; ours without one.

    Raises:
        WrongIdentityFile: it can't be read, or says what it may not.
    """
    if path is None:
        return OURS
    try:
        told = yaml.safe_load(path.read_bytes()[: _MOST_FILE_BYTES + 1].decode("utf-8")) or {}
        identity = Identity.model_validate(told)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        raise WrongIdentityFile(path, texts.IDENTITY_UNREADABLE) from error
    except ValidationError as error:
        field = ".".join(map(str, error.errors()[0]["loc"])) or path.name
        raise WrongIdentityFile(path, texts.IDENTITY_FIELD.format(field=field)) from error
    files = {name: path.parent / file for name in ("logo", "legal") if (file := getattr(identity, name))}
    identity = identity.model_copy(update=files)
    if wrong := _wrong(identity):
        raise WrongIdentityFile(path, wrong)
    return identity


def _wrong(identity: Identity) -> str:
    """The French sentence that says what can't be shown; empty when all can."""
    for field, colour, ground in (
        ("colour", identity.colour, _LIGHT),
        ("dark_colour", identity.dark_colour, _DARK),
    ):
        if (contrast := _contrast(colour, ground)) < _LEAST_CONTRAST:
            shown = f"{contrast:.1f}".replace(".", ",")
            return texts.IDENTITY_CONTRAST.format(field=field, colour=colour, contrast=shown)
    for field, url in (("guide", identity.guide), ("contact_url", identity.contact_address)):
        if url and not (is_web_address(url) or url.startswith("mailto:")):
            return texts.IDENTITY_FIELD.format(field=field)
    logo = identity.logo
    if logo is None:
        return ""
    is_shown = (
        logo.suffix.lower() in LOGO_TYPES and logo.is_file() and logo.stat().st_size <= _MOST_LOGO_BYTES
    )
    return "" if is_shown else texts.IDENTITY_LOGO.format(logo=logo.name)


def _ink(colour: str) -> str:
    return max(("#ffffff", "#0c1a1e"), key=lambda ink: _contrast(ink, colour))


def _contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21 (WCAG)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
