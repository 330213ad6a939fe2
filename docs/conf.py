"""How Sphinx makes the site of these pages: `make docs`, into build/docs.

A page that no navigation lists, and a link or an anchor that leads nowhere, are warnings, and
warnings end the build. Nothing is fetched, neither by the build nor by the pages it makes.
"""

from __future__ import annotations

import os
import re
import tomllib
from enum import Enum
from pathlib import Path

from sphinx.application import Sphinx

HERE = Path(__file__).parent
ROOT = HERE.parent
_PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

project = "Foreign Desk"
author = "The Foreign Desk authors"
project_copyright = f"2026, {author}"
version = release = _PROJECT["version"]

extensions = ["myst_parser", "sphinx.ext.autodoc"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_*"]
nitpicky = True
nitpick_ignore_regex = [("py:.*", ".*")]
"""Annotations name types of other packages and of inner rooms, which this site leaves out."""

myst_heading_anchors = 4
suppress_warnings = ["misc.highlighting_failure"]

default_role = "code"
smartquotes = False
toc_object_entries_show_parents = "hide"
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_class_signature = "mixed"
python_maximum_signature_line_length = 76
add_module_names = False

html_theme = "furo"
html_title = f"Foreign Desk {version}"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_js_files = ["site.js"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_theme_options = {"navigation_with_keys": True}
highlight_language = "none"

linkcheck_timeout = 20
linkcheck_anchors = False

OUTSIDE = {
    "changelog": "CHANGELOG.md",
    "contributing": "CONTRIBUTING.md",
    "evaluation": "evaluation/README.md",
    "training": "training/README.md",
    "sample": "sample/README.md",
}
"""Pages of the site that are files elsewhere in the project. The page of that name in this folder
says where the file is; the site shows the file."""

_LINK = re.compile(r"(?<=\]\()(?!\w+:|#)([^)#\s]+)")


def within_site(text: str, of: Path) -> str:
    """`text`, a page that stands at `of`, with its relative links as the site has them."""
    pages = {(ROOT / file).resolve(): HERE / f"{name}.md" for name, file in OUTSIDE.items()}

    def led(found: re.Match[str]) -> str:
        target = (of.parent / found[1]).resolve()
        return Path(os.path.relpath(pages.get(target, target), HERE)).as_posix()

    return _LINK.sub(led, text)


def _source(_: Sphinx, name: str, content: list[str]) -> None:
    file = ROOT / OUTSIDE[name] if name in OUTSIDE else HERE / f"{name}.md"
    text = file.read_text(encoding="utf-8") if name in OUTSIDE else content[0]
    content[0] = within_site(text, file)


def _docstring(
    _: Sphinx, what: str, name: str, of: object, options: object, lines: list[str]
) -> None:
    """Indented blocks of a docstring (a tree, code) stand as written; an enum tells its values."""
    marked: list[str] = []
    for line in lines:
        before = next((known for known in reversed(marked) if known.strip()), "")
        begins = line.startswith("    ") and (not marked or not marked[-1].strip())
        if begins and not before.startswith((" ", "-", "*", ">>>", "..")) and before[-2:] != "::":
            marked += ["::", ""]
        marked.append(line)
    if isinstance(of, type) and issubclass(of, Enum):
        marked += ["", "One of " + ", ".join(f"``{member.value}``" for member in of) + ".", ""]
    lines[:] = marked


def _signature(
    _: Sphinx, what: str, name: str, of: object, options: object, given: str, returned: str
) -> tuple[str, str] | None:
    """An enum is not called."""
    return ("", returned) if isinstance(of, type) and issubclass(of, Enum) else None


def setup(app: Sphinx) -> None:
    """Called by Sphinx."""
    app.connect("source-read", _source)
    app.connect("autodoc-process-docstring", _docstring)
    app.connect("autodoc-process-signature", _signature)
