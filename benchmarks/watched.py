"""The functions of the program whose time is counted, by stage of the flow."""

from __future__ import annotations

from typing import Any

from benchmarks.stopwatch import Stopwatch

Place = tuple[Any, str, str]
"""Whose function, its name, and the stage that its time counts as."""
PARSE, LEARNED = "parse", "code: learned model"
CODERS = ("actors", "events", "status", "attribution", "times", "places", "reports")
RULES = tuple(f"code: {coder}" for coder in CODERS)
STAGES = ("read", "clean", PARSE, *RULES, LEARNED, "keep", "stories", "link", "other")
"""In the order of the flow. `read`: the first pass as well; `other`: what lies between them."""


def coders() -> list[Place]:
    """The layers of parse and coding."""
    from foreigndesk import pipeline
    from foreigndesk.coding import reports
    from foreigndesk.coding.actors import ActorReader
    from foreigndesk.coding.attribution import AttributionReader
    from foreigndesk.coding.factuality import FactualityReader
    from foreigndesk.coding.frames import FrameReader
    from foreigndesk.coding.pair_model import PairModel
    from foreigndesk.coding.places import PlaceReader
    from foreigndesk.coding.times import TimeReader
    from foreigndesk.grammar.spacy_parser import SpacyParser

    return [
        (pipeline.Reader, "ahead", PARSE),
        (pipeline, "parse_article", PARSE),
        (SpacyParser, "parse", PARSE),
        (ActorReader, "read", "code: actors"),
        (FrameReader, "read", "code: events"),
        (FactualityReader, "read", "code: status"),
        (AttributionReader, "read", "code: attribution"),
        (TimeReader, "read", "code: times"),
        (PlaceReader, "read", "code: places"),
        (reports, "event_date", "code: times"),
        (reports, "event_place", "code: places"),
        (pipeline.Reader, "coded", "code: reports"),
        (PairModel, "shares", LEARNED),
    ]


def _around() -> list[Place]:
    """The stages before and behind coding."""
    from foreigndesk.engine import engines, run
    from foreigndesk.intake.clean import Cleaner
    from foreigndesk.ledger.desk import Desk

    return [
        (engines, "read", "read"),
        (run, "learn", "read"),
        (Cleaner, "clean", "clean"),
        (engines, "keep", "keep"),
        (Desk, "known", "keep"),
        (run, "_stories", "stories"),
        (run, "rebuild", "link"),
    ]


def watch_stages(watch: Stopwatch) -> None:
    """Count every stage of `read`."""
    for place in (*_around(), *coders()):
        watch.watch(*place)


def watch_coders(watch: Stopwatch) -> None:
    """Count parse and coding alone."""
    for place in coders():
        watch.watch(*place)
