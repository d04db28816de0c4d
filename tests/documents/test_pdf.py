"""PDFs that are no scans, and PDFs that are too much: refused, or drawn within bounds."""

import io

import pikepdf
import pytest
from PIL import Image, ImageDraw

from documents.pdf import MAX_DRAWN_PIXELS
from domain.document import CheckedPage, UploadedFile
from domain.errors import InvalidInput
from tests.intake import INTAKE


def pdf(pages: int = 1) -> bytes:
    drawn = []
    for number in range(pages):
        image = Image.new("RGB", (600, 800), "white")
        ImageDraw.Draw(image).ellipse((100, 100, 300 + 40 * number, 500), fill="navy")
        drawn.append(image)
    out = io.BytesIO()
    drawn[0].save(out, "PDF", save_all=True, append_images=drawn[1:], resolution=100)
    return out.getvalue()


def check(content: bytes) -> tuple[CheckedPage, ...]:
    return INTAKE.check([UploadedFile("pages[0]", content)])


def refused(content: bytes) -> str:
    with pytest.raises(InvalidInput) as caught:
        check(content)
    (issue,) = caught.value.issues
    assert issue.name == "pages[0]"
    return issue.detail


def test_a_pdf_page_as_large_as_a_wall_is_drawn_small() -> None:
    with pikepdf.new() as wall:
        wall.add_blank_page(page_size=(14_400, 14_400))
        out = io.BytesIO()
        wall.save(out)
    (page,) = check(out.getvalue())
    assert page.width * page.height <= MAX_DRAWN_PIXELS * 1.01
    assert page.reasons == ("blank",)


def test_a_scan_in_a_pdf_has_the_pixels_of_its_picture_and_a_drawing_250_an_inch() -> None:
    (scan,) = check(pdf())  # 600 by 800 at 100 dots an inch
    assert (scan.width, scan.height) == (600, 800)
    with pikepdf.open(io.BytesIO(pdf())) as document:
        document.pages[0].Rotate = 90
        out = io.BytesIO()
        document.save(out)
        (turned,) = check(out.getvalue())
        assert (turned.width, turned.height) == (800, 600)
        content = document.pages[0].Contents
        content.write(content.read_bytes() + b" 0 0 m 90 90 l S")
        out = io.BytesIO()
        document.save(out)
    (drawn,) = check(out.getvalue())
    assert (drawn.width, drawn.height) == (2000, 1500)


def test_a_pdf_page_with_a_picture_bomb() -> None:
    with pikepdf.open(io.BytesIO(pdf())) as document:
        (stream,) = document.pages[0].Resources.XObject.values()
        stream.Width, stream.Height = 60_000, 60_000
        out = io.BytesIO()
        document.save(out)
    assert refused(out.getvalue()) == "has more than 50 megapixels"


def changed(change: str, *, streams: bool = True) -> bytes:
    with pikepdf.open(io.BytesIO(pdf(2))) as document:
        if change == "open action":
            document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        elif change == "named script":
            tree = pikepdf.Dictionary(Names=["x", pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="1")])
            document.Root.Names = pikepdf.Dictionary(JavaScript=document.make_indirect(tree))
        elif change == "page action":
            document.pages[1].obj.AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="x.exe"))
        elif change == "embedded file":
            document.attachments["a.txt"] = b"content"
        elif change == "form":
            document.Root.AcroForm = pikepdf.Dictionary(XFA=document.make_stream(b"<xdp/>"), Fields=[])
        out = io.BytesIO()
        mode = pikepdf.ObjectStreamMode.generate if streams else pikepdf.ObjectStreamMode.disable
        document.save(out, object_stream_mode=mode, compress_streams=streams)
    return out.getvalue()


@pytest.mark.parametrize("streams", [True, False])
@pytest.mark.parametrize("change", ["open action", "named script", "page action", "embedded file", "form"])
def test_scripts_and_embedded_files_are_refused(change: str, streams: bool) -> None:  # noqa: FBT001 - pytest gives it by name
    assert refused(changed(change, streams=streams)) in ("has scripts or actions in it", "has files embedded in it")
    assert len(check(changed("", streams=streams))) == 2


@pytest.mark.parametrize("user", ["", "secret"])
def test_encrypted_is_refused(user: str) -> None:
    with pikepdf.open(io.BytesIO(pdf())) as document:
        out = io.BytesIO()
        document.save(out, encryption=pikepdf.Encryption(user=user, owner="owner"))
    assert refused(out.getvalue()) == "is protected by a password: print it to a new PDF, or send pictures of it"


def test_a_pdf_without_pages() -> None:
    with pikepdf.new() as empty:
        out = io.BytesIO()
        empty.save(out)
    assert refused(out.getvalue()) == "has no page"
