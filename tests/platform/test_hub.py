from duban.platform.hub import items_for


def labels(actor):
    return [item["label"] for item in items_for(actor)]


def test_pages_by_right(world, actor):
    assert labels(actor("vendor_worker")) == ["My account", "Notices"]
    assert {"Audit trail", "People"} <= set(labels(actor("auditor")))
    assert "Background jobs" not in labels(actor("auditor"))
    assert "Background jobs" in labels(actor("group_admin"))


def test_page(world, client_as):
    text = client_as("auditor").get("/settings/").text
    assert 'href="/settings/audit/"' in text
    assert 'href="/settings/jobs/"' not in text
