"""What was planned, alleged or denied is in no format as if it had happened; a switch takes it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest
import vobject
from building import JANUARY, Doc, say, write

from foreigndesk.analysis.network import network
from foreigndesk.exchange import export
from foreigndesk.exchange.field import FIELD
from foreigndesk.exchange.happenings import HAPPENED, happenings
from foreigndesk.ledger.desk import Desk

WORDS = ("only words", "onlywords", "ukraine", "ukr")
"""What only stands in records of things that did not happen: document, actor, country."""


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """One visit that took place, told and once denied; five things about Ukraine that did not."""
    doc = Doc("onlywords", "2024-01-26", "Only Words")
    told = [
        say(JANUARY, "Putin came.", "Vladimir Putin > CONSULT visit > North Korea",
            date="2024-01-10"),
        say(JANUARY, "Israel met Seoul.", "Israel = CONSULT = South Korea", date="2024-01-11"),
        say(doc, "Russia will arm Ukraine.", "Russia > AID > Ukraine", status="planned",
            date="2024-03-01"),
        say(doc, "Israel did not shell Ukraine.", "Israel > ASSAULT > Ukraine", status="denied",
            at=100, by=[("Israel", "denies")]),
        say(doc, "Seoul may arm Ukraine.", "South Korea > AID > Ukraine", status="possible",
            at=200, by=[("Russia", "alleges")]),
        say(doc, "If Kim meets Ukraine.", "Kim Jong Un > CONSULT > Ukraine",
            status="conditional", at=300),
        say(doc, "Ukraine asked Putin to come.", "Vladimir Putin > CONSULT visit > Ukraine",
            status="requested", at=400),
    ]  # fmt: skip
    return write(tmp_path_factory.mktemp("mixed") / "desk", told)


def written(desk: Desk, format: str, what: str, everything: bool) -> str:
    out = io.BytesIO()
    export(desk, what, format, out, None, everything)
    return out.getvalue().decode()


OF_EVENTS = [(f, w) for f, each in FIELD.items() for w in each if w != "promises"]


@pytest.mark.parametrize(("format", "what"), OF_EVENTS)
def test_what_did_not_happen_is_left_out(mixed: Desk, format: str, what: str) -> None:
    if format == "ftm":
        pytest.importorskip("followthemoney")
    happened = written(mixed, format, what, False).casefold()
    everything = written(mixed, format, what, True).casefold()
    assert happened
    assert [word for word in WORDS if word in happened] == []
    assert any(word in everything for word in WORDS)


def test_only_reports_that_it_happened_speak_for_an_event(mixed: Desk) -> None:
    found = list(happenings(mixed))
    assert [h.event.event_type for h in found] == ["CONSULT", "CONSULT"]
    assert all(report.status in HAPPENED for h in found for report in h.reports)
    assert all(set(h.sources) == {r.document.id for r in h.reports} for h in found)


def test_plover_says_what_did_not_happen_by_its_auxiliary_modes(mixed: Desk) -> None:
    def records(everything: bool) -> Iterator[dict[str, object]]:
        lines = written(mixed, "plover", "events", everything).splitlines()
        return (json.loads(line) for line in lines)

    auxiliary = {"future", "hypothetical", "negation"}
    modes = [set(r["mode"]) & auxiliary for r in records(True)]  # type: ignore[call-overload]  # JSON
    assert set.union(*modes) == auxiliary
    assert not any(set(r["mode"]) & auxiliary for r in records(False))  # type: ignore[call-overload]  # JSON


def test_the_network_holds_what_the_listing_counts_when_asked(mixed: Desk, tmp_path: Path) -> None:
    counted = network(mixed).num_rows
    assert counted > 2
    for everything, ties in ((False, 2), (True, counted)):
        path = tmp_path / f"{everything}.gexf"
        assert export(mixed, "network", "gexf", path, None, everything) == ties
        assert nx.read_gexf(path).number_of_edges() == ties


def test_promises_are_entries_that_another_reader_reads(mixed: Desk) -> None:
    text = written(mixed, "ical", "promises", False)
    calendar = vobject.readOne(text)
    (entry,) = calendar.vevent_list
    assert entry.dtstart.value.isoformat() == "2024-03-01"
    assert entry.dtend.value.isoformat() == "2024-03-02"
    assert entry.status.value == "TENTATIVE"
    assert "Ukraine" in entry.summary.value
    assert "Russia will arm" in entry.description.value
