"""Reference pages say what the registers say, and are told apart from it when they do not."""

import pytest
from documents import page_builder

build = page_builder()


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reference")
    build.write(folder)
    return folder


def test_no_page_is_stale():
    assert build.stale_pages() == []


def test_pages_just_written_are_fresh_and_written_once(written):
    assert build.stale_pages(written) == []
    assert build.write(written) == []


def test_a_page_edited_by_hand_is_stale_until_it_is_written_again(written):
    page = written / "levers.md"
    page.write_text(page.read_text(encoding="utf-8") + "And more.\n", encoding="utf-8")
    assert build.stale_pages(written) == ["levers.md"]
    build.write(written)
    assert build.stale_pages(written) == []


def test_a_page_that_no_register_makes_is_stale_and_goes(written):
    (written / "old.md").write_text("Once upon a time.\n", encoding="utf-8")
    assert build.stale_pages(written) == ["old.md"]
    build.write(written)
    assert not (written / "old.md").exists()


def test_a_missing_page_is_stale(tmp_path, written):
    names = {file.name for file in written.glob("*.md")}
    assert set(build.stale_pages(tmp_path)) == names


def test_check_exits_with_1_and_names_the_page(monkeypatch, capsys):
    monkeypatch.setattr(build, "stale_pages", lambda: ["levers.md"])
    assert build.main(["--check"]) == 1
    assert "docs/reference/levers.md is stale" in capsys.readouterr().out


def test_pages_do_not_tell_how_many_cores_made_them():
    from refpages.world import _without_this_machine

    assert "64" not in _without_this_machine("--workers", "processes at once (default 64)")
