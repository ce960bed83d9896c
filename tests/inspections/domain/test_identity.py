from duban.inspections.domain.identity import ledger_id


def test_the_number_or_else_all_parts_make_the_identity():
    assert ledger_id(1, "A", ("x",)) == ledger_id(1, "A", ("y",))
    assert ledger_id(1, "", ("x", None)) == ledger_id(1, "", ("x", None))
    found = {
        ledger_id(1, "A", ()),
        ledger_id(2, "A", ()),
        ledger_id(1, "", ("A",)),
        ledger_id(1, "", ("x",)),
        ledger_id(1, "B", ()),
    }
    assert len(found) == 5
