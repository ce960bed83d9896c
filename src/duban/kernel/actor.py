"""Who acts. Built once per request by `orgs`; everything below and above only needs this shape."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from duban.kernel.errors import NotAllowed


class Channel(StrEnum):
    """Through which door the actor came; kept in the audit trail."""

    WEB = "web"
    API = "api"
    FIELD = "field"
    COMMAND = "command"
    JOB = "job"
    LINK = "link"


@dataclass(frozen=True)
class Grant:
    """A role held at a place of the organisation tree, with the codes the role holds.

    `path` is the materialised path of the unit (`"/1/4/"`); the grant covers that unit and all below it.
    `is_vendor` marks a unit that is a vendor company: such a grant sees only what concerns that vendor.
    """

    role: str
    path: str
    is_vendor: bool
    codes: frozenset[str]


@dataclass(frozen=True)
class Actor:
    """The person (or the system) on whose behalf something happens.

    `tenant_path` is the path of the root unit of the actor's company; nothing outside it exists for this actor.
    """

    person_id: int | None
    name: str
    tenant_path: str
    grants: tuple[Grant, ...] = ()
    channel: Channel = Channel.WEB
    request_id: str = ""
    address: str = ""
    is_system: bool = False

    @property
    def roles(self) -> tuple[str, ...]:
        """Roles held anywhere, without doubles, in order of the grants."""
        return tuple(dict.fromkeys(grant.role for grant in self.grants))

    @property
    def is_vendor(self) -> bool:
        """True for a person who acts for a vendor company and for nobody else."""
        return bool(self.grants) and all(grant.is_vendor for grant in self.grants)

    def office_paths(self, code: str | None = None) -> tuple[str, ...]:
        """Paths of the offices where the actor holds `code` (any role if `code` is None)."""
        if self.is_system:
            return (self.tenant_path,)
        return self._paths(code, is_vendor=False)

    def vendor_paths(self, code: str | None = None) -> tuple[str, ...]:
        """Paths of the vendor companies for which the actor holds `code` (any role if None)."""
        return self._paths(code, is_vendor=True)

    def can(self, code: str, path: str | None = None) -> bool:
        """Whether the actor holds `code` at `path`, or anywhere if `path` is None."""
        if self.is_system:
            return path is None or path.startswith(self.tenant_path)
        held = self._paths(code, is_vendor=False) + self._paths(code, is_vendor=True)
        return bool(held) if path is None else any(path.startswith(place) for place in held)

    def require(self, code: str, path: str | None = None) -> None:
        """Raise `NotAllowed` unless the actor holds `code` at `path`."""
        if not self.can(code, path):
            raise NotAllowed

    def require_any(self, code: str, paths: Iterable[str]) -> None:
        """Raise `NotAllowed` unless the actor holds `code` at one of `paths` (an office, or the vendor concerned)."""
        if not any(self.can(code, path) for path in paths):
            raise NotAllowed

    def through(self, channel: Channel) -> "Actor":
        """The same actor, come through another door."""
        return replace(self, channel=channel)

    def _paths(self, code: str | None, *, is_vendor: bool) -> tuple[str, ...]:
        return tuple(
            grant.path for grant in self.grants if grant.is_vendor == is_vendor and (code is None or code in grant.codes)
        )


def system_actor(tenant_path: str, *, name: str = "Duban", channel: Channel = Channel.JOB) -> Actor:
    """The system itself inside one tenant (`"/"` for all of them): clocks, closing jobs, imports from the command line."""
    return Actor(person_id=None, name=name, tenant_path=tenant_path, channel=channel, is_system=True)
