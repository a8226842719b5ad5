"""A folder of bytes: found again or not at all, bounded, and never in anybody's way."""

import errno
import logging
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsim.errors import InputError
from schoolsim.lab import cache as caching
from schoolsim.lab.cache import ENDING, NO_CACHE, Cache, usual_cache

CONTENT = bytes(range(256)) * 40
NOISE = [os.urandom(3000) for _ in range(4)]
HOUR = 3600.0


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "worlds")


@pytest.fixture
def file(cache):
    """The file of the entry "one"."""
    cache.put("one", CONTENT)
    (file,) = cache.folder.iterdir()
    return file


@pytest.fixture(autouse=True)
def every_warning(caplog):
    caching._warn_once.cache_clear()
    caplog.set_level(logging.INFO)


def used(cache, key, hours_ago):
    """Put an entry of 3,000 bytes that no compression makes smaller, and date its last use back."""
    cache.put(key, NOISE[hours_ago % 4])
    file = cache.folder / f"{key}{ENDING}"
    moment = file.stat().st_mtime - hours_ago * HOUR
    os.utime(file, (moment, moment))


def keys(cache):
    return sorted(file.name.removesuffix(ENDING) for file in cache.folder.iterdir())


def test_what_was_put_is_found_under_its_key_and_no_other(cache, file):
    assert cache.get("one") == CONTENT
    assert cache.get("other") is None


@given(content=st.binary(max_size=2000))
def test_any_content_comes_back_to_the_bit(tmp_path_factory, content):
    cache = Cache(tmp_path_factory.mktemp("any"))
    cache.put("key", content)
    assert cache.get("key") == content


def test_repetitive_content_takes_less_room_than_it_has_bytes(file):
    assert file.stat().st_size < len(CONTENT) / 4


def test_a_flipped_bit_anywhere_is_never_read_as_content(cache, file):
    sound = file.read_bytes()
    for place in range(len(sound)):
        file.write_bytes(sound[:place] + bytes([sound[place] ^ 0x10]) + sound[place + 1 :])
        assert cache.get("one") is None


@pytest.mark.parametrize("size", [0, 10, 32, 40, -1])
def test_an_entry_cut_short_is_not_there(cache, file, size, caplog):
    file.write_bytes(file.read_bytes()[:size])
    assert cache.get("one") is None
    assert "damaged" in caplog.text


def test_the_entry_of_another_key_is_not_taken_for_ones_own(cache, file):
    file.rename(file.with_name(f"other{ENDING}"))
    assert cache.get("other") is None


def test_a_damaged_entry_is_replaced_by_the_next_put(cache, file):
    file.write_bytes(b"something else")
    cache.put("one", CONTENT)
    assert cache.get("one") == CONTENT


def test_entries_used_longest_ago_go_first(cache):
    for key, hours_ago in (("old", 3), ("older", 4), ("young", 1)):
        used(cache, key, hours_ago)
    Cache(cache.folder, 10_000).put("new", NOISE[0])
    assert keys(cache) == ["new", "old", "young"]


def test_reading_an_entry_counts_as_use(cache):
    used(cache, "read", 9)
    used(cache, "unread", 5)
    cache.get("read")
    Cache(cache.folder, 7_000).put("new", NOISE[0])
    assert keys(cache) == ["new", "read"]


@pytest.mark.parametrize("limit", [0, 2_999, 3_040, 6_100, 9_200])
def test_the_folder_never_holds_more_than_the_limit(cache, limit):
    small = Cache(cache.folder, limit)
    for number, noise in enumerate(NOISE):
        small.put(str(number), noise)
    held = sum(file.stat().st_size for file in cache.folder.iterdir()) if cache.folder.exists() else 0
    assert limit - 3_100 < held <= limit


def test_files_of_others_are_left_alone(cache):
    cache.folder.mkdir()
    foreign = cache.folder / "thesis.doc"
    foreign.write_bytes(bytes(50_000))
    Cache(cache.folder, 5_000).put("new", NOISE[0])
    assert keys(cache) == ["new", "thesis.doc"]


def test_what_killed_writers_left_is_cleared_and_what_others_are_writing_is_not(cache, file):
    forgotten, under_way = (cache.folder / f".one{ENDING}.{name}.part" for name in ("a", "b"))
    for draft, hours in ((forgotten, 2), (under_way, 0)):
        draft.write_bytes(b"half")
        os.utime(draft, (draft.stat().st_mtime - hours * HOUR,) * 2)
    cache.put("two", CONTENT)
    assert (forgotten.exists(), under_way.exists()) == (False, True)


def test_an_entry_in_use_that_cannot_be_deleted_stays_and_another_goes(cache, monkeypatch):
    for key, hours_ago in (("in use", 5), ("idle", 4)):
        used(cache, key, hours_ago)
    usual = Path.unlink

    def refused(path, *arguments, **settings):
        if path.name.startswith("in use"):
            raise PermissionError("used by another process")
        usual(path, *arguments, **settings)

    monkeypatch.setattr(Path, "unlink", refused)
    Cache(cache.folder, 7_000).put("new", NOISE[0])
    assert keys(cache) == ["in use", "new"]


@pytest.mark.skipif(os.name == "nt", reason="Windows deletes no file that is open")
def test_a_reader_reads_on_when_its_entry_is_deleted(cache, file):
    sealed = file.read_bytes()
    with file.open("rb") as reader:
        Cache(cache.folder, 3_100).put("new", NOISE[0])
        assert not file.exists()
        assert reader.read() == sealed


def test_writers_and_readers_at_once_find_the_whole_content_or_nothing(cache):
    def put_and_get(_):
        cache.put("one", CONTENT)
        return cache.get("one")

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(put_and_get, range(40))) == {CONTENT}
    assert keys(cache) == ["one"]


def test_a_full_disk_is_told_once_and_harms_nobody(cache, monkeypatch, caplog):
    def full_disk(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full_disk)
    for key in ("one", "two"):
        cache.put(key, CONTENT)
    assert [record.getMessage() for record in caplog.records if record.levelname == "WARNING"] == [
        f"settled worlds cannot be kept in {cache.folder}: No space left on device"
    ]
    assert keys(cache) == []


def test_a_folder_that_cannot_be_made_harms_nobody(tmp_path, caplog):
    (tmp_path / "taken").write_bytes(b"a file")
    cache = Cache(tmp_path / "taken" / "worlds")
    cache.put("one", CONTENT)
    assert cache.get("one") is None
    assert "cannot be kept" in caplog.text


def test_no_cache_keeps_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    NO_CACHE.put("one", CONTENT)
    assert NO_CACHE.get("one") is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("word", ["off", "OFF"])
def test_the_environment_can_turn_it_off(monkeypatch, word):
    monkeypatch.setenv("SCHOOLSIM_CACHE", word)
    assert usual_cache() is NO_CACHE


def test_the_environment_can_name_a_folder_and_a_limit(monkeypatch, tmp_path):
    monkeypatch.setenv("SCHOOLSIM_CACHE", str(tmp_path / "mine"))
    monkeypatch.setenv("SCHOOLSIM_CACHE_GB", "0.5")
    assert usual_cache() == Cache(tmp_path / "mine", 500_000_000)


def test_by_default_it_lies_among_the_users_caches_and_holds_four_gigabytes(monkeypatch):
    monkeypatch.delenv("SCHOOLSIM_CACHE")
    monkeypatch.delenv("SCHOOLSIM_CACHE_GB", raising=False)
    assert usual_cache().limit == 4_000_000_000
    assert usual_cache().folder.is_absolute()
    assert "schoolsim" in usual_cache().folder.parts


@pytest.mark.parametrize("text", ["much", "-1", "nan", "inf"])
def test_a_limit_that_is_no_number_of_gigabytes_is_refused(monkeypatch, tmp_path, text):
    monkeypatch.setenv("SCHOOLSIM_CACHE", str(tmp_path))
    monkeypatch.setenv("SCHOOLSIM_CACHE_GB", text)
    with pytest.raises(InputError, match=f"SCHOOLSIM_CACHE_GB.*found: {text}"):
        usual_cache()
