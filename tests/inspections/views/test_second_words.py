import pytest

from tests.inspections.selectors.test_other_answers import other, task

__all__ = ["other", "task"]


def page(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_of_the_result_says_who_answered_what_when(client_as, world, other):
    shown = page(client_as("quality_manager"), f"/inspections/results/{other.result.code}/")
    for words in (
        "Answered a second time",
        "积灰",
        world.person("quality_manager").name,
        f'id="{other.code}"',
        "the earlier answer",
    ):
        assert words in shown


def test_the_page_of_the_round_leads_to_the_result(client_as, task, other):
    shown = page(client_as("quality_manager"), f"/inspections/tasks/{task.code}/")
    assert f"/inspections/results/{other.result.code}/" in shown
    assert "大堂" in shown
    other.verdict = 1
    other.save()
    assert "Pass" in page(client_as("quality_manager"), f"/inspections/tasks/{task.code}/")


def test_a_vendor_reads_it_without_names(client_as, world, other):
    shown = page(client_as("vendor_manager"), f"/inspections/results/{other.result.code}/")
    assert "积灰" in shown
    assert world.person("quality_manager").name not in shown


def test_the_code_of_a_second_answer_leads_to_the_result_that_counts(client_as, other):
    answer = client_as("quality_manager").get(f"/inspections/results/second/{other.code}/")
    assert answer["Location"] == f"/inspections/results/{other.result.code}/#{other.code}"
    assert client_as("quality_manager").get("/inspections/results/second/OA-0/").status_code == 404


@pytest.mark.parametrize("place", ["results/{result}", "tasks/{task}"])
def test_other_systems_read_it_too(client_as, task, other, place):
    address = place.format(result=other.result.code, task=task.code)
    (told,) = client_as("quality_manager").get(f"/api/v1/inspections/{address}/second-answers").json()
    assert (told["code"], told["counts"], told["item"], told["place"]) == (
        other.code,
        other.result.code,
        other.result.item.key,
        other.result.place.tag,
    )
    assert (told["verdict"], told["severity"], told["note"], told["photo_count"]) == ("fail", "major", "积灰", 0)
    other.verdict = 1
    other.save()
    (told,) = client_as("quality_manager").get(f"/api/v1/inspections/{address}/second-answers").json()
    assert told["severity"] is None
