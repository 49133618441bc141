"""Write a page as a file that anyone may have: HTML with its site around it, plain text, or Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from types import MappingProxyType

from evaluation.folds.page_lines import PageLine

# A site's own menu, banner and footer, as a page carries them whatever it's about.
_HTML = """\
<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<title>{title}</title>
</head>
<body>
<div class="cookies"><p>Nous utilisons des cookies pour mesurer l’audience.</p>
<button>Tout accepter</button> <button>Tout refuser</button></div>
<header>
<a href="#contenu">Aller au contenu</a>
<nav aria-label="Menu principal"><ul><li><a href="/">Accueil</a></li><li><a href="/aides">Aides</a></li>
<li><a href="/actualites">Actualités</a></li><li><a href="/contact">Nous contacter</a></li></ul></nav>
</header>
<nav aria-label="Fil d’Ariane"><ol><li><a href="/">Accueil</a></li>
<li><a href="/aides">Aides</a></li></ol></nav>
<main id="contenu">
<article>
{body}
</article>
</main>
<aside><p>Partager cette page</p><ul><li><a href="/s/courriel">Courriel</a></li></ul></aside>
<footer>
<nav aria-label="Pied de page"><ul><li><a href="/mentions">Mentions légales</a></li>
<li><a href="/donnees">Politique de confidentialité</a></li>
<li><a href="/plan">Plan du site</a></li></ul></nav>
<p>© Le portail des aides. Tous droits réservés.</p>
</footer>
</body>
</html>
"""
_MARKS = re.compile(r"([\\`*_\[\]<>|])")


def html_page(lines: Sequence[PageLine]) -> str:
    """The page as a website gives it, with a menu, a banner and a footer around it."""
    body = "\n".join(_elements(lines))
    return _HTML.format(title=escape(lines[0].text), body=body)


def text_page(lines: Sequence[PageLine]) -> str:
    """The page as plain text: a heading alone on its line, a dash before each item."""
    parts = []
    for kind, group in groupby(lines, key=lambda line: line.kind):
        texts = [line.text for line in group]
        if kind == "item":
            parts.append("\n".join(f"- {text}" for text in texts))
        else:
            parts += texts
    return "\n\n".join(parts) + "\n"


def markdown_page(lines: Sequence[PageLine]) -> str:
    """The page as Markdown, without front matter."""
    parts = []
    for kind, group in groupby(lines, key=_together):
        own = list(group)
        if kind == "item":
            parts.append("\n".join(f"- {_marked(line.text)}" for line in own))
        elif kind == "table":
            rows = ["| " + " | ".join(map(_marked, line.cells)) + " |" for line in own]
            rule = "|" + "---|" * len(own[0].cells)
            parts.append("\n".join([rows[0], rule, *rows[1:]]))
        else:
            parts += [f"{'#' * line.level} {_marked(line.text)}".strip() for line in own]
    return "\n\n".join(parts) + "\n"


# By the end of the file's name, in the order in which the fiches of a fold take them.
FORMATS: Mapping[str, Callable[[Sequence[PageLine]], str]] = MappingProxyType(
    {".html": html_page, ".txt": text_page, ".md": markdown_page}
)
# A plain text has no table.
WITHOUT_TABLES = frozenset({".txt"})


def _together(line: PageLine) -> str:
    """Lines of a list, or of a table, are written together."""
    return "table" if line.kind in {"head", "row"} else line.kind


def _elements(lines: Sequence[PageLine]) -> Iterator[str]:
    for kind, group in groupby(lines, key=_together):
        own = list(group)
        if kind == "item":
            yield "<ul>\n" + "\n".join(f"<li>{escape(line.text)}</li>" for line in own) + "\n</ul>"
        elif kind == "table":
            yield "<table>\n" + "\n".join(_row(line) for line in own) + "\n</table>"
        else:
            for line in own:
                tag = f"h{line.level}" if line.level else "p"
                yield f"<{tag}>{escape(line.text)}</{tag}>"


def _row(line: PageLine) -> str:
    tag = "th" if line.kind == "head" else "td"
    return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in line.cells) + "</tr>"


def _marked(text: str) -> str:
    """Keep what a text holds from being read as marks."""
    return re.sub(r"^(\d{1,9})([.)])(?=\s)", r"\1\\\2", _MARKS.sub(r"\\\1", text))
