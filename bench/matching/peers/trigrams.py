"""pg_trgm on PostgreSQL: candidates by similar names and by birth date, then the rapidfuzz scorer."""

from __future__ import annotations

from collections.abc import Sequence

import psycopg

from bench.matching.peers.peer import Candidates
from bench.matching.peers.scorer import Known, known, ranked
from domain.identification import RegisteredPerson, StatedPerson

#: What the plain query does: names that are similar, the most similar ones first.
PLAIN = """
    SELECT id FROM people WHERE name % %(name)s ORDER BY similarity(name, %(name)s) DESC LIMIT 50
"""
_OF_DATE = """
    SELECT id FROM people WHERE born = %(born)s ORDER BY similarity(name, %(name)s) DESC LIMIT 30
"""
_SIMILAR = 0.4


class PgTrgm:
    """`pg_trgm` with a GIN index and a birth-date index."""

    name = "pg_trgm + rapidfuzz"

    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(url, autocommit=True)
        self._people: list[Known] = []

    def load(self, people: Sequence[RegisteredPerson]) -> None:
        """COPY, index, ANALYZE."""
        self._people = [known(person) for person in people]
        run = self._connection.execute
        run("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        run("DROP TABLE IF EXISTS people")
        run("CREATE TABLE people (id integer PRIMARY KEY, name text NOT NULL, born text NOT NULL)")
        with self._connection.cursor().copy("COPY people FROM STDIN") as copy:
            for place, person in enumerate(self._people):
                copy.write_row((place, person.name, str(person.born)))
        run("SET maintenance_work_mem = '256MB'")
        run("CREATE INDEX ON people USING gin (name gin_trgm_ops)")
        run("CREATE INDEX ON people (born)")
        run("VACUUM ANALYZE people")
        run(f"SET pg_trgm.similarity_threshold = {_SIMILAR}")

    def plain(self, stated: StatedPerson) -> list[int]:
        """The plain pg_trgm query, nothing else."""
        return self._ids(PLAIN, known(stated))

    def candidates(self, stated: StatedPerson) -> Candidates:
        """Both queries, scored."""
        asked = known(stated)
        places = dict.fromkeys([*self._ids(PLAIN, asked), *self._ids(_OF_DATE, asked)])
        return ranked(asked, [self._people[place] for place in places])

    def _ids(self, query: str, asked: Known) -> list[int]:
        # The operator % of pg_trgm is doubled for psycopg.
        text = query.replace("name % ", "name %% ")
        values = {"name": asked.name, "born": str(asked.born)}
        return [row[0] for row in self._connection.execute(text, values, prepare=True)]

    def close(self) -> None:
        """Leave the database."""
        self._connection.close()
