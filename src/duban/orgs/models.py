"""The organisation tree, its people, and the roles they hold in it."""

from datetime import date
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from duban.kernel.actor import Actor
from duban.orgs.domain.roles import Role
from duban.platform.records import Record, ScopedModel, ScopedQuerySet
from duban.platform.scope import within


class UnitKind(models.TextChoices):
    """What a unit of the tree is."""

    GROUP = "group", _("Group")
    REGION = "region", _("Region")
    CITY = "city", _("City company")
    PROJECT = "project", _("Project office")
    VENDOR = "vendor", _("Vendor company")


class UnitQuerySet(ScopedQuerySet["Unit"]):
    def for_actor(self, actor: Actor) -> Self:
        return self.filter(within("path", (*actor.office_paths(), *actor.vendor_paths())))


class Unit(Record):
    """A place in the organisation tree: an office of the property company, or a vendor company below the same root.

    `path` holds the primary keys from the root down (`"/1/4/9/"`), so a subtree is a prefix. The root is the tenant.
    """

    CODE_PREFIX: ClassVar[str] = "OU"

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    kind = models.CharField(_("Kind"), max_length=12, choices=UnitKind)
    name = models.CharField(_("Name"), max_length=80)
    short_name = models.CharField(_("Short name"), max_length=24, blank=True)
    city = models.CharField(_("City"), max_length=24, blank=True)
    path = models.CharField(max_length=120, db_index=True, editable=False)

    objects = UnitQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def tenant_path(self) -> str:
        """Path of the root above this unit (`"/1/"`)."""
        return "/".join(self.path.split("/")[:2]) + "/"

    def audit_scope(self) -> str:
        return self.tenant_path

    def permission_paths(self) -> tuple[str, ...]:
        return (self.path,)


class PersonQuerySet(ScopedQuerySet["Person"]):
    def for_actor(self, actor: Actor) -> Self:
        """People who hold or held a role in an office or company of the actor, and the actor."""
        places = within("unit__path", (*actor.office_paths("orgs.view"), *actor.vendor_paths("orgs.view")))
        return self.filter(models.Q(pk=actor.person_id) | models.Q(pk__in=RoleGrant.objects.filter(places).values("person_id")))


class PersonManager(BaseUserManager["Person"]):
    def get_queryset(self) -> PersonQuerySet:
        return PersonQuerySet(self.model, using=self._db)

    def for_actor(self, actor: Actor) -> PersonQuerySet:
        """See `PersonQuerySet.for_actor`."""
        return self.get_queryset().for_actor(actor)

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(username=username)


class Person(AbstractBaseUser, ScopedModel):
    """Somebody who signs in. What the person may do is said by role grants only; there is no superuser."""

    username = models.CharField(_("User name"), max_length=64, unique=True)
    name = models.CharField(_("Name"), max_length=40)
    email = models.EmailField(_("Mail address"), blank=True)
    language = models.CharField(
        _("Language"), max_length=10, default="zh-hans", choices=[("zh-hans", "中文"), ("en", "English")]
    )
    is_active = models.BooleanField(_("Active"), default=True)
    is_demo = models.BooleanField(default=False, editable=False)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects = PersonManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def code(self) -> str:
        """The public name of a person in addresses and in the audit trail."""
        return self.username

    def get_full_name(self) -> str:
        return self.name

    def audit_scope(self) -> str:
        """The tenant of the first role the person was given; a person belongs to one."""
        grant = self.grants.select_related("unit").order_by("id").first()
        return grant.unit.tenant_path if grant else "/"


class RoleGrantQuerySet(ScopedQuerySet["RoleGrant"]):
    def for_actor(self, actor: Actor) -> Self:
        """Grants in the offices and companies the actor administers."""
        return self.filter(within("unit__path", (*actor.office_paths("orgs.view"), *actor.vendor_paths("orgs.view"))))

    def in_force(self, on: date) -> Self:
        """Grants that hold on a day."""
        return self.filter(models.Q(until_on__isnull=True) | models.Q(until_on__gt=on), from_on__lte=on)


class RoleGrant(ScopedModel):
    """One person holds one role at one unit, from a day on and perhaps until a day (exclusive)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="grants")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="grants")
    role = models.CharField(_("Role"), max_length=24, choices=[(role.value, role.label) for role in Role])
    from_on = models.DateField(_("Valid from"))
    until_on = models.DateField(_("Valid until"), null=True, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "unit", "role", "from_on"], name="role_grant_unique")
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.role} {self.unit}"

    def audit_scope(self) -> str:
        return self.unit.tenant_path
