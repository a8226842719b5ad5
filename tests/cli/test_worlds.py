"""`run` and `compare`: what the laboratory is asked for, and what people are told."""

import json

import pytest

from schoolsim.cli import main
from schoolsim.cli.terminal import PROGRESS_LINES, progress_shown
from schoolsim.lab.headlines import POVERTY_GAP

USUAL = ["stand-still", "neighbourhood-allocation", "open-enrolment-without-tables"]


def names(laboratory):
    return [scenario.name for scenario in laboratory.asked["scenarios"]]


def test_compare_alone_takes_the_three_usual_scenarios(laboratory):
    assert main(["compare"]) == 0
    assert names(laboratory) == USUAL
    asked = laboratory.asked
    assert (asked["place"], asked["years"], asked["replicates"], asked["real_names"]) == (
        "salford",
        10,
        10,
        False,
    )


def test_stand_still_always_takes_part_and_comes_first(laboratory):
    main(["compare", "open-enrolment-without-tables"])
    assert names(laboratory) == ["stand-still", "open-enrolment-without-tables"]
    main(["compare", "neighbourhood-allocation", "stand-still"])
    assert names(laboratory) == ["stand-still", "neighbourhood-allocation"]


def test_an_added_baseline_follows_the_scenarios_named(laboratory):
    main(["compare", "toytown"])
    assert (laboratory.asked["place"], laboratory.asked["years"]) == ("toytown", 5)


def test_options_reach_the_laboratory(laboratory, tmp_path):
    words = "--place toytown --vintage england_1997 --halo none --years 3 --replicates 4 --workers 1 --seed 9"
    words += " --out there --name mine --real-names"
    assert main(["compare", *words.split()]) == 0
    asked = {key: value for key, value in laboratory.asked.items() if key not in ("scenarios", "out")}
    numbers = {"years": 3, "replicates": 4, "workers": 1, "seed": 9}
    where = {"place": "toytown", "vintage": "england_1997", "halo": "none"}
    assert asked == where | {"name": "mine", "real_names": True, "cache": True, **numbers}


@pytest.mark.parametrize("words", [["compare"], ["run", "toytown"]])
def test_the_cache_is_used_unless_somebody_says_not_to(laboratory, words):
    main(words)
    assert laboratory.asked["cache"] is True
    main([*words, "--no-cache"])
    assert laboratory.asked["cache"] is False


def test_compare_tells_table_findings_and_where_the_report_is(laboratory, capsys):
    main(["compare"])
    told = capsys.readouterr()
    assert POVERTY_GAP.label in told.out
    assert "+0.10 SD [0.10 to 0.10]" in told.out
    assert 3 <= told.out.count("\n- ") <= 6
    assert told.out.splitlines()[-1] == "Report: results/x/report.html"
    assert told.err == "1 of 2: half way\n"


def test_compare_for_machines_is_one_json_document(laboratory, capsys):
    main(["compare", "--json"])
    answer = json.loads(capsys.readouterr().out)
    effect = answer["effects"][0]
    assert (effect["regime"], effect["metric"], round(effect["mean"], 6)) == (USUAL[1], "gap_sd", 0.1)
    assert answer["report"] == "results/x/report.html"


@pytest.mark.parametrize("option", ["place", "years", "seed"])
def test_run_can_be_told_another_place_span_or_seed(laboratory, option):
    value = {"place": "salford", "years": 2, "seed": 3}[option]
    assert main(["run", "toytown", f"--{option}", str(value)]) == 0
    assert getattr(laboratory.asked["scenario"], option) == value


def test_run_warns_that_one_world_is_one_throw_of_the_dice(laboratory, capsys):
    main(["run", "toytown"])
    assert "may be luck" in capsys.readouterr().out


def test_run_for_machines_holds_the_scenario_and_every_number(laboratory, capsys):
    main(["run", "toytown", "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert (answer["scenario"]["place"], len(answer["metrics"])) == ("toytown", 18)


def test_progress_in_a_log_stays_short(capsys):
    with progress_shown() as progress:
        for done in range(1001):
            progress(done, 1000, "world")
    assert capsys.readouterr().err.count("\n") == PROGRESS_LINES + 1


def test_a_small_comparison_runs_from_end_to_end(tmp_path, capsys):
    words = [
        "compare",
        "open-enrolment-without-tables",
        "--place",
        "toytown",
        "--years",
        "1",
        "--replicates",
        "1",
    ]
    assert main([*words, "--workers", "1", "--out", str(tmp_path)]) == 0
    report = capsys.readouterr().out.splitlines()[-1].removeprefix("Report: ")
    assert {"manifest.json", "metrics.parquet", "schools.parquet", "report.html"} <= {
        file.name for file in tmp_path.glob("*/*/*")
    }
    assert report.startswith(str(tmp_path))
