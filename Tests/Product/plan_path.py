"""The cheapest path to the standard, promised and then evaluated: plan_path.py PROGRAM."""

import csv
import json
import os
import subprocess
import sys
import tempfile

import docx
import openpyxl

program = sys.argv[1]
root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
qinghe = os.path.join(root, "Examples/qinghe-county.csv")
five = os.path.join(root, "Examples/five-schools.csv")


def run(*arguments, **environment):
    done = subprocess.run(
        [program, *arguments], capture_output=True, text=True, cwd=tempfile.gettempdir(), env={**os.environ, **environment})
    return done.returncode, done.stdout, done.stderr


def promise(name, kept, *seen):
    print(("ok   " if kept else "FAIL ") + name + ("" if kept or not seen else f" – {seen}"))


def verdict(file, out):
    code, _, error = run("evaluate", file, "--year", "2025", "--json", out)
    if code != 0:
        return error
    stages = json.load(open(out, encoding="utf-8"))["counties"][0]["stages"].values()
    # A county without junior schools is told so and not called met; each stage has its own verdict.
    return "met" if all(stage["verdict"] == "met" for stage in stages if stage["units"]) else "notMet"


OWN = {"teachers": "专任教师数", "qualified_teachers": "高于规定学历教师数", "backbone_teachers": "县级以上骨干教师数", "arts_pe_teachers": "体育艺术专任教师数"}
SHARED = {"rooms": ("教学及辅助用房面积", 10), "grounds": ("运动场地面积", 50), "equipment": ("教学仪器设备值(万元)", 1), "classroom": ("网络多媒体教室数", 1)}
PEOPLE = {"hire": ["teachers", "qualified_teachers"], "hire-arts": ["teachers", "qualified_teachers", "arts_pe_teachers"], "degree": ["qualified_teachers"],
          "backbone": ["backbone_teachers"], "move": ["teachers", "qualified_teachers"],
          "move-backbone": ["teachers", "qualified_teachers", "backbone_teachers"], "move-arts": ["teachers", "qualified_teachers", "arts_pe_teachers"]}


def carried_out(parts, path):
    """The school table after some parts of a plan, reckoned here and not by the program."""
    rows = list(csv.reader(open(qinghe, encoding="utf-8-sig")))
    places = {row[0]: row for row in rows[1:]}

    def add(code, title, amount):
        cell = rows[0].index(title)
        places[code][cell] = f"{float(places[code][cell]) + amount:g}"

    for part in parts:
        for step in part["steps"]:
            if step["action"] in SHARED:
                title, amount = SHARED[step["action"]]
                add(step["place"], title, amount * step["count"])
            else:
                people(step["place"], step, step["count"], add)
        for move in part["moves"]:
            people(move["from"], move, -move["count"], add)
            people(move["to"], move, move["count"], add)
    csv.writer(open(path, "w", encoding="utf-8", newline="")).writerows(rows)


def people(unit, step, count, add):
    code, stage = unit.split("/")
    for element in PEOPLE[step["action"]]:
        add(code, {"primary": "小学", "junior": "初中"}[stage] + OWN[element], count)


def standing(file, out):
    """School units and spreads that the evaluation says are met."""
    run("evaluate", file, "--year", "2025", "--json", out)
    county = json.load(open(out, encoding="utf-8"))["counties"][0]
    spreads = [item for stage in county["stages"].values() for item in stage["indicators"]]
    return [sum(one["verdict"] == "met" for one in many) for many in (county["units"], spreads)]


with tempfile.TemporaryDirectory() as folder:
    out, again, paper, applied = (os.path.join(folder, name) for name in ("p.json", "e.json", "p.docx", "a.xlsx"))
    for name, file in (("qinghe", qinghe), ("five schools", five)):
        before = verdict(file, again)
        code, _, error = run("plan", "path", file, "--year", "2025", "--json", out, "--report", paper, "--apply", applied)
        answer = json.load(open(out, encoding="utf-8")) if code == 0 else {}
        promise(f"{name}: a plan is proved", code == 0 and answer["certificate"]["status"] == "proved" and answer["gap"] <= 0.001)
        promise(f"{name}: before {before}, the plan applied and evaluated is met", before == "notMet" and verdict(applied, again) == "met")
    text = "\n".join(p.text for p in docx.Document(paper).paragraphs)
    promise("the paper says the cost", f"{answer['cost'] / 10_000:.1f}" in text)

    # One promised thing less, and the evaluation says no.
    book = openpyxl.load_workbook(applied)
    sheet = book.worksheets[0]
    column = next(c.column for row in sheet.iter_rows() for c in row if c.value and str(c.value).startswith("网络多媒体教室数"))
    step = next(s for s in answer["steps"] if s["action"] == "classroom")
    row = next(c.row for r in sheet.iter_rows() for c in r if str(c.value) == step["place"])
    sheet.cell(row, column).value = sheet.cell(row, column).value - step["count"]
    book.save(applied)
    promise("without one school's classrooms the verdict is not met", verdict(applied, again) == "notMet")

    # What can't be built nor bought with this money.
    code, _, error = run("plan", "path", qinghe, "--budget", "1", "--json", out)
    promise("no plan for 1万元: exit 3 and the rules in words", code == 3 and "总费用不超过1万元" in error)
    promise("the rules in conflict stand in the JSON", "budget" in [r["id"] for r in json.load(open(out, encoding="utf-8"))["rules"]])
    code, told, error = run("plan", "verify", out, qinghe, "--budget", "1")
    promise("that there is none is verified without a solver", code == 0 and "没有方案" in told, error)
    code, _, error = run("plan", "verify", out, qinghe, "--budget", "2")
    promise("for another budget it is refused", code == 3 and "证明书不是这个问题的" in error, error)
    none = json.load(open(out, encoding="utf-8"))
    none["rules"] = [rule for rule in none["rules"] if rule["id"] != "budget"]
    json.dump(none, open(again, "w", encoding="utf-8"))
    code, _, error = run("plan", "verify", again, qinghe, "--budget", "1")
    promise("with a rule taken out of the conflict it is refused", code == 3 and "不能同时满足" in error, error)
    code, _, error = run("plan", "path", qinghe, "--no-build", "999")
    promise("an unknown school is named", code == 2 and "999" in error)
    code, _, error = run("plan", "path", qinghe, JUNHENG_HIGHS="/nowhere/libhighs.so")
    promise("without the solver it says how to get it", code == 2 and "make setup" in error)

    # The bound is proved by our own arithmetic, and what it rests on is handed out with it.
    code, _, error = run("plan", "path", qinghe, "--year", "2025", "--json", out, "--report", paper)
    free = json.load(open(out, encoding="utf-8"))
    certificate = free["certificate"]
    promise("the bound is the recomputed one and its grounds are in the answer",
            code == 0 and certificate["bound"] == certificate["checkedBound"] <= free["cost"] and "multipliers" in certificate["witness"])

    code, told, error = run("plan", "verify", out, qinghe, "--year", "2025", JUNHENG_HIGHS="/nowhere/libhighs.so")
    promise("plan and bound are verified without a solver", code == 0 and str(free["cost"]) in told, error)
    for name, change in (("a cheaper cost", lambda a: a["certificate"].update(objective=a["cost"] - 10_000)),
                         ("a step less", lambda a: a["steps"][0].update(count=a["steps"][0]["count"] - 1)),
                         ("a higher bound", lambda a: a["certificate"].update(checkedBound=a["cost"], bound=a["cost"], witness="")),
                         ("another school", lambda a: a["steps"][0].update(place="999")),
                         ("a cost written beside the plan", lambda a: a.update(cost=1)),
                         ("a smaller spread", lambda a: a["spreads"][0].update(after=0.01))):
        forged = json.loads(json.dumps(free))
        change(forged)
        json.dump(forged, open(again, "w", encoding="utf-8"))
        code, _, error = run("plan", "verify", again, qinghe, "--year", "2025")
        promise(f"tampered with, {name}: refused", code == 3, code, error)
    code, _, error = run("plan", "verify", qinghe, qinghe)
    promise("what is no answer is told", code == 2 and "不是" in error, error)

    # Staged over years.
    yearly = free["cost"] // 3 / 10_000 + 20
    code, told, error = run("plan", "path", qinghe, "--year", "2025", "--years", "3", "--budget-per-year", f"{yearly:.1f}", "--json", out, "--report", paper)
    answer = json.load(open(out, encoding="utf-8")) if code == 0 else {"years": [], "steps": []}
    years = answer["years"]
    promise("a plan is staged over years", code == 0 and 2 <= len(years) <= 3 and "第1年" in told, error)
    promise("no year costs more than it has, together they cost the plan",
            all(year["cost"] <= yearly * 10_000 for year in years) and sum(year["cost"] for year in years) == answer["cost"])
    met = [year["unitsMet"] for year in years]
    promise(f"schools meet the standard year by year, none falls back: {met}", met == sorted(met) and bool(met) and met[-1] == years[-1]["units"])
    partly = os.path.join(folder, "partly.csv")
    said, seen = [[year["unitsMet"], year["spreadsMet"]] for year in years], []
    for number in range(len(years)):
        carried_out(years[: number + 1], partly)
        seen.append(standing(partly, again))
    promise(f"each year's work done and evaluated gives what the year promises: {seen}", seen == said, said)
    mixed = {unit.split("/")[0] for year in years for unit in (step["place"] for step in year["steps"])}
    promise("schools of two stages are among them", any(f"{code}" in mixed for code, kind in
            ((row[0], row[3]) for row in list(csv.reader(open(qinghe, encoding="utf-8-sig")))[1:]) if "九年" in kind), mixed)
    code, _, error = run("plan", "verify", out, qinghe, "--year", "2025", "--years", "3", "--budget-per-year", f"{yearly:.1f}")
    promise("the years are verified with the plan", code == 0, error)
    boast = json.loads(json.dumps(answer))
    boast["earliness"]["most"] -= 1
    json.dump(boast, open(again, "w", encoding="utf-8"))
    code, _, error = run("plan", "verify", again, qinghe, "--year", "2025", "--years", "3", "--budget-per-year", f"{yearly:.1f}")
    promise("a claim to be earlier than any could be is refused", code == 3 and "重算得不出来" in error, error)
    hasty = json.loads(json.dumps(answer))
    hasty["years"] = [dict(years[0], steps=answer["steps"], moves=answer["moves"])]
    json.dump(hasty, open(again, "w", encoding="utf-8"))
    code, _, error = run("plan", "verify", again, qinghe, "--year", "2025", "--years", "3", "--budget-per-year", f"{yearly:.1f}")
    promise("everything in the first year is dearer than the year has: refused", code == 3 and "超过" in error, error)
    count = lambda steps: sum(step["count"] for step in steps)
    early = answer["earliness"]
    promise(f"how early it is, and how early any order could be, is told: {early['reached']} of {early['most']}",
            early["reached"] == sum((met + [met[-1]] * 3)[:3]) <= early["most"] and f"合计{early['reached']}个" in told, told)
    promise("every step stands in one year", count(answer["steps"]) == sum(count(year["steps"]) for year in years))
    text = "\n".join(p.text for p in docx.Document(paper).paragraphs)
    promise("the paper has the years and how early they are", "分年安排" in text and f"3年合计{early['reached']}个" in text)
    code, _, error = run("plan", "path", qinghe, "--years", "2", "--budget-per-year", "1", "--json", out)
    promise("too little a year: exit 3, and the rule is named", code == 3 and "2年做完，每年不超过1万元" in error, error)
    code, _, error = run("plan", "path", qinghe, "--years", "2")
    promise("years without money are asked for", code != 0 and "--budget-per-year" in error)

    # A blank is no zero: no plan over it.
    rows = list(csv.reader(open(qinghe, encoding="utf-8-sig")))
    rows[1][rows[0].index("运动场地面积")] = ""
    holed = os.path.join(folder, "holed.csv")
    csv.writer(open(holed, "w", encoding="utf-8", newline="")).writerows(rows)
    code, _, error = run("plan", "path", holed)
    promise("a missing number is asked for", code == 2 and "运动场地面积" in error)

    # Free hands cost no more than tied ones.
    costs = []
    for limits in ([], ["--moves", "0"], ["--hires", "0", "--moves", "0"]):
        code, _, _ = run("plan", "path", qinghe, "--gap", "0.00001", "--json", out, *limits)
        costs.append(json.load(open(out, encoding="utf-8"))["cost"] if code == 0 else float("inf"))
    promise(f"tighter limits cost no less: {costs}", costs == sorted(costs) and costs[0] < costs[1])

    # Room under the ceilings is kept, and the ceilings shown are the standard's.
    code, _, error = run("plan", "path", qinghe, "--json", out)
    plain = {(s["stage"], s["item"]): s for s in json.load(open(out, encoding="utf-8"))["spreads"]}
    code, _, error = run("plan", "path", qinghe, "--cv-margin", "10", "--json", out)
    answer = json.load(open(out, encoding="utf-8")) if code == 0 else {"spreads": []}
    promise("every spread stays a tenth below its ceiling", answer["spreads"] and all(s["after"] <= s["ceiling"] * 0.9 + 1e-9 for s in answer["spreads"]), error)
    promise("under the same ceilings", {k: s["ceiling"] for k, s in plain.items()} == {(s["stage"], s["item"]): s["ceiling"] for s in answer["spreads"]})
    promise("a margin that cannot be is refused", run("plan", "path", qinghe, "--cv-margin", "90")[0] != 0)
