"""Time left is judged by the pieces finished in this run, and by nothing else."""

from schoolsim.ui.jobs.pace import Pace


def test_nothing_is_known_before_a_piece_is_finished():
    pace = Pace()
    assert pace.seconds_left(5.0) is None
    pace.told(0, 10, 5.0)
    assert pace.seconds_left(9.0) is None


def test_the_rest_takes_as_long_a_piece_as_those_finished():
    pace = Pace()
    for done in range(4):
        pace.told(done, 10, 100.0 + 2 * done)
    assert pace.seconds_left(106.0) == 14.0


def test_it_counts_down_between_pieces_and_stops_at_nothing():
    pace = Pace()
    pace.told(0, 3, 0.0)
    pace.told(1, 3, 10.0)
    assert pace.seconds_left(14.0) == 16.0
    assert pace.seconds_left(99.0) == 0.0


def test_pieces_of_an_earlier_call_say_nothing_of_the_pace():
    pace = Pace()
    pace.told(8, 10, 50.0)
    assert pace.seconds_left(51.0) is None
    pace.told(9, 10, 54.0)
    assert pace.seconds_left(54.0) == 4.0


def test_a_call_that_begins_again_is_judged_anew():
    pace = Pace()
    for done, now in ((0, 0.0), (4, 100.0), (1, 200.0)):
        pace.told(done, 5, now)
    assert pace.seconds_left(200.0) is None
    pace.told(3, 5, 210.0)
    assert pace.seconds_left(210.0) == 10.0


def test_saying_something_without_finishing_a_piece_does_not_make_it_faster():
    pace = Pace()
    for done, now in ((0, 0.0), (1, 10.0), (1, 15.0)):
        pace.told(done, 2, now)
    assert pace.seconds_left(15.0) == 5.0
