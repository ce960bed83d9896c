import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from duban.estates.models import Estate
from duban.kernel.errors import Invalid, NotFound
from duban.platform.audit.models import AuditEntry
from duban.platform.files import bands
from duban.platform.files.bands import Band, with_band
from duban.platform.files.display import open_display
from duban.platform.files.models import Attachment, StoredFile
from duban.platform.files.selectors import (
    attachment_url,
    attachment_views,
    attachments_of,
    attachments_of_many,
    file_url,
    photos_of,
    readable_size,
    resolve_reference,
)
from duban.platform.files.services import attach, attach_uploads, store_file
from duban.platform.files.sniffing import FileKind
from duban.platform.files.storage import file_store, is_writable, original_key


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def picture(size=(40, 20), *, kind="JPEG", colour="red", exif=None):
    target = io.BytesIO()
    Image.new("RGB", size, colour).save(target, kind, **({"exif": exif} if exif else {}))
    return target.getvalue()


def package(*names):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return target.getvalue()


def status_of(client, address):
    return read(client.get(address)).status_code


def read(response):
    """Read the file to its end, which closes it in the way the test client means it."""
    response.read_bytes = b"".join(response) if response.streaming else b""
    return response


def kept(tmp_path):
    return sorted(path.name for path in tmp_path.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (picture(), "a.jpg", "image/jpeg"),
        (picture(kind="PNG"), "a.png", "image/png"),
        (picture(kind="WEBP"), "a.webp", "image/webp"),
        (picture(kind="PNG"), "lies.jpg", "image/png"),
        (b"%PDF-1.7\n1 0 obj\n", "a.pdf", "application/pdf"),
        (package("xl/workbook.xml"), "a.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (package("word/document.xml"), "a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (package("photos/1.jpg"), "a.zip", "application/zip"),
        ("项目,得分\n甲,80\n".encode(), "a.csv", "text/csv"),
        ("项目,得分\n甲,80\n".encode("gb18030"), "a.CSV", "text/csv"),
    ],
)
def test_file_is_told_by_its_content(world, actor, content, name, media_type):
    stored = store_file(actor=actor("finance"), source=content, name=name)
    assert (stored.media_type, stored.size) == (media_type, len(content))
    with file_store().open(original_key(stored.sha256)) as kept_file:
        assert kept_file.read() == content


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty.jpg"),
        (b"<html><script>alert(1)</script>", "page.html"),
        (b"MZ\x90\x00\x03", "tool.exe"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg"),
        (picture()[:300], "cut.jpg"),
        (b"PK\x03\x04broken", "broken.zip"),
        (b"a\x00b", "binary.csv"),
    ],
)
def test_bad_file_is_refused_and_leaves_nothing(world, actor, tmp_path, content, name):
    with pytest.raises(Invalid) as refused:
        store_file(actor=actor("finance"), source=content, name=name)
    assert [error.field for error in refused.value.errors] == ["file"]
    assert (StoredFile.objects.count(), kept(tmp_path)) == (0, [])


def test_file_above_the_limit_is_refused(world, actor, tmp_path):
    with pytest.raises(Invalid):
        store_file(actor=actor("finance"), source=picture(), name="a.jpg", limit=100)
    assert kept(tmp_path) == []


def test_picture_with_too_many_pixels_is_refused(world, actor, monkeypatch):
    monkeypatch.setattr("duban.platform.files.sniffing.MOST_PIXELS", 100)
    with pytest.raises(Invalid):
        store_file(actor=actor("finance"), source=picture(), name="a.jpg")


def test_kind_not_asked_for_is_refused(world, actor):
    with pytest.raises(Invalid):
        store_file(actor=actor("finance"), source=b"%PDF-1.7\n", name="a.pdf", kinds=(FileKind.IMAGE,))


def test_same_bytes_are_kept_once(world, actor, tmp_path):
    source = tmp_path / "source.jpg"
    source.write_bytes(picture())
    first = store_file(actor=actor("finance"), source=source)
    second = store_file(actor=actor("finance"), source=SimpleUploadedFile("b.jpg", picture()))
    assert first == second
    assert (first.width, first.height) == (40, 20)
    assert kept(tmp_path) == sorted([first.sha256, "source.jpg"])


def test_display_copy_is_small_upright_and_without_exif(world, actor):
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "camera"
    stored = store_file(actor=actor("finance"), source=picture((2000, 1000), exif=exif), name="a.jpg")
    with open_display(stored, "thumb") as copy, Image.open(copy) as shown:
        assert (shown.size, dict(shown.getexif())) == ((160, 320), {})
    with open_display(stored, "display") as copy, Image.open(copy) as shown:
        assert shown.size == (800, 1600)


def test_attach_enters_the_trail(world, actor):
    stored = store_file(actor=actor("finance"), source=picture(), name="a.jpg")
    attachment = attach(actor=actor("finance"), target=world.ours.estate, file=stored, name="门口.jpg")
    assert list(attachments_of(world.ours.estate)) == [attachment]
    assert attachments_of_many(Estate, [world.ours.estate.pk, world.ours.estate_two.pk]) == {
        world.ours.estate.pk: [attachment],
        world.ours.estate_two.pk: [],
    }
    assert list(AuditEntry.objects.about(world.ours.estate).values_list("action", flat=True)) == ["attach"]


def test_uploads_are_attached_all_or_none(world, actor):
    uploads = [SimpleUploadedFile("a.jpg", picture()), SimpleUploadedFile("b.exe", b"MZ\x90")]
    with pytest.raises(Invalid):
        attach_uploads(actor=actor("finance"), target=world.ours.estate, uploads=uploads)
    assert Attachment.objects.count() == 0
    made = attach_uploads(actor=actor("finance"), target=world.ours.estate, uploads=[SimpleUploadedFile("c.jpg", picture())])
    assert [(view.name, view.size) for view in attachment_views(made)] == [("c.jpg", "1 KB")]


@pytest.fixture
def hung(world, actor):
    stored = store_file(actor=actor("finance"), source=picture(), name="a.jpg")
    return attach(actor=actor("finance"), target=world.ours.estate, file=stored, name="门口.jpg")


@pytest.mark.parametrize(
    ("role", "status"),
    [("finance", 200), ("estate_manager", 200), ("vendor_manager", 404), ("their finance", 404), ("stranger", 404)],
)
def test_file_is_shown_to_who_sees_its_record(client_as, hung, role, status):
    assert status_of(client_as(role), attachment_url(hung)) == status
    assert status_of(client_as(role), attachment_url(hung, variant="thumb")) == status


def test_file_is_private_without_sign_in(client, hung):
    response = client.get(attachment_url(hung))
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_picture_is_shown_and_never_run(client_as, hung):
    response = read(client_as("finance").get(attachment_url(hung)))
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Content-Disposition"].startswith("inline")
    assert response.read_bytes == picture()


def test_other_file_is_a_download(client_as, world, actor):
    stored = store_file(actor=actor("finance"), source=b"%PDF-1.7\n", name="a.pdf")
    response = read(client_as("finance").get(file_url(world.ours.estate, stored, name="合同.pdf")))
    assert response["Content-Disposition"].startswith("attachment")
    assert client_as("finance").get(file_url(world.ours.estate, stored, variant="thumb")).status_code == 404


def test_altered_reference_finds_nothing(client_as, hung, actor):
    assert client_as("finance").get("/files/x" + attachment_url(hung)[7:]).status_code == 404
    assert client_as("finance").get(attachment_url(hung) + "huge/").status_code == 404
    with pytest.raises(NotFound):
        resolve_reference(actor("finance"), "nonsense")


def test_lost_bytes_are_not_found(client_as, hung, tmp_path):
    (tmp_path / original_key(hung.file.sha256)).unlink()
    assert client_as("finance").get(attachment_url(hung)).status_code == 404


def test_photos_are_pictures_only(world, actor, hung):
    document = store_file(actor=actor("finance"), source=b"%PDF-1.7\n", name="a.pdf")
    photos = photos_of(world.ours.estate, [hung.file, document], caption="门口")
    assert [photo.caption for photo in photos] == ["门口"]
    assert str(hung.file) == hung.file.sha256[:12]
    assert str(hung) == "门口.jpg"


def test_sizes_are_readable():
    assert [readable_size(size) for size in (0, 900, 839_680, 2_516_583)] == ["1 KB", "1 KB", "820 KB", "2.4 MB"]


def test_storage_is_writable(settings, tmp_path):
    assert is_writable()
    (tmp_path / "blocked").write_text("")
    settings.MEDIA_ROOT = tmp_path / "blocked"
    assert not is_writable()


def brightness(shown, box):
    return sum(shown.convert("L").crop(box).histogram()[200:])


@pytest.mark.parametrize("size", [(1600, 1200), (900, 1600), (320, 240), (30, 20)])
@pytest.mark.parametrize("has_font", [True, False])
def test_time_and_place_stand_on_the_edge_of_the_copy(monkeypatch, tmp_path, size, has_font):
    if not has_font:
        monkeypatch.setattr(bands, "FONT", tmp_path / "none.ttf")
    plain = Image.new("RGB", size, (90, 90, 90))
    shown = with_band(plain, Band("2026-11-26 14:30", "甲花园 · 大堂 · HALL · 31.23040, 121.47370"))
    assert (shown.size, shown.getpixel((0, 0)), plain.getpixel((size[0] - 1, size[1] - 1))) == (
        size,
        (90, 90, 90),
        (90, 90, 90),
    )
    red, green, blue = shown.getpixel((size[0] - 1, size[1] - 1))
    assert max(red, green, blue) < 60
    assert size[0] < 100 or brightness(shown, (0, size[1] // 2, *size)) > 20


def test_without_the_chinese_font_only_digits_and_codes_are_written(monkeypatch, tmp_path):
    wide = Image.new("RGB", (800, 600), (90, 90, 90))
    monkeypatch.setattr(bands, "FONT", tmp_path / "none.ttf")
    with_name, without = (with_band(wide, Band("2026-11-26", where)) for where in ("大堂 HALL", "HALL"))
    assert with_name.tobytes() == without.tobytes()


def test_a_copy_with_a_band_lies_beside_the_plain_one_and_the_original_stays(client_as, world, actor, tmp_path):
    content = picture((640, 480))
    stored = store_file(actor=actor("finance"), source=content)
    [plain] = photos_of(world.ours.estate, [stored])
    band = Band("2026-11-26 14:30", "大堂")
    [banded] = photos_of(world.ours.estate, [stored], bands={stored.sha256: band, "other": Band("x")})
    client = client_as("finance")
    first, second, again = (read(client.get(address)).read_bytes for address in (plain.url, banded.url, banded.url))
    assert (first != second, second == again) == (True, True)
    with Image.open(io.BytesIO(second)) as shown:
        assert (shown.size, max(shown.getpixel((639, 479))) < 120, dict(shown.getexif())) == ((640, 480), True, {})
    with file_store().open(original_key(stored.sha256)) as original:
        assert original.read() == content
    assert Band("x").key != Band("y").key != Band("y", "z").key
    assert client_as("stranger").get(banded.url).status_code == 404
