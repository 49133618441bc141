"""Clean the text of a page: one Unicode form, French quotes and spaces, no page furniture."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_STRAIGHT_QUOTES = re.compile(r'"([^"\n]{1,200})"')
_APOSTROPHE = re.compile(r"(?<=\w)['\u02bc\u2018](?=\w)")
_FURNITURE = re.compile(
    r"""^[^\w©]*+(?:
      contenu\ principal(?:\ de\ la\ page)? | aller\ au\ (?:contenu|menu|pied\ de\ page)(?:\ principal)?
    | (?:menu|navigation)(?:\ principale?)? | fil\ d['’]ariane | vous\ êtes\ ici.{0,80}
    | retour\ (?:en\ haut(?:\ de\ (?:la\ )?page)?|à\ l['’]accueil) | haut\ de\ page
    | (?:tout\ )?(?:accepter|refuser)(?:\ (?:tous\ )?les\ cookies)?
    | (?:gérer|personnaliser|paramétrer)\ (?:les\ |mes\ )?cookies
    | (?:nous|ce\ site)\ utilis\w+\ des\ cookies.{0,400} | politique\ de\ confidentialité | mentions\ légales
    | partager(?:\ (?:cet\ article|la\ page|sur\ \w+))? | imprimer(?:\ (?:la\ page|cet\ article))?
    | lire\ (?:la\ suite|aussi).{0,80} | s['’]abonner(?:\ à\ la\ lettre.{0,40})? | suivez-nous.{0,60}
    | tous\ droits\ réservés.{0,60} | ©\W*+.{0,80} | rechercher | fermer | ouvrir\ le\ menu
    )(?:(?<=\w)\W*+)?+$""",
    re.IGNORECASE | re.VERBOSE,
)


def normalise(text: str) -> str:
    """Return the text in NFC, with French quotes and apostrophes and ordinary line ends.

    Applied twice it changes nothing more. Words, figures and punctuation are kept.
    """
    text = unicodedata.normalize("NFC", text.translate(_INVISIBLE))
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\u202f", "\u00a0")
    text = _CONTROLS.sub(" ", text)
    text = "\n".join(re.sub(r"[ \t]+", " ", line).rstrip(" ") for line in text.split("\n"))
    while (quoted := _STRAIGHT_QUOTES.sub("«\u00a0\\1\u00a0»", text)) != text:
        text = quoted  # quotes inside quotes, from the inside out
    return _APOSTROPHE.sub("’", text)


def fold_spaces(text: str) -> str:
    """One space for each run of white space, but for no-break spaces, which are kept."""
    return _SPACES.sub(" ", text).strip(" ")


def strip_furniture(text: str) -> str:
    """Drop the lines that belong to the page and not to what it says (menus, cookie banners)."""
    return "\n".join(line for line in text.split("\n") if not is_furniture(line))


def is_furniture(line: str) -> bool:
    """Whether a line belongs to the page and not to what it says."""
    return _FURNITURE.match(line) is not None
