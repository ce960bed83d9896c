"""Every write of contracts and lines."""

from duban.contracts.services.drafting import contract_create, contract_update, line_remove, line_save
from duban.contracts.services.evidence import announce_certificate_change
from duban.contracts.services.feeds import feed_create, feed_remove
from duban.contracts.services.performance import (
    contract_activate,
    contract_resume,
    contract_suspend,
    contract_terminate,
    contracts_expire,
    contracts_remind,
)

__all__ = [
    "announce_certificate_change",
    "contract_activate",
    "contract_create",
    "contract_resume",
    "contract_suspend",
    "contract_terminate",
    "contract_update",
    "contracts_expire",
    "contracts_remind",
    "feed_create",
    "feed_remove",
    "line_remove",
    "line_save",
]
