"""Faults a machine room knows: full disk, cut uploads, jumping clocks, a stop in the middle, a database away: faults.py PROGRAM.

Prints `ok …` or `FAIL …`. The full disk is a small one of memory, mounted for this program alone; it takes the right to mount (root).
"""

import glob
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "support"))
from servers import Postgres, Server, end, promise, schools, surroundings, wait  # noqa: E402

program = os.path.abspath(sys.argv[1])
if os.geteuid() == 0 and "--inside" not in sys.argv:
    os.execvp("unshare", ["unshare", "-m", "--propagation", "private", sys.executable, os.path.abspath(__file__), program, "--inside"])


def rows(folder, sql):
    import sqlite3
    with sqlite3.connect(os.path.join(folder, "junheng.sqlite")) as connection:
        return connection.execute(sql).fetchone()[0]


class SmallDisk:
    def __init__(self, folder, megabytes):
        self.folder = folder
        os.mkdir(folder)
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder], check=True)
        self.filler = os.path.join(folder, "filler")

    def leave(self, megabytes):
        """Fills the disk but for so much."""
        figures = os.statvfs(self.folder)
        with open(self.filler, "wb") as file:
            file.write(b"\0" * max(0, figures.f_bavail * figures.f_frsize - int(megabytes * 1_000_000)))

    def free(self):
        os.remove(self.filler)


def full_disk(folder):
    disk = SmallDisk(os.path.join(folder, "small"), 96)
    data = os.path.join(disk.folder, "data")
    server = Server(program, data, None, "--set", "free-disk-mb=0")
    _, _, path = server.upload("学校.csv", schools(5_000))
    server.settled(path, 300)
    server.step(path, "apply")
    _, _, report = server.post("/snapshots/counties/清河县")
    server.step(report, "approve")
    # Started anew, so that no room is left over in SQLite's log.
    server.stop()
    rows(data, "PRAGMA wal_checkpoint(TRUNCATE)")
    server = Server(program, data, None, "--set", "free-disk-mb=0")
    version = server.version(report)
    disk.leave(0.3)
    status, text, _ = server.post(report + "/freeze", version=version)
    promise("full disk at freezing: refused, and it says the disk is full", status in (503, 507) and "磁盘满了" in text, status, text[-600:])
    promise("pages are still there to read", server.ask(report)[0] == 200 and server.ask("/counties/清河县")[0] == 200)
    promise("nothing is half frozen", rows(data, "SELECT COUNT(*) FROM frozen_row") == 0 and "已审核" in server.ask(report)[1])
    big = schools(40_000, county="东岭县", start=5_000_000)
    status, text, _ = server.upload("放不下.csv", big)
    promise("full disk at uploading: not taken, and it says why", status in (503, 507) and "磁盘满了" in text, status, text[-600:])
    promise("no piece of it stays", not os.listdir(os.path.join(data, "uploads")) and not glob.glob(data + "/files/*/*.*"))
    full = subprocess.run([program, "backup", "--data", data, "--to", os.path.join(disk.folder, "copy.junheng")], capture_output=True, text=True)
    promise("full disk at backing up: told, nothing left", full.returncode == 2 and "磁盘满了" in full.stderr
            and not glob.glob(disk.folder + "/copy.junheng") and not glob.glob(disk.folder + "/.copy*"), full.stderr)
    disk.free()
    promise("with room again the same freeze passes", server.step(report, "freeze")[0] == 303 and rows(data, "SELECT COUNT(*) FROM frozen_row") == 5_000)
    promise("and its seal verifies", "逐字节相同" in server.ask(report + "?verify=1")[1])

    # Room for the file, not for its rows.
    disk.leave(len(big.encode()) * 2 / 1_000_000 + 3)
    _, _, path = server.upload("读到一半.csv", big)
    name = path.rsplit("/", 1)[1]
    wait(lambda: os.statvfs(disk.folder).f_bavail * 4096 < 2_000_000 or "正在读" not in server.heading(path), 30)
    time.sleep(1)
    promise("while the disk is full, what was there is shown", server.ask("/counties/清河县")[0] == 200 and server.ask("/imports")[0] == 200)
    disk.free()
    server.settled(path, 120)
    # Reading is a task that is tried again: with room in time it comes to its end, else it fails and says why.
    ready = "可以导入" in server.heading(path)
    promise("full disk at reading: read whole once there is room, else failed with the reason", ready or "磁盘" in server.ask(path)[1], server.heading(path))
    staged = rows(data, f"SELECT COUNT(*) FROM import_row WHERE import_id = '{name}'")
    promise("never half of it", staged == (40_000 if ready else 0), staged)
    promise("no row that counts has changed", rows(data, "SELECT COUNT(*) FROM current_row") == 5_000)
    _, _, path = server.upload("再来.csv", schools(50, county="东岭县", start=5_000_000))
    promise("the next import passes", "可以导入" in server.settled(path) and server.step(path, "apply")[0] == 303)
    server.stop()


def cut_upload(folder):
    data = os.path.join(folder, "cut")
    server = Server(program, data, None, "--set", "drain-seconds=600")
    host, port = server.base.removeprefix("http://").split(":")
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n' + schools(2_000).encode()
    with socket.create_connection((host, int(port))) as link:
        link.sendall(b"POST /imports HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 9000000\r\n\r\n" + body)
        time.sleep(0.5)
    promise("an upload cut off leaves nothing", wait(lambda: not os.listdir(os.path.join(data, "uploads")), 10)
            and rows(data, "SELECT COUNT(*) FROM return_import") == 0)
    status, text, _ = server.upload("坏.xlsx", b"PK\x03\x04" + os.urandom(5_000))
    promise("a workbook of noise is refused in words", status == 422 and "坏.xlsx" in text, status)
    status, text, path = server.upload("乱码.csv", b"\xff\xfe\x00\x01" * 2_000)
    promise("a CSV of noise too", status == 422 or "没有" in server.settled(path), status, text[-300:])

    # A stop in the middle of reading.
    _, _, path = server.upload("大表.csv", schools(20_000))
    name = path.rsplit("/", 1)[1]
    server.process.send_signal(signal.SIGTERM)
    promise("SIGTERM while a file is read: the server reads it to its end and stops well", server.process.wait(600) == 0)
    promise("nothing of it is lost", rows(data, f"SELECT rows_read FROM return_import WHERE id = '{name}'") == 20_000)
    server = Server(program, data, None, "--set", "drain-seconds=0")
    promise("and it is ready to be confirmed", "可以导入" in server.heading(path) and server.step(path, "apply")[0] == 303)
    _, _, path = server.upload("又一份.csv", schools(40_000, county="东岭县", start=5_000_000))
    wait(lambda: rows(data, f"SELECT COUNT(*) FROM import_row WHERE import_id = '{path.rsplit('/', 1)[1]}'"), 30)
    server.process.send_signal(signal.SIGTERM)
    promise("without time to read on, the stop is quick", server.process.wait(90) == 0)
    server = Server(program, data)
    server.settled(path, 300)
    staged = rows(data, f"SELECT COUNT(*) + COUNT(DISTINCT row_key) FROM import_row WHERE import_id = '{path.rsplit('/', 1)[1]}'")
    promise("and started again it reads the file from its beginning: nothing lost, nothing double", "可以导入" in server.heading(path) and staged == 80_000, server.heading(path), staged)

    # Two people on one report.
    _, _, report = server.post("/snapshots/counties/清河县")
    version = server.version(report)
    outcomes = []
    presses = [threading.Thread(target=lambda: outcomes.append(server.post(report + "/approve", version=version)[:2])) for _ in range(2)]
    for press in presses:
        press.start()
    for press in presses:
        press.join()
    promise("of two people who approve one report one wins, the other is told", sorted(status for status, _ in outcomes) == [303, 409]
            and any("刚刚做了" in text for status, text in outcomes if status == 409), outcomes)
    server.stop()


def watched(folder):
    server = Server(program, os.path.join(folder, "watched"), None, "--set", "metrics-token=geheim", "--set", "free-disk-mb=1000000")
    status, text, _ = server.ask("/readyz")
    promise("/readyz is 503 and names the disk when it is too small", status == 503 and "disk: 磁盘只剩" in text and "database: ok" in text, status, text)
    promise("/healthz answers all the same", server.ask("/healthz")[0] == 200)
    asked = [server.ask("/metrics", headers=headers)[0] for headers in ({}, {"Authorization": "Bearer falsch"}, {"Authorization": "Bearer geheim"},
                                                                        {"Authorization": "Bearer geheim", "X-Forwarded-For": "1.2.3.4"})]
    promise("/metrics is for those with the token, from anywhere", asked == [403, 403, 200, 200], asked)
    server.stop()


def away(folder):
    postgres = Postgres()
    database = postgres.database()
    server = Server(program, os.path.join(folder, "away"), database, "--demo")
    seen, next_ones = {}, ["/", "/imports", "/snapshots", "/audit", "/bigscreen", "/standards"]
    while next_ones and len(seen) < 70:
        path = next_ones.pop(0)
        kind = re.sub(r"\?.*|[0-9a-f]{32}|[0-9]{6,}|%[0-9A-F%]+", "", path)
        if path in seen or sum(kind == other for other in seen.values()) > 1:
            continue
        status, text, place = server.ask(path)
        if status == 303:
            continue
        seen[path] = kind
        links = [link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"#]*)', text)]
        next_ones += [link for link in links if not link.startswith("/assets") and not link.endswith((".pdf", ".docx", ".xlsx"))]
    pages = [path for path in seen if server.ask(path)[0] == 200]
    promise("there are pages of many kinds", len(set(seen.values())) > 12, sorted(set(seen.values())))
    postgres.stop()
    # These show files of the installation and ask no database.
    pages = [path for path in pages if path.split("?")[0] not in ("/cases/kinds", "/lists", "/personal/inventory", "/api")]
    wrong = [(path, answer[0]) for path in pages if (answer := server.ask(path))[0] != 503 or "数据库暂时连不上" not in answer[1]]
    promise(f"without the database every page of {len(pages)} says so with 503", not wrong, wrong)
    status, text, _ = server.ask("/readyz")
    promise("and /readyz names it", status == 503 and "数据库没有回答" in text, status, text)
    told = subprocess.run([program, "doctor", "--data", os.path.join(folder, "away"), "--database", database], capture_output=True, text=True)
    promise("so does the doctor", told.returncode == 1 and "fail\t数据库：没有回答" in told.stdout, told.stdout)
    postgres.again()
    promise("with the database back every page is", wait(lambda: server.ask("/readyz")[0] == 200, 20) and all(server.ask(path)[0] == 200 for path in pages))

    # A backup from there.
    copy = os.path.join(folder, "from-postgres.junheng")
    done = subprocess.run([program, "backup", "--data", os.path.join(folder, "away"), "--database", database, "--to", copy], capture_output=True, text=True)
    promise("an installation in PostgreSQL is backed up by the same command", done.returncode == 0 and os.path.exists(copy), done.stderr)
    done = subprocess.run([program, "restore", copy, "--rehearse"], capture_output=True, text=True)
    promise("and the rehearsal finds every result again", done.returncode == 0 and "逐字节相同" in done.stdout, done.stdout, done.stderr)
    restored = os.path.join(folder, "restored")
    done = subprocess.run([program, "restore", copy, "--to", restored], capture_output=True, text=True)
    promise("restoring says how to bring it back to PostgreSQL", done.returncode == 0 and "migrate-store" in done.stdout, done.stdout, done.stderr)
    # The keys are not in a backup: whoever restores it names them.
    os.environ["JUNHENG_PERSONAL_DATA_KEYS"] = surroundings(database)["JUNHENG_PERSONAL_DATA_KEYS"]
    second = Server(program, restored, None, "--demo")
    promise("the restored installation shows the same pages", all(second.ask(path)[1] == server.ask(path)[1] for path in ("/", "/counties/清河县", "/shortfalls")))
    second.stop()
    server.stop()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        if "--inside" in sys.argv:
            try:
                full_disk(folder)
            finally:
                subprocess.run(["umount", "-l", os.path.join(folder, "small")], capture_output=True)
        else:
            print("note: not root, so no disk was filled", flush=True)
        cut_upload(folder)
        watched(folder)
        away(folder)
    end()
