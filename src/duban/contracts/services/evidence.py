"""Telling the scores that a certificate changed what they may count."""

from datetime import date

from django.utils import timezone

from duban.contracts.selectors import lines_by_vendor
from duban.kernel.metrics import EvidenceChanged
from duban.kernel.period import Period
from duban.platform.events import announce
from duban.vendors.domain.events import CertificateChanged


def announce_certificate_change(event: CertificateChanged) -> None:
    """Announce the (line, day) pairs whose `expired_certificate` occurrences may have come or gone.

    One day stands for each month from the certificate's first day until today: an occurrence counts once a month, and
    what a certificate covered may be uncovered for good once it is withdrawn. Runs within the transaction of the change.
    """
    pairs: list[tuple[int, date]] = []
    for line in lines_by_vendor(event.company_id, event.kind, event.from_on, None):
        month = Period.month_of(event.from_on)
        while month.start <= timezone.localdate():
            first = max(month.start, line.starts_on)
            if first in month and first <= line.ends_on:
                pairs.append((line.pk, first))
            month = month.next()
    if pairs:
        announce(EvidenceChanged(app="contracts", pairs=tuple(pairs)))
