"""Mailing of notices, in the background."""

from django_tasks import task

from duban.platform.notices.services import send_digests, send_mails


@task()
def mail_notices(keys: list[int]) -> int:
    """Mail some notices, one mail each."""
    return send_mails(keys)


@task()
def mail_digests() -> int:
    """Mail the daily digests."""
    return send_digests()
