"""School alliances: register, activities, effect and adopted pairings in a real browser: alliances.py PROGRAM. Prints `ok …` or `FAIL …`."""

import csv
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse

import docx
import openpyxl
from playwright.sync_api import sync_playwright

from screen import harness
from screen.harness import promise

program = sys.argv[1]
root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHOTS = os.environ.get("JUNHENG_SHOTS", "")
COUNTY = "清河县"
FOUNDED = "2024-10-08"
REGISTER = ["名册编号", "教联体名称", "形式", "学校标识码", "学校名称", "角色", "学段", "加入日期", "退出日期", "退出理由"]
ACTIVITIES = ["帮扶编号", "教联体名称", "帮扶类型", "帮扶日期", "帮扶数量", "每人天数", "学科", "提供学校标识码", "提供学校", "接受学校标识码", "接受学校", "帮扶依据"]


def run(*arguments):
    done = subprocess.run([program, *arguments], capture_output=True, text=True, cwd=tempfile.gettempdir())
    return done.returncode, done.stdout, done.stderr


def returns(folder):
    """The example county of two years: the year before every school had a tenth less equipment and fewer such teachers. One school did
    not tell its equipment then."""
    rows = list(csv.reader(open(os.path.join(root, "Examples/qinghe-county.csv"), encoding="utf-8-sig")))
    head = rows[0]
    for year, share in (("2025", 1.0), ("2024", 0.9)):
        os.makedirs(os.path.join(folder, year))
        with open(os.path.join(folder, year, "清河县.csv"), "w", encoding="utf-8-sig", newline="") as file:
            out = csv.writer(file)
            out.writerow(head)
            for row in rows[1:]:
                copy = list(row)
                for place, name in enumerate(head):
                    if any(word in name for word in ("仪器设备", "骨干")) and copy[place]:
                        copy[place] = str(int(float(copy[place]) * share))
                    if year == "2024" and copy[0] == "2137000010" and "仪器设备" in name:
                        copy[place] = ""
                out.writerow(copy)


def units(folder, year):
    out = os.path.join(folder, f"{year}.json")
    run("evaluate", os.path.join(folder, "data", year, "清河县.csv"), "--year", year, "--json", out)
    found = json.load(open(out, encoding="utf-8"))["counties"][0]["units"]
    for unit in found:
        unit["id"] = unit["school"] + "/" + unit["stage"]
    return found


def start(folder):
    server = subprocess.Popen(
        [program, "serve", "--data", os.path.join(folder, "data"), "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in server.stdout:
        if found := re.search(r"http://[\d.:]+", line):
            return server, found.group(0)
    raise SystemExit("FAIL the server did not start")


def book(file, register=None, activities=None):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, head, rows in (("教联体名册", REGISTER, register), ("教联体活动", ACTIVITIES, activities)):
        if rows is not None:
            sheet = made.create_sheet(name)
            sheet.append(head)
            for row in rows:
                sheet.append(row)
    made.save(file)
    return file


def shot(page, name):
    if SHOTS:
        page.screenshot(path=os.path.join(SHOTS, f"alliances-{name}.png"), full_page=True)


def look(page, urls, name):
    for number, url in enumerate(urls):
        for width, height in ((1366, 768), (390, 844)):
            page.set_viewport_size({"width": width, "height": height})
            page.goto(url)
            promise(f"{name} page {number + 1} fits {width} pixels", not harness.overflows(page))
            shot(page, f"{name}-{number + 1}-{width}")
    page.set_viewport_size({"width": 1366, "height": 768})


def alert(page):
    return page.inner_text("[role=alert]") if page.locator("[role=alert]").count() else ""


class Desk:
    """The officer at a browser."""

    def __init__(self, page, base):
        self.page, self.base = page, base
        self.county = base + "/alliances/counties/" + urllib.parse.quote(COUNTY)
        self.group = ""

    def send(self, step, **fields):
        """Fills a form of the page in and sends it."""
        place = f"form[action*='{step}'] "
        for name, value in fields.items():
            field = self.page.locator(f"{place}[name={name}]").first
            if field.evaluate("e => e.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        self.page.click(place + "button")
        self.page.wait_for_load_state()

    def hand_in(self, form, file):
        self.page.goto(self.county)
        self.page.set_input_files(f"form[action*='{form}'] input[type=file]", file)
        if form == "/plans":
            self.page.fill("form[action*='/plans'] input[name=founded]", FOUNDED)
        self.page.click(f"form[action*='{form}'] button")
        self.page.wait_for_load_state()

    def record(self, **fields):
        self.page.goto(self.group)
        self.send("/activities", **fields)

    def rows(self, table):
        """A table of the page as the workbook one takes away."""
        here = self.page.url.split("#")[0]
        url = here + ("&" if "?" in here else "?") + f"t={table}&export=xlsx"
        sheet = openpyxl.load_workbook(io.BytesIO(self.page.request.get(url).body())).active
        values = list(sheet.iter_rows(values_only=True))
        head = max(range(min(8, len(values))), key=lambda n: sum(v is not None for v in values[n]))
        body = values[head + 1:]
        # Below the rows stands who took them away.
        last = next((n for n, row in enumerate(body) if row[0] is None), len(body))
        return [dict(zip(values[head], row)) for row in body[:last]]


def founding(desk, lead, weak):
    page = desk.page
    page.goto(desk.base + "/alliances")
    promise("an empty register says so", "还没有登记教联体" in page.inner_text("h1"))
    page.goto(desk.county)
    form = "form[action*='/groups'] "
    promise("schools that miss the standard stand first, marked", page.locator(form + "fieldset label").first.inner_text().strip().startswith("■"))
    for code in weak[:2]:
        page.check(f"{form}input[value='{code}']")
    desk.send("/groups", name="甲教育集团", form="group", lead="9999999999", founded=FOUNDED)
    promise("a school there is not is refused, what was filled in stays",
            "没有标识码为" in alert(page) and page.input_value(form + "input[name=name]") == "甲教育集团"
            and page.is_checked(f"{form}input[value='{weak[1]}']"))
    desk.send("/groups", lead=lead)
    promise(f"an alliance is founded: {page.inner_text('h1')}", "1个教联体3所学校" in page.inner_text("h1") and "还没有活动" in page.inner_text("h1"))
    promise("who is in it is no longer offered", page.locator(f"{form}input[value='{weak[0]}']").count() == 0)
    promise("both members have had nothing this year", "本学年还没有得到帮扶的成员校" in page.inner_text("main"))
    desk.send("/groups", name="乙教联体", form="alliance", lead=weak[2], founded=FOUNDED, others=weak[0])
    promise("a weak school is in one alliance at a time", "已是“甲教育集团”的成员校" in alert(page))
    desk.send("/groups", name="甲教育集团", form="alliance", lead=weak[2], others=weak[3])
    promise("a name stands once", "已经有“甲教育集团”" in alert(page))
    page.goto(desk.county)
    page.click("table a:has-text('甲教育集团')")
    desk.group = page.url


def activities(desk, lead, weak):
    page = desk.page
    desk.record(kind="staff", day="2024-10-07", count="2", days="40", subject="数学", to=weak[0], evidence="跟岗表")
    promise("before its founding nothing was done", "成立（2024-10-08）之前" in alert(page) and page.input_value("input[name=evidence]") == "跟岗表")
    desk.record(kind="staff", day="2024-12-02", count="2", days="", subject="数学", to=weak[0], evidence="跟岗表")
    promise("shared staff tell their days", "每人的天数" in alert(page))
    desk.record(kind="staff", day="2024-12-02", count="2", days="40", subject="数学", to=weak[0], evidence="跟岗表")
    promise("shared staff are written in", "登记了共享教师2人次" in page.inner_text("[role=status]"))
    desk.record(kind="staff", day="2024-12-02", count="2", days="40", subject="数学", to=weak[0], evidence="跟岗表")
    promise("not twice", "已经登记过" in alert(page))
    desk.record(kind="lesson", day="2025-03-03", count="16", subject="科学", to="", evidence="课表")
    desk.record(kind="visit", day="2026-10-12", count="1", subject="", to=weak[0], evidence="签到表")
    promise(f"the headline counts this year's: {page.inner_text('h1')}", "教研走访1次" in page.inner_text("h1"))
    years = {row["学年"]: row for row in desk.rows("years")}
    promise("tallies stand by school year, a year without any, too",
            (years["2024—2025"]["共享教师（人次）"], years["2024—2025"]["人·天"], years["2024—2025"]["共享课程（节）"]) == ("2", "80", "16")
            and years["2025—2026"]["登记（项）"] == "0" and years["2026—2027"]["教研走访（次）"] == "1")
    page.goto(desk.group.split("?")[0] + "?year=2024")
    members = {row["学校"]: row for row in desk.rows("members")}
    got = [row for row in members.values() if row["角色"] == "成员校"]
    promise("what was for all came to each member", [row["得到共享课程（节）"] for row in got] == ["16", "16"]
            and sorted(row["得到共享教师（人次）"] for row in got) == ["0", "2"])
    page.goto(desk.group)
    entry = page.locator("form[action*='/strikes'] option", has_text="共享课程16节").get_attribute("value")
    desk.send("/strikes", activity=entry, reason="登错")
    struck = [row for row in desk.rows("activities") if "登错" in (row["状态"] or "")]
    promise("an entry struck out stays to be read and no longer counts",
            len(struck) == 1 and {row["学年"]: row for row in desk.rows("years")}["2024—2025"]["共享课程（节）"] == "0")
    page.goto(desk.county)
    idle = [row["成员校"] for row in desk.rows("idle")]
    promise(f"who has had nothing this year stands on the list {idle}", len(idle) == 1)


def two_people(desk, browser, weak):
    page = desk.page
    other = browser.new_page(locale="zh-CN")
    other.goto(desk.group)
    page.goto(desk.group)
    desk.send("/members", school=weak[4], role="strong", day="2025-09-01")
    promise("a school joins", "登记了加入" in page.inner_text("[role=status]"))
    other.fill("form[action*='/end'] input[name=reason]", "期满")
    other.click("form[action*='/end'] button")
    other.wait_for_load_state()
    promise("of two people changing it the later one is told", "别人刚改动过" in alert(other))
    other.close()
    desk.send("/leave", member="0", day="2024-11-30", reason="调整")
    promise("nobody leaves before what was done with it", "还登记有2项活动" in alert(page))


def effect(desk, folder, weak):
    page = desk.page
    page.goto(desk.group)
    text = page.inner_text("main")
    promise("the comparison says that it is no cause", "不是因果" in text)
    before, now = ({unit["id"]: unit for unit in units(folder, year)} for year in ("2024", "2025"))
    rows = desk.rows("effect")
    member = before[weak[0] + "/primary"]
    stage = [unit for unit in before.values() if unit["stage"] == "primary"]
    allied = set(weak[:2]) | {weak[4]} | {desk.lead}
    others = [unit["id"] for unit in stage if unit["school"] not in allied]
    own_rows = [row for row in rows if row["成员校"] == member["name"]]
    kept = len(own_rows) == len(member["values"]) and all(
        any(abs(number(row["加入前的值"]) - value) <= (0.51 if value > 100 else 0.0051) for row in own_rows) for value in member["values"].values())
    # The item that changed, recomputed from the evaluation's own answers.
    changed = [row for row in rows if row["成员校"] == member["name"] and number(row["变化"]) not in (None, 0)]
    code = next(code for code, value in member["values"].items() if abs(value - now[member["id"]]["values"][code]) > 0.05)
    mean = sum(now[i]["values"][code] - before[i]["values"][code] for i in others if code in before[i]["values"]) / len(others)
    own = now[member["id"]]["values"][code] - member["values"][code]
    near = [row for row in changed if abs(number(row["变化"]) - own) < 0.6 and abs(number(row["其他学校平均变化"]) - mean) < 0.6]
    promise(f"values before stand as the evaluation gives them ({len(rows)} rows)", kept and len(rows) == 14)
    promise(f"beside stands the mean change of the {len(others)} schools outside any alliance", bool(near) and near[0]["其他学校"] == f"{len(others)}所")
    unknown = [row for row in rows if row["变化"] == "资料不足"]
    promise("what was not told before is unknown and no zero",
            len(unknown) == 1 and (unknown[0]["加入前的值"], unknown[0]["比其他学校多变化"]) == ("资料不足", "资料不足"))
    promise("a chart shows both for each member", page.locator("section:has-text('成员校的变化') svg.chart").count() == 2)


def number(text):
    try:
        return float(str(text).replace(",", "").replace("+", ""))
    except ValueError:
        return None


def workbooks(desk, folder, lead, weak):
    page, path = desk.page, lambda name: os.path.join(folder, name)
    good = [
        [1, "丙教联体", "教联体", weak[5], "", "牵头学校", "", "2025-09-01", "", ""],
        [2, "丙教联体", "", weak[6], "", "成员校", "", "2025-09-01", "", ""],
    ]
    bad = [row[:] for row in good]
    bad[1][7], bad[1][5] = "2025-02-31", "成员"
    desk.hand_in("/workbooks", book(path("bad.xlsx"), bad))
    promise("wrong cells are named", all(cell in alert(page) for cell in ("F3", "H3")))
    done = [[1, "丙教联体", "共享教师", "2025-08-01", 1, 20, "数学", weak[5], "", weak[6], "", "签到表"]]
    desk.hand_in("/workbooks", book(path("early.xlsx"), good, done))
    promise("both sheets or neither: what was before the founding is named with its cell", "A2" in alert(page) and "之前" in alert(page)
            and "丙教联体" not in page.inner_text("#t-alliances, main table >> nth=0"))
    done[0][3] = "2026-09-08"
    desk.hand_in("/workbooks", book(path("good.xlsx"), good, done))
    promise("a workbook makes alliances and what they did", "收下了1个教联体、1项活动" in page.inner_text("[role=status]"))
    desk.hand_in("/workbooks", book(path("good.xlsx"), good, done))
    promise("not twice", "已经有“丙教联体”" in alert(page))
    page.goto(desk.county)
    taken = desk.rows("register")
    again = [[row[name] for name in REGISTER] for row in taken if row["教联体名称"] == "丙教联体"]
    promise("the register goes out as it came in", [row[3] for row in again] == [weak[5], weak[6]] and again[0][5] == "牵头学校")
    openpyxl.Workbook().save(path("none.xlsx"))
    desk.hand_in("/workbooks", path("none.xlsx"))
    promise("a workbook without the sheets is sent back", "教联体名册" in alert(page))


def papers(desk, folder, weak):
    """The year's report as Word and PDF."""
    page = desk.page
    page.goto(desk.county + "?year=2026")
    links = {kind: page.locator(f"a[href*='report.{kind}']").get_attribute("href") for kind in ("docx", "pdf")}
    bytes_ = {kind: page.request.get(desk.base + url).body() for kind, url in links.items()}
    document = docx.Document(io.BytesIO(bytes_["docx"]))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    text = "\n".join(p.text for p in document.paragraphs)
    promise("the report of the year says what the page says", "2026—2027学年教联体工作报告" in text and "教研走访1次" in text)
    groups = next((t for t in tables if "牵头学校" in t[0] and "形式" in t[0]), [[]])
    promise("with every group and its sums", {row[0] for row in groups[1:]} == {"甲教育集团", "丙教联体"} and next(row for row in groups if row[0] == "甲教育集团")[7] == "1")
    members = next((t for t in tables if "角色" in t[0]), [[]])
    promise("with every member", len(members) == 5)
    idle = next((t for t in tables if "成员校" in t[0][0] and "牵头学校" in t[0]), [[]])
    promise("with whom nothing reached this year", len(idle) == 2 and "本学年没有登记" in text)
    effect = next((t for t in tables if "其他学校平均变化" in t[0]), [[]])
    promise("with the change beside the others, and that it is no cause", len(effect) == 14 and "不是因果" in text and "1项两年里有一年没有数，资料不足" in text)
    promise("and as PDF", bytes_["pdf"][:4] == b"%PDF")


def terminal(data, folder):
    out = os.path.join(folder, "alliances.json")
    code, said, error = run("alliances", "--data", data, "--year", "2026", "--json", out)
    found = {one["name"]: one for one in json.load(open(out, encoding="utf-8"))["alliances"]} if code == 0 else {}
    promise(f"the terminal lists them with their tallies {error}", code == 0 and "甲教育集团（集团化办学，4所）" in said and "教研走访1次" in said
            and "还没有得到帮扶" in said)
    promise("the same as JSON", found["甲教育集团"]["visits"] == 1 and found["丙教联体"]["teachers"] == 1 and len(found["甲教育集团"]["idle"]) == 1)
    code, said, _ = run("alliances", "--data", data, "--county", "别县")
    promise("a county without any is told", code == 0 and "没有登记教联体" in said)


def pairing(desk, folder, weak):
    page, plan = desk.page, os.path.join(folder, "plan.json")
    code, _, error = run("plan", "pairing", os.path.join(folder, "data", "2025", "清河县.csv"), "--year", "2025", "--size", "8", "--json", plan)
    answer = json.load(open(plan, encoding="utf-8")) if code == 0 else {}
    promise(f"a pairing is worked out {error}", code == 0 and len(answer["pairs"]) > 0)
    desk.hand_in("/plans", plan)
    promise("schools already in an alliance keep the whole plan out", "已是“甲教育集团”的成员校" in alert(page) and "1个教联体" not in page.inner_text("h1"))
    count = len(desk.rows("alliances"))
    for name in ("甲教育集团", "丙教联体"):
        page.goto(desk.county)
        page.click(f"table a:has-text('{name}')")
        desk.send("/end", day="2026-10-31", reason="改由结对方案")
        promise(f"“{name}” ends with its reason", "已结束" in page.inner_text("main") or page.locator("form[action*='/end']").count() == 0)
    # From the day after the old ones ended.
    global FOUNDED
    FOUNDED = "2026-11-01"
    broken = dict(answer, pairs=answer["pairs"][1:], members=answer["members"] - 1)
    file = os.path.join(folder, "broken.json")
    json.dump(broken, open(file, "w"))
    desk.hand_in("/plans", file)
    promise("a plan that leaves a weak school out is not adopted", "方案里没有不达标的" in alert(page))
    swapped = dict(answer, pairs=[{"lead": p["member"], "member": p["lead"]} for p in answer["pairs"]])
    json.dump(swapped, open(file, "w"))
    desk.hand_in("/plans", file)
    promise("nor one in which weak schools lead", "不能牵头" in alert(page))
    json.dump(dict(answer, county="别县"), open(file, "w"))
    desk.hand_in("/plans", file)
    promise("nor another county's", "别县" in alert(page))
    open(file, "w").write("[1, 2")
    desk.hand_in("/plans", file)
    promise("nor what is no plan", "不是结对方案" in alert(page))
    desk.hand_in("/plans", plan)
    leads = len({pair["lead"] for pair in answer["pairs"]})
    promise(f"all of it is adopted in one step: {page.locator('[role=status]').all_inner_texts()}{alert(page)[:200]}",
            page.locator("[role=status]").count() == 1 and f"登记了{leads}个教联体，带动{len(answer['pairs'])}所" in page.inner_text("[role=status]"))
    rows = desk.rows("register")
    supported = [row["学校标识码"] for row in rows if row["角色"] == "成员校" and not row["退出日期"]]
    promise("each weak school is in exactly one", sorted(supported) == sorted(pair["member"].split("/")[0] for pair in answer["pairs"]))
    desk.hand_in("/plans", plan)
    promise("a second time it is refused", "已由" in alert(page) and "采用" in alert(page) and len(desk.rows("alliances")) == count + leads)


def plain(browser, folder):
    data = os.path.join(folder, "data")
    returns(data)
    now = units(folder, "2025")
    weak = [unit["school"] for unit in now if unit["verdict"] == "notMet" and unit["stage"] == "primary"]
    strong = [unit["school"] for unit in now if unit["verdict"] == "met" and unit["stage"] == "primary"]
    weak += [code for code in strong[1:]] if len(weak) < 7 else []
    server, base = start(folder)
    try:
        page = browser.new_page(viewport={"width": 1366, "height": 768}, locale="zh-CN")
        page.set_default_timeout(120_000)
        desk = Desk(page, base)
        desk.lead = strong[0]
        founding(desk, strong[0], weak)
        activities(desk, strong[0], weak)
        two_people(desk, browser, weak)
        effect(desk, folder, weak)
        workbooks(desk, folder, strong[0], weak)
        look(page, [base + "/alliances", desk.county, desk.group], "plain")
        papers(desk, folder, weak)
        terminal(data, folder)
        pairing(desk, folder, weak)
        promise("an alliance there is not is not found", page.goto(base + "/alliances/groups/none").status == 404)
    finally:
        server.terminate()
        server.wait()


def demo(browser, folder):
    """The demo city: who sees what."""
    server, base = harness.start(program, os.path.join(folder, "demo"))
    try:
        def person(name):
            context = browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 768})
            context.add_cookies([{"name": "junheng-visitor", "value": name, "url": base}])
            return context.new_page()

        city = person("city-officer")
        city.goto(base + "/alliances")
        promise(f"the city sees every county's: {city.inner_text('h1')}", "个教联体" in city.inner_text("h1") and city.locator("#t-counties tbody tr, table >> nth=0 >> tbody tr").count() >= 6)
        city.click("table >> nth=1 >> tbody a >> nth=0")
        group = city.url
        promise("an older alliance shows how its schools changed", "比其他学校多变化" in city.inner_text("main"))
        counties = {name: base + "/alliances/counties/" + urllib.parse.quote(name) for name in ("清河县", "石桥县")}
        officer = next(one for one in (person(f"county-officer-{n}") for n in range(1, 10)) if one.goto(counties["清河县"]).status == 200
                       and one.locator("form[action*='/groups']").count())
        own, other = "清河县", "石桥县"
        promise("a county's officer keeps its own and does not see another's", officer.goto(counties[other]).status == 403)
        answer = officer.request.post(counties[other] + "/groups", form={"name": "x"})
        promise("nor writes there", answer.status == 403)
        officer.goto(counties[own])
        officer.click("table >> nth=0 >> tbody a >> nth=0")
        mine = officer.url
        foreign = "2137030020" if "2137030020" not in officer.inner_text("main") else "2137030021"
        officer.fill("form[action*='/members'] input[name=school]", foreign)
        officer.click("form[action*='/members'] button")
        officer.wait_for_load_state()
        promise("a school of another county is the city's to take in", "跨县的教联体请市教育局登记" in alert(officer))
        city.goto(mine)
        city.fill("form[action*='/members'] input[name=school]", foreign)
        city.click("form[action*='/members'] button")
        city.wait_for_load_state()
        promise(f"which may {alert(city)}", "登记了加入" in city.inner_text("[role=status]"))
        head = person("school-head")
        head.goto(base + "/alliances")
        names = set(head.locator("table a[href*='/alliances/groups/']").all_inner_texts())
        promise(f"a head sees what the own school is in, and no more {names}", len(names) == 1)
        head.locator("table a[href*='/alliances/groups/']").first.click()
        promise("without the other schools' figures", "教育局看得到" in head.inner_text("main") and head.locator("svg.chart").count() == 0)
        promise("and nothing of another county's", head.goto(group).status == 403)
        leader = person("city-leader")
        leader.goto(group)
        promise("who only looks finds nothing to fill in", leader.locator("form[method=post][action*='/alliances']").count() == 0)
        look(city, [base + "/alliances", counties[own], group], "demo")
    finally:
        server.terminate()
        server.wait()


with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
    for part in (plain, demo):
        try:
            part(browser, folder)
        except Exception as error:
            promise(f"{part.__name__} runs to its end: {str(error)[:600]}", False)
    browser.close()
sys.exit(1 if harness.failures else 0)
