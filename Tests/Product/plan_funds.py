"""A special fund over projects drawn from shortfalls, promised and then evaluated: plan_funds.py PROGRAM."""

import json
import os
import subprocess
import sys
import tempfile

import docx

program = sys.argv[1]
root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
qinghe = os.path.join(root, "Examples/qinghe-county.csv")


def run(*arguments, **environment):
    done = subprocess.run(
        [program, *arguments], capture_output=True, text=True, cwd=tempfile.gettempdir(), env={**os.environ, **environment})
    return done.returncode, done.stdout, done.stderr


failures = 0


def promise(name, kept):
    global failures
    failures += 0 if kept else 1
    print(("ok   " if kept else "FAIL ") + name)


def met(file, out):
    """School units that meet the standard, by junheng evaluate."""
    code, _, error = run("evaluate", file, "--year", "2025", "--json", out)
    if code != 0:
        return error
    units = json.load(open(out, encoding="utf-8"))["counties"][0]["units"]
    return sum(unit["verdict"] == "met" for unit in units)


with tempfile.TemporaryDirectory() as folder:
    out, again, paper, applied = (os.path.join(folder, name) for name in ("p.json", "e.json", "p.docx", "a.xlsx"))
    before = met(qinghe, again)
    order = ("plan", "funds", qinghe, "--year", "2025", "--fund", "校舍专项=60:build", "统筹资金=120", "--share", "乡村=0.4")
    code, said, error = run(*order, "--json", out, "--report", paper, "--apply", applied, "--runner-up", "--front", "5")
    answer = json.load(open(out, encoding="utf-8")) if code == 0 else {}
    promise("a plan is proved", code == 0 and answer["units"]["status"] == "proved")
    promise("nobody's money is overspent", code == 0 and answer["spent"] <= answer["budget"] == 1_800_000)
    built = {project["id"]: project for project in answer["projects"]}
    earmarked = [payment for payment in answer["payments"] if payment["source"] == "f1"]
    promise("the building fund pays buildings alone", all(built[payment["project"]]["kind"] == "build" for payment in earmarked))
    promise("units met before and after are those the evaluation counts",
            answer["metBefore"] == before and met(applied, again) == answer["metAfter"] > before)
    points = [point["met"] for point in answer["front"]]
    promise("more money never brings fewer units to the standard", len(points) == 5 and points == sorted(points))
    text = "\n".join(p.text for p in docx.Document(paper).paragraphs)
    promise("the paper says the result and why the runner-up lost", f"增加到{answer['metAfter']}个" in text and answer["runnerUp"]["reasons"][0] in text)

    code, _, error = run("plan", "funds", qinghe, "--year", "2025", "--fund", "统筹资金=100", "--share", "山区=0.5")
    promise("a share nothing bears is refused and says what there is", code == 2 and "山区" in error and "薄弱" in error)
    code, _, error = run("plan", "funds", qinghe, "--year", "2025", "--fund", "统筹资金")
    promise("a fund without an amount is refused", code != 0 and "统筹资金" in error)
    code, said, error = run(*order, "--json", out, JUNHENG_HIGHS="/nowhere", HOME=folder, XDG_CACHE_HOME=folder)
    answer = json.load(open(out, encoding="utf-8")) if code == 0 else {}
    promise("without a solver there is a plan and no proof, and it says so",
            code == 0 and "不带证明" in error and answer["units"]["status"] == "feasible" and "bound" not in answer["units"])

sys.exit(1 if failures else 0)
