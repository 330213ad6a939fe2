"""Web pages for piles: an article amid the furniture of its outlet."""

from __future__ import annotations

import random
from html import escape

from benchmarks.newsroom import OUTLETS, Piece

MENU = (
    "Home", "World", "Politics", "Business", "Sport", "Culture", "Opinion", "Weather", "Travel",
    "Science", "Podcasts", "Puzzles", "Obituaries", "Subscribe", "Sign in",
)  # fmt: skip
SHARE = ("Share on Facebook", "Post on X", "Send by WhatsApp", "Email this article", "Copy link")
DONATE = (
    "Our journalism is free for everyone because readers pay for it. Support {outlet} with as "
    "little as two dollars a month.",
    "You have read {n} articles this month. Please consider a gift to {outlet}: it takes a minute.",
    "{outlet} has no owner who tells us what to write. Become a member today and keep it so.",
)
LETTER = (
    "Sign up for our morning newsletter and get the five stories that matter in your inbox.",
    "Never miss a story: turn on notifications from {outlet} and choose the topics you follow.",
)
FOOT = (
    "About us", "Contact", "Careers", "Advertise with us", "Privacy policy", "Terms of use",
    "Cookie settings", "Corrections",
)  # fmt: skip


def page(piece: Piece, teasers: list[str]) -> str:
    """The HTML page of an article; `teasers` are the titles of others.

    The classes of its elements and the places of its furniture are those of its outlet.
    """
    outlet = OUTLETS.index(piece.outlet)
    paragraphs = [f"<p>{escape(text, quote=False)}</p>" for text in piece.body]
    if outlet % 3 == 1:  # a box amid the article
        paragraphs.insert(len(paragraphs) // 2, _letter(piece, outlet))
    if outlet % 2:  # a teaser amid the article
        paragraphs.insert(2, f'<p class="more"><a href="/a/1">Read more: {teasers[0]}</a></p>')
    body = "\n".join(paragraphs)
    name = ("article-body", "story__text", "entry-content", "content", "post")[outlet % 5]
    tag = "article" if outlet % 4 else "div"
    return "\n".join(
        (
            _head(piece),
            f'<body class="o{outlet}">',
            _menu(outlet),
            f'<main><{tag} class="{name}"><h1>{escape(piece.title, quote=False)}</h1>',
            f'<p class="byline">By {piece.byline}</p><time>{piece.printed:%d %B %Y}</time>',
            _share() if outlet % 2 == 0 else "",
            body,
            _share() if outlet % 2 else "",
            f"</{tag}></main>",
            _donate(piece, outlet),
            _teasers(teasers),
            _foot(piece),
            "</body></html>\n",
        )
    )


def _head(piece: Piece) -> str:
    host = piece.outlet.lower().replace(" ", "")
    title = escape(piece.title)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title} - '
        f'{piece.outlet}</title>\n<meta property="og:title" content="{title}">\n'
        f'<meta property="og:site_name" content="{piece.outlet}">\n'
        f'<link rel="canonical" href="https://www.{host}.example/{piece.number}">\n'
        f'<meta property="article:published_time" content="{piece.printed}T08:30:00Z">\n'
        "<style>.byline{color:#555}</style>\n"
        '<script>window.dataLayer=[];dataLayer.push({"page":"article"});</script></head>'
    )


def _menu(outlet: int) -> str:
    words = random.Random(outlet).sample(MENU, 10)
    return f"<header><nav><ul>{_links(words, 'li')}</ul></nav></header>"


def _links(words: tuple[str, ...] | list[str], tag: str) -> str:
    return "".join(f'<{tag}><a href="/{n}">{word}</a></{tag}>' for n, word in enumerate(words))


def _share() -> str:
    return f'<div class="share">{_links(SHARE, "span")}</div>'


def _donate(piece: Piece, outlet: int) -> str:
    words = DONATE[outlet % len(DONATE)].format(outlet=piece.outlet, n=piece.number % 9 + 2)
    return f'<div class="box"><p>{words}</p><button>Donate now</button></div>'


def _letter(piece: Piece, outlet: int) -> str:
    words = LETTER[outlet % len(LETTER)].format(outlet=piece.outlet)
    return f'<div class="signup"><p>{words}</p><input type="email"><button>Sign up</button></div>'


def _teasers(titles: list[str]) -> str:
    items = "".join(f'<li><a href="/a/{n}">{escape(t)}</a></li>' for n, t in enumerate(titles))
    return f"<aside><h3>More from this section</h3><ul>{items}</ul></aside>"


def _foot(piece: Piece) -> str:
    return (
        f"<footer><ul>{_links(FOOT, 'li')}</ul><p>&copy; {piece.printed.year} {piece.outlet}. All "
        "rights reserved. No part of this page may be reproduced without permission.</p></footer>"
    )
