"""`foreigndesk review`: judge the least certain links and reports, one key each, or from a file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from getpass import getuser
from typing import TYPE_CHECKING, Any

import click
import msgspec

from foreigndesk.desk.options import desk_option
from foreigndesk.errors import UsageError

if TYPE_CHECKING:
    from foreigndesk.analysis.doubts import Doubt
    from foreigndesk.ledger.desk import Desk
    from foreigndesk.model import Judgement, Report

KEYS = {
    "y": "right", "n": "wrong", "t": "type", "a": "actor", "s": "same", "d": "different",
    "k": "skip", "u": "undo", "q": "quit",
}  # fmt: skip
HELP = (
    "y right, n wrong, t other type, a other actor, s same event, d not the same, k skip, "
    "u undo, q quit"
)


@click.command(
    "review",
    short_help="Judge reports and links, one key each, or from a file.",
    epilog="""\b
Examples:
  foreigndesk review --desk mydesk
  foreigndesk review --desk mydesk --by anna --limit 20
  foreigndesk review --desk mydesk --export judged.jsonl
  foreigndesk review --desk other --from judged.jsonl
  printf 'y\\nt AID\\na actor RUS Russia\\nq\\n' | foreigndesk review --desk mydesk
""",
)
@desk_option
@click.option("--by", metavar="NAME", help="Who judges; else the name you are logged in by.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, metavar="N",
              help="At most N questions.")  # fmt: skip
@click.option("--from", "source", metavar="FILE", help="Take judgements from JSON lines.")
@click.option("--export", "target", metavar="FILE", help="Write all judgements (- to the screen).")
def review_command(
    desk_path: str, by: str | None, limit: int, source: str | None, target: str | None
) -> None:
    """Go through the least certain links and reports of the desk and judge each.

    Judgements are kept with who gave them and when, and never overwritten. The ledger follows
    them at once, and in every later run, also when the articles are coded again and the words
    that were judged are the same. Without a terminal, each line of standard input is an answer.
    """
    from foreigndesk.ledger.desk import Desk

    desk = Desk.open(desk_path)
    if target is not None:
        _export(desk, target)
        return
    judge = _from_file if source is not None else _ask
    given = judge(desk, by or _user(), source or limit)
    if given:
        _obey(desk)
    click.echo(f"{given:,} {'judgement' if given == 1 else 'judgements'} recorded.")


def _user() -> str:
    try:
        return getuser()
    except (OSError, KeyError):
        return "unknown"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _obey(desk: Desk) -> None:
    """Let the ledger follow: only what the judgements touch is linked anew."""
    from foreigndesk.engine.run import renew

    renew(desk)


def _export(desk: Desk, target: str) -> None:
    rows = b"".join(msgspec.json.encode(j) + b"\n" for j in desk.judgements())
    with click.open_file(target, "wb") as out:
        out.write(rows)


def _ask(desk: Desk, by: str, limit: Any) -> int:
    """Put the questions; the number of judgements given."""
    from foreigndesk.analysis.doubts import doubts

    answers = _answers()
    given: list[Judgement] = []
    total = 0
    done = {(j.subject, j.other) for j in desk.judgements()}
    for doubt in doubts(desk, limit + len(done)):
        other = doubt.other.report_id if doubt.other else None
        if (doubt.report.report_id, other) in done or total >= limit:
            continue
        _show(doubt)
        found = _one(doubt, answers, given, by)
        if found is None:
            break
        desk.judge(found)
        total += len(found)
    return total


def _one(
    doubt: Doubt, answers: Iterator[str], given: list[Judgement], by: str
) -> list[Judgement] | None:
    """The judgements that the answers to one question make; None to quit."""
    from foreigndesk.ledger.obeying import judgement

    made: list[Judgement] = []
    for answer in answers:
        key, _, rest = answer.strip().partition(" ")
        verdict = KEYS.get(key.lower(), "skip" if not key else None)
        if verdict == "quit":
            return made or None
        if verdict == "skip":
            return made
        if verdict == "undo":
            made += _undo(given, by)
            continue
        try:
            value = _value(verdict, rest)
        except UsageError as error:
            click.echo(f"Not understood: {error.found}. {error.do}", err=True)
            continue
        linked = doubt.other is not None and verdict in ("right", "wrong", "same", "different")
        if linked:
            verdict = "same" if verdict in ("right", "same") else "different"
        if verdict in ("same", "different") and doubt.other is None:
            click.echo("There is only one report here: y, n, t, a or k.", err=True)
            continue
        reports = [doubt.report, doubt.other] if linked and doubt.other else [doubt.report]
        made.append(judgement(verdict or "", reports, value, by, _now()))
        given.append(made[-1])
        return made
    return made or None


def _undo(given: list[Judgement], by: str) -> list[Judgement]:
    """Take the last judgement back, by another one."""
    from dataclasses import replace

    if not given:
        click.echo("Nothing to undo.", err=True)
        return []
    last = given.pop()
    at = _now()
    undone = replace(last, judgement_id=f"{last.judgement_id}-undo", verdict="undo",
                     subject=last.judgement_id, other=None, value=None, by=by, at=at,
                     evidence=None)  # fmt: skip
    return [undone]


def _value(verdict: str | None, rest: str) -> str | None:
    """What a "type" or "actor" judgement puts in place. Raises UsageError on another answer."""
    if verdict is None:
        raise UsageError("the answer", "no such key", "one key", HELP)
    if verdict == "type":
        return _type_value(rest or _line("Type and mode (AID, CONSULT visit): "))
    if verdict == "actor":
        return _actor_value(rest or _line("Side, code and name (actor RUS Russia): "))
    return None


def _type_value(words: str) -> str:
    from foreigndesk.codebook.load import open_codebook
    from foreigndesk.codebook.ontology import ontology
    from foreigndesk.ledger.obeying import TypeValue
    from foreigndesk.model import EventType
    from foreigndesk.settings import from_environment

    name, _, mode = words.strip().partition(" ")
    table = ontology(open_codebook(from_environment().codebook))  # with modes of one's own
    if name.upper() not in EventType.__members__:
        raise UsageError("the type", repr(name), "a type", f"Give one of {', '.join(EventType)}.")
    event, mode_ = EventType(name.upper()), mode.strip() or None
    if mode_ is not None and mode_ not in table.types[event].modes:
        modes = ", ".join(table.types[event].modes) or "none"
        raise UsageError("the mode", repr(mode_), "a mode", f"Modes of {event}: {modes}.")
    value = TypeValue(
        event, mode_, table.quad(event), table.intensity(event, mode_), table.cameo(event, mode_)
    )
    return msgspec.json.encode(value).decode()


def _actor_value(words: str) -> str:
    from foreigndesk.ledger.obeying import ActorValue

    side, _, rest = words.strip().partition(" ")
    code, _, name = rest.strip().partition(" ")
    if side not in ("actor", "recipient") or not code:
        raise UsageError(
            "the actor", repr(words), "side, code, name", "Write: actor RUS Russia, or recipient."
        )
    value = ActorValue(side, name.strip() or code, code.upper(), None, f"state.{code.upper()}")
    return msgspec.json.encode(value).decode()


def _answers() -> Iterator[str]:
    """Keys from a terminal; lines from anything else."""
    if not sys.stdin.isatty():
        yield from sys.stdin
        return
    while True:
        yield click.getchar()


def _line(prompt: str) -> str:
    if not sys.stdin.isatty():
        return ""
    return str(click.prompt(prompt, prompt_suffix="", default="", show_default=False))


def _show(doubt: Doubt) -> None:
    """One question: the sentence or the two sentences, and what was made of them."""
    if doubt.other is None:
        click.echo(f"\nReport ({1 - doubt.doubt:.2f} sure): {_told(doubt.report)}")
    else:
        click.echo(f"\nOne event? ({doubt.why})")
        click.echo(f"  1 {_told(doubt.other)}")
        click.echo(f"  2 {_told(doubt.report)}")
    click.echo(f"  [{HELP}]")


def _told(report: Report) -> str:
    from foreigndesk.desk.showing_records import marked, names, when
    from foreigndesk.desk.tables import clean

    what = f"{report.event_type} {report.event_mode or ''}".strip()
    whom = f" > {names(report.recipient)}" if report.recipient else ""
    head = f"{what}: {names(report.actor)}{whom}, {report.status}, {when(report.date)}"
    told = f"{head}\n    {marked(report)} ({report.document.outlet or report.document.path})"
    return clean(told)


def _from_file(desk: Desk, by: str, source: Any) -> int:
    """Take judgements from JSON lines: subject, verdict, and what else is known of them."""
    from foreigndesk.ledger.obeying import VERDICTS

    known = {j.judgement_id for j in desk.judgements()}
    made: list[Judgement] = []
    for number, line in enumerate(click.open_file(source, "rb"), start=1):
        if not line.strip():
            continue
        judged = _read(line, f"{source}, line {number}", by)
        if judged.verdict not in VERDICTS:
            raise UsageError(
                f"{source}, line {number}", f"verdict {judged.verdict!r}",
                ", ".join(VERDICTS), "Correct it; nothing of the file was taken.",
            )  # fmt: skip
        if judged.judgement_id not in known:
            known.add(judged.judgement_id)
            made.append(judged)
    desk.judge(_anchored(desk, made))
    return len(made)


class _Given(msgspec.Struct):
    """A judgement as a file gives it."""

    subject: str
    verdict: str
    judgement_id: str | None = None
    other: str | None = None
    value: str | None = None
    by: str | None = None
    at: str | None = None
    evidence: str | None = None


def _read(line: bytes, where: str, by: str) -> Judgement:
    import hashlib

    from foreigndesk.model import Judgement

    try:
        given = msgspec.json.decode(line, type=_Given)
    except msgspec.MsgspecError as error:
        raise UsageError(
            where, str(error), 'JSON such as {"subject": "...", "verdict": "wrong"}', "Mend it."
        ) from error
    values: dict[str, Callable[[str], str]] = {"type": _type_value, "actor": _actor_value}
    value = given.value
    if given.verdict in values and not (value or "").startswith("{"):
        value = values[given.verdict](value or "")
    name = given.judgement_id or hashlib.sha256(line.strip()).hexdigest()[:16]
    return Judgement(
        name, given.subject, given.verdict, given.other, value, given.by or by,
        given.at or _now(), given.evidence,
    )  # fmt: skip


def _anchored(desk: Desk, made: list[Judgement]) -> list[Judgement]:
    """The judgements with the words that they judge, so that they outlive a new coding."""
    from dataclasses import replace

    from foreigndesk.analysis.query import ask
    from foreigndesk.ledger.obeying import anchor
    from foreigndesk.model import Report

    ids = [i for j in made if j.evidence is None for i in (j.subject, j.other) if i is not None]
    rows = ask(desk, "SELECT report_id, json FROM reports WHERE list_contains(?, report_id)", [ids])
    words = {
        row["report_id"]: anchor(msgspec.json.decode(row["json"], type=Report))
        for row in rows.to_pylist()
    }
    found = []
    for j in made:
        both = [words.get(i) for i in (j.subject, j.other) if i is not None]
        if j.evidence is None and all(both):
            j = replace(j, evidence=" ".join(w for w in both if w))
        found.append(j)
    return found
