"""Long work in one child process at a time, niced, with progress, and killed to cancel."""

import json
import os
import queue
import subprocess
import sys
import threading
from importlib import import_module
from typing import IO, Any, NamedTuple

from .catalogue import Catalogue, stamp


class Task(NamedTuple):
    """A domain function that takes an open study, JSON-able arguments, and `progress`."""

    module: str
    function: str
    needs: str  # the ability of who may start it, see how it goes, and cancel it


TASKS = {
    "search for names": Task("linkage.pseudonyms", "search_names", "keep the key"),
    "hide names": Task("linkage.pseudonyms", "hide_names", "keep the key"),
    "erase what is left": Task("linkage.pseudonyms", "erase", "keep the key"),
    "import survey": Task("linkage.survey", "import_survey", "run survey"),
    "simulate power": Task("linkage.sample_size", "simulate_asked", "run survey"),
    "read the transcripts": Task("linkage.reading", "read_transcripts", "code"),
    "suggest codes": Task("linkage.suggesting", "refit", "decide suggestions"),
    "find stories": Task("linkage.story_search", "find_and_keep", "mark stories"),
    "find topics": Task("linkage.topics", "find_and_keep", "code"),
    "redraw for the effects": Task("linkage.survey.drawing", "draw_effects", "run survey"),
}
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


class Jobs:
    """Runs the catalogue's waiting jobs, one after the other."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._waiting: queue.SimpleQueue[tuple[int, dict[str, Any]]] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._running: tuple[int, subprocess.Popen[str]] | None = None
        self._cancelled: set[int] = set()

    def start(
        self, study_key: str, study_path: str, user_guid: str, task: str, arguments: dict[str, Any]
    ) -> int:
        """Put a task in line and return its job's number."""
        job_id = self._catalogue.add_job(study_key, user_guid, task, arguments)
        order = {"task": task, "study": study_path, "arguments": arguments}
        self._waiting.put((job_id, order))
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="jobs", daemon=True)
                self._thread.start()
        return job_id

    def cancel(self, job_id: int) -> None:
        """Stop a job, whether it waits or runs."""
        with self._lock:
            self._cancelled.add(job_id)
            if self._running and self._running[0] == job_id:
                self._running[1].kill()

    def _work(self) -> None:
        while True:
            job_id, order = self._waiting.get()
            last = self._run(job_id, order)
            with self._lock:
                cancelled = job_id in self._cancelled
                self._running = None
            if cancelled:
                last = {"state": "cancelled"}
            self._catalogue.update_job(job_id, finished_at=stamp(), **last)

    def _run(self, job_id: int, order: dict[str, Any]) -> dict[str, Any]:
        with self._lock:
            if job_id in self._cancelled:
                return {}
            child = subprocess.Popen(
                [sys.executable, "-c", "from webapp.jobs import main; main()"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                env=os.environ | ONE_THREAD,
            )
            self._running = (job_id, child)
        self._catalogue.update_job(job_id, state="running")
        last = self._follow(job_id, child, order)
        child.wait()
        return last

    def _follow(
        self, job_id: int, child: "subprocess.Popen[str]", order: dict[str, Any]
    ) -> dict[str, Any]:
        assert child.stdin
        assert child.stdout
        last: dict[str, Any] = {"state": "failed", "error": "The job stopped half-way; try again."}
        with child.stdout as lines:
            try:
                with child.stdin as pipe:
                    json.dump(order, pipe)
            except BrokenPipeError:
                return {"state": "failed", "error": "The job could not be started; try again."}
            for line in lines:
                told = json.loads(line)
                if "state" in told:
                    last = told
                else:
                    self._catalogue.update_job(job_id, **told)
        return last


def run_child(source: IO[str], sink: IO[str]) -> None:
    """Do one ordered task in this process, telling its progress as lines of JSON."""
    os.nice(19)
    order = json.load(source)

    def tell(**words: Any) -> None:
        sink.write(json.dumps(words) + "\n")
        sink.flush()

    from coding.errors import NotFound
    from linkage.study import open_study

    from .errors import BAD_INPUT

    ordered = TASKS[order["task"]]
    try:
        task = getattr(import_module(ordered.module), ordered.function)
        result = task(
            open_study(order["study"]),
            progress=lambda done, total: tell(done=done, total=total),
            **order["arguments"],
        )
    except (*BAD_INPUT, NotFound) as error:
        tell(state="failed", error=str(error))
        return
    tell(state="done", result=json.dumps(result))


def main() -> None:
    """Be the child process."""
    run_child(sys.stdin, sys.stdout)
