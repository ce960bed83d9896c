import pytest
from django.core.cache import cache
from django.test import Client

from duban.inspections.models import Finding
from duban.inspections.services import link_make, notices_issue
from tests.factories.inspections import make_finding, make_line
from tests.inspections.test_services import photo


@pytest.fixture
def address(actor, world):
    cache.clear()
    manager = actor("quality_manager")
    notice = notices_issue(actor=manager, findings=[make_finding(make_line(world.ours))])[0]
    return f"/r/{link_make(actor=manager, notice=notice, recipient='王班长')[1]}/"


def test_somebody_without_an_account_answers_one_notice_and_opens_nothing_else(address):
    client, finding = Client(), Finding.objects.get()
    page = client.get(address)
    assert page.status_code == 200
    assert finding.code in page.content.decode()
    assert (page["Referrer-Policy"], page["Cache-Control"]) == ("same-origin", "no-store")
    assert client.post(f"{address}{finding.code}/", {"cause": "漏扫"}).status_code == 422
    sent = {"cause": "漏扫", "action": "已补扫", "photos": [photo()]}
    assert client.post(f"{address}{finding.code}/", sent).status_code == 302
    finding.refresh_from_db()
    assert finding.state == "rectified"
    for path in ("/", "/inspections/findings/", f"/inspections/findings/{finding.code}/"):
        assert client.get(path).status_code == 302
    for path in (f"{address}photo/{'0' * 64}/thumb/", "/r/wrong.token/"):
        assert client.get(path).status_code == 404
