import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from duban.kernel.errors import Invalid, NotAllowed
from duban.platform.audit.models import AuditEntry
from duban.platform.conversations.models import Conversation, ConversationMessage
from duban.platform.conversations.selectors import conversation_url, thread_of
from duban.platform.conversations.services import message_post, possible_names
from duban.platform.files.selectors import attachment_url, attachments_of
from duban.platform.notices.models import Notice


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def record(world):
    """A record both sides see: the vendor's own unit."""
    return world.ours.vendor.unit


def say(actor, record, body="今天请补岗", **more):
    return message_post(actor=actor, record=record, body=body, **more)


def texts(actor, record):
    return [message.body for message in thread_of(actor, record).messages]


def test_both_sides_read_in_order(world, actor, record):
    say(actor("quality_manager"), record, "请补岗")
    say(actor("vendor_manager"), record, "已安排")
    assert texts(actor("finance"), record) == ["请补岗", "已安排"] == texts(actor("vendor_manager"), record)
    assert [message.side for message in thread_of(actor("finance"), record).messages] == ["Property company", "Vendor"]


def test_vendor_never_sees_an_inside_message(world, actor, record):
    say(actor("quality_manager"), record, "内部意见", is_inside=True)
    say(actor("quality_manager"), record, "公开意见")
    assert texts(actor("vendor_manager"), record) == ["公开意见"]
    assert texts(actor("quality_manager"), record) == ["内部意见", "公开意见"]
    assert not thread_of(actor("vendor_manager"), record).can_hide


def test_vendor_does_not_write_for_the_inside(world, actor, record):
    with pytest.raises(NotAllowed):
        say(actor("vendor_manager"), record, is_inside=True)
    assert ConversationMessage.objects.count() == 0


@pytest.mark.parametrize("body", ["", "   ", "x" * 4001])
def test_bad_body_is_refused(world, actor, record, body):
    with pytest.raises(Invalid) as refused:
        say(actor("quality_manager"), record, body)
    assert [error.field for error in refused.value.errors] == ["body"]
    assert (ConversationMessage.objects.count(), Conversation.objects.count()) == (0, 0)


def test_message_enters_the_trail_of_its_record(world, actor, record):
    message = say(actor("quality_manager"), record)
    assert list(AuditEntry.objects.about(record).values_list("action", flat=True)) == ["message"]
    assert str(message).endswith("今天请补岗")
    assert str(message.conversation) == f"orgs.unit/{record.pk}"


def test_names_after_an_at_sign():
    assert possible_names("no names here") == set()
    assert {"王芳", "王芳请"} <= possible_names("@王芳请看")


def test_mention_tells_those_who_may_read(world, actor, record):
    world.person("finance").__class__.objects.filter(pk=world.person("finance").pk).update(name="王芳")
    world.person("vendor_manager").__class__.objects.filter(pk=world.person("vendor_manager").pk).update(name="李强")
    world.person("their finance").__class__.objects.filter(pk=world.person("their finance").pk).update(name="王芳")
    say(actor("quality_manager"), record, "@王芳请看，@李强也请看")
    told = set(Notice.objects.values_list("person_id", flat=True))
    assert told == {world.person("finance").pk, world.person("vendor_manager").pk}
    assert Notice.objects.first().params["record"] == record.code


def test_mention_inside_does_not_reach_the_vendor(world, actor, record):
    world.person("vendor_manager").__class__.objects.filter(pk=world.person("vendor_manager").pk).update(name="李强")
    say(actor("quality_manager"), record, "@李强不应看到", is_inside=True)
    assert Notice.objects.count() == 0


def test_nobody_is_told_of_a_record_they_do_not_see(world, actor, record):
    world.ours.rival_manager.__class__.objects.filter(pk=world.ours.rival_manager.pk).update(name="赵敏")
    say(actor("quality_manager"), record, "@赵敏")
    assert Notice.objects.count() == 0


def post(client, record, **form):
    return client.post(conversation_url(record), {"body": "请看照片", **form})


def test_message_with_a_file_by_page(world, client_as, actor, record):
    upload = SimpleUploadedFile("清单.csv", "项目,得分\n".encode())
    assert post(client_as("quality_manager"), record, files=[upload], internal="on").status_code == 302
    message = ConversationMessage.objects.get()
    attachment = attachments_of(message).get()
    assert (message.audience, attachment.name) == ("inside", "清单.csv")
    shown = client_as("finance").get(attachment_url(attachment))
    assert (shown.status_code, b"".join(shown)) == (200, "项目,得分\n".encode())
    assert client_as("vendor_manager").get(attachment_url(attachment)).status_code == 404
    assert client_as("their finance").get(attachment_url(attachment)).status_code == 404


def test_conversation_as_page_and_as_fragment(world, client_as, actor, record):
    say(actor("quality_manager"), record)
    page = client_as("vendor_manager").get(conversation_url(record))
    part = client_as("vendor_manager").get(conversation_url(record), headers={"HX-Request": "true"})
    assert "今天请补岗" in page.text
    assert "<html" in page.text
    assert "今天请补岗" in part.text
    assert "<html" not in part.text


def test_answer_goes_back_to_the_page_it_came_from(world, client_as, record):
    client = client_as("quality_manager")
    here = client.post(conversation_url(record), {"body": "a"}, headers={"Referer": "http://testserver/orgs/units/"})
    away = client.post(conversation_url(record), {"body": "b"}, headers={"Referer": "https://evil.example.com/"})
    assert (here["Location"], away["Location"]) == ("http://testserver/orgs/units/", conversation_url(record))


@pytest.mark.parametrize("role", ["rival_manager", "their finance", "stranger"])
def test_conversation_is_not_found_by_who_does_not_see_the_record(world, client_as, record, role):
    assert client_as(role).get(conversation_url(record)).status_code == 404
    assert post(client_as(role), record).status_code == 404
    assert ConversationMessage.objects.count() == 0


def test_altered_reference_finds_nothing(world, client_as):
    assert client_as("finance").get("/conversations/nonsense/").status_code == 404


def test_conversation_costs_the_same_however_long(world, client_as, actor, record, flat_queries):
    client = client_as("finance")
    flat_queries.check(
        "conversations.thread",
        visit=lambda: client.get(conversation_url(record)),
        add_row=lambda: say(actor("quality_manager"), record),
    )
