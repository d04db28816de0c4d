"""Pages at rest: encrypted, bound to their place, gone with a key; the store of keys on every database."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from obstore.store import MemoryStore

from documents.blobs import ObjectBlobs
from documents.keyring import KeyRing, new_line
from documents.keystore import KeyStore
from documents.sealed import ALL_SEALED, MARK, SealedBlobs
from domain.errors import BlobStoreUnavailable, KeyStoreUnavailable, NotFound
from runtime.database import make_engine
from tests.postgres import PostgresServer

PAGE = b"\xff\xd8\xff\xe0 a page of somebody, as a JPEG " * 20
KEY = "requests/r-1/page-1"


def ring(*seeds: int) -> KeyRing:
    return KeyRing([bytes([seed]) * 32 for seed in seeds])


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'keys.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    with server.database() as made:
        yield made


Open = Callable[[KeyRing], KeyStore]


@pytest.fixture
def opened(url: str) -> Iterator[Open]:
    stores = []

    def open_(keys: KeyRing) -> KeyStore:
        stores.append(KeyStore(make_engine(url, pool=8), lambda: keys))
        return stores[-1]

    yield open_
    for store in stores:
        store.close()


@pytest.fixture
def blobs(opened: Open) -> SealedBlobs:
    made = SealedBlobs(ObjectBlobs(MemoryStore()), opened(ring(1)))
    made.seal_all()
    return made


def test_what_is_kept_tells_nothing_and_what_is_got_is_what_was_put(blobs: SealedBlobs) -> None:
    blobs.put(KEY, PAGE)
    kept = blobs.kept.get(KEY)
    assert kept.startswith(MARK)
    assert not any(PAGE[at : at + 6] in kept for at in range(len(PAGE) - 6))
    assert blobs.get(KEY) == PAGE
    blobs.put("requests/r-1/page-2", PAGE)
    assert blobs.kept.get("requests/r-1/page-2")[-40:] != kept[-40:]
    blobs.check()


def test_a_page_in_another_ones_place_is_none(blobs: SealedBlobs) -> None:
    blobs.put(KEY, PAGE)
    for other in ("requests/r-1/page-2", "requests/r-2/page-1"):
        blobs.put(other, b"something else")
        blobs.kept.put(other, blobs.kept.get(KEY))
        with pytest.raises(BlobStoreUnavailable):
            blobs.get(other)


@pytest.mark.parametrize("change", [lambda c: c[:-1], lambda c: c[:-1] + b"\0", lambda c: c[: len(MARK) + 3]])
def test_a_page_that_was_touched_is_none(blobs: SealedBlobs, change: Callable[[bytes], bytes]) -> None:
    blobs.put(KEY, PAGE)
    blobs.kept.put(KEY, change(blobs.kept.get(KEY)))
    with pytest.raises(BlobStoreUnavailable):
        blobs.get(KEY)
    blobs.kept.put(KEY, PAGE)
    with pytest.raises(BlobStoreUnavailable):
        blobs.get(KEY)


def test_erasing_makes_all_pages_unreadable_those_of_a_backup_too(blobs: SealedBlobs) -> None:
    blobs.put(KEY, PAGE)
    blobs.put("requests/r-1/page-2", PAGE)
    blobs.put("requests/r-10/page-1", b"of another")
    backup = blobs.kept.get(KEY)
    blobs.erase("r-1")
    assert list(blobs.kept.listed()) == ["requests/r-10/page-1"]
    blobs.kept.put(KEY, backup)
    for _ in range(2):
        with pytest.raises(NotFound):
            blobs.get(KEY)
        blobs.erase("r-1")
        blobs.kept.put(KEY, backup)
    with pytest.raises(NotFound):
        blobs.put(KEY, PAGE)
    assert blobs.get("requests/r-10/page-1") == b"of another"


def test_of_an_erased_key_nothing_is_left_in_the_files(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'keys.db'}")
    keys = KeyStore(engine, lambda: ring(1))
    keys.made_key("r-2")
    keys.made_key("r-1")
    with engine.connect() as connection:
        wrapped = connection.exec_driver_sql("SELECT wrapped FROM request_keys WHERE request_id = 'r-1'").scalar_one()

    def found() -> list[str]:
        return [path.name for path in tmp_path.iterdir() if wrapped[12:40] in path.read_bytes()]

    assert found()
    keys.erase("r-1")
    assert found() == []
    assert keys.key("r-2")
    keys.close()


def test_a_key_store_that_was_lost_is_said_and_does_not_look_like_an_erasure(
    blobs: SealedBlobs, tmp_path: Path
) -> None:
    blobs.put(KEY, PAGE)
    empty = KeyStore(make_engine(f"sqlite:///{tmp_path / 'other.db'}"), lambda: ring(1))
    with pytest.raises(KeyStoreUnavailable):
        SealedBlobs(blobs.kept, empty).get(KEY)
    empty.close()
    broken = tmp_path / "broken.db"
    broken.write_text("no database at all, and longer than a header must be " * 40)
    unusable = KeyStore(make_engine(f"sqlite:///{broken}"), lambda: ring(1))
    calls: list[Callable[[], object]] = [
        lambda: unusable.key("r"),
        lambda: unusable.made_key("r"),
        lambda: unusable.erase("r"),
        unusable.check,
    ]
    for call in calls:
        with pytest.raises(KeyStoreUnavailable):
            call()
    unusable.close()


def test_a_new_key_takes_the_place_of_the_old_one(opened: Open) -> None:
    kept = ObjectBlobs(MemoryStore())
    SealedBlobs(kept, opened(ring(1))).put(KEY, PAGE)
    both = opened(ring(2, 1))
    assert SealedBlobs(kept, both).get(KEY) == PAGE
    both.made_key("r-2")
    both.erase("r-3")
    assert both.held().wrapped_by == {ring(1).current: 1, ring(2).current: 1}
    told: list[tuple[int, int]] = []
    assert both.rewrap(lambda done, of: told.append((done, of))) == 1
    assert (told, both.rewrap()) == ([(1, 1)], 0)
    assert SealedBlobs(kept, opened(ring(2))).get(KEY) == PAGE
    with pytest.raises(KeyStoreUnavailable):
        SealedBlobs(kept, opened(ring(1))).get(KEY)
    held = both.held()
    assert (sorted(held.kept), sorted(held.erased)) == (["r-1", "r-2"], ["r-3"])


def test_a_key_opens_for_its_own_request_alone(opened: Open, url: str) -> None:
    keys = opened(ring(1))
    assert keys.made_key("r-1") != keys.made_key("r-2")
    engine = make_engine(url)
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        connection.exec_driver_sql(
            "UPDATE request_keys SET wrapped = (SELECT wrapped FROM request_keys WHERE request_id = 'r-1')"
        )
    engine.dispose()
    assert keys.key("r-1")
    with pytest.raises(KeyStoreUnavailable):
        keys.key("r-2")


def test_two_uploads_at_one_moment_make_one_key(opened: Open) -> None:
    stores = [opened(ring(1)) for _ in range(4)]
    ready = threading.Barrier(len(stores))
    found: list[bytes] = []

    def make(store: KeyStore) -> None:
        ready.wait()
        found.append(store.made_key("r-1"))

    threads = [threading.Thread(target=make, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(found) == 4
    assert len(set(found)) == 1


def test_pages_from_before_are_read_and_then_encrypted(opened: Open) -> None:
    kept = ObjectBlobs(MemoryStore())
    kept.put(KEY, PAGE)
    kept.put("requests/r-2/page-1", PAGE)
    kept.put("requests/r-3/page-1", PAGE)
    blobs = SealedBlobs(kept, opened(ring(1)))
    assert blobs.get(KEY) == PAGE
    blobs.put(KEY, PAGE)
    blobs.erase("r-3")
    assert (blobs.seal_all(), blobs.seal_all()) == (1, 0)
    assert blobs.keys.done(ALL_SEALED)
    assert blobs.get("requests/r-2/page-1") == PAGE
    assert all(kept.get(key).startswith(MARK) for key in kept.listed())


def test_the_file_of_keys(tmp_path: Path) -> None:
    path = tmp_path / "kek"
    first, second = new_line(), new_line()
    path.write_text(f"# the newest first\n{first}\n\n  {second}  \n")
    read = KeyRing.read(path)
    assert len(read.names) == 2
    assert read.current == KeyRing.read(_written(tmp_path / "one", first)).current
    for wrong in ("", "# nothing\n", "not base64!\n", first[:-8] + "\n", "é\n"):
        with pytest.raises(ValueError, match="key"):
            KeyRing.read(_written(path, wrong))
    with pytest.raises(OSError, match="No such file"):
        KeyRing.read(tmp_path / "none")


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path
