"""Jobs under kill -9 on both databases: jobs.py PROGRAM. Prints `ok …` or `FAIL …`."""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "support"))
from servers import surroundings, Postgres, Server, end, promise, schools, wait  # noqa: E402

program = sys.argv[1]
ROWS = 30_000


class WorkerOnly:
    """`junheng work` on a folder."""

    def __init__(self, folder, database=None):
        self.process = subprocess.Popen([program, "work", "--data", folder], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=surroundings(database, folder))
        self.greeting = self.process.stdout.readline()

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.terminate()
        return self.process.wait(90)


def task_of(server, path):
    """The job that reads an import."""
    return re.search(r'href="(/tasks/[0-9a-f]+)"', server.ask(path)[1]).group(1)


def counted(rows, identity):
    return [rows(f"SELECT {what} FROM import_row WHERE import_id = '{identity}'") for what in ("COUNT(*)", "COUNT(DISTINCT row_key)")]


def shared(folder, postgres):
    """Two servers that only answer pages, and workers without pages."""
    database = postgres.database()
    rows = lambda text: int(postgres.sql(database, text))
    place = lambda name: os.path.join(folder, name)
    one, two = (Server(program, place(name), database, "--set", "workers=0") for name in ("one", "two"))
    try:
        _, _, path = one.upload("大表.csv", schools(ROWS))
        identity, task = path.rsplit("/", 1)[1], task_of(one, path)
        promise("without a worker the job waits and says so", "排队中" in one.heading(task), one.heading(task))
        promise("the other server's task centre has it", "大表.csv" in two.ask("/tasks")[1] and 'class="tasks"' in two.ask("/tasks")[1])
        worker = WorkerOnly(place("three"), database)
        promise("junheng work says what it does", "开始做任务" in worker.greeting, worker.greeting)
        staged = wait(lambda: rows(f"SELECT COUNT(*) FROM import_row WHERE import_id = '{identity}'"))
        promise("the page tells how far it is", wait(lambda: re.search(r"已读\d+行", one.ask(task)[1]) or "等待确认" in one.ask(task)[1], 20) is not None)
        worker.kill()
        state = postgres.sql(database, f"SELECT state FROM job WHERE id = '{task.rsplit('/', 1)[1]}'")
        promise("the worker is killed in the middle of an import", staged is not None and state == "running", state)
        worker = WorkerOnly(place("four"), database)
        one.settled(path, 180)
        promise("another reads it from the start: nothing lost, nothing double", counted(rows, identity) == [ROWS] * 2 and "可以导入" in one.heading(path))
        job = postgres.sql(database, f"SELECT state, attempts FROM job WHERE id = '{task.rsplit('/', 1)[1]}'")
        promise("its job is done at the second try", job == "done|2", job)
        promise("and leads to the import", f'href="{path}' in two.ask(task)[1])

        # Cancelled while it waits, and while it runs.
        worker.stop()
        _, _, path = one.upload("不要了.csv", schools(50))
        task = task_of(one, path)
        promise("a waiting job can be cancelled", one.post(task + "/cancel")[0] == 303 and "已取消" in two.heading(task))
        promise("its import no longer looks as if it were being read", "没有通过" in two.heading(path) and "读取已被取消" in two.ask(path)[1], two.heading(path))
        _, _, path = one.upload("也不要了.csv", schools(40_000))
        task = task_of(one, path)
        worker = WorkerOnly(place("five"), database)
        wait(lambda: rows(f"SELECT COUNT(*) FROM import_row WHERE import_id = '{path.rsplit('/', 1)[1]}'"))
        two.post(task + "/cancel")
        promise("a running one stops", wait(lambda: "已取消" in one.heading(task), 20) is not None, one.heading(task))
        promise("and leaves no rows", wait(lambda: rows(f"SELECT COUNT(*) FROM import_row WHERE import_id = '{path.rsplit('/', 1)[1]}'") == 0, 20))
        promise("what has ended cannot be cancelled", one.post(task + "/cancel")[0] == 409)

        # A roster handed to one server, worked on by a worker that dies and then by another; seen at the other server.
        roster = place("名册.xlsx")
        subprocess.run([program, "plan", "roster", roster, "--example", "清河县"], check=True)
        worker.stop()
        _, _, task = one.upload("名册.xlsx", open(roster, "rb").read(), path="/rotation/counties/清河县/plans")
        sealed = postgres.sql(database, "SELECT sealed_body FROM job_paper")
        promise("a roster waits in the database both share, and nobody reads it there", "排队中" in two.heading(task) and len(sealed) > 10_000 and "T000" not in sealed, sealed[:80])
        worker = WorkerOnly(place("six"), database)
        wait(lambda: postgres.sql(database, f"SELECT state FROM job WHERE id = '{task.rsplit('/', 1)[1]}'") == "running", 20)
        worker.kill()
        worker = WorkerOnly(place("seven"), database)
        promise("another worker takes it from the dead one and ends it", wait(lambda: "已完成" in two.heading(task), 120) is not None, two.heading(task))
        promise("there is one plan of it, and the roster is gone", rows(f"SELECT COUNT(*) FROM rotation_plan WHERE job = '{task.rsplit('/', 1)[1]}'") == 1 and rows("SELECT COUNT(*) FROM job_paper") == 0)

        # Told to stop it reads to its end.
        _, _, path = one.upload("收尾.csv", schools(20_000))
        identity = path.rsplit("/", 1)[1]
        wait(lambda: rows(f"SELECT COUNT(*) FROM import_row WHERE import_id = '{identity}'"))
        promise("a worker told to stop reads to the end", worker.stop() == 0 and "可以导入" in one.heading(path), one.heading(path))
        promise("and signs off", rows("SELECT COUNT(*) FROM server_process") == 2)
        events = urllib.request.urlopen(one.base + task_of_done(postgres, database) + "/events", timeout=20)
        told = events.read().decode()
        promise("the events of a job that has ended say so and end", events.headers["Content-Type"].startswith("text/event-stream")
                and json.loads(told.split("data: ")[1])["isOpen"] is False, told)
    finally:
        one.stop()
        two.stop()


def task_of_done(postgres, database):
    return "/tasks/" + postgres.sql(database, "SELECT id FROM job WHERE state = 'done' ORDER BY asked_at DESC LIMIT 1")


def alone(folder):
    """One server on a file, killed and started again."""
    import sqlite3

    def rows(text):
        with sqlite3.connect(os.path.join(folder, "junheng.sqlite")) as connection:
            return connection.execute(text).fetchone()[0]
    server = Server(program, folder)
    _, _, path = server.upload("大表.csv", schools(ROWS))
    identity, task = path.rsplit("/", 1)[1], task_of(server, path)
    staged = wait(lambda: rows(f"SELECT COUNT(*) FROM import_row WHERE import_id = '{identity}'"))
    server.kill()
    promise("SQLite: killed in the middle of an import", staged is not None and rows("SELECT state FROM job") == "running")
    server = Server(program, folder)
    started = time.monotonic()
    server.settled(path, 120)
    promise("SQLite: started again it reads the import from the start", "可以导入" in server.heading(path) and counted(rows, identity) == [ROWS] * 2, server.heading(path))
    promise(f"SQLite: at once, without waiting for a lease to run out ({time.monotonic() - started:.1f}s)", rows("SELECT attempts FROM job") == 2)
    promise("SQLite: the page of the job says that it was begun again", "第2次" in server.ask(task)[1])
    server.stop()


with tempfile.TemporaryDirectory() as folder:
    shared(folder, Postgres())
    alone(os.path.join(folder, "alone"))

end()
