"""Files of GDELT, ICEWS and POLECAT as they come: read, placed, counted, never mixed in."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foreigndesk.errors import DamagedDeskError, NothingReadError, UsageError
from foreigndesk.exchange.from_gdelt import COLUMNS, code_of
from foreigndesk.exchange.gdelt import EVENTS, MENTIONS
from foreigndesk.exchange.imported import Order, Summary, import_files
from foreigndesk.exchange.tables import ICEWS, POLECAT
from foreigndesk.ledger import imported
from foreigndesk.ledger.desk import Desk

VISIT = {
    "GlobalEventID": "1180000001", "Day": "20240619", "MonthYear": "202406", "Year": "2024",
    "Actor1Code": "RUSGOV", "Actor1Name": "VLADIMIR PUTIN", "Actor1CountryCode": "RUS",
    "Actor1Type1Code": "GOV", "Actor2Code": "PRK", "Actor2Name": "PYONGYANG",
    "Actor2CountryCode": "PRK", "IsRootEvent": "1", "EventCode": "042", "EventBaseCode": "042",
    "EventRootCode": "04", "QuadClass": "1", "GoldsteinScale": "1.9", "NumMentions": "12",
    "NumSources": "3", "NumArticles": "10", "AvgTone": "-2.5", "ActionGeo_Type": "4",
    "ActionGeo_Fullname": "Pyongyang, P'yongyang-si, North Korea", "ActionGeo_CountryCode": "KN",
    "ActionGeo_Lat": "39.0194", "ActionGeo_Long": "125.755", "ActionGeo_FeatureID": "-238888",
    "DATEADDED": "20240619121500", "SOURCEURL": "https://www.paper.example/2024/putin",
}  # fmt: skip
UN = VISIT | {
    "GlobalEventID": "1180000002", "Actor1Code": "IGOUNO", "Actor1Name": "UNITED NATIONS",
    "Actor1CountryCode": "", "Actor1KnownGroupCode": "UNO", "Actor1Type1Code": "IGO",
    "EventCode": "010",
}  # fmt: skip


def tabs(row: dict[str, str], columns: tuple[str, ...]) -> str:
    return "\t".join(row.get(name, "") for name in columns) + "\n"


GDELT = tabs(VISIT, EVENTS) + tabs(UN, EVENTS)
MENTION = tabs(
    {"GLOBALEVENTID": "1180000001", "EventTimeDate": "20240619121500", "MentionType": "1",
     "MentionTimeDate": "20240620000000", "MentionSourceName": "paper.example",
     "MentionIdentifier": "https://paper.example/1", "SentenceID": "3", "Confidence": "80"},
    MENTIONS,
)  # fmt: skip
ICEWS_ROW = {
    "Event ID": "20718170", "Event Date": "2014-06-19", "Source Name": "Citizen (Ukraine)",
    "Source Sectors": "General Population / Civilian / Social,Civilian", "Event Text": "Accuse",
    "Source Country": "Ukraine", "CAMEO Code": "112", "Intensity": "-2.0",
    "Target Name": "Vladimir Putin", "Target Country": "Russian Federation",
    "Target Sectors": "Executive Office,Executive,Government", "Story ID": "34567",
    "Sentence Number": "4", "Publisher": "Interfax", "City": "Kiev", "Country": "Ukraine",
    "Latitude": "50.4547", "Longitude": "30.5238",
}  # fmt: skip
POLECAT_ROW = {
    "Event ID": "20230102-1234-abc", "Event Date": "2023-01-02", "Event Type": "ASSAULT",
    "Event Mode": "drone", "Intensity": "-9.5", "Quad Code": "MATERIAL CONFLICT",
    "Contexts": "military;technology", "Actor Name": "Russia", "Actor Country": "RUS",
    "Primary Actor Sector": "MIL", "Recipient Name": "Kosovo;Ukraine",
    "Recipient Country": "KOS;UKR", "Placename": "Kyiv", "Country": "UKR", "Latitude": "50.45",
    "Longitude": "30.52", "GeoNames ID": "703448", "Source": "Reuters",
    "Publication Date": "2023-01-03",
}  # fmt: skip


def rows(desk: Desk, kind: str = "events", source: str | None = None) -> list[dict[str, object]]:
    order = "line, recipient" if kind == "events" else "line"
    sql = f"SELECT * FROM {imported.rows_of(desk, kind, source)} ORDER BY {order}"
    return duckdb.connect().sql(sql).to_arrow_table().to_pylist()


def take(folder: Path, file_name: str, content: str | bytes, **order: str) -> tuple[Desk, Summary]:
    file = folder / file_name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    desk = Desk.create_or_open(folder / "desk")
    return desk, import_files(desk, Order([file], **order))


def zipped(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_gdelt_event(tmp_path: Path) -> None:
    desk, summary = take(tmp_path, "20240619.export.CSV", GDELT)
    visit, statement = rows(desk)
    assert summary.bad_lines == 0
    expected = {
        "source": "gdelt", "format": "gdelt", "file": "20240619.export.CSV", "line": 1,
        "their_id": "1180000001", "url": "https://www.paper.example/2024/putin",
        "outlet": "paper.example", "told": "2024-06-19", "earliest": "2024-06-19",
        "event_type": "CONSULT", "event_mode": "visit", "cameo": "042", "quad": 1,
        "intensity": 4.0, "their_quad": 1, "their_intensity": 1.9, "actor": "VLADIMIR PUTIN",
        "actor_code": "RUS", "actor_sectors": ["GOV"], "actor_given": "RUSGOV",
        "recipient_code": "PRK", "country": "PRK", "lat": 39.0194, "mentions": 12,
        "outlets": 3, "articles": 10, "text": "Make a visit",
    }  # fmt: skip
    assert {name: visit[name] for name in expected} == expected
    assert {"rus", "putin", "vladimir putin"} <= set(visit["actor_keys"])  # type: ignore[call-overload]  # a list
    assert (statement["actor_code"], statement["event_type"]) == ("UNO", None)
    assert (statement["quad"], statement["intensity"]) == (1, None)


@pytest.mark.parametrize("width", [61, 58, 57])
def test_all_widths_of_gdelt(tmp_path: Path, width: int) -> None:
    assert len(COLUMNS[width]) == width
    desk, _ = take(tmp_path, "old.csv", tabs(VISIT, COLUMNS[width]))
    (row,) = rows(desk)
    assert (row["country"], row["lat"], row["told"]) == ("PRK", 39.0194, "2024-06-19")
    assert row["url"] == (None if width == 57 else VISIT["SOURCEURL"])


def test_gdelt_with_a_header_and_commas(tmp_path: Path) -> None:
    header = "GLOBALEVENTID,SQLDATE,EventCode,Actor1CountryCode,Actor1Name,Actor2CountryCode\n"
    desk, _ = take(tmp_path, "big.csv", header + '7,20240619,042,RUS,"PUTIN, V.",PRK\n')
    (row,) = rows(desk)
    assert (row["actor"], row["recipient_code"], row["their_id"]) == ("PUTIN, V.", "PRK", "7")


def test_a_quotation_mark_that_is_not_closed_costs_its_line_alone(tmp_path: Path) -> None:
    head = "GLOBALEVENTID,Day,EventCode,Actor1Name\n"
    spanning = '2,20240619,042,"PUTIN,\nVLADIMIR"\n'
    good = "".join(f"{n},20240619,042,PUTIN\n" for n in range(3, 60))
    desk, summary = take(tmp_path, "a.csv", f'{head}1,20240619,042,"PUTIN\n{good}{spanning}')
    assert [(b.line, b.reason) for b in summary.bad] == [(2, "a quotation mark that is not closed")]
    found = rows(desk)
    assert len(found) == 58
    assert found[-1]["actor"] == "PUTIN,\nVLADIMIR"


@pytest.mark.parametrize(
    ("country", "group", "roles", "code"),
    [
        ("RUS", "", ("GOV",), "RUS"),
        ("KSV", "", (), "XKX"),
        ("", "UNO", ("IGO",), "UNO"),
        ("EUR", "EEC", ("IGO",), "EUR"),
        ("EUR", "", (), "EUR"),
        ("WST", "NAT", ("IGO",), "NATO"),
        ("WST", "", (), "WEST"),
        ("", "", ("NGO", "HRI"), "NGO"),
        ("", "", ("IGO",), "IGO"),
        ("", "ABC", ("GOV",), None),
        ("AFR", "", (), None),
    ],
)
def test_codes_of_gdelts_actors(
    country: str, group: str, roles: tuple[str, ...], code: str | None
) -> None:
    assert code_of(country, group, roles) == code


def test_mentions_stand_apart(tmp_path: Path) -> None:
    desk, _ = take(tmp_path, "m.CSV", MENTION)
    (mention,) = rows(desk, "mentions")
    assert (mention["their_id"], mention["confidence"]) == ("1180000001", 0.8)
    assert (mention["told"], mention["sentence"]) == ("2024-06-20", 3)
    assert rows(desk) == []


def test_an_icews_event(tmp_path: Path) -> None:
    table = "\t".join(ICEWS) + "\n" + tabs(ICEWS_ROW, ICEWS)
    desk, _ = take(tmp_path, "events.2014.tab", table, name="ICEWS 2014")
    (row,) = rows(desk, source="ICEWS 2014")
    assert (row["actor_code"], row["recipient_code"], row["country"]) == ("UKR", "RUS", "UKR")
    assert (row["event_type"], row["event_mode"], row["cameo"]) == ("ACCUSE", "allege", "112")
    assert row["actor_sectors"] == ["CVL"]
    assert row["recipient_sectors"] == ["GOV"]
    assert (row["place"], row["outlet"], row["told"]) == ("Kiev", "Interfax", None)


def test_a_polecat_event_of_two_recipients(tmp_path: Path) -> None:
    table = "\t".join(POLECAT) + "\n" + tabs(POLECAT_ROW, POLECAT)
    desk, _ = take(tmp_path, "ngecEventsDV-2023.txt", table)
    one, other = rows(desk)
    assert [r["recipient_code"] for r in (one, other)] == ["XKX", "UKR"]
    assert (one["event_type"], one["event_mode"], one["intensity"]) == ("ASSAULT", "drone", -9.5)
    assert (one["their_quad"], one["contexts"]) == (4, ["military", "technology"])
    assert (one["geonameid"], one["told"], one["actor_sectors"]) == (703448, "2023-01-03", ["MIL"])


def test_plain_gzip_and_zip_are_read_alike(tmp_path: Path) -> None:
    contents = {
        "a.CSV": GDELT.encode(),
        "a.CSV.gz": gzip.compress(GDELT.encode()),
        "a.CSV.zip": zipped(**{"20240619.export.CSV": GDELT, "20240619.mentions.CSV": MENTION}),
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    desk = Desk.create_or_open(tmp_path / "desk")
    summary = import_files(desk, Order([tmp_path / name for name in contents]))
    assert [d.rows for d in summary.done] == [2, 2, 2, 1]
    assert len(rows(desk)) == 2
    assert len(rows(desk, "mentions")) == 1


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    desk, first = take(tmp_path, "a.CSV", GDELT)
    before = {f.name: f.read_bytes() for f in imported.folder(desk).iterdir()}
    _, second = take(tmp_path, "a.CSV", GDELT)
    assert {f.name: f.read_bytes() for f in imported.folder(desk).iterdir()} == before
    assert [d.again for d in (*first.done, *second.done)] == [False, True]
    imported.forget(desk, "gdelt")
    assert rows(desk) == []
    take(tmp_path, "a.CSV", GDELT)
    assert {f.name: f.read_bytes() for f in imported.folder(desk).iterdir()} == before


def test_an_event_that_is_told_again_stands_once(tmp_path: Path) -> None:
    later = VISIT | {"NumMentions": "50", "DATEADDED": "20240621000000"}
    take(tmp_path, "new.CSV", tabs(later, EVENTS))
    desk, _ = take(tmp_path, "old.CSV", tabs(VISIT, EVENTS))
    (row,) = rows(desk)
    assert row["mentions"] == 50


def test_sources_are_kept_apart(tmp_path: Path) -> None:
    take(tmp_path, "a.CSV", GDELT, name="one")
    desk, _ = take(tmp_path, "a.CSV", GDELT, name="other")
    assert len(rows(desk, source="one")) == len(rows(desk, source="other")) == 2
    table = imported.sources(desk).to_pylist()
    assert [(r["source"], r["rows"], r["first"]) for r in table] == [
        ("one", 2, "2024-06-19"),
        ("other", 2, "2024-06-19"),
    ]
    assert imported.forget(desk, "one") == 1
    assert len(rows(desk)) == 2


def test_nothing_of_the_desk_is_touched(tmp_path: Path) -> None:
    desk, _ = take(tmp_path, "a.CSV", GDELT)
    assert list(desk.articles()) == []
    assert list(desk.reports()) == []
    assert not desk.ledger.exists()


BAD = {
    "too few columns": "1180000009\t20240619\n",
    "no CAMEO code": tabs(VISIT | {"EventCode": "99"}, EVENTS),
    "no day": tabs(VISIT | {"Day": "20241399"}, EVENTS),
    "no id": tabs(VISIT | {"GlobalEventID": "x"}, EVENTS),
    "too long": "x" * 1_200_000 + "\n",
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_a_bad_line_is_counted_and_named_and_the_rest_goes_on(tmp_path: Path, bad: str) -> None:
    desk, summary = take(tmp_path, "a.CSV", tabs(VISIT, EVENTS) + bad + tabs(UN, EVENTS))
    assert [(b.file, b.line) for b in summary.bad] == [("a.CSV", 2)]
    assert summary.bad_lines == 1
    assert [r["line"] for r in rows(desk)] == [1, 3]


def test_what_is_put_right_or_left_unknown_is_said(tmp_path: Path) -> None:
    odd = {"EventCode": "42", "ActionGeo_Lat": "4#.1", "NumMentions": "many", "Day": ""}
    desk, summary = take(tmp_path, "a.CSV", tabs(VISIT | odd, EVENTS))
    (row,) = rows(desk)
    assert (row["cameo"], row["lat"], row["mentions"], row["earliest"]) == ("042", None, None, None)
    assert sum(summary.notes.values()) == 4


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), max_size=300))
@settings(max_examples=30, deadline=None)
def test_no_line_stops_an_import(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    desk, summary = take(folder, "a.CSV", f"{GDELT}{text}\n{tabs(VISIT, EVENTS)}")
    assert {r["their_id"] for r in rows(desk)} >= {"1180000001", "1180000002"}
    assert summary.done[0].rows == 3


WRONG = {
    "an empty file": (b"", "an empty file"),
    "another table": (b"name\tage\nA\t3\n", "2 columns parted by tabs"),
    "no table": (b"Putin went to Pyongyang.\n", "no columns"),
    "GDELT's GKG": (("\t".join("a" * 27) + "\n").encode(), "GKG"),
    "a column is missing": (
        ("\t".join(n for n in ICEWS if n != "CAMEO Code") + "\n").encode(),
        "CAMEO Code",
    ),
    "UTF-16": (GDELT.encode("utf-16"), "UTF-16"),
    "a broken gzip": (gzip.compress(GDELT.encode())[:-9], "cannot be read"),
    "a broken zip": (zipped(a=GDELT)[:-30], "cannot be read"),
    "no good line": (b"1\t2\t3" + b"\t4" * 58 + b"\n", "no line"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_file_of_the_wrong_shape_is_refused(tmp_path: Path, name: str) -> None:
    content, found = WRONG[name]
    with pytest.raises(NothingReadError) as error:
        take(tmp_path, "a.dat", content)
    assert found in error.value.found
    assert "a.dat" in error.value.where
    assert not list(imported.files(Desk.open(tmp_path / "desk")))


def test_a_wrong_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.CSV").write_text(GDELT)
    (tmp_path / "in" / "b.txt").write_text("no table\n")
    (tmp_path / "in" / "c.zip").write_bytes(zipped(one="no table", two=MENTION))
    desk = Desk.create_or_open(tmp_path / "desk")
    summary = import_files(desk, Order([tmp_path / "in"]))
    assert [(d.file, d.rows) for d in summary.done] == [("a.CSV", 2), ("c.zip!two", 1)]
    assert [e.where.rpartition("/")[2] for e in summary.skipped] == ["b.txt:1", "c.zip!one:1"]


def test_a_named_format_takes_no_other(tmp_path: Path) -> None:
    with pytest.raises(NothingReadError, match="ICEWS"):
        take(tmp_path, "a.CSV", GDELT, format="icews")
    with pytest.raises(UsageError, match="polecat"):
        take(tmp_path, "a.CSV", GDELT, format="kedsdata")
    with pytest.raises(UsageError, match="no such file"):
        import_files(Desk.create_or_open(tmp_path / "desk"), Order([tmp_path / "absent"]))
    with pytest.raises(UsageError, match="--name"):
        take(tmp_path, "a.CSV", GDELT, name=" ")


def test_a_damaged_file_of_the_desk_is_named(tmp_path: Path) -> None:
    desk, _ = take(tmp_path, "a.CSV", GDELT)
    (file,) = imported.files(desk)
    file.write_bytes(b"no Parquet")
    with pytest.raises(DamagedDeskError, match="import its source again"):
        imported.sources(desk)
