"""Coding on a real cluster of two nodes, one of which is killed on the way: complete, and equal to this machine's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rasd.corpus import rejects_path
from rasd.corpus.archive import code_archive
from rasd.corpus.coding import CodingSummary
from rasd.corpus.node import NodeCoder, NodeError, Setup
from rasd.sources import SourceError
from rasd.sources.gathering import Articles
from rasd.stages import Stages

ray = pytest.importorskip("ray", reason="ray is not installed: pip install 'rasd[ray]'")

STAND_IN = Path(__file__).with_name("stand_in.py")
WORKER = [sys.executable, str(STAND_IN), "worker"]
# A machine that has died is known for dead within a second or two.
QUICK = {"health_check_initial_delay_ms": 500, "health_check_period_ms": 500, "health_check_failure_threshold": 3}
STORE = 78 * 1024 * 1024


class TwoNodes:
    """A cluster of two nodes on this machine, the second of which can be killed and is there again when asked for."""

    def __init__(self, folder: str) -> None:
        from ray.cluster_utils import Cluster

        # Where it notes the address of the latest cluster, wherever else it keeps its files.
        Path(os.environ.get("RAY_TMPDIR", tempfile.gettempdir()), "ray").mkdir(exist_ok=True)
        self._cluster: Any = Cluster(
            initialize_head=True,
            head_node_args={
                "num_cpus": 1, "object_store_memory": STORE, "include_dashboard": False, "_system_config": QUICK,
                "temp_dir": folder, "node_ip_address": "127.0.0.2",
            },
        )  # fmt: skip
        self._second: Any = None

    @property
    def address(self) -> str:
        return self._cluster.address

    def whole(self) -> None:
        """Have both nodes alive."""
        if self._second is None:
            self._second = self._cluster.add_node(num_cpus=1, object_store_memory=STORE, node_ip_address="127.0.0.3")
            self._cluster.wait_for_nodes()

    def kill_second(self) -> None:
        """End the second node's raylet at once."""
        if self._second is not None:
            self._cluster.remove_node(self._second, allow_graceful=False)
            self._second = None

    def close(self) -> None:
        self._cluster.shutdown()


@pytest.fixture(scope="module")
def cluster() -> Iterator[TwoNodes]:
    # The name is short, since names of sockets must be.
    with (
        pytest.MonkeyPatch.context() as patch,
        tempfile.TemporaryDirectory(prefix="r", ignore_cleanup_errors=True) as folder,
    ):
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        patch.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))
        patch.delenv("RAY_ADDRESS", raising=False)
        made = TwoNodes(folder)
        try:
            yield made
        finally:
            ray.shutdown()
            made.close()


def article(key: str, text: str) -> str:
    return json.dumps({"id": key, "text": text, "published": f"2016-{int(key) % 12 + 1:02}-07"}, ensure_ascii=False)


def write(folder: Path, count: int) -> Path:
    """Articles, among them a line that is none, one that the reader fails on and one that ends its worker."""
    lines = [article(str(n), f"خبر SLOW {'كلمة ' * (n % 9)}") for n in range(count)]
    lines[7] = article("7", "FAIL خبر")
    lines[count // 2] = article(str(count // 2), "DIE خبر")
    lines.insert(3, "{oops")
    file = folder / "articles.jsonl"
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return file


def here(source: Path, target: Path, form: str = "jsonl") -> CodingSummary:
    """The outcome of this machine alone."""
    from rasd.corpus.archive import RecordLines
    from rasd.corpus.tables import TableParts

    with Articles([str(source)]) as lines:
        return code_archive(
            lines, str(source), target, workers=1, form=form, command=WORKER,
            make=TableParts if form == "parquet" else RecordLines,
        )  # fmt: skip


def on_cluster(cluster: TwoNodes, source: Path, output: str, **options: Any) -> CodingSummary:
    from rasd.corpus.cluster import code_on_ray

    with Articles([str(source)]) as lines:
        return code_on_ray(
            lines, str(source), output, address=cluster.address, articles=20, command=WORKER, **options
        )  # fmt: skip


def records(folder: Path) -> bytes:
    return b"".join(part.read_bytes() for part in sorted(folder.glob("part-*.jsonl")))


def test_a_node_killed_on_the_way_changes_nothing(cluster: TwoNodes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from rasd.corpus.cluster import _Fleet

    fleets: set[_Fleet] = set()
    answered: set[str] = set()
    deal, answer = _Fleet.deal, _Fleet._answer

    def deal_to_both(fleet: _Fleet, chunk_of: Any) -> None:
        fleets.add(fleet)
        if answered or sum(machine.ready for machine in fleet._machines.values()) == 2:
            deal(fleet, chunk_of)
        else:
            fleet._look()

    def noted_answer(fleet: _Fleet, asked: Any) -> Any:
        machine = fleet._dealt[asked][0]
        done = answer(fleet, asked)
        if done is not None:
            answered.add(machine.key)
        return done

    def kill(_: CodingSummary, position: int) -> None:
        if len(answered) == 2:
            cluster.kill_second()

    monkeypatch.setattr(_Fleet, "deal", deal_to_both)
    monkeypatch.setattr(_Fleet, "_answer", noted_answer)
    cluster.whole()
    source, alone, output = write(tmp_path, 300), tmp_path / "alone.jsonl", tmp_path / "records"
    expected = here(source, alone)
    found = on_cluster(cluster, source, str(output), progress=kill)
    assert len(answered) == 2
    assert [fleet.lost for fleet in fleets] == [1]
    assert records(output) == alone.read_bytes()
    assert rejects_path(output).read_bytes() == rejects_path(alone).read_bytes()
    counted = ("articles", "events", "rejects", "words")
    assert [getattr(found, c) for c in counted] == [getattr(expected, c) for c in counted]
    assert {p.name for p in output.iterdir()} == {*(p.name for p in output.glob("part-*")), "_rasd.json"}
    assert not (tmp_path / "records.part").exists()


def test_a_run_that_stopped_is_gone_on_with(cluster: TwoNodes, tmp_path: Path):
    import pyarrow.parquet as pq

    source, alone, output = write(tmp_path, 160), tmp_path / "alone", tmp_path / "tables"
    here(source, alone, "parquet")

    def stop(summary: CodingSummary, _: int) -> None:
        if summary.articles >= 80:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        on_cluster(cluster, source, f"file://{output}", form="parquet", progress=stop)
    assert not output.exists()
    resumed: list[int] = []
    stages = Stages()
    found = on_cluster(
        cluster, source, f"file://{output}", form="parquet", on_resume=resumed.append, stages=stages
    )  # fmt: skip
    assert resumed
    assert resumed[0] >= 80
    assert found.words_before > 0
    assert found.articles == 158
    for table in ("articles", "events", "mentions", "times", "affairs", "reports"):
        made, wanted = (pq.read_table(folder / table).sort_by("article") for folder in (output, alone))
        assert made.equals(wanted), table


def test_the_same_command(cluster: TwoNodes, tmp_path: Path):
    texts = ("التقى الوزير نظيره أمس في عمّان.", "قالت الحكومة إنها ترفض الاتفاق.", "وصل الوفد إلى الخرطوم.")
    source = tmp_path / "articles.jsonl"
    source.write_text("".join(f"{article(str(n), text)}\n" for n, text in enumerate(texts)), encoding="utf-8")
    (tmp_path / "mine").mkdir()
    command = [sys.executable, "-m", "rasd", "code", str(source), "--lexicon", str(tmp_path / "mine")]

    def run(*arguments: str) -> list[str]:
        done = subprocess.run([*command, *arguments], capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        return done.stderr.splitlines()

    run("-o", str(tmp_path / "plain.jsonl"))
    said = run("-o", str(tmp_path / "parts"), "--engine", "ray", "--address", cluster.address, "--profile")
    assert said[0].startswith("rasd: 3 articles, ")
    assert any(line.split()[1] == "what" for line in said)
    assert records(tmp_path / "parts") == (tmp_path / "plain.jsonl").read_bytes()


def test_where_no_cluster_is(tmp_path: Path):
    from rasd.corpus.cluster import ClusterError, code_on_ray

    if ray.is_initialized():
        ray.shutdown()
    with Articles([str(write(tmp_path, 20))]) as lines, pytest.raises(ClusterError, match=r"no Ray cluster at 127\.0"):
        code_on_ray(lines, "", str(tmp_path / "out"), address="127.0.0.1:9")
    assert {p.name for p in tmp_path.iterdir()} == {"articles.jsonl"}


def test_what_a_machine_cannot_take_part_for(tmp_path: Path):
    import msgspec

    from rasd.corpus.archive import installed_version
    from rasd.corpus.depot import Depot
    from rasd.lexicon.files import KnowledgeFiles

    with Depot(str(tmp_path / "records"), {"run": "1"}) as depot:
        setup = Setup(depot.shelf.url, depot.token, "jsonl", installed_version(), KnowledgeFiles().digest, 1)
        for wrong, said in (
            (msgspec.structs.replace(setup, digest="0"), "has another Rasd"),
            (msgspec.structs.replace(setup, token="0"), "does not see"),
            (msgspec.structs.replace(setup, shelf=str(tmp_path / "elsewhere")), "does not see"),
        ):
            with pytest.raises(NodeError, match=said):
                NodeCoder(msgspec.msgpack.encode(wrong)).ready()
        with pytest.raises(SourceError, match="another run is writing it"):
            Depot(str(tmp_path / "records"), {"run": "1"})


def test_a_file_or_folder_that_is_not_ours_is_left_alone(tmp_path: Path):
    from rasd.corpus.depot import Depot

    (tmp_path / "file").write_text("x")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "something").write_text("x")
    for name in ("file", "folder"):
        with pytest.raises(SourceError):
            Depot(str(tmp_path / name), {})
