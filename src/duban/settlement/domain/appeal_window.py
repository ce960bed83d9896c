"""How long the vendor has to answer a statement."""

from datetime import date

from duban.kernel.calendar import UnknownYear, WorkCalendar
from duban.settlement.domain.terms import AppealTerms


def answer_until(sent_on: date, terms: AppealTerms, calendar: WorkCalendar) -> date | None:
    """Last day on which a line can be appealed: `working_days` after the day of sending.

    `None` if the calendar does not reach that far: then silence confirms nothing until the holidays are known.
    """
    try:
        return calendar.add_working_days(sent_on, terms.working_days)
    except UnknownYear:
        return None


def is_silence_consent(sent_on: date, today: date, terms: AppealTerms, calendar: WorkCalendar) -> bool:
    """Whether silence has confirmed by `today`: the contract says it does and the last day has passed."""
    until = answer_until(sent_on, terms, calendar)
    return terms.silence_confirms and until is not None and today > until
