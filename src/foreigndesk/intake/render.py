"""Plain rendering of HTML, made the same way every time: offsets into it stay good."""

from __future__ import annotations

import re

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
SPACE = re.compile(r"\s+")
XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
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


def render(markup: str) -> str:
    """The visible text of a page: a blank line between blocks, `<br>` as a line break, bullets.

    Scripts, styles, templates, noscript and form choices are left out. Space is one blank.
    """
    tree = parse(markup)
    return "" if tree is None else render_tree(tree)


def render_tree(tree: lxml_html.HtmlElement) -> str:
    """As `render`, from a parsed tree."""
    writer = _Writer()
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in HIDDEN:
                walk.skip_subtree()
                continue
            writer.open(tag)
            writer.write(element.text)
        else:
            if tag not in HIDDEN:
                writer.close(tag)
            if element is not tree:
                writer.write(element.tail)
    return writer.text()


class _Writer:
    """Collects blocks of text; `_line` holds the pieces of the block being written."""

    def __init__(self) -> None:
        self._blocks: list[str] = []
        self._line: list[str] = []
        self._bullet = False

    def open(self, tag: str) -> None:
        if tag == "br":
            self._line.append("\n")
        elif tag in BLOCKS:
            self._flush()
            self._bullet = self._bullet or tag == "li"

    def close(self, tag: str) -> None:
        if tag in BLOCKS:
            self._flush()
            if tag == "li":
                self._bullet = False

    def write(self, text: str | None) -> None:
        if text:
            self._line.append(SPACE.sub(" ", text))

    def _flush(self) -> None:
        if not self._line:
            return
        lines = [SPACE.sub(" ", part).strip() for part in "".join(self._line).split("\n")]
        self._line = []
        block = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
        if not block:
            return
        self._blocks.append(BULLET + block if self._bullet else block)
        self._bullet = False

    def text(self) -> str:
        self._flush()
        return "\n\n".join(self._blocks)
