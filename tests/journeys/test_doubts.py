"""Doubtful answers from a phone: kept, shown with their figures, let count or not by a person; points and money follow."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from duban.platform.sync.canonical import canonical, digest
from tests.journeys.ground import counted, made_task
from tests.journeys.installation import Installation
from tests.journeys.phone import photo
from tests.journeys.sides import arrive, sides
from tests.journeys.visitor import Visitor

Visit = Callable[..., Visitor]
QUEUE = "/trust/"
FAR_KM = "1.8"
"""Degrees of latitude: two hundred kilometres."""
SAID = {
    "zh-hans": {
        "code": "所扫的码属于另一地点",
        "twin": "64 位特征仅差 0 位",
        "waits": "暂不计入",
        "counts": "计入考核分和结算。",
        "refused": "不计入：经人工复核不采信。",
        "accept": "采信",
        "refuse": "不采信",
    },
    "en": {
        "code": "The scanned code belongs to another place.",
        "twin": "0 of 64 bits differ",
        "waits": "Does not count yet",
        "counts": "Counts for score and money.",
        "refused": "Does not count: somebody has looked at it",
        "accept": "Let it count",
        "refuse": "Do not count it",
    },
}


@dataclass
class Sender:
    """An inspector's phone as the server sees it: a signed-in session that sends envelopes and files."""

    visitor: Visitor
    task: Mapping[str, Any]
    begun: datetime = field(default_factory=lambda: datetime.now(UTC) - timedelta(minutes=30))

    def __post_init__(self) -> None:
        pack = self.visitor.page.request.get("/api/v1/field/pack").json()
        self.places = {place["tag"]: place for place in pack["places"]}

    @property
    def headers(self) -> dict[str, str]:
        cookies = {cookie.get("name"): cookie.get("value", "") for cookie in self.visitor.context.cookies()}
        return {"X-CSRFToken": cookies["csrftoken"]}

    def upload(self, content: bytes) -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        address = f"/api/v1/field/files/{sha256}?offset=0&size={len(content)}&type=image/jpeg"
        headers = {**self.headers, "Content-Type": "application/octet-stream"}
        answer = self.visitor.page.request.put(address, data=content, headers=headers)
        assert answer.json()["is_complete"], answer.text()
        return sha256

    def envelope(self, kind: str, minute: int, place: str, **said: object) -> dict[str, Any]:
        at = (self.begun + timedelta(minutes=minute)).isoformat()
        stands = self.places[place]
        here = {"lat": stands["lat"], "lon": stands["lon"], "accuracy": 8}
        payload = {"task": self.task["task"], "place": place, "at": at, "position": here, **said}
        return {
            "id": str(uuid4()),
            "kind": f"inspections.{kind}",
            "version": 1,
            "captured_at": at,
            "payload": payload,
            "sha256": digest(canonical(payload) or ""),
        }

    def send(self, *envelopes: dict[str, Any]) -> list[str]:
        """Hand them in; the codes of what they became."""
        sent = {"device": str(uuid4()), "sent_at": datetime.now(UTC).isoformat(), "envelopes": envelopes}
        answer = self.visitor.page.request.post("/api/v1/field/envelopes", data=sent, headers=self.headers)
        results = answer.json()["results"]
        assert [result["state"] for result in results] == ["applied"] * len(envelopes), answer.text()
        return [result["record"] for result in results]


def hand_in(sender: Sender) -> tuple[str, str, str]:
    """Arrive with the code of another place, show one photo at two places, answer from two hundred kilometres away."""
    (hall, yard), items = sender.task["places"], sender.task["items"]
    shot = {"sha256": sender.upload(photo(7)), "taken_at": sender.begun.isoformat(), "source": "camera"}
    fails = {"verdict": "fail", "severity": "minor"}
    away = {**sender.places[hall], "accuracy": 8, "lat": f"{float(sender.places[hall]['lat']) + float(FAR_KM):.6f}"}
    position = {name: away[name] for name in ("lat", "lon", "accuracy")}
    _, honest, twin, _, distant = sender.send(
        sender.envelope("checkin", 0, hall, method="qr", token=yard, challenge=""),
        sender.envelope("answer", 1, hall, item=items[0], photos=[shot], note="角落有积尘", **fails),
        sender.envelope("answer", 12, yard, item=items[1], photos=[shot], note="地面有油污", **fails),
        sender.envelope("answer", 14, hall, item=items[3], verdict="pass"),
        sender.envelope("answer", 15, hall, item=items[2], note="扶手未擦", **{**fails, "position": position}),
    )
    return honest, twin, distant


def decide(quality: Visitor, language: str, record: str, move: str, note: str) -> None:
    """Open the review from the record's own page, say why, and decide."""
    quality.open(f"/inspections/results/{record}/").follow("#trust a[href^='/trust/TV-']")
    quality.find(f"button[data-dialog-open]:text-is('{SAID[language][move]}')").click()
    dialog = quality.find("dialog[open]")
    dialog.locator("textarea").fill(note)
    quality.submit(dialog.locator("button[type=submit]"))


@pytest.mark.parametrize(("screen", "language"), sides(("desktop", "zh-hans"), ("phone", "en")))
def test_doubtful_answers_wait_for_a_person(visit: Visit, installation: Installation, screen: str, language: str):
    task, words = made_task(installation, ["inspector"], items=4, places=2), SAID[language]
    honest, twin, distant = hand_in(Sender(visit("inspector", screen="phone"), task))
    assert counted(installation, honest, twin, distant) == [[True, True], [True, False], None]

    quality = arrive(visit, "quality", screen, language)
    quality.menu(QUEUE).follow(f"main tbody tr:has-text('{task['task']}') a[href^='{QUEUE}TV-']")
    assert words["code"] in quality.page.inner_text("main")
    quality.open(f"/inspections/results/{twin}/").follow("#trust a[href^='/trust/TV-']")
    assert words["twin"] in quality.page.inner_text("main")
    assert quality.page.locator("main a[data-photo]").count() == 2
    quality.open(f"/inspections/results/{distant}/")
    assert words["waits"] in quality.page.inner_text("#trust")
    assert "km/h" in quality.page.inner_text("#trust")

    vendor = arrive(visit, "jieda", screen, language)
    vendor.open(f"/inspections/results/{distant}/")
    shown = vendor.page.inner_text("main")
    assert words["waits"] in shown
    assert "km/h" not in shown
    assert vendor.page.locator(f"a[href^='{QUEUE}']").count() == 0

    decide(quality, language, distant, "accept", "与孙伟核实，手机定位漂移，现场照片无误")
    assert words["counts"] in quality.page.inner_text("main")
    decide(quality, language, twin, "refuse", "同一张照片用于两处")
    assert words["refused"] in quality.page.inner_text("main")
    assert counted(installation, honest, twin, distant) == [[True, True], None, [True, True]]
