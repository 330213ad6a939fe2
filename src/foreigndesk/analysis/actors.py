"""One actor: what it does and suffers, with whom, what it says; and the actors by frequency."""

from __future__ import annotations

import msgspec
import pyarrow as pa

from foreigndesk.analysis.query import ask
from foreigndesk.ledger.desk import Desk
from foreigndesk.model import Event, Mention


def types_of(desk: Desk, actor: str) -> pa.Table:
    """Events by type in which an actor (a code, id, name or word of it) is on a side.

    Columns: event_type, acts, undergoes, events.
    """
    key = actor.casefold()
    sql = """
        SELECT event_type, count(*) FILTER (acts) AS acts, count(*) FILTER (takes) AS undergoes,
               count(*) AS events
        FROM (SELECT event_type, list_contains(actor_keys, ?) AS acts,
                     list_contains(recipient_keys, ?) AS takes FROM events)
        WHERE acts OR takes GROUP BY event_type ORDER BY events DESC, event_type"""
    return ask(desk, sql, [key, key])


def counterparts(desk: Desk, actor: str, limit: int = 15) -> pa.Table:
    """The codes that most often stand in one event with an actor. Columns: code, events,
    cooperation, conflict (quad classes 1 and 2, 3 and 4), mean_intensity."""
    key = actor.casefold()
    sql = f"""
        WITH alike AS (SELECT actor_codes, recipient_codes, count(*) AS n,
                count(*) FILTER (quad <= 2) AS good, sum(intensity) AS sum FROM events
                WHERE list_contains(actor_keys, ?) OR list_contains(recipient_keys, ?)
                GROUP BY actor_codes, recipient_codes),
            own AS (SELECT n, good, sum,
                unnest(list_distinct(actor_codes || recipient_codes)) AS code FROM alike)
        SELECT code, CAST(sum(n) AS BIGINT) AS events, CAST(sum(good) AS BIGINT) AS cooperation,
               CAST(sum(n - good) AS BIGINT) AS conflict,
               round(sum(sum) / sum(n), 6) AS mean_intensity
        FROM own WHERE lower(code) <> ? GROUP BY code ORDER BY events DESC, code
        LIMIT {int(limit)}"""
    return ask(desk, sql, [key, key, key])


def names_of(desk: Desk, actor: str, limit: int = 12) -> list[str]:
    """The names under which an actor's events speak of it, the most frequent first.

    For a code, the names of all who bear the code; read off 200 of its events.
    """
    key = actor.casefold()
    sql = """
        SELECT json FROM events WHERE rowid IN (SELECT rowid FROM events
            WHERE list_contains(actor_keys, ?) OR list_contains(recipient_keys, ?)
            ORDER BY rowid LIMIT 200)"""
    found: dict[str, int] = {}
    for row in ask(desk, sql, [key, key]).to_pylist():
        event = msgspec.json.decode(row["json"], type=Event)
        for mention in event.actors + event.recipients:
            name = mention.name or mention.text
            if _is(mention, key):
                found[name] = found.get(name, 0) + 1
    return sorted(found, key=lambda name: (-found[name], name))[:limit]


def frequent(desk: Desk, limit: int = 200) -> pa.Table:
    """The codes with most events. Columns: code, events, acts."""
    sql = f"""
        WITH alike AS (SELECT actor_codes, recipient_codes, count(*) AS n FROM events
                GROUP BY actor_codes, recipient_codes),
            own AS (SELECT actor_codes, n,
                unnest(list_distinct(actor_codes || recipient_codes)) AS code FROM alike)
        SELECT code, CAST(sum(n) AS BIGINT) AS events,
               CAST(coalesce(sum(n) FILTER (list_contains(actor_codes, code)), 0) AS BIGINT) AS acts
        FROM own GROUP BY code ORDER BY events DESC, code LIMIT {int(limit)}"""
    return ask(desk, sql)


def _is(mention: Mention, key: str) -> bool:
    own = (mention.code, mention.actor_id, mention.name, mention.text)
    words = (mention.name or mention.text).casefold().split()
    return key in words or any(value is not None and value.casefold() == key for value in own)
