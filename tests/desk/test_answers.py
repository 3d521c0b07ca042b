"""Answers are kept while the database stays the same, and made anew when it changed."""

from __future__ import annotations

import threading

import pytest

from rasd.desk import answers
from rasd.desk.answers import Answers


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No answer holds longer than it is exact."""
    monkeypatch.setattr(answers, "_LEAST", 0.0)
    monkeypatch.setattr(answers, "_MOST", 0.0)


def test_an_answer_is_made_once_for_a_state_of_the_database():
    state = ["1"]
    made: list[int] = []
    kept = Answers(lambda: state[0])

    def make() -> int:
        made.append(len(made))
        return made[-1]

    assert [kept.get("a", make), kept.get("a", make), kept.get("b", make)] == [0, 0, 1]
    state[0] = "2"
    assert kept.get("a", make) == 2
    kept.forget()
    assert kept.get("a", make) == 3


def test_a_database_that_does_not_say_is_asked_each_time():
    kept = Answers(lambda: None)
    made = iter(range(9))
    assert [kept.get("a", lambda: next(made)) for _ in range(3)] == [0, 1, 2]


def test_the_least_asked_goes_first():
    kept = Answers(lambda: "1", size=2)
    made: list[str] = []

    def ask(name: str) -> None:
        kept.get(name, lambda: made.append(name))

    for name in "abaca":
        ask(name)
    ask("b")
    assert made == ["a", "b", "c", "b"]


def test_what_fails_is_not_kept():
    kept = Answers(lambda: "1")
    with pytest.raises(ZeroDivisionError):
        kept.get("a", lambda: 1 // 0)
    assert kept.get("a", lambda: 7) == 7


def test_who_asks_while_it_is_made_anew_gets_the_one_before():
    state = ["1"]
    kept = Answers(lambda: state[0])
    kept.get("a", lambda: "old")
    state[0] = "2"
    making, done = threading.Event(), threading.Event()

    def slowly() -> str:
        making.set()
        assert done.wait(30)
        return "new"

    thread = threading.Thread(target=lambda: kept.get("a", slowly))
    thread.start()
    assert making.wait(30)
    assert kept.get("a", lambda: "never") == "old"
    done.set()
    thread.join(30)
    assert kept.get("a", lambda: "never") == "new"
