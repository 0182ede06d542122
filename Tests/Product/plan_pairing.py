"""Strong schools lead weak ones, the answer recomputed from the JSON alone: plan_pairing.py PROGRAM."""

import csv
import json
import os
import subprocess
import sys
import tempfile

import docx

program = sys.argv[1]
root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
qinghe = os.path.join(root, "Examples/qinghe-county.csv")
failures = 0


def run(*arguments, **environment):
    done = subprocess.run(
        [program, *arguments], capture_output=True, text=True, cwd=tempfile.gettempdir(), env={**os.environ, **environment})
    return done.returncode, done.stdout, done.stderr


def promise(name, kept):
    global failures
    failures += not kept
    print(("ok   " if kept else "FAIL ") + name)


with tempfile.TemporaryDirectory() as folder:
    out, again, paper, bare = (os.path.join(folder, name) for name in ("p.json", "e.json", "p.docx", "bare.csv"))
    run("evaluate", qinghe, "--year", "2025", "--json", again)
    units = json.load(open(again, encoding="utf-8"))["counties"][0]["units"]
    weak = sum(unit["verdict"] == "notMet" for unit in units)
    strong = sum(unit["verdict"] == "met" for unit in units)
    order = ("plan", "pairing", qinghe, "--year", "2025")
    size = 2 + weak // max(1, strong)
    code, said, error = run(*order, "--size", str(size + 2), "--json", out, "--report", paper)
    answer = json.load(open(out, encoding="utf-8")) if code == 0 else {}
    pairs = answer.get("pairs", [])
    promise("every unit that misses the standard has one lead, and only units that meet it lead",
            code == 0 and len({pair["member"] for pair in pairs}) == len(pairs) == weak > 0 and answer["leads"] == strong)
    leads = [pair["lead"] for pair in pairs]
    promise("lead and member teach the same stage and no group is too large",
            all(pair["lead"].split("/")[1] == pair["member"].split("/")[1] for pair in pairs)
            and max(leads.count(lead) for lead in leads) <= size + 1)
    promise("the total is proved by whole worths, the rows add up to it",
            answer["total"]["status"] == "proved" and answer["total"]["checkedBound"] == answer["total"]["objective"]
            and sum(row["gain"] for row in answer["rows"]) == answer["totalGain"] == -answer["total"]["objective"]
            and min(row["gain"] for row in answer["rows"]) == answer["leastGain"])
    tables = docx.Document(paper).tables
    names = {cell.text for table in tables for row in table.rows for cell in row.cells}
    promise("the paper names every lead and member", all(row["lead"] in names and row["member"] in names for row in answer["rows"]))
    code, _, _ = run(*order, "--size", str(size + 2), "--concession", "10", "--json", out)
    fair = json.load(open(out, encoding="utf-8")) if code == 0 else {}
    promise("giving some of the total up never lowers the least gain, and no more than allowed is given up",
            code == 0 and fair["leastGain"] >= answer["leastGain"]
            and fair["totalGain"] >= answer["totalGain"] - abs(answer["totalGain"]) // 10)
    far = max(row["metres"] for row in answer["rows"])
    code, _, error = run(*order, "--size", str(size + 2), "--reach", "0.01", "--json", out)
    none = json.load(open(out, encoding="utf-8"))
    promise("a reach nobody lies within is proved hopeless, in words", far > 10 and code == 3 and "公里" in error and none["shortages"])
    kept = answer["pairs"][0]
    first = (kept["lead"].split("/")[0], kept["member"].split("/")[0])
    code, _, _ = run(*order, "--size", str(size + 2), "--bar", "=".join(first), "--json", out)
    barred = json.load(open(out, encoding="utf-8")) if code == 0 else {"pairs": [kept]}
    promise("a pair that must not be is not, and the total is no higher",
            kept not in barred["pairs"] and barred["totalGain"] <= answer["totalGain"])
    code, _, error = run(*order, "--keep", "1=2")
    promise("a pair of schools there are not is refused", code == 2 and "1=2" in error)
    code, _, error = run(*order, "--size", "1")
    promise("a group of one is refused", code != 0 and "--size" in error)

    # The same county without coordinates.
    rows = list(csv.reader(open(qinghe, encoding="utf-8-sig")))
    blank = [rows[0].index("经度"), rows[0].index("纬度")]
    for row in rows[1:]:
        for place in blank:
            row[place] = ""
    csv.writer(open(bare, "w", encoding="utf-8-sig", newline="")).writerows(rows)
    code, _, error = run("plan", "pairing", bare, "--year", "2025", "--size", str(size + 2), "--reach", "20", "--json", out)
    blind = json.load(open(out, encoding="utf-8")) if code == 0 else {}
    promise("without coordinates the distance is said not to be checked",
            code == 0 and "没有核对距离" in error and any("没有核对距离" in words for words in blind["unchecked"])
            and all("metres" not in row for row in blind["rows"]))
    code, _, error = run(*order, "--size", str(size + 2), "--carry", "20", "--json", out, JUNHENG_HIGHS="/nowhere", HOME=folder, XDG_CACHE_HOME=folder)
    loose = json.load(open(out, encoding="utf-8")) if code == 0 else {}
    promise("pupils as loads without a solver: a plan, a checked bound, and what is missing is said",
            code == 0 and "HiGHS" in error and loose["total"]["checkedBound"] <= loose["total"]["objective"])

sys.exit(1 if failures else 0)
