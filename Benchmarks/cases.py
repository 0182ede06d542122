"""Cases by the hundred thousand on SQLite and PostgreSQL: cases.py JUNHENG JUNHENG_BENCH [CASES] [FOLDER]

The demo city is filled with CASES more cases of ten events each (100,000; 500,000 are half an hour). Then: what one page of the in-tray
asks its store for (fifty rows, how many, how many late), and beside it the bare SQL of the same question through sqlite3 and psql; the
pages themselves as a browser gets them; figures, calendar, workbook, one case; all digests taken again and all summaries folded
anew, beside Python reading and hashing the same rows. The aim: every in-tray within 100 ms.
"""

import datetime
import hashlib
import http.client
import os
import re
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
TODAY = datetime.date.today()
DAY = (TODAY - datetime.date(1970, 1, 1)).days
AIM = 100


def middle(times):
    return sorted(times)[len(times) // 2]


def load():
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


def serve(junheng, store):
    with socket.socket() as link:
        link.bind(("127.0.0.1", 0))
        port = link.getsockname()[1]
    server = subprocess.Popen([junheng, "serve", "--demo", "--port", str(port), *store], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(3000):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return server, port
        except OSError:
            time.sleep(0.1)
    raise SystemExit("a server did not start")


def told(command):
    """What the bench says: a name and numbers a line."""
    lines = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()
    return {name: rest for name, *rest in (line.split("\t") for line in lines)}


def bare(county, school):
    """The same questions as anybody would write them."""
    tray = "SELECT f.* FROM case_waiting w JOIN case_file f ON f.id = w.case_id WHERE w.unit = '{0}' ORDER BY w.due_day, w.case_id LIMIT 50"
    waits = "SELECT COUNT(*) FROM case_waiting WHERE unit = '{0}'"
    rows = "SELECT * FROM case_file WHERE {0} ORDER BY due_day, id LIMIT 50"
    count = "SELECT COUNT(*) FROM (SELECT 1 FROM case_file WHERE {0} LIMIT 10000) n"

    def in_tray(unit):
        return [tray.format(unit), waits.format(unit), waits.format(unit) + f" AND due_day < {DAY}"]

    def listed(condition):
        return [rows.format(condition), count.format(condition), count.format(f"{condition} AND is_open = 1 AND due_day < {DAY}")]
    return {
        "inbox of a school": in_tray(f"school.head@{county}/{school}"), "inbox of a county": in_tray(f"county.supervisor@{county}"),
        "my unit's": listed(f"owner = 'school.head@{county}/{school}' AND is_open = 1"), "a county's": listed(f"county = '{county}' AND is_open = 1"),
        "a county's, open and closed": listed(f"county = '{county}'"), "the city's": listed("is_open = 1"),
        "the city's, overdue": listed(f"is_open = 1 AND due_day < {DAY}"), "the city's, of one state": listed("is_open = 1 AND state = 'signing'"),
        "search, common word": listed("is_open = 1 AND (title LIKE '%护栏%' OR number LIKE '%护栏%')"),
        "search, one case in all": listed("(title LIKE '%100777号%' OR number LIKE '%100777号%')"),
        "figures by county": [f"SELECT county, COUNT(*), SUM(is_open), SUM(is_abandoned), SUM(CASE WHEN is_open = 1 AND due_day < {DAY} THEN 1 ELSE 0 END) FROM case_file GROUP BY county"],
        "one case with its history": ["SELECT * FROM case_event WHERE case_id = 'bench000000777' ORDER BY number"],
    }


def with_sqlite(path, statements, rounds=7):
    link = sqlite3.connect(path)
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        for text in statements:
            link.execute(text).fetchall()
        times.append((time.perf_counter() - start) * 1000)
    return middle(times)


def with_psql(address, statements, rounds=7):
    script = "\\timing on\n\\o /dev/null\n" + "".join(text + ";\n" for text in statements) * rounds
    out = subprocess.run(["psql", address, "-qX"], input=script, capture_output=True, text=True, check=True).stdout
    times = [float(number) for number in re.findall(r"^Time: ([\d.]+) ms", out, re.M)]
    width = len(statements)
    return middle([sum(times[place:place + width]) for place in range(0, len(times), width)])


PAGES = [
    ("in-tray of the county's inspectorate", "county-officer-2", "/cases"), ("in-tray of a head", "school-head", "/cases"),
    ("in-tray of the city's inspectorate", "city-inspectorate", "/cases"),
    ("in-tray, overdue", "county-officer-2", "/cases?tray=waiting&light=overdue"),
    ("in-tray, one kind and state", "county-officer-2", "/cases?tray=waiting&kind=safety-hazard&state=removed"),
    ("the county's, all", "county-officer-2", "/cases?tray=all&status=all"), ("the city's, all open", "city-officer", "/cases?tray=all"),
    ("the city's, a page far down", "city-officer", f"/cases?tray=all&after={DAY - 20}.0"),
    ("search", "city-officer", "/cases?tray=all&text=" + urllib.parse.quote("护栏")), ("calendar", "city-officer", "/cases/calendar?tray=all"),
    ("one case", "city-officer", "/cases/bench000000777"), ("figures by county", "city-officer", "/cases/figures"),
    ("figures by school", "city-officer", "/cases/figures?by=school"),
    ("workbook of a filtered list", "county-officer-2", "/cases?tray=all&status=all&kind=rectification&export=xlsx"),
]


def pages(junheng, store):
    server, port = serve(junheng, store)
    found = {}
    try:
        for name, who, path in PAGES:
            times = []
            for _ in range(3 if "workbook" in name or "figures" in name else 9):
                link = http.client.HTTPConnection("127.0.0.1", port)
                start = time.perf_counter()
                link.request("GET", path, headers={"Cookie": f"junheng-visitor={who}"})
                answer = link.getresponse()
                answer.read()
                times.append((time.perf_counter() - start) * 1000)
                if answer.status != 200:
                    raise SystemExit(f"{path}: {answer.status}")
            found[name] = min(times), middle(times)
    finally:
        server.terminate()
        server.wait()
    return found


def hashed(rows):
    """Reads and hashes every event, as the check does; answers how many do not fit."""
    wrong, case, head = 0, None, ""
    for id, number, body, digest in rows:
        if id != case:
            case, head = id, "0" * 64
        text = "\n".join(f"{len(part.encode())}:{part}" for part in (head, id, str(number), body))
        wrong += hashlib.sha256(text.encode()).hexdigest() != digest
        head = digest
    return wrong


def seconds(command, **options):
    start = time.perf_counter()
    subprocess.run(command, check=True, **options)
    return time.perf_counter() - start


def cases(junheng, bench, count=100_000, folder=None):
    if folder is None:
        with tempfile.TemporaryDirectory() as folder:
            return cases(junheng, bench, count, folder)
    start = subprocess.run([os.path.join(HERE, "..", "Tests", "postgres"), "start", str(os.getpid()), "durable"], capture_output=True, text=True, check=True)
    address = start.stdout.strip()
    measure(junheng, bench, count, os.path.join(folder, "sqlite"), os.path.join(folder, "postgres"), address)


def measure(junheng, bench, count, sqlite, other, address):
    file = os.path.join(sqlite, "junheng.sqlite")
    stores = {"SQLite": (file, ["--data", sqlite]), "PostgreSQL": (address, ["--data", other, "--database", address])}
    asked, plain, shown = {}, {}, {}
    print(f"\n5. {f'{count:,} cases of ten events in the demo city' if count else 'The cases that are there'}; {load()}")
    for name, (database, store) in stores.items():
        os.makedirs(store[1], exist_ok=True)
        if count:
            server, _ = serve(junheng, store)
            server.terminate()
            server.wait()
            filled = told([bench, "cases", "fill", database, "--today", str(TODAY), "--cases", str(count)])
            events = float(filled["events"][0])
            print(f"   {name:<11} {events:12,.0f} events in {float(filled['seconds'][0]):6.0f} s, {events / float(filled['seconds'][0]):8.0f} events/s")
        asked[name] = told([bench, "cases", "ask", database, "--today", str(TODAY)])
        county, school = asked[name].pop("where")
        ask = with_sqlite if name == "SQLite" else with_psql
        plain[name] = {question: ask(database, statements) for question, statements in bare(county, school).items()}
        shown[name] = pages(junheng, store)
    print(f"\n   In the store, ms: middle of the tries, and the bare SQL of the same question (sqlite3, psql); {load()}")
    print("                                              SQLite     bare       ×  PostgreSQL     bare       ×")
    slow = []
    for question in asked["SQLite"]:
        line = f"   {question:<40}"
        for name in stores:
            ours = float(asked[name][question][1])
            theirs = plain[name].get(question)
            line += f"{ours:11.2f} " + (f"{theirs:8.2f} {ours / theirs:6.2f}×" if theirs else " " * 16)
            if ours > AIM and ("inbox" in question or question in ("mine", "my unit's")):
                slow.append(f"{question} on {name}")
        print(line)
    print(f"\n   Pages as a browser gets them, ms (best, middle); {load()}")
    for page in shown["SQLite"]:
        print(f"   {page:<40}" + "".join(f"{shown[name][page][0]:11.1f} {shown[name][page][1]:8.1f}        " for name in stores))
    print(f"\n   All cases, seconds; {load()}")
    for name, (database, store) in stores.items():
        verify = seconds([junheng, "cases", "verify", *store], stdout=subprocess.DEVNULL)
        rebuild = seconds([junheng, "cases", "rebuild", *store], stdout=subprocess.DEVNULL)
        print(f"   {name:<11} digests taken again {verify:8.1f}   summaries folded anew {rebuild:8.1f}")
    link = sqlite3.connect(file)
    begun = time.perf_counter()
    wrong = hashed(link.execute("SELECT case_id, number, body, digest FROM case_event ORDER BY case_id, number"))
    print(f"   Python reading and hashing the same rows of SQLite {time.perf_counter() - begun:8.1f}")
    if wrong:
        raise SystemExit(f"Python finds {wrong} digests wrong")
    print(f"   in-trays over {AIM} ms: {', '.join(slow) if slow else 'none'}")


if __name__ == "__main__":
    cases(sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 100_000, sys.argv[4] if len(sys.argv) > 4 else None)
