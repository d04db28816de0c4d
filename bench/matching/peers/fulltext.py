"""SQLite FTS5 with its trigram tokenizer: candidates by bm25 and by birth date, then the rapidfuzz scorer."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.matching.peers.peer import Candidates
from bench.matching.peers.scorer import Known, known, ranked
from domain.identification import RegisteredPerson, StatedPerson


class Fts5Trigrams:
    """An FTS5 table beside an indexed one."""

    name = "SQLite FTS5 trigram + rapidfuzz"

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="niss-bench-")
        self._connection = sqlite3.connect(Path(self._folder.name) / "peer.db")
        self._people: list[Known] = []

    def load(self, people: Sequence[RegisteredPerson]) -> None:
        """Fill both tables."""
        self._people = [known(person) for person in people]
        run = self._connection.execute
        run("PRAGMA synchronous = OFF")
        run("CREATE VIRTUAL TABLE names USING fts5(name, tokenize = 'trigram', content = '', columnsize = 0)")
        run("CREATE TABLE people (id INTEGER PRIMARY KEY, born TEXT NOT NULL)")
        names = ((place, person.name) for place, person in enumerate(self._people))
        self._connection.executemany("INSERT INTO names (rowid, name) VALUES (?, ?)", names)
        dates = ((place, str(person.born)) for place, person in enumerate(self._people))
        self._connection.executemany("INSERT INTO people VALUES (?, ?)", dates)
        run("CREATE INDEX people_born ON people (born)")
        run("ANALYZE")
        self._connection.commit()

    def candidates(self, stated: StatedPerson) -> Candidates:
        """Names that share trigrams, and everybody of the date."""
        asked = known(stated)
        name = asked.name
        grams = dict.fromkeys(name[at : at + 3].replace('"', " ") for at in range(len(name) - 2))
        places: dict[int, None] = {}
        if grams:
            match = " OR ".join(f'"{gram}"' for gram in grams)
            query = "SELECT rowid FROM names WHERE names MATCH ? ORDER BY rank LIMIT 50"
            places.update(dict.fromkeys(row[0] for row in self._connection.execute(query, (match,))))
        dated = self._connection.execute("SELECT id FROM people WHERE born = ? LIMIT 1000", (str(asked.born),))
        places.update(dict.fromkeys(row[0] for row in dated))
        return ranked(asked, (self._people[place] for place in places))

    def close(self) -> None:
        """Forget the file."""
        self._connection.close()
        self._folder.cleanup()
