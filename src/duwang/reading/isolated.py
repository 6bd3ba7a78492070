"""Attachments read in a child process with limits on time and memory: a bomb ends the child, never the run."""

from __future__ import annotations

import atexit
import os
import select
import signal
import struct
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field

import msgspec

from duwang.reading.attachment import AttachmentText, read_attachment, recognised

_LENGTH = struct.Struct(">Q")
_JOBS_PER_WORKER = 500
_PIPE_CHUNK = 1 << 20


class _Job(msgspec.Struct):
    body: bytes
    name: str
    content_type: str
    seconds: float
    recognise: bool = False


def read_isolated(
    body: bytes, name: str, content_type: str = "", *, seconds: float = 20, memory_mb: int = 800
) -> AttachmentText:
    """As read_attachment, in a reused child; a crash, a hang or too much memory is `damaged` with the reason. Any thread may call."""
    job = msgspec.msgpack.encode(_Job(body, name, content_type, seconds))
    with _pool.room:
        return _ask(job, seconds, memory_mb)


def recognise_isolated(
    body: bytes, name: str, content_type: str = "", *, seconds: float = 90, memory_mb: int = 4000
) -> AttachmentText:
    """As read_isolated, and what is written in pictures and scans is recognised, too; a child of its own with more room."""
    job = msgspec.msgpack.encode(_Job(body, name, content_type, seconds, recognise=True))
    with _recognising:
        return _ask(job, seconds, memory_mb)


def _ask(job: bytes, seconds: float, memory_mb: int) -> AttachmentText:
    """A child that worked before may have died of an older job: then a fresh one is asked once more."""
    for attempt in (1, 2):
        worker = _pool.take(memory_mb)
        fresh = not worker.jobs
        try:
            answer = worker.ask(job, seconds)
        except TimeoutError:
            worker.kill()
            return AttachmentText("damaged", detail=f"{seconds:g}秒内没有读完，已停止读取")
        except (EOFError, OSError):
            code = worker.kill()
            if fresh or attempt == 2:
                return AttachmentText("damaged", detail=f"读取程序中途退出（{_ending(code)}）")
            continue
        except BaseException:
            worker.kill()
            raise
        _pool.give(worker)
        return answer
    raise AssertionError


@dataclass(slots=True)
class _Worker:
    """One child; asked one job at a time."""

    process: subprocess.Popen[bytes]
    memory_mb: int
    jobs: int = 0

    @classmethod
    def start(cls, memory_mb: int) -> _Worker:
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
            "OMP_NUM_THREADS": "1",
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "duwang.reading.isolated", str(memory_mb)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, bufsize=0,
        )  # fmt: skip
        assert process.stdin and process.stdout
        os.set_blocking(process.stdin.fileno(), False)
        os.set_blocking(process.stdout.fileno(), False)
        return cls(process, memory_mb)

    def ask(self, job: bytes, seconds: float) -> AttachmentText:
        """The child's answer; TimeoutError, or EOFError/OSError when it died."""
        deadline = time.monotonic() + seconds + (0.0 if self.jobs else 10.0)  # a fresh child has to start first
        self.jobs += 1
        self._send(_LENGTH.pack(len(job)) + job, deadline)
        (length,) = _LENGTH.unpack(self._receive(_LENGTH.size, deadline))
        return msgspec.msgpack.decode(self._receive(length, deadline), type=AttachmentText)

    def _send(self, message: bytes, deadline: float) -> None:
        assert self.process.stdin
        pipe, view = self.process.stdin.fileno(), memoryview(message)
        while view:
            _wait([], [pipe], deadline)
            view = view[os.write(pipe, view[:_PIPE_CHUNK]) :]

    def _receive(self, length: int, deadline: float) -> bytes:
        assert self.process.stdout
        pipe, got = self.process.stdout.fileno(), bytearray()
        while len(got) < length:
            _wait([pipe], [], deadline)
            chunk = os.read(pipe, min(_PIPE_CHUNK, length - len(got)))
            if not chunk:
                raise EOFError
            got += chunk
        return bytes(got)

    def kill(self) -> int:
        """End the child; its exit code (negative: the signal that ended it)."""
        early = self.process.poll()
        if early is None:
            try:
                early = self.process.wait(0.2)
            except subprocess.TimeoutExpired:
                self.process.kill()
        code = self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                pipe.close()
        return code if early is None else early


def _wait(reading: list[int], writing: list[int], deadline: float) -> None:
    left = deadline - time.monotonic()
    poll = select.poll()
    for pipe in reading:
        poll.register(pipe, select.POLLIN)
    for pipe in writing:
        poll.register(pipe, select.POLLOUT)
    if left <= 0 or not poll.poll(left * 1000):
        raise TimeoutError


@dataclass(slots=True)
class _Pool:
    """Idle children by their memory limit; at most as many at work as there are cores (up to four)."""

    idle: list[_Worker] = field(default_factory=list)
    owner: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    room: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(min(4, os.cpu_count() or 1)))

    def take(self, memory_mb: int) -> _Worker:
        with self.lock:
            if self.owner != os.getpid():  # children of a parent process are not ours
                self.idle, self.owner = [], os.getpid()
            for worker in self.idle:
                if worker.memory_mb == memory_mb:
                    self.idle.remove(worker)
                    return worker
        return _Worker.start(memory_mb)

    def give(self, worker: _Worker) -> None:
        if worker.jobs >= _JOBS_PER_WORKER:
            worker.kill()
            return
        with self.lock:
            self.idle.append(worker)

    def close(self) -> None:
        """End the idle children of this process."""
        with self.lock:
            if self.owner == os.getpid():
                for worker in self.idle:
                    worker.kill()
            self.idle = []


_pool = _Pool()
_recognising = threading.Semaphore(1)  # seconds of work for each picture: one at a time
atexit.register(_pool.close)
_OUT_OF_MEMORY = 71
_ENDINGS = {
    _OUT_OF_MEMORY: "内存超过限度",
    -signal.SIGKILL: "被系统终止，多半是内存不足",
    -signal.SIGXCPU: "超过运算时间",
    -signal.SIGSEGV: "内存访问错误",
    -signal.SIGABRT: "内存超过限度或内部错误",
}


def _ending(code: int) -> str:
    return _ENDINGS.get(code, f"代码{code}")


def _limit_memory(memory_mb: int) -> None:
    import resource

    size = memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _limit_time(seconds: float) -> None:
    """Even without a parent the child ends: processor time of this job is bounded."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime + seconds) + 5
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def _work(memory_mb: int) -> None:
    """The child's life: one job after another from standard input, until it closes."""
    _limit_memory(memory_mb)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not mix with answers
    jobs = sys.stdin.buffer
    while head := jobs.read(_LENGTH.size):
        job = msgspec.msgpack.decode(jobs.read(_LENGTH.unpack(head)[0]), type=_Job)
        _limit_time(job.seconds)
        read = read_attachment(job.body, name=job.name, content_type=job.content_type)
        answer = msgspec.msgpack.encode(recognised(read, job.body) if job.recognise else read)
        answers.write(_LENGTH.pack(len(answer)) + answer)
        answers.flush()


if __name__ == "__main__":
    try:
        _work(int(sys.argv[1]))
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)
