"""One English text has one Chinese wording: the catalogues of all apps are read as one."""

from collections import defaultdict

from babel.messages.pofile import read_po

from tests.repo.source import SOURCE


def test_no_text_is_translated_in_two_ways():
    found: defaultdict[tuple[object, object], dict[str, str]] = defaultdict(dict)
    for path in sorted(SOURCE.glob("*/locale/zh_Hans/LC_MESSAGES/django.po")):
        with path.open("rb") as stream:
            for message in read_po(stream):
                if message.id and message.string:
                    found[message.context, str(message.id)][path.parts[-5]] = str(message.string)
    assert found
    clashes = {text: wordings for (_, text), wordings in found.items() if len(set(wordings.values())) > 1}
    assert clashes == {}, "one text, two meanings: write another English text for one of them"
