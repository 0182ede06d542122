"""The built program as scripts use it: command_line.py PROGRAM. Prints `ok …` or `FAIL …` for each promise."""

import json
import os
import subprocess
import sys
import tempfile

import docx
import openpyxl

program = sys.argv[1]
root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
county = os.path.join(root, "Examples/qinghe-county.csv")
five = os.path.join(root, "Examples/five-schools.csv")
failures = 0


def run(*arguments):
    done = subprocess.run([program, *arguments], capture_output=True, text=True, cwd=tempfile.gettempdir())
    return done.returncode, done.stdout, done.stderr


def promise(name, kept):
    global failures
    failures += 0 if kept else 1
    print(("ok   " if kept else "FAIL ") + name)


def headers():
    with open(county, encoding="utf-8-sig") as file:
        return file.readline().strip().replace('"', "").replace("县(市,", "县(市、")


with tempfile.TemporaryDirectory() as folder:
    out = os.path.join(folder, "out.json")
    code, text, _ = run("evaluate", five, "--year", "2025", "--json", out)
    result = json.load(open(out, encoding="utf-8"))
    cvs = {i["code"]: i for i in result["counties"][0]["stages"]["primary"]["indicators"]}
    promise("five schools: L7 has CV 0.5153 over its ceiling", code == 0 and round(cvs["L7"]["cv"], 4) == 0.5153 and cvs["L7"]["verdict"] == "notMet")
    promise("the school year is the one asked for", result["schoolYear"] == 2025)

    # The same numbers by an independent calculation over the county's file.
    import csv

    code, _, _ = run("evaluate", county, "--year", "2025", "--json", out)
    result = json.load(open(out, encoding="utf-8"))["counties"][0]
    rows = list(csv.DictReader(open(county, encoding="utf-8-sig")))
    weights = {"九年一贯制学校": (1, 1.1, 0), "十二年一贯制学校": (1, 1.1, 1.32), "完全中学": (0, 1, 1.2)}
    units = []
    for row in rows:
        pupils = [float(row[f"{stage}在校生数"] or 0) for stage in ("小学", "初中", "高中")]
        kind = row["办学类型"]
        if kind == "特殊教育学校" or (kind == "教学点" and pupils[0] < 50) or not pupils[0]:
            continue
        share = 1.0
        if kind in weights:
            parts = [p * w for p, w in zip(pupils, weights[kind])]
            share = parts[0] / sum(parts)
        area = (float(row["教学及辅助用房面积"]) - float(row["室内体育用房面积"])) * share
        units.append((pupils[0], area))
    total = sum(p for p, _ in units)
    mean = sum(a for _, a in units) / total
    cv = (sum(p / total * (a / p - mean) ** 2 for p, a in units)) ** 0.5 / mean
    measured = {i["code"]: i for i in result["stages"]["primary"]["indicators"]}["L4"]
    promise("L4 of the county agrees with an independent calculation", abs(measured["cv"] - cv) < 1e-12 and result["stages"]["primary"]["units"] == len(units))
    promise("49-pupil teaching points and special schools are named with their reason", {e["reason"] for e in result["excluded"]} == {"teachingPointUnder50", "specialEducation"})

    code, text, _ = run("evaluate", county, "--year", "2025")
    promise("without an output option a table is printed", code == 0 and "清河县：尚未达标" in text and "差异系数" in text)

    paper = os.path.join(folder, "r.docx")
    sheet = os.path.join(folder, "s.xlsx")
    code, _, _ = run("evaluate", county, "--year", "2025", "--report", paper, "--shortfalls", sheet)
    texts = [p.text for p in docx.Document(paper).paragraphs]
    promise("the docx opens and says the verdict", code == 0 and any("清河县尚未达标" in t for t in texts))
    book = openpyxl.load_workbook(sheet)
    promise("the shortfall list opens with one row per gap", book["短板清单"].max_row == 3 + len([s for s in result["shortfalls"] if s["binding"]]))
    pdf = os.path.join(folder, "r.pdf")
    code, _, errors = run("evaluate", county, "--report", pdf)
    words = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True).stdout
    promise("the PDF holds the verdict as text", code == 0 and "自评报告" in words)

    california = os.path.join(root, "Examples/california-schools")
    code, _, _ = run("indicators", california + "/districts.csv", "--catalogue", california + "/catalogue", "--json", out)
    found = {e["indicator"]: e for e in json.load(open(out, encoding="utf-8"))["groups"][0]["indicators"]}
    known = {"teachers-per-pupil": (0.0490976, 0.0755642), "computers-per-pupil": (0.1154079, 0.3783413)}
    promise("another country's table by YAML alone", code == 0 and all(
        abs(found[i]["mean"] - m) < 1e-7 and abs(found[i]["cv"] - c) < 1e-7 for i, (m, c) in known.items()))
    code, _, _ = run("indicators", california + "/districts.csv", "--catalogue", california + "/catalogue", "--group-by", "county", "--weight", "students", "--json", out)
    promise("grouped by a column and weighted by another", code == 0 and len(json.load(open(out, encoding="utf-8"))["groups"]) == 45)

    bad = os.path.join(folder, "bad.csv")
    with open(county, encoding="utf-8-sig") as source, open(bad, "w", encoding="gb18030") as target:
        text = source.read().splitlines()
        text[1] = text[1].replace("小学,城区", "小学堂,城区", 1)
        target.write("\n".join(text))
    code, _, errors = run("evaluate", bad, "--json", os.path.join(folder, "none.json"))
    promise("a wrong cell is refused with exit code 2 and its place", code == 2 and "bad!D2: " in errors and not os.path.exists(os.path.join(folder, "none.json")))
    code, _, _ = run("evaluate", bad, "--good-rows", "--json", os.path.join(folder, "good.json"))
    promise("the good rows can be taken alone", code == 0)
    # A workbook as an office program leaves it: title, merged header, moved columns, formulas, a sum row.
    odd = os.path.join(folder, "odd.xlsx")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "汇总"
    sheet.append(["清河县学校基本情况统计表"])
    sheet.merge_cells("A1:F1")
    sheet.append(["办学类型", "学校基本信息", None, None, "在校生数", None])
    sheet.append([None, "学校名称", "学校标识码", "县（市、区）", "小学在校生数", "初中在校生数"])
    sheet.merge_cells("B2:D2")
    sheet.merge_cells("E2:F2")
    sheet.append(["小学", "东关小学", 2137000001, "清河县", 812, None])
    sheet.append([None] * 6)
    sheet.append(["九年一贯制学校", "柳庄学校", 2137000002, "清河县", "１６６", 210])
    sheet.append(["合计", None, None, None, 978, 210])
    book.save(odd)
    code, _, errors = run("evaluate", odd, "--json", out)
    units = json.load(open(out, encoding="utf-8"))["counties"][0]["units"]
    promise("merged headers, moved columns, blank and sum rows are understood", code == 0 and sorted(u["pupils"] for u in units) == [166, 210, 812])
    promise("missing columns are said and leave the verdict open", "表中没有这些列" in errors and all(u["unknown"]["L4"] == "noColumn" and u["verdict"] == "insufficient" for u in units))
    sheet["E4"] = "=800+12"
    book.save(odd)
    code, _, errors = run("evaluate", odd)
    promise("a formula without a saved result is refused, not taken for blank", code == 2 and "汇总!E4: " in errors)
    # The county's own sheet in the same workbook: its errors count, an empty one does not.
    own = book.create_sheet("县级数据")
    own.append(["县(市、区)", "学校建设标准统一", "教师编制标准统一", "义务教育学校数"])
    sheet["E4"] = 812
    book.save(odd)
    promise("a county sheet not yet filled in is passed over", run("evaluate", odd)[0] == 0)
    own.append(["清河县", "是", 1, -3])
    book.save(odd)
    back = os.path.join(folder, "back.xlsx")
    code, _, errors = run("evaluate", odd, "--errors", back)
    promise("a wrong cell of the county sheet is refused and marked there", code == 2 and "县级数据!D2: " in errors
            and "负数" in openpyxl.load_workbook(back)["县级数据"]["E2"].value)
    own["D2"] = 3
    book.save(odd)
    code, _, _ = run("evaluate", odd, "--json", out)
    parts = json.load(open(out, encoding="utf-8"))["counties"][0]["parts"]
    promise("the county's own figures are taken", code == 0 and any(i["verdict"] != "insufficient" for p in parts for i in p["items"]))

    # A long file shows how far it is, where somebody looks on.
    import pty

    long = os.path.join(folder, "long.csv")
    with open(long, "w", encoding="utf-8") as file:
        file.write("学校标识码,学校名称,县(市、区),办学类型,小学在校生数\n")
        file.writelines(f"{i},校{i},清河县,小学,300\n" for i in range(5_000))
    here, there = pty.openpty()
    subprocess.run([program, "evaluate", long], stdout=subprocess.DEVNULL, stderr=there)
    os.close(there)
    shown = os.read(here, 100_000).decode("utf-8", "replace")
    promise("a long file shows a progress bar on a terminal and takes it away", "100% 5000 行" in shown and "\r\x1b[K" in shown)
    promise("and none elsewhere", "%" not in run("evaluate", long)[2].replace("85%", ""))
    promise("usage mistakes exit with 64", run("evaluate")[0] == 64 and run("evaluate", county, "--report", "x.txt")[0] == 64)
    promise("a missing file exits with 2 and says so", run("evaluate", "/nowhere.xlsx")[0] == 2)
    # The past year's returns under another standard: one command.
    code, text, _ = run("compare", county, "--standards", "balance-2017,balance-2012", "--years", "2025")
    promise("one command holds a year under two standards side by side", code == 0 and "教督〔2012〕3号" in text and "L4→A1" in text and "只有前者计入的学校单位" in text)
    code, _, _ = run("compare", county, "--standards", "balance-2017,balance-2012", "--json", out)
    both = json.load(open(out, encoding="utf-8"))
    pair = [i for i in both["counties"][0]["stages"]["primary"]["indicators"] if i["code"]["before"] == "L1"][0]
    promise("the same quotient is paired between standards", code == 0 and pair["code"]["after"] == "A7" and pair["verdict"]["after"] == "measured")
    later = os.path.join(folder, "later.csv")
    with open(county, encoding="utf-8-sig") as source, open(later, "w", encoding="utf-8") as target:
        lines = source.read().splitlines()
        rest = list(csv.reader(lines[1:]))
        place = next(csv.reader(lines[:1])).index("小学县级以上骨干教师数")
        rest[0][place] = "0"
        target.write("\n".join([lines[0]] + [",".join(r) for r in rest]))
    code, _, errors = run("compare", county, later, "--years", "2024,2025", "--json", out)
    both = json.load(open(out, encoding="utf-8"))
    change = [i for i in both["counties"][0]["stages"]["primary"]["indicators"] if i["code"]["after"] == "L2"][0]
    promise("two years under one standard: the changed school moves its indicator alone", code == 0 and both["before"]["schoolYear"] == 2024 and change["cvChange"] > 0 and all(
        i["cvChange"] == 0 for i in both["counties"][0]["stages"]["primary"]["indicators"] if i["code"]["after"] != "L2"))
    # A school's own division of its rooms, in columns beside the template's; the overlay says which one decides.
    own = os.path.join(folder, "own.csv")
    with open(own, "w", encoding="utf-8") as target:
        target.write("学校标识码,学校名称,县(市、区),办学类型,小学在校生数,初中在校生数,教学及辅助用房面积,室内体育用房面积,小学部教学及辅助用房面积,初中部教学及辅助用房面积,小学部室内体育用房面积,初中部室内体育用房面积\n"
                     "2137000001,柳庄学校,清河县,九年一贯制学校,300,200,2960,360,1800,1160,200,160\n")
    overlay = os.path.join(folder, "overlay")
    os.mkdir(overlay)
    rules = os.path.join(overlay, "own.yaml")
    with open(rules, "w", encoding="utf-8") as target:
        target.write("tighten: balance-2017\ndocument: 示例〔2026〕1号\nchoose: { apportion: reported }\n")
    values = {}
    for name, more in (("weights", []), ("reported", ["--catalogue", overlay])):
        code, _, errors = run("evaluate", own, "--json", out, *more)
        units = json.load(open(out, encoding="utf-8"))["counties"][0]["units"]
        values[name] = ([round(u["values"]["L4"], 9) for u in units], {u["splits"]["teaching_area"]["used"] for u in units}, [u["splits"]["teaching_area"]["reported"] for u in units])
    promise("a reported and a weighted split are both kept, the standard says which decides", values == {
        "weights": ([5.0, 5.5], {"weights"}, [1800, 1160]), "reported": ([5.333333333, 5.0], {"reported"}, [1800, 1160])})
    with open(rules, "a", encoding="utf-8") as target:
        target.write("treshold: { L1: 4 }\n")
    code, _, errors = run("check", "--catalogue", overlay)
    promise("a mistake in an overlay is told with file, line and advice, exit code 2", code == 2 and errors.startswith("own.yaml:4:") and "是否想写" in errors)

    extras = os.path.join(folder, "extras.csv")
    with open(extras, "w", encoding="utf-8") as target:
        target.write("县(市、区),普通高中班数（全县）,其中普通高中56人及以上的班数,适龄残疾儿童少年数,\"残疾儿童少年入学人数（随班就读、特教学校、送教上门）\"\n清河县,200,60,300,291\n")
    code, text, _ = run("evaluate", extras, "--standard", "county-extras")
    promise("a county's own return is judged item by item; without a limit only measured", code == 0 and "入学率 97.00%" in text and "只测不判" in text and "大班额比例 30.00%" in text)
    promise("comparing a file with itself is a usage mistake", run("compare", county)[0] == 64)
    promise("junheng --version and check answer", run("--version")[0] == 0 and run("check")[0] == 0)

sys.exit(1 if failures else 0)
