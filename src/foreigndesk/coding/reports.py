"""Frames to Reports: status, attribution, date, place and numbers put beside who did what."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from foreigndesk.coding.around import Around, around
from foreigndesk.coding.attribution import SpeechAct, attributions_for
from foreigndesk.coding.confidence import Grounds, confidence
from foreigndesk.coding.event_date import DateContext, background, event_date
from foreigndesk.coding.factuality import Fact
from foreigndesk.coding.frame import Frame
from foreigndesk.coding.homeland import at_home
from foreigndesk.coding.named import distinct, named_at
from foreigndesk.coding.order_facts import order_facts
from foreigndesk.coding.places import event_place
from foreigndesk.coding.places_dateline import dateline, is_local
from foreigndesk.coding.places_event import PlaceContext
from foreigndesk.coding.quantities import quantities
from foreigndesk.coding.reading import Coder, Reading
from foreigndesk.coding.residents import settled
from foreigndesk.model import (
    Attribution,
    Mention,
    OrderFact,
    Place,
    Report,
    Span,
    Stance,
    Status,
    TimeExpression,
    Trigger,
)

_HELD = (Status.OCCURRED, Status.ONGOING, Status.POSSIBLE)


def reports(coder: Coder, reading: Reading) -> tuple[Report, ...]:
    """The Reports of a text in the order of their triggers, each said once a sentence."""
    found: list[Report] = []
    beside = around(reading.sentences, reading.times, reading.places, reading.acts)
    opening = dateline(reading.text, reading.sentences, coder.places.gazetteer)
    for n, frames in enumerate(reading.frames):
        said: dict[tuple[object, ...], Report] = {}
        if opening and reading.sentences[n].start == opening.opens:
            beside[n].dateline = opening.place
        if frames and n:
            told = beside[n - 1].times
            beside[n].before = background(reading.sentences, n, told, reading.published)
        if frames:
            counted = quantities(reading.trees[n], coder.frames.classes, reading.text)
            beside[n].quantities = counted
        for frame in frames:
            report = _report(coder, reading, n, frame, beside[n])
            said.setdefault(_key(report), report)
        found.extend(said.values())
    return tuple(found)


def _key(report: Report) -> tuple[object, ...]:
    """What makes two reports of one sentence the same statement."""
    who = tuple(sorted((m.actor_id or m.text) for m in report.actor))
    whom = tuple(sorted((m.actor_id or m.text) for m in report.recipient))
    return report.event_type, report.event_mode, who, whom, report.status, report.date.edtf


def _report(coder: Coder, reading: Reading, n: int, frame: Frame, beside: Around) -> Report:
    tree, text, sentence = reading.trees[n], reading.text, reading.sentences[n]
    fact = coder.factuality.read(tree, frame.trigger)
    acts = _acts(reading, n, frame, beside)
    status = frame.status or status_of(fact, acts, n)
    if tree[frame.trigger].tag == "MD" and status is Status.DENIED:
        status = Status.OCCURRED  # the refusing, which is told by denying the deed
    facts = order_facts(text, tree, frame.trigger, reading.published, coder.order)
    trigger = tree.span(frame.trigger, frame.trigger, text)
    others = frozenset(f.trigger for f in reading.frames[n])
    time = DateContext(
        reading.published,
        reading.written,
        sentence.segment,
        status,
        others,
        sentence.paragraph,
        coder.date_words,
        beside.before,
    )
    where = PlaceContext(others, *_filed(frame, beside), words=coder.place_words)
    place = event_place(tree, frame.trigger, tuple(beside.places), where)
    said = reading.mentions[n]
    actor, recipient = at_home(
        f"{frame.event}/{frame.mode or ''}",
        settled(frame.actor, tree, said, text),
        settled(frame.recipient, tree, said, text) or _there(coder, frame, place),
        place,
    )
    evidence = Span(sentence.start, sentence.end, text[sentence.start : sentence.end])
    return Report(
        report_id=_identity(reading, n, frame),
        event_id=None,
        document=reading.document,
        evidence=evidence,
        trigger=Trigger(trigger.start, trigger.end, trigger.text, tree[frame.trigger].lemma),
        event_type=frame.event,
        event_mode=frame.mode,
        contexts=_contexts(coder, reading, n, frame),
        cameo=frame.entry.cameo or coder.ontology.cameo(frame.event, frame.mode),
        quad=coder.ontology.quad(frame.event, frame.mode),
        intensity=coder.ontology.intensity(frame.event, frame.mode),
        actor=actor,
        recipient=recipient,
        symmetric=frame.symmetric,
        status=status,
        hedges=fact.hedges,
        attribution=tuple(a for act in acts for a in _attributions(reading, act)),
        date=event_date(tree, frame.trigger, _own_times(beside, facts), time),
        place=place,
        quantities=beside.quantities,
        confidence=_confidence(frame, status, alone=len(reading.frames[n]) == 1),
        rule=frame.entry.id,
        facts=facts,
    )


def _filed(frame: Frame, beside: Around) -> tuple[Place | None, bool]:
    """The dateline's place for the sentence that it opens, and whether the event is one of it."""
    place = beside.dateline
    if place is None:
        return None, False
    return place, is_local(frame.event, frame.actor, frame.recipient, place)


def _there(coder: Coder, frame: Frame, place: Place | None) -> tuple[Mention, ...]:
    """Where a deed is done that touches the place itself, as whom it is done to."""
    if frame.event not in coder.frames.on_place or frame.symmetric or place is None:
        return ()
    if place.start is None or place.end is None or place.country is None or place.text is None:
        return ()
    return (Mention(place.start, place.end, place.text, None, place.country, None, None),)


def _own_times(beside: Around, facts: tuple[OrderFact, ...]) -> tuple[TimeExpression, ...]:
    """The times that may be an event's own: not the 2012 of "the first visit since 2012"."""
    firsts = [fact for fact in facts if fact.kind == "first"]
    return tuple(
        time
        for time in beside.times
        if not any(fact.start <= time.start < fact.end for fact in firsts)
    )


def status_of(fact: Fact, acts: Sequence[SpeechAct], sentence: int) -> Status:
    """The page's own commitment: the fact's status, weakened by how the words are attributed.

    A denial told in another sentence than the event leaves it possible, not denied.
    """
    for act in acts:
        if act.stance is Stance.DENIES and fact.status is not Status.CONDITIONAL:
            return Status.DENIED if act.sentence == sentence else Status.POSSIBLE
        if act.stance in (Stance.ALLEGES, Stance.DOUBTS) and fact.status in _HELD:
            return Status.POSSIBLE
    return fact.status


def _acts(reading: Reading, n: int, frame: Frame, beside: Around) -> tuple[SpeechAct, ...]:
    """The speech acts in whose content the frame lies, but for a denial of an accusing itself.

    Who denies an accusation does not deny that it was made, so an act whose content begins with
    the frame's own words of accusing does not bear on the frame. Nor is what the page adds itself
    (", which X denies") part of what it tells that others allege.
    """
    tree = reading.trees[n]
    token = tree[frame.trigger]
    acts = attributions_for(beside.acts, n, token.start, token.end)
    own = any(frame.trigger in act.cue for act in reading.acts_of(n))
    aside = own and tree[frame.trigger].dep == "relcl"
    kept = []
    for act in acts:
        direct = act.sentence == n and act.cue[0] <= token.head <= act.cue[1]
        if own and direct and act.stance is Stance.DENIES and not tree.is_verb(frame.trigger):
            continue
        if not (aside and act.stance is Stance.ALLEGES):
            kept.append(act)
    return tuple(kept)


def _attributions(reading: Reading, act: SpeechAct) -> list[Attribution]:
    """One attribution for each speaker of an act; one without speaker if none is named."""
    tree = reading.trees[act.sentence]
    cue = tree.span(act.cue[0], act.cue[1], reading.text)
    speakers: list[Mention | None] = list(_speakers(reading, act))
    return [Attribution(speaker, cue, act.stance) for speaker in speakers or [None]]


def _speakers(reading: Reading, act: SpeechAct) -> tuple[Mention, ...]:
    """Who speaks: actors at the source or, for a statement or the like, whose it is."""
    if not act.source:
        return ()
    n = act.source_sentence
    tree, mentions = reading.trees[n], reading.mentions[n]
    found = distinct(m for head in act.source for m in named_at(tree, mentions, head))
    if found:
        return found
    words = tree.span(act.source[0], act.source[0], reading.text)
    return (Mention(words.start, words.end, words.text, None, None, None, None),)


def _contexts(coder: Coder, reading: Reading, n: int, frame: Frame) -> tuple[str, ...]:
    """The entry's contexts, then those that words beneath the trigger show, sorted."""
    tree = reading.trees[n]
    start = frame.carrier if frame.carrier is not None else frame.trigger
    shown = {
        context
        for i in tree.subtree(start)
        for context in coder.ontology.contexts.get(tree[i].lemma.lower(), ())
    }
    return (*frame.entry.contexts, *sorted(shown - set(frame.entry.contexts)))


def _confidence(frame: Frame, status: Status, *, alone: bool) -> float:
    """How sure the report is; `alone`: the sentence has no other."""
    actor, recipient = (any(m.code for m in side) for side in (frame.actor, frame.recipient))
    weight = frame.entry.weight
    return confidence(Grounds(weight, actor, recipient, alone, status, frame.share))


def _identity(reading: Reading, n: int, frame: Frame) -> str:
    token = reading.trees[n][frame.trigger]
    who = ";".join(str(m.start) for m in (*frame.actor, *frame.recipient))
    key = f"{reading.document.id}|{token.start}|{frame.event}|{frame.entry.id}|{who}"
    return "r" + hashlib.sha256(key.encode()).hexdigest()[:20]
