"""Plain rendering of HTML, made the same way every time: offsets into it stay good."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree
from lxml import html as lxml_html

HIDDEN = frozenset(
    {"script", "style", "template", "noscript", "svg", "iframe", "head", "object", "embed"}
    | {"canvas", "math", "select", "datalist", "textarea"}
)
BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "button", "center", "dd", "details"}
    | {"dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "li", "main", "nav", "ol"}
    | {"option", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th"}
    | {"thead", "tr", "ul", "video", "audio"}
)
ROOTS = frozenset({"html", "body", "article", "main"})
SPACE = re.compile(r"\s+")
XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
UNSEEN = re.compile(
    r"(?<![a-z])(?:sr-only|screen-?reader(?:-text)?|visually-?hidden|tooltip|popover|rollover)"
    r"(?![a-z])",
    re.IGNORECASE,
)
"""Class names of what is shown to no reader, or only to one who points at it."""
BULLET = "• "
NESTING = re.compile(
    r"</?(?!(?:p|br|h[1-6]|li|tr|html|head|body|meta|title|script|style|template|noscript)\b)"
    r"[a-z][^<>]{0,2000}>",
    re.IGNORECASE,
)
"""Tags that are left out where a page is nested too deep: all but those that part blocks."""


def parse(markup: str) -> lxml_html.HtmlElement | None:
    """The tree of a page, mended where broken; None if there is none. Bounded in depth."""
    clean = UNPRINTABLE.sub(" ", XML_DECLARATION.sub("", markup))
    tree, whole = _parse(clean)
    if not whole:
        tree, _ = _parse(NESTING.sub(" ", clean))
    return tree


def _parse(markup: str) -> tuple[lxml_html.HtmlElement | None, bool]:
    """The tree, and whether it is whole: libxml2 gives up at a depth of 2,048 elements."""
    parser = lxml_html.HTMLParser(
        huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    try:
        tree = lxml_html.document_fromstring(markup.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None, True
    return tree, not any("depth" in entry.message for entry in parser.error_log)


Hint = Callable[[lxml_html.HtmlElement], str | None]


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a rendering and where it stands in the markup.

    `tag` is the innermost element that parts blocks; `linked` the share (0 to 1) of its characters
    that are link; `quoted` whether a block quote holds it; `hint` what the nearest element that
    says something of itself says, and `holder` the number of that element (-1: none does).
    """

    start: int
    end: int
    tag: str
    linked: float
    quoted: bool
    hint: str | None
    holder: int


def render(markup: str) -> str:
    """The visible text of a page: a blank line between blocks, `<br>` as a line break, bullets.

    Scripts, styles, templates, noscript, form choices and what only screen readers say are left
    out. Space is one blank.
    """
    tree = parse(markup)
    return "" if tree is None else render_tree(tree)


def render_tree(tree: lxml_html.HtmlElement) -> str:
    """As `render`, from a parsed tree."""
    return blocks(tree, lambda element: None)[0]


def blocks(tree: lxml_html.HtmlElement, hint: Hint) -> tuple[str, list[Block]]:
    """The text as of `render`, and its blocks; `hint` says what an element says of itself."""
    writer = _Writer(hint)
    walk = etree.iterwalk(tree, events=("start", "end"))
    skipped = None
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if _unseen(element, tag):
                walk.skip_subtree()
                skipped = element
                continue
            writer.open(element, tag)
            writer.write(element.text)
        else:
            if element is not skipped:
                writer.close(tag)
            if element is not tree:
                writer.write(element.tail)
    return writer.text(), writer.blocks


def _unseen(element: lxml_html.HtmlElement, tag: str) -> bool:
    if tag in HIDDEN:
        return True
    name = element.get("class") if tag not in ROOTS else None
    return name is not None and UNSEEN.search(name) is not None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the writer stands: inherited from element to element."""

    tag: str = ""
    link: bool = False
    quoted: bool = False
    hint: str | None = None
    holder: int = -1


class _Writer:
    """Collects blocks of text; `_line` holds the pieces of the block being written."""

    def __init__(self, hint: Hint) -> None:
        self.blocks: list[Block] = []
        self._texts: list[str] = []
        self._line: list[str] = []
        self._bullet = False
        self._hint = hint
        self._places = [_Place()]
        self._first: _Place | None = None
        self._letters = self._linked = self._length = self._number = 0

    def open(self, element: lxml_html.HtmlElement, tag: str) -> None:
        if tag == "br":
            self._line.append("\n")
        elif tag in BLOCKS:
            self._flush()
            self._bullet = self._bullet or tag == "li"
        self._places.append(self._inside(element, tag))

    def _inside(self, element: lxml_html.HtmlElement, tag: str) -> _Place:
        self._number += 1
        place = self._places[-1]
        hint = self._hint(element)
        block, link = tag in BLOCKS, tag == "a"
        if not (block or link or hint):
            return place
        return _Place(
            tag if block else place.tag,
            place.link or link,
            place.quoted or tag == "blockquote",
            hint or place.hint,
            self._number if hint else place.holder,
        )

    def close(self, tag: str) -> None:
        self._places.pop()
        if tag in BLOCKS:
            self._flush()
            if tag == "li":
                self._bullet = False

    def write(self, text: str | None) -> None:
        if not text:
            return
        self._line.append(SPACE.sub(" ", text))
        if letters := len(text.strip()):
            self._first = self._first or self._places[-1]
            self._letters += letters
            self._linked += letters if self._places[-1].link else 0

    def _flush(self) -> None:
        if not self._line:
            return
        lines = [SPACE.sub(" ", part).strip() for part in "".join(self._line).split("\n")]
        self._line = []
        block = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
        if block:
            self._add(BULLET + block if self._bullet else block)
            self._bullet = False
        self._first, self._letters, self._linked = None, 0, 0

    def _add(self, block: str) -> None:
        place, linked = self._first or _Place(), self._linked / max(self._letters, 1)
        end = self._length + len(block)
        self.blocks.append(
            Block(self._length, end, place.tag, linked, place.quoted, place.hint, place.holder)
        )
        self._texts.append(block)
        self._length = end + 2

    def text(self) -> str:
        self._flush()
        return "\n\n".join(self._texts)
