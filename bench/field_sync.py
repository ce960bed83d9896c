"""Fifty phones that come back on line at once: 10,000 answers with 500 photos against a running `duban serve`."""

import hashlib
import io
import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from bench.run import say, timed

PHONES, PLACES, ITEMS = 50, 10, 20
PHOTOS_A_PHONE, BATCH = 10, 100
SHARE = float(os.environ.get("BENCH_SYNC_SHARE", "1"))
"""Part of the phones that take part; the full number unless it is set."""
PATIENCE = 180.0
RAW = 10_000


@dataclass
class Round:
    """One phone with its round: who, with which key, which task, places and items."""

    token: str
    task: str
    places: list[str]
    items: list[str]
    device: str = field(default_factory=lambda: str(uuid.uuid4()))


@dataclass
class Tally:
    """What came of it."""

    applied: int = 0
    photos: int = 0
    errors: list[str] = field(default_factory=list)


def main() -> None:
    """Measure in a process of its own and print the result as the last line."""
    if os.environ["BENCH_ENGINE"] == "postgresql":
        from bench.postgres import start_server

        os.environ["DATABASE_URL"] = start_server()
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    print(json.dumps(measured(), ensure_ascii=False))


def measured() -> dict[str, str]:
    """Send everything, count what the database holds, insert as many rows by hand."""
    rounds = list(_rounds(max(1, round(PHONES * SHARE))))
    say(f"{len(rounds)} phones send {PLACES * ITEMS} answers each")
    seconds: list[float] = []
    with _Served() as address, ThreadPoolExecutor(len(rounds)) as pool, timed(seconds):
        tallies = list(pool.map(lambda one: _send(address, one), rounds))
    wanted = len(rounds) * PLACES * ITEMS
    errors = [error for tally in tallies for error in tally.errors]
    _hold(wanted, sum(tally.photos for tally in tallies), errors)
    raw: list[float] = []
    with timed(raw):
        _raw_insert()
    rate, plain = wanted / seconds[0], RAW / raw[0]
    return {
        "answers from phones": f"{wanted:,} in {seconds[0]:.1f} s",
        "photos with them": f"{sum(tally.photos for tally in tallies):,}",
        "errors": str(len(errors)),
        "rate": f"{rate:,.0f} answers/s",
        "rate / raw inserts": f"{rate / plain:.1%}",
    }


def _hold(wanted: int, photos: int, errors: list[str]) -> None:
    """The measurement is worth nothing if anything was lost: stop with what went wrong."""
    from duban.inspections.models import CheckPhoto, CheckResult
    from duban.platform.sync.models import Envelope

    kept = (CheckResult.objects.count(), CheckPhoto.objects.count(), Envelope.objects.exclude(stage="applied").count())
    if errors or kept != (wanted, photos, 0):
        raise RuntimeError(f"results, photos, unsettled: {kept}, wanted {wanted}, {photos}, 0; {errors[:3]}")


def _rounds(count: int) -> Iterator[Round]:
    from django.utils import timezone

    from bench.world import make_world
    from duban.inspections.models import InspectionTask
    from duban.kernel.actor import system_actor
    from duban.orgs.domain.roles import Role
    from duban.orgs.models import Person, RoleGrant
    from duban.platform.tokens.services import token_create

    world = make_world(0, line_count=count)
    today = timezone.localdate()
    for number, line in enumerate(world.lines):
        person = Person.objects.create(username=f"phone{number}", name=f"检查员{number}", password="!")  # noqa: S106 - unusable
        RoleGrant.objects.create(person=person, unit=world.root, role=Role.QUALITY_INSPECTOR, from_on=date(2020, 1, 1))
        _, secret = token_create(actor=system_actor(world.root.path), person=person, name="phone")
        places = _places(line.estate_id, number)
        task = InspectionTask.objects.create(line=line, planned_on=today, due_on=today + timedelta(days=1), kind="extra")
        task.places.set(places)
        task.inspectors.set([person])
        yield Round(secret, task.code, [place.tag for place in places], [item.key for item in world.items])


def _places(estate: int, number: int) -> list[Any]:
    from duban.estates.models import Place

    rows = [Place(estate_id=estate, kind="building", name=f"{number}-{n} 栋", tag=f"B{number:03}{n:03}") for n in range(PLACES)]
    for place in Place.objects.bulk_create(rows):
        place.path = f"/{place.pk}/"
    Place.objects.bulk_update(rows, ["path"])
    return rows


class _Served:
    """`duban serve` with its worker, on a port of its own."""

    def __enter__(self) -> str:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [sys.executable, "-m", "duban", "serve", "--port", str(port), "--web-threads", "16"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        address, patience = f"http://127.0.0.1:{port}", time.monotonic() + PATIENCE
        while time.monotonic() < patience:
            try:
                with urllib.request.urlopen(f"{address}/healthz", timeout=5):  # noqa: S310 - our own address
                    return address
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        raise RuntimeError("`duban serve` did not answer")

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(60)


def _send(address: str, one: Round) -> Tally:
    """Photos first, as a phone does; then the answers in batches, then the end of the round."""
    tally, photos = Tally(), [_photo(address, one, number) for number in range(PHOTOS_A_PHONE)]
    tally.photos = len(photos)
    envelopes = list(_envelopes(one, photos))
    for start in range(0, len(envelopes), BATCH):
        body = {"device": one.device, "sent_at": _now(), "envelopes": envelopes[start : start + BATCH]}
        answer = _asked("POST", f"{address}/api/v1/field/envelopes", one.token, json.dumps(body).encode(), "application/json")
        for result in answer["results"]:
            if result["state"] == "applied":
                tally.applied += 1
            else:
                tally.errors.append(json.dumps(result, ensure_ascii=False))
    return tally


def _envelopes(one: Round, photos: list[str]) -> Iterator[dict[str, Any]]:
    for number, (place, item) in enumerate((place, item) for place in one.places for item in one.items):
        with_photo = number % (PLACES * ITEMS // PHOTOS_A_PHONE) == 0
        shot = {"sha256": photos[number * PHOTOS_A_PHONE // (PLACES * ITEMS)], "taken_at": _now(), "source": "camera"}
        said = {"task": one.task, "place": place, "item": item, "verdict": "fail" if with_photo else "pass", "at": _now()}
        yield _sealed("answer", {**said, "severity": "minor" if with_photo else None, "photos": [shot] if with_photo else []})
    yield _sealed("finish", {"task": one.task, "at": _now(), "answered": PLACES * ITEMS, "skipped": 0})


def _sealed(kind: str, said: dict[str, Any]) -> dict[str, Any]:
    from duban.platform.sync.canonical import canonical, digest

    sha256 = digest(canonical(said) or "")
    return {
        "id": str(uuid.uuid4()),
        "kind": f"inspections.{kind}",
        "version": 1,
        "captured_at": _now(),
        "payload": said,
        "sha256": sha256,
    }


def _photo(address: str, one: Round, number: int) -> str:
    """A photo of about 60 kB that nobody sent before; its hash."""
    from PIL import Image

    noise = Image.frombytes("RGB", (160, 120), secrets.token_bytes(160 * 120 * 3)).resize((640, 480))
    stream = io.BytesIO()
    noise.save(stream, "JPEG", quality=60 + number)
    content = stream.getvalue()
    sha256 = hashlib.sha256(content).hexdigest()
    place = f"{address}/api/v1/field/files/{sha256}?offset=0&size={len(content)}"
    answer = _asked("PUT", place, one.token, content, "application/octet-stream")
    if not answer["is_complete"]:
        raise RuntimeError(f"a photo did not arrive: {answer}")
    return sha256


def _asked(method: str, url: str, token: str, body: bytes, kind: str) -> Any:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": kind}
    request = urllib.request.Request(url, data=body, headers=headers, method=method)  # noqa: S310 - our own address
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 - our own address
            return json.loads(answer.read())
    except urllib.error.HTTPError as error:
        raise RuntimeError(f"{method} {url}: {error.code} {error.read()[:400]!r}") from error


def _now() -> str:
    return datetime.now().astimezone().isoformat()


def _raw_insert() -> None:
    """The yardstick: plain rows of the same table in one transaction."""
    from django.db import connection, transaction

    from duban.inspections.models import CheckResult

    fields = [one for one in CheckResult._meta.concrete_fields if one.attname not in {"id", "client_id"}]
    model = CheckResult.objects.order_by("pk").values(*(one.attname for one in fields))[0]
    quoted = ", ".join(connection.ops.quote_name(str(one.column)) for one in fields)
    statement = f"INSERT INTO inspections_checkresult ({quoted}) VALUES ({', '.join(['%s'] * len(fields))})"
    row = [one.get_db_prep_save(model[one.attname], connection) for one in fields]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(statement, [row] * RAW)


if __name__ == "__main__":
    main()
