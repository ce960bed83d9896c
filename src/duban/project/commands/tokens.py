from datetime import datetime

import click

from duban.kernel.errors import NotFound
from duban.orgs.selectors import person_by_username
from duban.platform.tokens import selectors
from duban.platform.tokens.services import token_create, token_revoke
from duban.project.commands.shared import command_actor, json_option, print_json, tenant_option, tenant_root


@click.group()
def token() -> None:
    """Tokens by which other systems call the API in the name of one person."""


@token.command()
@click.argument("username")
@click.option("--name", default="api", show_default=True, help="What the token is for.")
@click.option("--expires", type=click.DateTime(["%Y-%m-%d"]), help="First day on which it no longer works.")
@tenant_option
@json_option
def create(username: str, name: str, expires: datetime | None, tenant: str | None, *, as_json: bool) -> None:
    """Give USERNAME a token. The secret is shown once and not stored."""
    root = tenant_root(tenant)
    made, secret = token_create(
        actor=command_actor(root),
        person=person_by_username(root, username),
        name=name,
        expires_on=expires.date() if expires else None,
    )
    if as_json:
        print_json({"name": made.name, "hint": made.hint, "token": secret})
    else:
        click.echo(secret)


@token.command("list")
@tenant_option
@json_option
def list_tokens(tenant: str | None, *, as_json: bool) -> None:
    """Tokens of the company; secrets cannot be shown again."""
    rows = [
        {
            "hint": item.hint,
            "name": item.name,
            "person": item.person.get_username(),
            "expires_on": item.expires_on,
            "is_revoked": item.revoked_at is not None,
        }
        for item in selectors.tokens(command_actor(tenant_root(tenant)))
    ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo("  ".join(str(value) for value in row.values()))


@token.command()
@click.argument("hint")
@tenant_option
def revoke(hint: str, tenant: str | None) -> None:
    """Make the token that begins with HINT worthless."""
    actor = command_actor(tenant_root(tenant))
    found = selectors.tokens(actor).filter(hint=hint).first()
    if found is None:
        raise NotFound
    token_revoke(actor=actor, token=found)
    click.echo(f"{found} no longer works")
