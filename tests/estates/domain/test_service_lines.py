from duban.estates.domain.service_lines import SERVICE_LINE_LABELS, SPECIAL_WORK_LABELS, ServiceLine, SpecialWork


def test_every_line_and_work_has_a_name():
    assert tuple(SERVICE_LINE_LABELS) == tuple(ServiceLine)
    assert tuple(SPECIAL_WORK_LABELS) == tuple(SpecialWork)
