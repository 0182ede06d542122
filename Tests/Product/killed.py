"""kill -9 during migration, apply and freeze on both databases: killed.py PROGRAM. Prints `ok …` or `FAIL …`."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "support"))
from servers import Postgres, Server, end, promise, schools  # noqa: E402

program = sys.argv[1]
ROWS = 6_000


class Place:
    """One installation on one engine, started again and again."""

    def __init__(self, folder, engine, postgres):
        self.folder, self.engine, self.postgres = folder, engine, postgres
        self.database = postgres.database() if engine == "PostgreSQL" else None

    def serve(self):
        return Server(program, self.folder, self.database)

    def number(self, sql):
        if self.database:
            return int(self.postgres.sql(self.database, sql))
        with sqlite3.connect(os.path.join(self.folder, "junheng.sqlite")) as connection:
            return connection.execute(sql).fetchone()[0]


def killed_at(server, delay, ask):
    """Asks in a thread of its own and kills the server so long after."""
    def asking():
        try:
            ask()
        except Exception:
            pass
    thread = threading.Thread(target=asking)
    thread.start()
    time.sleep(delay)
    server.kill()
    thread.join()


def taking(ask):
    start = time.monotonic()
    ask()
    return time.monotonic() - start


def migrating(place):
    environment = dict(os.environ, JUNHENG_DATABASE=place.database or "")
    for twentieth in range(1, 6):
        process = subprocess.Popen([program, "serve", "--data", place.folder, "--port", "0"], env=environment,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.08 * twentieth)
        process.kill()
        process.wait()
    server = place.serve()
    promise(f"{place.engine}: after kills during the first starts the schema is whole",
            place.number("SELECT COUNT(*) FROM schema_step") >= 3 and server.ask("/imports")[0] == 200)
    server.stop()


def applying(place):
    server = place.serve()
    _, _, path = server.upload("大表.csv", schools(ROWS))
    server.settled(path, 120)
    whole = taking(lambda: server.step(path, "apply"))
    server.step(path, "undo")
    middle, seen = 0, []
    for share in (0.01, 0.05, 0.12, 0.3, 0.6):
        version = server.version(path)
        killed_at(server, whole * share, lambda: server.post(path + "/apply", version=version))
        server = place.serve()
        current = place.number("SELECT COUNT(*) FROM current_row")
        isApplied = "已导入" in server.heading(path)
        seen.append((isApplied, current))
        middle += 0 if isApplied else 1
        if isApplied:
            server.step(path, "undo")
    promise(f"{place.engine}: a kill during apply leaves all rows or none, and the import says which",
            all(current == (ROWS if applied else 0) for applied, current in seen), seen)
    promise(f"{place.engine}: some kills came before the commit", middle > 0, seen)
    promise(f"{place.engine}: afterwards it applies", server.step(path, "apply")[0] == 303 and place.number("SELECT COUNT(*) FROM current_row") == ROWS)
    return server


def freezing(place, server):
    _, _, path = server.post("/snapshots/counties/清河县")
    for action in ("submit", "approve"):
        server.step(path, action)
    seen = []
    for delay in (0.005, 0.05, 0.15, 0.3):
        version = server.version(path)
        killed_at(server, delay, lambda: server.post(path + "/freeze", version=version))
        server = place.serve()
        frozen = place.number("SELECT COUNT(*) FROM frozen_row")
        isFrozen = "已冻结" in server.heading(path)
        seen.append((isFrozen, frozen))
        if isFrozen:
            break
    promise(f"{place.engine}: a kill during freeze leaves a whole seal or none",
            all(rows == (ROWS if frozen else 0) for frozen, rows in seen) and not seen[0][0], seen)
    if not seen[-1][0]:
        server.step(path, "freeze")
    text = server.ask(path)[1]
    promise(f"{place.engine}: the frozen rows verify", re.search(r"\b[0-9a-f]{64}\b", text) is not None
            and "逐字节相同" in server.ask(path + "?verify=1")[1])
    server.stop()


with tempfile.TemporaryDirectory() as folder:
    postgres = Postgres()
    for engine in ("SQLite", "PostgreSQL"):
        place = Place(os.path.join(folder, engine), engine, postgres)
        migrating(place)
        freezing(place, applying(place))
    # The living installation moves to the other database.
    source = Place(os.path.join(folder, "SQLite"), "SQLite", postgres)
    target = postgres.database()
    command = [program, "migrate-store", "--from", f"sqlite:{source.folder}/junheng.sqlite", "--to", target, "--data", os.path.join(folder, "moved")]
    killed = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(0.5)
    killed.kill()
    killed.wait()
    run = subprocess.run(command, capture_output=True, text=True)
    promise("migrate-store: after a kill it simply runs again", run.returncode == 0 and f"current_row：{ROWS}行" in run.stdout, run.stdout, run.stderr)
    again = subprocess.run(command, capture_output=True, text=True)
    promise("migrate-store refuses a database that holds data", again.returncode == 2 and "新库里已经有数据" in again.stderr)
    # The keys of the personal data are no rows: they are taken along by hand.
    os.makedirs(os.path.join(folder, "elsewhere"))
    shutil.copy2(os.path.join(source.folder, "personal.keys"), os.path.join(folder, "elsewhere", "personal.keys"))
    server = Server(program, os.path.join(folder, "elsewhere"), target)
    promise("the moved installation shows the frozen county", "已冻结" in server.ask("/counties/清河县")[1])
    listed = server.ask("/imports")[1]
    path = re.search(r"/imports/[0-9a-f]{32}", listed).group(0)
    promise("and finds the handed-in files", server.ask(path + "/marked.xlsx")[0] != 404)
    server.stop()
    back = subprocess.run([program, "migrate-store", "--from", target, "--to", f"sqlite:{folder}/back/junheng.sqlite"], capture_output=True, text=True)
    promise("and moves back", back.returncode == 0 and f"frozen_row：{ROWS}行" in back.stdout, back.stderr)
    mute = subprocess.run([program, "serve", "--data", f"{folder}/mute", "--port", "0", "--database", "postgres://u:s3cret@/x?host=/nowhere"],
                          capture_output=True, text=True)
    promise("a server without its database says so and does not start", mute.returncode == 2 and "连不上数据库 postgres://u@/nowhere/x" in mute.stderr)
    wrong = subprocess.run([program, "migrate-store", "--from", "postgres://u:s3cret@/x?host=/nowhere", "--to", f"sqlite:{folder}/x/junheng.sqlite"],
                           capture_output=True, text=True)
    promise("an address that does not answer is told without its password", wrong.returncode == 2 and "连不上数据库" in wrong.stderr and "s3cret" not in wrong.stderr)

end()
