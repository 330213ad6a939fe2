"""A few sentences through the live parser, end to end: what must stay as it is."""

from __future__ import annotations

import pytest

import foreigndesk as fd

GOLDEN = [
    ("Norway urged Mali to free the crew.", ("REQUEST", "occurred", "NOR", "MLI")),
    ("Iran denied that it had sent arms to Russia.", ("AID", "denied", "IRN", "RUS")),
    ("Iran denied that it had sent arms to Russia.", ("REJECT", "occurred", "IRN", None)),
    ("Washington accused Pyongyang of sending arms.", ("ACCUSE", "occurred", "USA", "PRK")),
    ("Putin will visit North Korea in June.", ("CONSULT", "planned", "RUS", "PRK")),
    ("If Putin visits North Korea, he will meet Kim.", ("CONSULT", "conditional", "RUS", "PRK")),
    ("Israel shelled Gaza on Monday.", ("ASSAULT", "occurred", "ISR", None)),
    (
        "Tuesday's visit to Kenya by France's president ended.",
        ("CONSULT", "occurred", "FRA", "KEN"),
    ),
]


@pytest.mark.parametrize(("text", "wanted"), GOLDEN, ids=[f"{t} {w[0]}" for t, w in GOLDEN])
def test_golden(text: str, wanted: tuple[str, str, str, str | None]) -> None:
    found = []
    for report in fd.code(text, published="2024-06-19").reports:
        recipient = report.recipient[0].code if report.recipient else None
        actor = report.actor[0].code if report.actor else None
        found.append((report.event_type, report.status, actor, recipient))
    event, status, actor, recipient = wanted
    near = [row for row in found if row[:3] == (event, status, actor)]
    assert near, found
    assert recipient is None or near[0][3] == recipient
