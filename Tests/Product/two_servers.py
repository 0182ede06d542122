"""Two servers on one PostgreSQL: two_servers.py PROGRAM. Prints `ok …` or `FAIL …`."""

import io
import os
import sys
import tempfile
import threading
import time

import openpyxl

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "support"))
from servers import HEAD, Postgres, Server, end, promise, schools, wait  # noqa: E402

program = sys.argv[1]


def workbook(pupils):
    book = openpyxl.Workbook()
    book.active.title = "学校数据"
    book.active.append(HEAD.strip().split(","))
    book.active.append(["1000", "1000小学", "清河县", "小学", pupils, 40, 35, 8, 6, 2600, 100, 4000, 120, 12])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


with tempfile.TemporaryDirectory() as folder:
    postgres = Postgres()
    database = postgres.database()
    rows = lambda text: int(postgres.sql(database, text))
    one = Server(program, os.path.join(folder, "one"), database)
    two = Server(program, os.path.join(folder, "two"), database)
    try:
        # What one takes in, the other shows.
        promise("before anything is handed in, no county", two.ask("/counties/清河县")[0] == 404)
        _, _, path = one.upload("学校.csv", schools(5))
        one.settled(path)
        promise("the other server shows the preview", "可以导入" in two.heading(path), two.heading(path))
        promise("and may confirm it", two.step(path, "apply")[0] == 303 and "已导入" in one.heading(path))
        promise("both show the county", [server.ask("/counties/清河县/schools")[1].count("小学</a>") for server in (one, two)] == [5, 5])
        _, _, path = two.upload("学校.csv", schools(7))
        two.settled(path)
        two.step(path, "apply")
        promise("what one server computed is forgotten when the other changes the data",
                one.ask("/counties/清河县/schools")[1].count("小学</a>") == 7)
        outcomes = []
        for round in range(6):
            _, _, path = one.upload("同时.csv", schools(6, pupils=300 + round))
            one.settled(path)
            version = one.version(path)
            presses = [threading.Thread(target=lambda s=server: outcomes.append(s.post(path + "/apply", version=version)[:2])) for server in (one, two)]
            for press in presses:
                press.start()
            for press in presses:
                press.join()
        promise("of two people who confirm at once on two servers one wins every time", [s for s, _ in outcomes].count(303) == 6, outcomes)
        promise("and the other is told", sum("刚被别人处理过" in text for status, text in outcomes if status == 409) == 6)
        _, _, path = one.upload("错表.xlsx", workbook(-5))
        one.settled(path)
        status, body, _ = two.ask(path + "/marked.xlsx")
        promise("the other server hands the workbook back, marked", status == 200 and body.startswith("PK"))

        # One is killed while reading; the other goes on reading its own.
        big = schools(40_000, start=2_000_000)
        _, _, lost = one.upload("大表.csv", big)
        _, _, kept = two.upload("另一份.csv", schools(15_000, county="东岭县", start=4_000_000))
        identity = lost.rsplit("/", 1)[1]
        staged = wait(lambda: rows(f"SELECT COUNT(*) FROM import_row WHERE import_id = '{identity}'"))
        one.kill()
        promise("killed in the middle of reading", staged is not None and "读" in two.heading(lost), two.heading(lost))
        # Its new start must not take the living server's import for its own.
        one = Server(program, os.path.join(folder, "one"), database)
        two.settled(lost, 180)
        promise("what the dead server was reading is read by another to its end", "可以导入" in two.heading(lost), two.heading(lost))
        promise("every row once", [rows(f"SELECT {what} FROM import_row WHERE import_id = '{identity}'") for what in ("COUNT(*)", "COUNT(DISTINCT row_key)")] == [40_000] * 2)
        promise("both show it", all("可以导入" in server.heading(lost) for server in (one, two)))
        two.settled(kept, 120)
        promise("the living server's import was not touched", "可以导入" in two.heading(kept) and rows(f"SELECT rows_read FROM return_import WHERE id = '{kept.rsplit('/', 1)[1]}'") == 15_000, two.heading(kept))
        promise("and can be confirmed on the other", one.step(kept, "apply")[0] == 303 and "已导入" in two.heading(kept))

        # The database goes and comes back.
        _, _, path = two.upload("又一份.csv", big)
        wait(lambda: rows(f"SELECT COUNT(*) FROM import_row WHERE import_id = '{path.rsplit('/', 1)[1]}'"))
        postgres.stop()
        answers = [server.ask("/imports") for server in (one, two)]
        promise("without its database a server answers 503 in words",
                all(status == 503 and "数据库暂时连不上" in text for status, text, _ in answers), [a[0] for a in answers])
        start = time.monotonic()
        one.ask("/imports")
        promise("at once", time.monotonic() - start < 2)
        postgres.again()
        back = wait(lambda: all(server.ask("/imports")[0] == 200 for server in (one, two)), 20)
        promise("with the database back all works without a restart", back)
        ended = wait(lambda: postgres.sql(
            database, f"SELECT state FROM return_import WHERE id = '{path.rsplit('/', 1)[1]}' AND state <> 'reading'"), 300)
        promise("an import that was being read meanwhile is read to its end", ended == "preview", ended)
        _, _, path = one.upload("好了.csv", schools(9))
        promise("and the next one passes", "可以导入" in one.settled(path) and one.step(path, "apply")[0] == 303)

        # Signing off.
        two.stop()
        promise("a server that ends signs off", rows("SELECT COUNT(*) FROM server_process") == 1)
    finally:
        one.stop()
        two.stop()

end()
