"""The qmsplan of scripts that tests run in a shell: a server that has loaded all of it forks for each call, which saves
the 0.3 s of a start. How a process of its own starts and ends is held by `test_process.py`."""

from __future__ import annotations

import atexit
import json
import os
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path

from fixed_clock import clock

DAY_STANDS = "QMSPLAN_TEST_DAY_STANDS"
"""With this variable it is always the day of the tests."""
CLIENT = """\
#!{python} -IS
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as server:
    server.connect({place!r})
    socket.send_fds(server, [b" "], [0, 1, 2])
    server.sendall(json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode())
    server.shutdown(socket.SHUT_WR)
    sys.exit(int(server.recv(9) or 99))
"""
PLAIN = f'#!/bin/sh\nexec "{sys.executable}" -m qmsplan "$@"\n'


def put_program(folder: Path) -> Path:
    """Writes `qmsplan` into a folder of programs."""
    program = folder / "qmsplan"
    can_fork = hasattr(os, "fork")
    program.write_text(CLIENT.format(python=sys.executable, place=_server()) if can_fork else PLAIN, "utf-8")
    program.chmod(0o755)
    return program


@cache
def _server() -> str:
    """The socket of this process's server, which ends with it."""
    place = str(Path(tempfile.mkdtemp()) / "socket")
    source = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1] / "src")}
    server = subprocess.Popen(
        [sys.executable, __file__, place], env=source, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert server.stdout
    server.stdout.readline()
    atexit.register(server.communicate)
    return place


def _serve(place: str) -> None:
    from qmsplan.cli.commands import WORK_BY_COMMAND

    for module in {work.module for work in WORK_BY_COMMAND.values()}:
        import_module(f"qmsplan.cli.{module}")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(place)
        listener.listen()
        os.write(1, b"\n")
        while sys.stdin not in select.select([listener, sys.stdin], [], [])[0]:  # it closes with the tests
            caller, _ = listener.accept()
            with caller:
                if os.fork() == 0:
                    _answer(caller)
            _reap(os.WNOHANG)
    _reap(0)
    shutil.rmtree(Path(place).parent)


def _reap(options: int) -> None:
    """Waits for children: what they took is counted as that of the tests."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, options)[0]:
            pass


def _answer(caller: socket.socket) -> None:
    """Runs a command line with the streams, the folder and the environment of who called."""
    from qmsplan.cli import settings
    from qmsplan.cli.app import run

    code: object = 99
    try:
        _, streams, *_ = socket.recv_fds(caller, 1, 3)
        arguments, folder, environment = json.loads(b"".join(iter(lambda: caller.recv(1 << 16), b"")))
        for own, theirs in enumerate(streams):
            os.dup2(theirs, own)
            os.close(theirs)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        time.tzset()
        sys.stdin, sys.stdout, sys.stderr = (open(at, "w" if at else "r", encoding="utf-8") for at in range(3))  # noqa: SIM115, PTH123
        if DAY_STANDS in environment:
            settings.datetime = clock()  # type: ignore[misc]
        code = run(arguments)
        sys.stdout.flush()
    except SystemExit as stop:
        code = stop.code
    finally:
        caller.sendall(str(code or 0).encode())
        os._exit(0)


if __name__ == "__main__":
    _serve(sys.argv[1])
