import pytest
from django.core import mail
from django.utils import translation

from duban.kernel.actor import system_actor
from duban.kernel.errors import Invalid
from duban.platform.notices.models import Delivery, Notice, NoticePreference
from duban.platform.notices.selectors import filled, notice_kinds, notice_page, preferences_of, unread_count
from duban.platform.notices.services import choose_deliveries, mark_read, notify, send_digests
from duban.platform.worker.loop import drain

KIND = "conversations.mention"


def tell(*people, kind=KIND, title="{author} mentioned you on {record}", params=None, url="/"):
    return notify(people=people, kind=kind, title=title, params=params or {"author": "王芳", "record": "CT-2026-0001"}, url=url)


def with_mail(person, delivery):
    person.email = f"{person.username}@example.com"
    person.save()
    NoticePreference.objects.create(person=person, kind=KIND, delivery=delivery)
    return person


def test_notice_reaches_everybody_once_with_few_queries(world, django_assert_num_queries):
    people = list(world.ours.people.values())
    with django_assert_num_queries(4):
        assert tell(*people, people[0].pk) == len(people)
    assert Notice.objects.count() == len(people)


def test_notice_is_read_in_the_language_of_the_reader(world, actor):
    tell(world.person("finance"))
    with translation.override("zh-hans"):
        row = notice_page(actor("finance")).rows[0]
        assert (row.title, row.is_unread) == ("王芳在 CT-2026-0001 中提到了您", True)
    assert notice_page(actor("finance")).rows[0].title == "王芳 mentioned you on CT-2026-0001"


def test_text_with_a_missing_value_stays_as_it_is():
    assert filled("{author} wrote", {}) == "{author} wrote"
    assert filled("", {}) == ""


def test_notices_are_paged(world, actor, monkeypatch):
    monkeypatch.setattr("duban.platform.notices.selectors.PAGE_SIZE", 2)
    for number in range(3):
        tell(world.person("finance"), title=f"No. {number}")
    page = notice_page(actor("finance"))
    assert [row.title for row in page.rows] == ["No. 2", "No. 1"]
    older = notice_page(actor("finance"), older_than=int(page.older_than))
    assert ([row.title for row in older.rows], older.older_than) == (["No. 0"], "")


def test_unread_number_is_counted_once_a_minute(world, actor, django_assert_num_queries):
    tell(world.person("finance"))
    assert unread_count(actor("finance")) == 1
    finance = actor("finance")
    with django_assert_num_queries(0):
        assert unread_count(finance) == 1
    assert mark_read(actor=finance) == 1
    assert unread_count(finance) == 0


def test_unread_number_follows_a_new_notice(world, actor, django_capture_on_commit_callbacks):
    assert unread_count(actor("finance")) == 0
    with django_capture_on_commit_callbacks(execute=True):
        tell(world.person("finance"))
    assert unread_count(actor("finance")) == 1


def test_nobody_is_nobody_to_tell(actor, world):
    from duban.orgs.middleware import NOBODY

    assert unread_count(NOBODY) == 0
    assert Notice.objects.for_actor(NOBODY).count() == 0


def test_reading_one_leaves_the_others(world, actor):
    tell(world.person("finance"))
    tell(world.person("finance"))
    first = Notice.objects.earliest("pk")
    assert mark_read(actor=actor("finance"), keys=[first.pk]) == 1
    assert [row.key for row in notice_page(actor("finance"), unread_only=True).rows] == [first.pk + 1]


@pytest.mark.parametrize(
    ("delivery", "notices", "mails", "waits"),
    [(Delivery.IN_APP, 1, 0, False), (Delivery.MAIL, 1, 1, False), (Delivery.DIGEST, 1, 0, True), (Delivery.OFF, 0, 0, False)],
)
@pytest.mark.django_db(transaction=True)
def test_notice_comes_in_the_way_the_person_chose(world, delivery, notices, mails, waits):
    tell(with_mail(world.person("finance"), delivery))
    drain()
    assert (Notice.objects.count(), len(mail.outbox)) == (notices, mails)
    assert Notice.objects.filter(awaits_digest=True).exists() is waits


@pytest.mark.django_db(transaction=True)
def test_mail_speaks_the_language_of_the_reader(world, settings):
    settings.DUBAN_BASE_URL = "https://duban.example.com"
    person = with_mail(world.person("finance"), Delivery.MAIL)
    person.language = "zh-hans"
    person.save()
    tell(person, url="/contracts/CT-2026-0001/")
    drain()
    assert [message.subject for message in mail.outbox] == ["王芳在 CT-2026-0001 中提到了您"]
    assert mail.outbox[0].to == [person.email]
    assert mail.outbox[0].body.endswith("https://duban.example.com/contracts/CT-2026-0001/")


def test_digest_is_sent_once(world):
    person = with_mail(world.person("finance"), Delivery.DIGEST)
    tell(person)
    tell(person)
    assert (send_digests(), send_digests()) == (1, 0)
    assert [message.subject for message in mail.outbox] == ["Duban: 2 notices"]


def test_closed_account_gets_no_mail(world):
    person = with_mail(world.person("finance"), Delivery.DIGEST)
    person.is_active = False
    person.save()
    tell(person)
    assert send_digests() == 0


def test_preferences_are_remembered(world, actor):
    choose_deliveries(actor=actor("finance"), chosen={KIND: "mail"})
    choose_deliveries(actor=actor("finance"), chosen={KIND: "digest"})
    assert preferences_of(actor("finance"))[KIND] == "digest"
    assert set(preferences_of(actor("auditor")).values()) == {"in_app"}
    assert NoticePreference.objects.count() == 1


@pytest.mark.parametrize("chosen", [{"no.kind": "mail"}, {KIND: "pigeon"}])
def test_unknown_preference_is_refused(world, actor, chosen):
    with pytest.raises(Invalid):
        choose_deliveries(actor=actor("finance"), chosen=chosen)
    assert NoticePreference.objects.count() == 0


def test_notice_page_and_opening(world, client_as):
    tell(world.person("finance"), url="/notices/preferences/")
    notice = Notice.objects.get()
    client = client_as("finance")
    assert "王芳 mentioned you" in client.get("/notices/").text
    assert client.get(f"/notices/{notice.pk}/")["Location"] == "/notices/preferences/"
    notice.refresh_from_db()
    assert notice.read_at is not None
    assert "No notices" in client.get("/notices/?unread").text


def test_notice_of_another_is_not_found(world, client_as):
    tell(world.person("finance"))
    notice = Notice.objects.get()
    for role in ("auditor", "their finance", "stranger"):
        assert client_as(role).get(f"/notices/{notice.pk}/").status_code == 404
        assert "王芳" not in client_as(role).get("/notices/").text
    notice.refresh_from_db()
    assert notice.read_at is None


def test_notice_never_leads_away(world, client_as):
    tell(world.person("finance"), url="https://evil.example.com/")
    assert client_as("finance").get(f"/notices/{Notice.objects.get().pk}/")["Location"] == "/notices/"


def test_mark_all_as_read(world, client_as):
    tell(world.person("finance"))
    assert client_as("finance").post("/notices/read/").status_code == 302
    assert Notice.objects.filter(read_at__isnull=True).count() == 0
    assert client_as("finance").get("/notices/read/").status_code == 405


def test_preferences_page(world, client_as):
    client = client_as("finance")
    form = {kind.replace(".", "__"): "mail" for kind in notice_kinds()}
    assert client.get("/notices/preferences/").status_code == 200
    assert client.post("/notices/preferences/", form).status_code == 302
    assert NoticePreference.objects.filter(delivery="mail").count() == len(notice_kinds())
    assert client.post("/notices/preferences/", {"other": "1"}).status_code == 422


def test_notices_cost_the_same_however_many(world, client_as, flat_queries):
    client = client_as("finance")
    flat_queries.check("notices.list", visit=lambda: client.get("/notices/"), add_row=lambda: tell(world.person("finance")))


def test_words_for_people():
    assert str(Notice(title="x")) == "x"
    assert str(NoticePreference(kind="a", delivery="off")) == "a: off"


def test_the_system_has_no_notices_to_read(world):
    tell(world.person("finance"))
    assert mark_read(actor=system_actor(world.ours.root.path)) == 0
