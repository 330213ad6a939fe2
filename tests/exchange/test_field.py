"""The field's formats: the published columns, what happened and nothing else, same bytes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import networkx as nx
import pytest
from icalendar import Calendar

from foreigndesk.errors import UsageError
from foreigndesk.exchange import export
from foreigndesk.exchange.gdelt import EVENTS, MENTIONS
from foreigndesk.exchange.happenings import countries
from foreigndesk.exchange.tables import ICEWS, POLECAT
from foreigndesk.ledger.desk import Desk

WIDTHS = [("gdelt", "events", 61), ("gdelt", "reports", 16), ("icews", "events", 20),
          ("polecat", "events", 40)]  # fmt: skip


def written(desk: Desk, format: str, what: str, everything: bool = False) -> str:
    out = io.BytesIO()
    export(desk, what, format, out, None, everything)
    return out.getvalue().decode()


@pytest.mark.parametrize(("format", "what", "width"), WIDTHS)
def test_every_row_has_the_published_columns(
    desk: Desk, format: str, what: str, width: int
) -> None:
    lines = written(desk, format, what).splitlines()
    assert lines
    assert {len(line.split("\t")) for line in lines} == {width}
    assert written(desk, format, what) == "\n".join(lines) + "\n"


def test_the_columns_are_the_published_ones() -> None:
    assert [len(c) for c in (EVENTS, MENTIONS, ICEWS, POLECAT)] == [61, 16, 20, 40]
    assert EVENTS[26] == "EventCode"
    assert EVENTS[52] == "ActionGeo_Fullname"
    assert EVENTS[60] == "SOURCEURL"


def test_what_was_planned_or_is_contested_is_no_event_that_happened(desk: Desk) -> None:
    table = csv.DictReader(io.StringIO(written(desk, "icews", "events")), delimiter="\t")
    kinds = [row["Event Text"] for row in table]
    assert "Make a visit" in kinds
    assert "Provide aid" not in kinds
    whole = csv.DictReader(io.StringIO(written(desk, "icews", "events", True)), delimiter="\t")
    assert "Provide aid" in [row["Event Text"] for row in whole]


def test_a_cameo_code_is_text_and_a_day_is_a_number(desk: Desk) -> None:
    rows = [line.split("\t") for line in written(desk, "gdelt", "events").splitlines()]
    for row in rows:
        found = dict(zip(EVENTS, row, strict=True))
        assert found["EventCode"].startswith(found["EventRootCode"])
        assert len(found["GlobalEventID"]) == 18
        assert found["Day"] == "" or len(found["Day"]) == 8
        assert found["QuadClass"] in "1234"


def test_mentions_point_to_the_events_that_are_exported(desk: Desk) -> None:
    ids = {line.split("\t")[0] for line in written(desk, "gdelt", "events").splitlines()}
    mentions = {line.split("\t")[0] for line in written(desk, "gdelt", "reports").splitlines()}
    assert mentions == ids


def test_plover_records_have_the_required_fields(desk: Desk) -> None:
    for line in written(desk, "plover", "events").splitlines():
        record = json.loads(line)
        assert {"id", "date", "actor", "event", "cite_info", "quad_code"} <= set(record)
        assert all({"code", "sector", "entity_text"} <= set(a) for a in record["actor"])


def test_the_network_is_read_by_networkx(desk: Desk, tmp_path: Path) -> None:
    for format, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        path = tmp_path / f"n.{format}"
        assert export(desk, "network", format, path) > 0
        graph = read(path)
        assert graph.edges["PRK", "RUS"]["sign"] == 1
        assert path.read_bytes() == written(desk, format, "network").encode()


def test_promises_are_read_by_icalendar(desk: Desk) -> None:
    text = written(desk, "ical", "promises")
    calendar = Calendar.from_ical(text)
    entries = calendar.walk("VEVENT")
    assert all("dtstart" in entry for entry in entries)
    assert text == written(desk, "ical", "promises")


def test_followthemoney_entities_are_valid(desk: Desk) -> None:
    model = pytest.importorskip("followthemoney").model
    lines = written(desk, "ftm", "events").splitlines()
    proxies = [model.get_proxy(json.loads(line)) for line in lines]
    assert {"Event", "Article", "Mention"} <= {proxy.schema.name for proxy in proxies}
    ids = {proxy.id for proxy in proxies}
    for proxy in proxies:
        for name in ("involved", "proof", "document", "resolved"):
            assert set(proxy.get(name, quiet=True)) <= ids


def test_a_format_says_what_it_holds(desk: Desk) -> None:
    with pytest.raises(UsageError, match="one of events, reports"):
        written(desk, "gdelt", "claims")
    with pytest.raises(UsageError, match="one of promises"):
        written(desk, "ical", "events")
    with pytest.raises(UsageError, match="plover"):
        written(desk, "xml", "events")


def test_countries_have_codes() -> None:
    table = countries()
    assert (table["DEU"].fips, table["DEU"].cow) == ("GM", "255")
    assert len({codes.fips for codes in table.values()}) == len(table)
    numbers = [codes.cow for codes in table.values() if codes.cow]
    assert len(set(numbers)) == len(numbers)
