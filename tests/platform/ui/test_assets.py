import json
from pathlib import Path

import pytest

from duban.platform.ui import assets

MANIFEST = {
    "src/office/main.ts": {"file": "assets/office-1.js", "css": ["assets/office-2.css"], "imports": ["_shared.js"]},
    "_shared.js": {"file": "assets/shared-3.js", "css": ["assets/shared-4.css"]},
    "src/office/icons.svg": {"file": "assets/icons-5.svg"},
}


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(MANIFEST))
    monkeypatch.setattr(assets, "MANIFEST", path)


@pytest.mark.usefixtures("built")
def test_bundle_lists_scripts_styles_and_preloads() -> None:
    assert assets.bundle("office") == assets.Bundle(
        scripts=("/static/dist/assets/office-1.js",),
        styles=("/static/dist/assets/office-2.css", "/static/dist/assets/shared-4.css"),
        preloads=("/static/dist/assets/shared-3.js",),
    )


@pytest.mark.usefixtures("built")
def test_asset_url_of_one_file() -> None:
    assert assets.asset_url("src/office/icons.svg") == "/static/dist/assets/icons-5.svg"
    assert assets.asset_url("src/office/none.svg") == ""


def test_bundle_before_a_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "MANIFEST", tmp_path / "manifest.json")
    assert assets.bundle("office") == assets.Bundle()
