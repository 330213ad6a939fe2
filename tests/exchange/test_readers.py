"""Exports read by what others wrote: pandas, followthemoney, the columns of GDELT's own reader."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pyarrow.csv as pa_csv
import pytest
from building import Doc, say, write

from foreigndesk.exchange import export
from foreigndesk.exchange.codes import cameo_table, countries
from foreigndesk.exchange.gdelt import EVENTS, MENTIONS
from foreigndesk.ledger.desk import Desk


def written(desk: Desk, format: str, what: str = "events", everything: bool = False) -> bytes:
    out = io.BytesIO()
    export(desk, what, format, out, None, everything)
    return out.getvalue()


INTEGERS = (
    *("GlobalEventID", "Day", "MonthYear", "Year", "IsRootEvent", "QuadClass", "NumMentions"),
    *("NumSources", "NumArticles", "Actor1Geo_Type", "ActionGeo_Type", "DATEADDED"),
)
REALS = ("FractionDate", "GoldsteinScale", "AvgTone", "ActionGeo_Lat", "ActionGeo_Long")


def test_gdelt_columns_have_the_published_types(desk: Desk) -> None:
    import pyarrow as pa

    kinds = dict.fromkeys(EVENTS, pa.string())
    kinds |= dict.fromkeys(INTEGERS, pa.int64()) | dict.fromkeys(REALS, pa.float64())
    table = pa_csv.read_csv(
        io.BytesIO(written(desk, "gdelt", everything=True)),
        read_options=pa_csv.ReadOptions(column_names=EVENTS),
        parse_options=pa_csv.ParseOptions(delimiter="\t", quote_char=False),
        convert_options=pa_csv.ConvertOptions(column_types=kinds, null_values=[""]),
    )
    assert table.num_rows
    for row in table.to_pylist():
        code = cameo_table()[row["EventCode"]]
        assert row["EventRootCode"] == row["EventCode"][:2]
        assert (row["QuadClass"], row["GoldsteinScale"]) == (code.quad, code.goldstein)
        assert row["GlobalEventID"] >= 10**17
        if row["Day"]:
            month, day = divmod(row["Day"] % 10_000, 100)
            expected = row["Year"] + (month * 30 + day) / 365
            assert row["FractionDate"] == pytest.approx(min(expected, row["Year"] + 0.9999), 1e-7)


def test_gdelt_columns_are_those_of_its_reader() -> None:
    """The package `gdelt` (GPL, so none of ours) brings the published columns, if installed."""
    for name, columns in (("events2.csv", EVENTS), ("mentions.csv", MENTIONS)):
        path = Path(sys.prefix, "data", name)
        if not path.is_file():
            pytest.skip("to check against GDELT's own reader: pip install --no-deps gdelt==0.1.14")
        with path.open(encoding="utf-8", newline="") as file:
            theirs = [row["name"].casefold() for row in csv.DictReader(file)]
        ours = ["sqldate" if name == "Day" else name.casefold() for name in columns]
        assert ours == theirs


def test_icews_writes_names_of_countries_and_labels_of_cameo(desk: Desk) -> None:
    labels = {code.label for code in cameo_table().values()}
    names = {codes.name for codes in countries().values()}
    for row in csv.DictReader(io.StringIO(written(desk, "icews").decode()), delimiter="\t"):
        assert row["Event Text"] in labels
        assert cameo_table()[row["CAMEO Code"]].label == row["Event Text"]
        assert {row["Source Country"], row["Target Country"]} <= names | {""}
        assert "RUS" not in row.values()


def test_pandas_reads_the_tables(desk: Desk) -> None:
    pd = pytest.importorskip("pandas")
    for format, width in (("icews", 20), ("polecat", 40)):
        frame = pd.read_csv(
            io.BytesIO(written(desk, format)), sep="\t", dtype=str, keep_default_na=False
        )
        assert frame.shape[1] == width
        assert frame["Event ID"].is_unique
        assert pd.to_datetime(frame["Event Date"][frame["Event Date"] != ""]).notna().all()


def test_a_quotation_mark_in_a_name_costs_no_line(tmp_path: Path) -> None:
    pd = pytest.importorskip("pandas")
    doc = Doc("a", "2024-01-26", '"Only\tWords')
    pairs = ("Israel > {} > Ukraine", "Russia > {} > United States", "Ukraine > {} > Russia")
    told = [
        say(doc, f"They met {n}.", pair.format("CONSULT"), at=n * 50, date="2024-01-10")
        for n, pair in enumerate(pairs)
    ]
    desk = write(tmp_path / "d", told)
    for format, sheet in (("icews", "Publisher"), ("polecat", "Source")):
        frame = pd.read_csv(io.BytesIO(written(desk, format)), sep="\t")
        assert list(frame[sheet]) == ["'Only Words"] * 3
    frame = pd.read_csv(io.BytesIO(written(desk, "gdelt", "reports")), sep="\t", header=None)
    assert frame.shape == (3, 16)


def test_followthemoney_finds_nothing_wrong(desk: Desk) -> None:
    model = pytest.importorskip("followthemoney").model
    for line in written(desk, "ftm", everything=True).decode().splitlines():
        data = json.loads(line)
        schema = model.get(data["schema"])
        assert schema.validate(data) is None
        cleaned = model.get_proxy(data, cleaned=False).to_dict()["properties"]
        assert {k: sorted(v) for k, v in cleaned.items()} == {
            k: sorted(v) for k, v in data["properties"].items()
        }


def test_plover_records_have_only_the_manuals_fields(desk: Desk) -> None:
    fields = {
        *("id", "has_event", "date", "time", "enddate", "endtime", "actor", "recipient", "event"),
        *("event_loc", "event_text", "quad_code", "event_scale", "mode", "context", "link"),
        *("text", "text_info", "cite_info", "coder", "coded_date", "coded_time", "comment"),
    }
    for line in written(desk, "plover", everything=True).decode().splitlines():
        record = json.loads(line)
        assert set(record) <= fields
        assert record["quad_code"] in (1, 2, 3, 4)
        assert -10 <= record["event_scale"] <= 10
        for entity in (*record["actor"], *record["recipient"]):
            assert set(entity) <= {
                *("code", "sector", "entity_text", "identifier_id", "identifier_text"),
            }
