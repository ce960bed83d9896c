from duban.estates.domain.service_lines import ServiceLine
from duban.standards.domain.blocks import BLOCKS, block_label, is_block


def test_every_service_line_has_blocks():
    assert set(BLOCKS) == set(ServiceLine)


def test_own_blocks_are_shown_by_their_key():
    assert (block_label("cleaning", "lobby"), block_label("cleaning", "moat")) == ("Lobbies and lifts", "moat")
    assert (is_block("cleaning", "lobby"), is_block("cleaning", "patrol")) == (True, False)
