"""Across apps only the doors are used."""

import grimp

from tests.repo.source import APPS

DOORS = {"services", "selectors", "domain", "models"}


def test_apps_are_entered_by_their_doors():
    graph = grimp.build_graph("duban", include_external_packages=False)
    wrong = []
    for module in sorted(graph.modules):
        _, app, *_rest = [*module.split("."), ""]
        if app not in APPS:
            continue
        for target in graph.find_modules_directly_imported_by(module):
            _, other, *inside = [*target.split("."), ""]
            if other in APPS and other != app and inside[0] not in DOORS:
                wrong.append(f"{module} imports {target}")
    assert wrong == []
