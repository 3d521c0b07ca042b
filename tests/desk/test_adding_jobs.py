"""Jobs: how many, how long, what is left of them, whatever becomes of the process that reads."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from rasd.desk.adding.jobs import Job, JobLimits, Jobs, State, TooManyJobsError, write_down
from rasd.desk.adding.process import Reading, started
from rasd.desk.adding.receiving import About, GivenError, day, file_name, line, text_job
from rasd.desk.adding.task import GivenFile, Prepare, Task, Told

TASK = Task("some.db")
WAITS = "import time; time.sleep(60)"
SAYS = """
import os, sys
for line in sys.stdin:
    for n in range(5):
        print('{"type":"became","outcome":"added","origin":"%d","events":2}' % os.getpid())
    print('{"type":"done","seconds":0.5}', flush=True)
"""


def process(code: str) -> Callable[[], subprocess.Popen[bytes]]:
    """What starts a process that runs some lines instead of reading."""
    pipe = subprocess.PIPE
    return lambda: subprocess.Popen([sys.executable, "-c", code], stdin=pipe, stdout=pipe, stderr=pipe)


def ended(job: Job) -> Job:
    for _ in range(400):
        if job.over:
            return job
        time.sleep(0.05)
    raise AssertionError("the job does not end")


@pytest.fixture
def make():
    made: list[Jobs] = []

    def making(code: str, **limits: int | float) -> Jobs:
        jobs = Jobs(JobLimits(**limits), start=process(code))  # type: ignore[arg-type]
        made.append(jobs)
        return jobs

    yield making
    for jobs in made:
        jobs.close()


def test_a_job_is_heard_to_its_end(make):
    jobs = make(SAYS, outcomes=3)
    job = ended(jobs.put(TASK, "leila", ["x"]))
    assert job.state is State.DONE
    assert (job.articles, job.events, job.seconds) == (5, 10, 0.5)
    assert len(job.outcomes) == 3
    assert jobs.job(job.id) is job
    assert jobs.job("none") is None


@pytest.mark.parametrize(
    ("code", "state", "reason"),
    [
        ("", State.FAILED, "a fault of the server"),
        ("raise SystemExit(3)", State.FAILED, "a fault of the server"),
        ("print('no json')", State.FAILED, "a fault of the server"),
        ("import os; os.kill(os.getpid(), 9)", State.FAILED, "it took too long or too much memory"),
        ("""print('{"type":"failed","reason":"the disk is full"}')""", State.FAILED, "the disk is full"),
        ("import sys; sys.stderr.write('x' * 10_000_000)", State.FAILED, "a fault of the server"),
    ],
)
def test_whatever_becomes_of_the_process(make, code, state, reason):
    jobs = make(code)
    job = ended(jobs.put(TASK, "leila", ["x"]))
    assert (job.state, job.reason) == (state, reason)
    assert ended(jobs.put(TASK, "leila", ["y"])).over, "the next one is taken"


def test_a_job_that_takes_too_long_is_given_up(make):
    job = ended(make(WAITS, seconds=1).put(TASK, "leila", ["x"]))
    assert job.state is State.FAILED


def test_jobs_are_so_many(make):
    jobs = make(WAITS, waiting=3, each=2, size=1000)
    first = jobs.put(TASK, "leila", ["x"])
    jobs.put(TASK, "leila", ["x"])
    with pytest.raises(TooManyJobsError) as wrong:
        jobs.put(TASK, "leila", ["x"])
    assert wrong.value.word == "add.yours"
    with pytest.raises(TooManyJobsError) as wrong:
        jobs.put(TASK, "omar", ["x"], size=1001)
    assert wrong.value.word == "add.full"
    jobs.put(TASK, "omar", ["x"], size=600)
    with pytest.raises(TooManyJobsError):
        jobs.put(TASK, "omar", ["x"], size=600)
    jobs.stop(first.id)
    assert ended(first).state is State.STOPPED


def test_what_waits_can_be_stopped(make):
    jobs = make(WAITS)
    jobs.put(TASK, "leila", ["x"])
    second = jobs.put(TASK, "leila", ["y"])
    assert jobs.before(second) >= 1 or second.state is State.RUNNING
    jobs.stop(second.id)
    assert ended(second).state is State.STOPPED
    jobs.stop(second.id)
    jobs.stop("none")


def test_the_end_of_the_server_stops_what_runs_and_waits(make):
    jobs = make(WAITS)
    folder = jobs.folder()
    (folder / "0.txt").write_text("x")
    running = jobs.put(Task("some.db", [GivenFile(str(folder / "0.txt"), "x")]), "leila", ["x"])
    waiting = jobs.put(TASK, "leila", ["y"])
    for _ in range(100):
        if running.state is State.RUNNING:
            break
        time.sleep(0.02)
    jobs.close()
    assert running.state is State.STOPPED
    assert waiting.state is State.STOPPED
    assert not folder.exists()
    with pytest.raises(TooManyJobsError):
        jobs.put(TASK, "leila", ["z"])


def test_the_oldest_are_forgotten(make):
    jobs = make(SAYS, remembered=2)
    done = [ended(jobs.put(TASK, "leila", [str(n)])) for n in range(4)]
    assert jobs.job(done[0].id) is None
    assert jobs.job(done[3].id) is done[3]
    assert jobs.recent()[0].names == ["3"]


def test_a_process_is_kept_for_the_next_job(make):
    jobs = make(SAYS)
    first, second = (ended(jobs.put(TASK, "leila", ["x"])) for _ in range(2))
    assert first.outcomes[0].origin == second.outcomes[0].origin


def test_a_process_without_a_job_is_let_go(make):
    jobs = make(SAYS, rest_seconds=0.05)
    first = ended(jobs.put(TASK, "leila", ["x"]))
    for _ in range(100):
        if jobs._reading is None:
            break
        time.sleep(0.02)
    assert jobs._reading is None
    second = ended(jobs.put(TASK, "leila", ["x"]))
    assert first.outcomes[0].origin != second.outcomes[0].origin


def test_a_process_is_made_ready(tmp_path: Path):
    reading = Reading(started)
    reading.ask(Prepare())
    reading.ask(Task(str(tmp_path / "new.db"), [GivenFile(str(tmp_path / "none"), "none")]))
    told: list[Told] = []
    assert reading.hear(told.append, 60) is None
    assert [type(what).__name__ for what in told] == ["Stage", "Became", "Done"]
    reading.end(10)
    assert not reading.alive


def test_the_reading_process_ends_with_the_desk(tmp_path: Path):
    """Its input ends when the desk has been killed."""
    process = started()
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(30) == 0


def test_what_a_killed_desk_leaves_is_cleared_away(tmp_path: Path):
    folder = tmp_path / "rasd-desk-1" / "2"
    folder.mkdir(parents=True)
    text = "التقى الوزير الكويتي نظيره الهندي في مسقط، ووقعا اتفاقية رقم {n}."
    (folder / "0.csv").write_text("نص\n" + "\n".join(text.format(n=n) for n in range(20_000)), "utf-8")
    process = started()
    assert process.stdin is not None
    assert process.stdout is not None
    task = Task(str(tmp_path / "new.db"), [GivenFile(str(folder / "0.csv"), "x.csv")])
    process.stdin.write(msgspec.json.encode(task) + b"\n")
    process.stdin.flush()
    assert b"stage" in process.stdout.readline()
    assert b"became" in process.stdout.readline()
    process.stdin.close()
    process.stdout.close()
    process.wait(60)
    assert not folder.parent.exists()
    assert tmp_path.exists()


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("a.txt", ".txt"), ("../../a.JSONL.gz", ".jsonl.gz"), ("..\\..\\a.csv", ".csv"), ("a", ""), (".txt", ".txt"),
        ("a.tar.gz/../../x", ""), ("a.b.c.d.txt", ".d.txt"), ("مقال.نص", ""), ("x.t/xt", ""), ("x.\0txt", ""),
        ("x." + "y" * 300, ""), ("x..", ""), ("x.$(id)", ""), ("~/.ssh/authorized_keys", ""),
    ],
)  # fmt: skip
def test_files_lie_where_the_desk_puts_them(tmp_path: Path, name: str, ending: str):
    path, size = write_down(tmp_path, 7, name, b"abc")
    assert Path(path) == tmp_path / f"7{ending}"
    assert size == 3


def test_a_name_is_shown_without_folders():
    assert file_name("C:\\fakepath\\مقال.txt") == "مقال.txt"
    assert file_name("a/b\u202e\r\nc.txt") == "b c.txt"


def test_fields_are_one_line():
    assert line(" a\r\nSet-Cookie: b\u202e ") == "a Set-Cookie: b"
    assert line("  ") is None
    assert len(line("x" * 5000) or "") == 500


def test_days_are_days():
    assert day("2016-03-09") == dt.date(2016, 3, 9)
    assert day(" ") is None
    with pytest.raises(GivenError):
        day("9 March")


def test_letters_that_are_none_are_replaced(make):
    jobs = make(WAITS)
    job = text_job(jobs, "leila", About(None, None), "نص \ud800 ما", title=None, url=None)
    assert "?" in Path(job.task.files[0].path).read_text("utf-8")
