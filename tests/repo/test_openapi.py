"""The description of the API is committed and compared: a change of the API is seen in review."""

import ast
import json
import os
from pathlib import Path

from duban.project.api import api
from tests.repo.source import APPS, SOURCE, tree_of

SNAPSHOT = Path(__file__).parents[1] / "snapshots" / "openapi.json"


def test_description_of_the_api_is_the_recorded_one():
    described = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    if os.environ.get("DUBAN_WRITE_SNAPSHOTS"):
        SNAPSHOT.parent.mkdir(exist_ok=True)
        SNAPSHOT.write_text(json.dumps(described, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    assert json.loads(SNAPSHOT.read_text(encoding="utf-8")) == described


def test_no_two_schemas_share_a_name():
    described = json.dumps(api.get_openapi_schema(), default=str)
    paths = [path for app in APPS for pattern in ("schemas.py", "schemas/*.py") for path in SOURCE.glob(f"{app}/{pattern}")]
    classes = [node.name for path in paths for node in tree_of(path).body if isinstance(node, ast.ClassDef)]
    used = [name for name in classes if f'"#/components/schemas/{name}"' in described]
    assert sorted(used) == sorted(set(used))
