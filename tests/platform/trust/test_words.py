import pytest

from duban.platform.trust.domain.states import REVIEW_STATES
from duban.platform.trust.models import PhotoPrint, PhotoUse, TrustReview
from duban.platform.trust.words import kind_choices, kind_label, page_url, reason_name, standing_words, trust_cards
from tests.factories.trust import make_mark, make_review


@pytest.mark.parametrize(
    ("score", "money", "state", "words"),
    [
        (True, True, "waiting", "Counts for score and money."),
        (True, False, "waiting", "Counts for the score; for money only once"),
        (False, True, "waiting", "Counts for money; for the score only once"),
        (False, False, "waiting", "Does not count yet"),
        (False, False, "refused", "somebody has looked at it and said so"),
        (False, False, "set_aside", "the plan takes no records of this grade"),
    ],
)
def test_what_a_record_counts_for(score, money, state, words):
    assert words in standing_words(TrustReview(counts_score=score, counts_money=money, state=state))


def test_a_record_without_a_review_counts():
    assert standing_words(None) == "Counts for score and money."


def test_kinds_and_reasons_have_names():
    assert (kind_label("inspections.recheck"), kind_label("inspections.finish"), kind_label("x")) == (
        "Re-check",
        "End of a round",
        "x",
    )
    assert ("inspections.answer", "Answer of a round") in kind_choices()
    assert "inspections.finish" not in dict(kind_choices())
    assert (reason_name("twin"), reason_name("")) == ("Same photo again", "")


@pytest.mark.parametrize(
    ("page", "record", "url"),
    [
        ("inspections:result", "CR-1", "/inspections/results/CR-1/"),
        ("inspections:result", "", ""),
        ("", "CR-1", ""),
        ("nowhere:at_all", "CR-1", ""),
    ],
)
def test_the_address_of_the_record(page, record, url):
    assert page_url(page, record) == url


def test_a_card_for_the_office_and_none_for_the_vendor_while_all_counts(world, actor):
    mark = make_mark(world.ours)
    (card,) = trust_cards(actor("quality_inspector"), [mark])
    assert (card.standing, card.reasons[0].name, card.note, card.url) == ("Counts for score and money.", "Too fast", "", "")
    assert trust_cards(actor("vendor_manager"), [mark]) == []
    make_review(world.ours, mark, note="看过", state="refused", counts_score=False)
    (card,) = trust_cards(actor("quality_manager"), [mark])
    assert (card.note, card.url) == ("看过", f"/trust/{mark.review.code}/")
    (card,) = trust_cards(actor("vendor_manager"), [mark])
    assert (card.reasons, card.note, card.url) == ((), "", "")


def test_the_table_of_states_is_sound_and_rows_say_what_they_are(world):
    assert REVIEW_STATES.problems() == []
    mark = make_mark(world.ours)
    photo = PhotoPrint.objects.create(sha256="a" * 64)
    use = PhotoUse.objects.create(mark=mark, photo=photo, scope="/1/", captured_at=mark.captured_at)
    assert (str(mark), str(photo), str(use)) == ("inspections.answer C", "a" * 12, f"{mark.pk} {'a' * 12}")
