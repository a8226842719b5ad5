"""Python in the documents runs as it stands there."""

import pytest
from documents import ROOT, blocks, markdown_files, text_of

RUN = "python run"


def snippets(file):
    return [block.text for block in blocks(text_of(file)) if block.language == RUN]


WITH_SNIPPETS = [file for file in markdown_files() if snippets(file)]


@pytest.mark.parametrize("file", WITH_SNIPPETS, ids=lambda file: file.name)
def test_the_snippets_of_a_page_run_in_their_order(file, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = {"__name__": "__main__"}
    for text in snippets(file):
        exec(compile(text, file.name, "exec"), names)


def test_the_readme_has_snippets_that_run():
    assert ROOT / "README.md" in WITH_SNIPPETS


def test_all_python_that_is_shown_is_run():
    shown = [(file.name, block.language) for file in markdown_files() for block in blocks(text_of(file))]
    assert [pair for pair in shown if pair[1].startswith("python") and pair[1] != RUN] == []
