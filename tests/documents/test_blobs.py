"""One contract, every adapter of the blob store."""

from pathlib import Path

import pytest
from obstore.store import MemoryStore

from documents.blobs import ObjectBlobs
from domain.errors import BlobStoreUnavailable, NotFound
from domain.ports import BlobStore

KEY = "requests/r-1/page-1"


@pytest.fixture(params=["folder", "memory"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> BlobStore:
    if request.param == "memory":
        return ObjectBlobs(MemoryStore())
    return ObjectBlobs(f"file://{tmp_path}/a folder/blobs")


def test_what_is_put_is_got(blobs: BlobStore) -> None:
    blobs.put(KEY, b"one")
    blobs.put("requests/r-1/page-2", b"")
    assert blobs.get(KEY) == b"one"
    assert blobs.get("requests/r-1/page-2") == b""


def test_put_again_replaces(blobs: BlobStore) -> None:
    blobs.put(KEY, b"one")
    blobs.put(KEY, b"two, longer")
    assert blobs.get(KEY) == b"two, longer"


def test_what_is_not_there_is_not_found_and_not_named(blobs: BlobStore) -> None:
    with pytest.raises(NotFound) as caught:
        blobs.get(KEY)
    assert "page-1" not in str(caught.value)


def test_delete_forgets_and_forgives(blobs: BlobStore) -> None:
    blobs.put(KEY, b"one")
    blobs.put("requests/r-2/page-1", b"other")
    blobs.delete(["requests/r-1/never", KEY, KEY])
    blobs.delete([])
    with pytest.raises(NotFound):
        blobs.get(KEY)
    assert blobs.get("requests/r-2/page-1") == b"other"


def test_a_key_cannot_leave_the_store(blobs: BlobStore) -> None:
    with pytest.raises(BlobStoreUnavailable):
        blobs.get("../../etc/passwd")


def test_check_leaves_nothing_and_is_quiet(blobs: BlobStore) -> None:
    blobs.check()
    with pytest.raises(NotFound):
        blobs.get("probe")


def test_a_folder_that_is_lost(tmp_path: Path) -> None:
    blobs = ObjectBlobs(f"file://{tmp_path}/blobs")
    (tmp_path / "blobs").rmdir()
    (tmp_path / "blobs").write_text("a file now")
    with pytest.raises(BlobStoreUnavailable):
        blobs.check()
    with pytest.raises(BlobStoreUnavailable):
        blobs.put(KEY, b"one")


def test_a_url_that_is_none() -> None:
    with pytest.raises(ValueError, match="file://"):
        ObjectBlobs("just/a/folder")


def test_a_bucket_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "x")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
    monkeypatch.setenv("AWS_REGION", "eu-west-1")
    blobs = ObjectBlobs("s3://bucket/prefix")
    with pytest.raises(BlobStoreUnavailable):
        blobs.get(KEY)
