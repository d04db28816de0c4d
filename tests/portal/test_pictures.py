"""docs/pictures has every page at both widths, and nothing that is no page any more."""

from __future__ import annotations

from collections import defaultdict
from urllib.parse import urlsplit

import pytest
from PIL import Image

from demo import desk_pictures, portal_shots
from demo.portal_pictures import FOLDERS, WIDTHS
from demo.portal_shots import Shot
from tests.api.desk import Desk
from tests.portal.test_tours import NO_PAGES, opened, route_of

PORTAL: tuple[Shot, ...] = (*portal_shots.SHOTS, portal_shots.CORRECTION, portal_shots.WAITING)
SHOTS = {"portal": PORTAL, "desk": desk_pictures.SHOTS}


async def test_every_page_of_the_route_table_has_a_picture(desk: Desk) -> None:
    routes = opened(desk)
    anything: defaultdict[str, str] = defaultdict(lambda: "x")
    seen = {
        portal_shots.ENDS.get(name) or urlsplit(path.format_map(anything)).path
        for shots in SHOTS.values()
        for name, path, _ in shots
    }
    assert set(routes) - {route_of(path, routes) for path in seen} == set(NO_PAGES)


@pytest.mark.parametrize("folder", SHOTS)
def test_each_is_there_at_both_widths_and_no_other(folder: str) -> None:
    wanted = {f"{name}-{width}.png" for name, _, _ in SHOTS[folder] for width in WIDTHS}
    printed = {"all-data-printed.png"} if folder == "portal" else set()
    assert {file.name for file in FOLDERS[folder].iterdir()} == wanted | printed
    for width in WIDTHS:
        for name, _, _ in SHOTS[folder]:
            with Image.open(FOLDERS[folder] / f"{name}-{width}.png") as picture:
                assert picture.width == width, name
