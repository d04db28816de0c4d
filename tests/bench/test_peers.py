"""Peers of the matching benchmark: thresholds chosen elsewhere, and those that need nothing installed find people."""

from __future__ import annotations

import pytest

from bench.matching.answers import Answer
from bench.matching.peers.everyone import Everyone
from bench.matching.peers.fulltext import Fts5Trigrams
from bench.matching.peers.peer import Peer, Thresholds, ask, choose, decided
from bench.matching.queries import Query
from bench.matching.queries import ask as queries_of
from bench.matching.rates import profile
from bench.matching.register import build
from domain.identification import StatedPerson
from domain.niss import Niss
from domain.people import PartialDate

ANNA, ANNE = Niss("83452416311"), Niss("93451204619")


def scored(truth: Niss | None, *candidates: tuple[Niss, float]) -> Answer:
    query = Query(
        query_id="q",
        stated=StatedPerson("Peeters", PartialDate(1983, 5, 24)),
        truth=truth,
        meant=frozenset({truth} if truth else ()),
        classes=("clean",),
        decidable=True,
        culture="dutch",
    )
    return Answer(query, "ambiguous", None, candidates, 1.0)


def test_thresholds_keep_the_accepted_risk() -> None:
    answers = [
        scored(ANNA, (ANNA, 0.9)),
        scored(ANNA, (ANNA, 0.8)),
        scored(None, (ANNE, 0.7)),
        scored(ANNA, (ANNA, 0.6)),
    ]
    assert choose(answers, 0.0).sure == 0.8
    assert choose(answers, 0.25).sure == 0.6


def test_a_margin_is_chosen_where_it_helps() -> None:
    close = scored(None, (ANNE, 0.95), (ANNA, 0.94))
    answers = [close, scored(ANNA, (ANNA, 0.9), (ANNE, 0.2)), scored(ANNA, (ANNA, 0.8), (ANNE, 0.1))]
    chosen = choose(answers, 0.0)
    assert chosen.margin > 0.01
    assert [one.automatic for one in decided(answers, chosen)] == [False, True, True]


def test_what_lies_below_the_possible_is_unknown() -> None:
    by = Thresholds(sure=0.9, margin=0.0, possible=0.5)
    kinds = [one.kind for one in decided([scored(ANNA, (ANNA, 0.95)), scored(ANNA, (ANNA, 0.6)), scored(None)], by)]
    assert kinds == ["identified", "ambiguous", "unknown"]


@pytest.mark.parametrize("make", [Everyone, Fts5Trigrams])
def test_a_peer_finds_nearly_everybody(make: type[Peer]) -> None:
    register = build(3, 400, profile().population)
    queries = queries_of(3, 150, register, profile())
    peer = make()
    try:
        peer.load(register.people)
        answers = ask(peer, queries)
    finally:
        peer.close()
    registered = [one for one in answers if one.query.truth is not None]
    assert sum(one.found for one in registered) > 0.9 * len(registered)
    assert all(-0.01 <= score <= 1.01 for one in answers for _, score in one.candidates)
