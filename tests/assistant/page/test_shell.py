"""The served page: French, and without an address outside its origin."""

from __future__ import annotations

import re

from assistant.page.shell import french_page

PAGE = """<!doctype html>
<html
	lang="en"
	style="margin: 0"
>
<head>
<meta charset="utf-8" />
<meta property="og:url" content="https://gradio.app/" />
<meta name="twitter:creator" content="@teamGradio" />
<meta
  name="viewport" content="width=device-width" />
<link rel="preconnect" href="https://fonts.googleapis.com" />
<link rel="stylesheet" href="//cdn.example/a.css">
<script src="https://cdnjs.cloudflare.com/iframeResizer.js" async></script>
<link rel="manifest" href="/manifest.json" />
<script type="module" src="./assets/index.js"></script>
</head><body><p lang="en">x</p></body></html>"""


def test_the_page_is_french_and_calls_nobody() -> None:
    page = french_page(PAGE, "a{}", "b()")
    assert '<html\n\tlang="fr"' in page
    assert '<p lang="en">' in page
    assert "http" not in page.split("<noscript>")[0]
    assert "//cdn" not in page
    assert "og:" not in page
    assert "twitter" not in page
    assert "manifest" not in page
    assert '<script type="module" src="./assets/index.js"></script>' in page
    assert "viewport" in page


def test_style_script_and_a_word_without_javascript_are_added() -> None:
    page = french_page(PAGE, "a{}", "b()")
    assert "<style>a{}</style>" in page
    assert "<script>b()</script>" in page
    assert "<noscript>" in page
    assert "<title>Assistant des dispositifs régionaux</title>" in page


def test_the_component_is_asked_for_beside_the_page_under_its_digest() -> None:
    page = french_page(PAGE, prefix="/aides")
    assert re.search(r'<script type="module" src="\./widget\.js\?[0-9a-f]{12}"></script>', page)
