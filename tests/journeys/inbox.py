"""The server's end of the line as a phone sees it: keeps envelopes and files, and answers by the protocol."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import BrowserContext, Route

MOMENT = "2026-11-26T02:00:00Z"
TODAY = "2026-11-26"
PLACES = ("PT001", "PT002", "PT003")
ITEMS = 20
TASK = "TK-2026-0001"
NAMES = (
    ("地面无积尘、无污渍", "No dust or stains on the floor"),
    ("扶手无灰，手套擦拭不黑", "Handrail clean, the glove stays white"),
)


@dataclass
class Inbox:
    """`refuse` names items whose answers are sent back."""

    person: str
    pack: dict[str, Any]
    refuse: frozenset[str] = frozenset()
    envelopes: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)
    deliveries: int = 0

    def connect(self, context: BrowserContext) -> None:
        """Answer what this browser asks."""
        context.route("**/field/session", lambda route: route.fulfill(json={"person": self.person, "sync": True}))
        context.route("**/api/v1/field/**", self._answer)

    @property
    def standing(self) -> list[dict[str, Any]]:
        """Payloads of the answers that no later one replaces."""
        answers = [item for item in self.envelopes.values() if item["kind"] == "inspections.answer"]
        replaced = {item["payload"].get("replaces") for item in answers}
        return [item["payload"] for item in answers if item["id"] not in replaced]

    def _answer(self, route: Route) -> None:
        request = route.request
        path = urlsplit(request.url).path.removeprefix("/api/v1/field/")
        if path == "pack":
            route.fulfill(json=self.pack, headers={"ETag": '"1"'})
        elif path == "challenge":
            route.fulfill(json={"challenge": "signed", "expires_at": MOMENT})
        elif path == "envelopes":
            self.deliveries += 1
            results = [self._take(sent) for sent in json.loads(request.post_data or "{}")["envelopes"]]
            route.fulfill(json={"server_time": MOMENT, "results": results})
        elif request.method == "PUT":
            route.fulfill(json=self._write(path.removeprefix("files/"), request.url, request.post_data_buffer or b""))
        else:
            route.fulfill(json=self._progress(path.removeprefix("files/")))

    def _take(self, sent: dict[str, Any]) -> dict[str, Any]:
        text = json.dumps(sent["payload"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert hashlib.sha256(text.encode()).hexdigest() == sent["sha256"]
        known = self.envelopes.setdefault(sent["id"], sent)
        assert known["sha256"] == sent["sha256"], "one number for two contents"
        needed = {photo["sha256"] for photo in sent["payload"].get("photos", [])} | {sent["payload"].get("signature")} - {None}
        if sent["payload"].get("item") in self.refuse:
            reason = {"code": "ended", "title": "合同已终止", "errors": []}
            return {"id": sent["id"], "state": "rejected", "is_new": True, "reason": reason, "record": ""}
        state = "applied" if needed <= self.whole else "waiting"
        return {"id": sent["id"], "state": state, "is_new": True, "reason": None, "record": ""}

    def _write(self, sha256: str, url: str, content: bytes) -> dict[str, Any]:
        place = parse_qs(urlsplit(url).query)
        self.files[sha256] = self.files.get(sha256, b"")[: int(place["offset"][0])] + content
        if len(self.files[sha256]) == int(place["size"][0]):
            assert hashlib.sha256(self.files[sha256]).hexdigest() == sha256
            self.whole.add(sha256)
        return self._progress(sha256)

    def _progress(self, sha256: str) -> dict[str, Any]:
        received = len(self.files.get(sha256, b""))
        return {"received": received, "size": received, "is_complete": sha256 in self.whole}


def pack_of_a_round(items: int = ITEMS, *, needs_photo: bool = False) -> dict[str, Any]:
    """One task of three places, a post, a patrol and two findings."""
    nowhere = {"parent": None, "estate": "ES-1", "lat": "31.230400", "lon": "121.473700", "radius_m": 50, "rotating": False}
    places = [
        {"tag": tag, "name": f"{number} 层楼道", "path_name": f"11 栋 / {tag}", **nowhere}
        for number, tag in enumerate(PLACES, 1)
    ]
    return {
        "version": "1",
        "made_at": MOMENT,
        "server_time": MOMENT,
        "me": {"code": "inspector", "name": "孙伟", "roles": [], "language": "zh-hans", "is_vendor": False},
        "rules": {},
        "tasks": [_task()],
        "checklists": [
            {
                "code": "CL-1",
                "version": 1,
                "name": "保洁",
                "name_en": "Cleaning",
                "items": _items(items, needs_photo=needs_photo),
                "form": None,
            }
        ],
        "places": places,
        "posts": [_post()],
        "slots": [],
        "routes": [_route()],
        "findings": [_finding("FD-1", "recheck"), _finding("FD-2", "vendor")],
    }


def _task() -> dict[str, Any]:
    names = {"title": "保洁日检", "line": "L", "line_name": "保洁", "estate": "ES-1", "estate_name": "翠湖花园"}
    window = {"due_on": TODAY, "window_from": None, "window_to": None}
    rules = {"is_announced": False, "needs_checkin": True, "gallery_allowed": False, "signature_needed": True}
    return {
        "code": TASK,
        **names,
        "service_line": "cleaning",
        "checklist": "CL-1",
        **window,
        **rules,
        "places": PLACES,
        "state": "open",
    }


def _items(count: int, *, needs_photo: bool) -> list[dict[str, Any]]:
    texts = {"frequency": "每日 1 次", "target": "", "unit": "", "method": "", "severity": "major", "is_red_line": False}
    pictures = {"good_picture": "/static/field/icon-192.png", "bad_picture": "/static/field/icon-512.png", "repeats_90": {}}
    needs = {"needs_photo": needs_photo, "needs_value": False}
    names = [
        {"name": NAMES[number % 2][0], "name_en": NAMES[number % 2][1], "number": f"3.{number}"} for number in range(count)
    ]
    return [{"key": f"K{number}", **name, **texts, **needs, **pictures} for number, name in enumerate(names)]


def _post() -> dict[str, Any]:
    where = {"estate": "ES-1", "estate_name": "翠湖花园", "place": PLACES[0], "lat": None, "lon": None, "radius_m": 50}
    return {"code": "PO-1", "name": "东门岗", "service_line": "security", "fence": "exception", "heads": 2, **where}


def _route() -> dict[str, Any]:
    points = [
        {"place": tag, "window_from": "22:00", "window_to": "22:30", "order": order} for order, tag in enumerate(PLACES, 1)
    ]
    return {"code": "RT-1", "name": "夜间巡更", "estate": "ES-1", "points": points, "day": TODAY}


def _finding(code: str, waits_for: str) -> dict[str, Any]:
    facts = {"title": "扶手有灰", "place": PLACES[0], "place_name": "11 栋", "severity": "major", "state": "open"}
    return {"code": code, **facts, "due_on": TODAY, "is_overdue": False, "photos": [], "waits_for": waits_for}
