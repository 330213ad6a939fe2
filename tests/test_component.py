"""The spaCy component: the reports of `code`, carried by the Doc, kept when stored."""

from __future__ import annotations

from pathlib import Path

import spacy
from spacy.tokens import DocBin

import foreigndesk as fd

TEXT = "Norway expelled two Russian diplomats on Monday. Russia protested."


def test_reports_are_those_of_code() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("foreigndesk", config={"published": "2024-05-08"})
    doc = nlp(TEXT)
    assert doc._.reports == fd.code(TEXT, published="2024-05-08").reports
    report = doc._.reports[0]
    assert doc.text[report.trigger.start : report.trigger.end] == "expelled"
    assert report.date.edtf == "2024-05-06"


def test_a_pipeline_and_its_docs_are_stored(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("foreigndesk", config={"published": "2024-05-08"})
    nlp.to_disk(tmp_path / "nlp")
    again = spacy.load(tmp_path / "nlp")
    doc = nlp(TEXT)
    assert again(TEXT)._.reports == doc._.reports
    kept = DocBin(docs=[doc], store_user_data=True).to_bytes()
    (back,) = DocBin().from_bytes(kept).get_docs(nlp.vocab)
    assert back._.reports == doc._.reports


def test_a_doc_without_the_component_has_none() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("foreigndesk")
    assert nlp.make_doc("Norway expelled two diplomats.")._.reports == ()
