"""What the markup of a page says of its article."""

from __future__ import annotations

from foreigndesk.intake.metadata import Metadata, metadata
from foreigndesk.intake.render import parse


def read(head: str, body: str = "") -> Metadata:
    tree = parse(f"<html><head>{head}</head><body>{body}</body></html>")
    assert tree is not None
    return metadata(tree)


def test_a_heading_with_the_sites_name_is_no_title() -> None:
    head = "<title>Envoys meet over border - The Harbour Blog</title>"
    assert read(head, "<h1>The Harbour Blog</h1>").title == "Envoys meet over border"
    assert read(head, "<h1>Envoys meet over border</h1>").title == "Envoys meet over border"


def test_a_title_of_two_halves_is_kept() -> None:
    heading = "Design week 2018 | A light for the harbour"
    assert read(f"<title>{heading}</title>", f"<h1>{heading}</h1>").title == heading


def test_the_date_of_the_page_stands_in_for_the_articles() -> None:
    kinds = [
        '{"@type": "Organization", "datePublished": "2001-01-01"}',
        '{"@type": "WebPage", "name": "x"}',
        '{"@type": "ClaimReview", "datePublished": "2019-11-18T10:15:00+00:00"}',
    ]
    scripts = [f'<script type="application/ld+json">{kind}</script>' for kind in kinds]
    assert read("".join(scripts)).published == "2019-11-18T10:15:00+00:00"
    own = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2019-11-17"}</script>'  # noqa: E501
    assert read("".join([*scripts, own])).published == "2019-11-17"
