from decimal import Decimal

from duban.estates.domain.details import EstateDetails, PlaceDetails, PostDetails


def test_what_is_left_out_has_a_harmless_value():
    assert EstateDetails("翠湖花园", "上海").service_fee_per_m2 is None
    assert PlaceDetails("building", "1 栋").household_count == 0
    assert PostDetails("security", "东门", Decimal(84)).heads == 1
