from duban.kernel.text import mark


def test_mark_returns_the_text_unchanged():
    assert mark("{count} rows") == "{count} rows"
