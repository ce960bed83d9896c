import hashlib
import json
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.platform.sync.toy import DEVICE, key, sent, texts
from tests.platform.test_files import picture

BASE = "/api/v1/field"


@pytest.fixture
def phone(client_as):
    return client_as("quality_inspector")


def body(*envelopes):
    return {
        "device": DEVICE,
        "sent_at": timezone.now().isoformat(),
        "envelopes": [
            {
                "id": str(item.id),
                "kind": item.kind,
                "version": item.version,
                "captured_at": item.captured_at.isoformat(),
                "payload": item.payload,
                "sha256": item.sha256,
            }
            for item in envelopes
        ],
    }


def post(client, *envelopes):
    return client.post(f"{BASE}/envelopes", body(*envelopes), content_type="application/json")


def test_envelopes_are_taken_in_and_answered(phone):
    answer = post(phone, sent("甲", at=timezone.now()), sent("b", at=timezone.now(), trouble="refuse")).json()
    assert answer["results"][0] == {
        "id": str(key("甲")),
        "state": "applied",
        "is_new": True,
        "reason": None,
        "record": "甲",
    }
    assert answer["results"][1]["reason"] == {
        "code": "invalid",
        "title": "No “x” here.",
        "errors": [{"field": "text", "message": "b?"}],
    }
    assert texts() == ["甲"]


def test_what_waits_or_was_rejected_stays_visible_to_its_sender(phone, client_as):
    now = timezone.now()
    post(phone, sent("a", at=now, photos=["0" * 64]), sent("b", at=now, photos="none"), sent("c", at=now))
    listed = phone.get(f"{BASE}/envelopes").json()
    assert {item["id"]: item["state"] for item in listed} == {str(key("a")): "waiting", str(key("b")): "rejected"}
    assert [item["reason"]["code"] for item in phone.get(f"{BASE}/envelopes?state=rejected").json()] == ["invalid"]
    assert listed[0]["reason"]["title"]
    assert client_as("estate_manager").get(f"{BASE}/envelopes").json() == []
    assert client_as("stranger").get(f"{BASE}/envelopes").status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        {"device": "phone"},
        {"envelopes": []},
        {"sent_at": "2026-11-23T10:00:00"},
        {"sent_at": "1999-01-01T00:00:00Z"},
    ],
)
def test_a_delivery_of_another_shape_is_refused_whole(phone, change):
    response = phone.post(f"{BASE}/envelopes", body(sent("a", at=timezone.now())) | change, content_type="application/json")
    assert response.status_code == 422
    assert texts() == []


def test_the_pack_names_its_version_and_is_not_sent_twice(phone):
    first = phone.get(f"{BASE}/pack")
    pack = first.json()
    assert pack["me"]["roles"] == ["quality_inspector"]
    assert (pack["notes"], pack["rules"]["kinds"]) == ([], {"toy.note": 1, "toy.silent": 2})
    assert first["ETag"] == f'"{pack["version"]}"'
    again = phone.get(f"{BASE}/pack", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    post(phone, sent("a", at=timezone.now()))
    changed = phone.get(f"{BASE}/pack", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed.json()["notes"] == [{"text": "a", "on": timezone.localdate().isoformat()}]


def test_the_pack_costs_the_same_for_any_number_of_rows(phone, flat_queries):
    numbers = iter(range(9))
    flat_queries.check(
        "field.pack",
        visit=lambda: phone.get(f"{BASE}/pack"),
        add_row=lambda: post(phone, sent(next(numbers), at=timezone.now())),
    )


def test_a_challenge_is_given_for_ten_minutes(phone):
    answer = phone.post(f"{BASE}/challenge").json()
    assert answer["challenge"].count(":") == 2
    assert answer["expires_at"] > (timezone.now() + timedelta(minutes=9)).isoformat()


def test_a_file_comes_in_pieces(phone):
    content = picture((30, 30))
    address = f"{BASE}/files/{hashlib.sha256(content).hexdigest()}"
    assert phone.get(address).json() == {"received": 0, "size": 0, "is_complete": False}

    def put(offset, part):
        query = f"?offset={offset}&size={len(content)}&type=image/jpeg"
        return phone.put(address + query, part, content_type="application/octet-stream")

    assert put(0, content[:200]).json() == {"received": 200, "is_complete": False}
    conflict = put(100, content[100:])
    assert (conflict.status_code, conflict.json()["received"]) == (409, 200)
    assert put(200, content[200:]).json() == {"received": len(content), "is_complete": True}
    assert phone.get(address).json() == {"received": len(content), "size": len(content), "is_complete": True}


def test_a_wrong_file_is_refused_with_words(phone):
    content = picture((30, 30))
    response = phone.put(f"{BASE}/files/{'a' * 64}?offset=0&size={len(content)}", content, content_type="image/jpeg")
    assert response.status_code == 422
    assert "check sum" in json.dumps(response.json())
