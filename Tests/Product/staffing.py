"""Staff against establishment: command line, papers and pages: staffing.py PROGRAM. Prints `ok …` or `FAIL …`."""

import collections
import io
import json
import math
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse

import docx
import openpyxl
from playwright.sync_api import sync_playwright

program = sys.argv[1]
failures = 0


def promise(name, kept, *seen):
    global failures
    failures += 0 if kept else 1
    print(("ok   " if kept else "FAIL ") + name, *(seen if not kept else ()), flush=True)


def run(*arguments):
    done = subprocess.run([program, *arguments], capture_output=True, text=True, cwd=tempfile.gettempdir())
    return done.returncode, done.stdout, done.stderr


def rows(file, name):
    sheet = openpyxl.load_workbook(file, read_only=True)[name]
    cells = list(sheet.iter_rows(values_only=True))
    head = next(i for i, row in enumerate(cells) if row and str(row[0] or "").rstrip(" *") in ("教师编号", "学校标识码"))
    names = [str(cell).rstrip(" *") for cell in cells[head] if cell]
    return [dict(zip(names, row)) for row in cells[head + 1:] if row and row[0]]


def edit(file, out, name, change):
    """Copies a workbook with cells of one sheet changed: change(row number, header → cell)."""
    book = openpyxl.load_workbook(file)
    sheet = book[name]
    head = next(row[0].row for row in sheet.iter_rows() if str(row[0].value or "").rstrip(" *") in ("教师编号", "学校标识码"))
    columns = {str(c.value).rstrip(" *"): c.column for c in sheet[head] if c.value}
    for number, row in enumerate(range(head + 1, sheet.max_row + 1)):
        change(number, {header: sheet.cell(row, column) for header, column in columns.items()})
    book.save(out)
    return head


def establishment(school, stage, ratio):
    pupils, classes = int(school[f"{stage}在校生数"]), school.get(f"{stage}班数")
    posts = math.ceil(pupils / ratio - 1e-9)
    if stage == "小学" and school["城乡"] == "乡村" and pupils < 200:
        posts = max(posts, int(classes) * 2, 2)
    return posts


def retires(person):
    """First month of retirement as year and month, told again from the decision of 2024-09-13."""
    year, month = map(int, person["出生年月"].split("-"))
    woman = person["性别"] == "女"
    age, step, most = (60, 4, 63) if not woman else (50, 2, 55) if person["人员类别"] == "工勤" else (55, 4, 58)
    if woman and person["职称"] in ("高级", "正高级"):
        age, step, most = 60, 4, 63
    old = (year + age) * 12 + month - 1
    start = 2025 * 12
    old += 0 if old < start else min((old - start) // step + 1, (most - age) * 12)
    return divmod(old, 12)


def metres(a, b):
    la, lb = math.radians(a[0]), math.radians(b[0])
    part = math.sin((lb - la) / 2) ** 2 + math.cos(la) * math.cos(lb) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    return 2 * 6_371_000 * math.asin(math.sqrt(part))


def most(arcs, source, sink):
    """The largest flow, by ways found one after another: a second opinion that knows nothing of costs."""
    room = collections.defaultdict(dict)
    for a, b, capacity in arcs:
        room[a][b] = room[a].get(b, 0) + capacity
        room[b].setdefault(a, 0)
    sent = 0
    while True:
        seen, queue = {source: None}, collections.deque([source])
        while queue and sink not in seen:
            here = queue.popleft()
            for there, left in room[here].items():
                if left > 0 and there not in seen:
                    seen[there] = here
                    queue.append(there)
        if sink not in seen:
            return sent
        there = sink
        while seen[there] is not None:
            room[seen[there]][there] -= 1
            room[there][seen[there]] += 1
            there = seen[there]
        sent += 1


def command_line(path):
    stages = {"小学": ("primary", 19), "初中": ("junior", 13.5), "高中": ("senior", 12.5)}
    code, _, error = run("plan", "roster", path("q.xlsx"), "--example", "清河县", "--staffing")
    promise("an example county with its whole staff, codes and no names",
            code == 0 and error == "" and not any(p.get("姓名") for p in rows(path("q.xlsx"), "教师名册")))
    code, out, error = run("staffing", path("q.xlsx"), "--year", "2025", "--json", path("s.json"), "--report", path("s.docx"))
    promise(f"counted: {out.strip().splitlines()[0] if out else error.strip()}", code == 0)
    county = json.load(open(path("s.json"), encoding="utf-8"))[0]
    units = {u["id"]: u for u in county["units"]}
    schools, staff = rows(path("q.xlsx"), "学校数据"), rows(path("q.xlsx"), "教师名册")
    expected = {}
    for school in schools:
        for stage, (name, ratio) in stages.items():
            if school["举办者"] == "公办" and school.get(f"{stage}在校生数"):
                expected[f"{school['学校标识码']}/{name}"] = establishment(school, stage, ratio)
    promise(f"the establishments of all {len(expected)} units, counted again", {u: v["establishment"] for u, v in units.items()} == expected)
    posted = collections.Counter(f"{p['学校标识码']}/{stages[p['学段']][0]}" for p in staff if p["编制"] == "在编")
    promise("who is on the establishment, counted again", all(v["known"] == posted[u] for u, v in units.items()))
    promise("over and short as staff less establishment", all(
        v["balance"] == posted[u] - expected[u] and v["standing"] == ("over" if posted[u] > expected[u] else "short" if posted[u] < expected[u] else "even")
        for u, v in units.items()))
    years = collections.Counter()
    for person in staff:
        year, month = retires(person)
        if person["编制"] == "在编" and f"{person['学校标识码']}/{stages[person['学段']][0]}" in units and (year, month) >= (2025, 8) and year <= 2030:
            years[year] += 1
    told = collections.Counter()
    for row in county["leaving"]:
        told[row["year"]] += row["count"]
    promise(f"retirements by year, counted again: {dict(sorted(years.items()))}", +told == +years)
    grades = {r["学校标识码"]: r for r in rows(path("q.xlsx"), "编制数据")}
    first = next(u for u in county["units"] if u["stage"] == "primary")
    own = grades[first["school"]]
    pupils = sum(int(own[f"{g}年级人数"]) for g in "一二三四五") + int(own["1年后小学新生数"])
    promise("next year's pupils: everybody a grade up and the new ones", first["ahead"][0]["pupils"] == pupils and not first["ahead"][0]["isAssumed"])
    text = "\n".join(p.text for p in docx.Document(path("s.docx")).paragraphs)
    promise("the paper says where too many are and where too few", "超编" in text and "缺编" in text and "延迟法定退休年龄" in text)

    # Without kinds of work nobody knows whether these are all; without a roster nothing is said of people.
    edit(path("q.xlsx"), path("blank.xlsx"), "教师名册", lambda n, c: setattr(c["人员类别"], "value", None))
    run("staffing", path("blank.xlsx"), "--year", "2025", "--json", path("b.json"))
    blank = json.load(open(path("b.json"), encoding="utf-8"))[0]
    promise("a roster of unknown kinds calls nobody short", not any(u["standing"] in ("short", "even") for u in blank["units"]) and blank.get("posted") is None)
    book = openpyxl.load_workbook(path("q.xlsx"))
    del book["教师名册"], book["编制数据"]
    book.save(path("bare.xlsx"))
    code, out, _ = run("staffing", path("bare.xlsx"), "--year", "2025", "--json", path("n.json"))
    bare = json.load(open(path("n.json"), encoding="utf-8"))[0]
    promise("without a roster there are establishments and no verdicts", code == 0 and "资料不足" in out
            and all(u["standing"] == "unknown" and u["establishment"] for u in bare["units"]))
    code, out, _ = run("plan", "posts", path("bare.xlsx"), "--year", "2025")
    promise("and no posts are matched", code == 2)
    edit(path("q.xlsx"), path("bad.xlsx"), "教师名册", lambda n, c: setattr(c["出生年月"], "value", "1985-13") if n == 3 else None)
    code, _, error = run("staffing", path("bad.xlsx"), "--year", "2025")
    promise("a wrong month is named with its cell", code == 2 and "1985-13" in error and re.search(r"[A-Z]+\d+", error) is not None)
    posts(path, county, units, schools, staff)


def posts(path, county, units, schools, staff):
    edit(path("q.xlsx"), path("named.xlsx"), "教师名册", lambda n, c: setattr(c["姓名"], "value", f"甲{n}乙"))
    code, out, error = run("plan", "posts", path("named.xlsx"), "--year", "2025", "--json", path("p.json"), "--report", path("p.docx"),
                           "--published", path("public.xlsx"))
    promise(f"people and posts are matched: {out.strip().splitlines()[0] if out else error.strip()}", code == 0)
    plan = json.load(open(path("p.json"), encoding="utf-8"))
    people = {p["教师编号"]: p for p in staff}
    moves = plan["moves"]
    came, went = collections.Counter(m["to"] for m in moves), collections.Counter(m["from"] for m in moves)
    promise("nobody moves twice, nobody off the establishment, none but teachers", len({m["person"] for m in moves}) == len(moves) > 0 and all(
        people[m["person"]]["编制"] == "在编" and people[m["person"]]["人员类别"] == "专任教师" for m in moves))
    promise("no short unit becomes over, no over unit becomes short", all(
        units[u]["balance"] + came[u] - went[u] <= 0 for u in came) and all(
        units[u]["balance"] - went[u] >= 0 or all(people[m["person"]].get("竞聘情形") == "待岗" for m in moves if m["from"] == u) for u in went))
    promise("everybody teaches what they may", all(
        m["subject"] in [people[m["person"]]["任教学科"], *re.split("、", people[m["person"]].get("可任教学科") or "")] for m in moves))
    where = {s["学校标识码"]: (float(s["纬度"]), float(s["经度"])) for s in schools}
    promise("nobody goes further than 30 km", all(metres(where[m["from"].split("/")[0]], where[m["to"].split("/")[0]]) <= 30_001 for m in moves))

    # The most posts that can be filled, by a flow that is built again from the roster and the survey.
    stages = {"小学": "primary", "初中": "junior", "高中": "senior"}
    order = ["primary", "junior", "senior"]
    waiting = collections.defaultdict(list)
    for p in staff:
        if p.get("竞聘情形") == "待岗" and p["编制"] == "在编":
            waiting[f"{p['学校标识码']}/{stages[p['学段']]}"].append(p)
    arcs, open_posts = [], collections.defaultdict(list)
    for uid, unit in units.items():
        rest = unit["balance"] - len(waiting[uid])
        if rest < 0:
            arcs.append((("in", uid), "end", -rest))
        elif rest > 0:
            arcs.append(("start", ("out", uid), rest))
        for s in unit["subjects"]:
            if s.get("need") is None:
                continue
            left = s["established"] - sum(p["任教学科"] == s["name"] and p["人员类别"] == "专任教师" for p in waiting[uid])
            if rest < 0 and s["need"] // 1000 > left:
                arcs.append((("post", uid, s["name"]), ("in", uid), s["need"] // 1000 - left))
                open_posts[s["name"]].append(uid)
            kept = max(1, -(-s["need"] // 1000))
            if rest > 0 and left > kept:
                arcs.append((("out", uid), ("spare", uid, s["name"]), left - kept))
    spares = {b for _, b, _ in arcs}
    for p in staff:
        uid = f"{p['学校标识码']}/{stages[p['学段']]}"
        if uid not in units or p["编制"] != "在编" or p["人员类别"] != "专任教师" or p["任教学科"] == "校长":
            continue
        isWaiting = p.get("竞聘情形") == "待岗"
        source = "start" if isWaiting else ("spare", uid, p["任教学科"])
        if not isWaiting and source not in spares:
            continue
        year, month = retires(p)
        soon = year * 12 + month - (2025 * 12 + 8) < 36
        if not p.get("竞聘情形") and (soon or p.get("免交流情形") in ("孕期", "哺乳期", "疾病") or p.get("家庭困难") == "是"):
            continue
        arcs.append((source, ("person", p["教师编号"]), 1))
        for subject in {p["任教学科"], *re.split("、", p.get("可任教学科") or "")}:
            for to in open_posts[subject]:
                (school, stage), (target, goal) = uid.split("/"), to.split("/")
                fits = stage == goal or order.index(goal) <= order.index(stages.get(p.get("教师资格学段"), stage))
                if school != target and fits and metres(where[school], where[target]) <= 30_000:
                    arcs.append((("person", p["教师编号"]), ("post", to, subject), 1))
    best = most(arcs, "start", "end")
    promise(f"as many posts as can be filled at all: {plan['filled']} of {best}", plan["filled"] == best == len(moves))
    again = run("plan", "posts", path("named.xlsx"), "--year", "2025", "--json", path("p2.json"))
    promise("the same workbook gets the same list", again[0] == 0 and json.load(open(path("p2.json"), encoding="utf-8"))["moves"] == moves)
    promise("no name in the JSON nor in what is printed", "甲" not in open(path("p.json"), encoding="utf-8").read() + out + error)
    cells = [c.text for t in docx.Document(path("p.docx")).tables for row in t.rows for c in row.cells]
    promise("the paper names everybody of the list", all(m["person"] in cells for m in moves) and any("乙" in c for c in cells))
    public = [str(c) for row in openpyxl.load_workbook(path("public.xlsx")).active.iter_rows(values_only=True) for c in row if c]
    promise("the published list has surnames only and no whole code",
            "甲＊＊" in public and not any("乙" in c for c in public) and not any(m["person"] in public for m in moves))

    # A whole school without posts: not everybody can be placed, and it is said who and why.
    edit(path("q.xlsx"), path("many.xlsx"), "教师名册", lambda n, c: setattr(c["竞聘情形"], "value", "待岗") if c["任教学科"].value == "音乐" else None)
    code, _, error = run("plan", "posts", path("many.xlsx"), "--year", "2025", "--everyone", "--json", path("x.json"))
    answer = json.load(open(path("x.json"), encoding="utf-8")) if code == 3 else {}
    promise("all musicians without a post: exit 3, with the posts that are too few",
            code == 3 and "待岗人员全部安置" in error and answer["shortage"]["room"] < len(answer["shortage"]["people"]))


def start(*arguments):
    server = subprocess.Popen([program, "serve", *arguments, "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in server.stdout:
        if found := re.search(r"http://[\d.:]+", line):
            return server, found.group(0)
    raise SystemExit("FAIL the server did not start")


def pages(folder, path):
    server, base = start("--data", os.path.join(folder, "data"))
    home = base + "/staffing/counties/" + urllib.parse.quote("清河县") + "?year=2025"
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page()
            page.set_default_timeout(120_000)
            page.goto(home)
            promise("a county without data says so", "资料不足" in page.inner_text("h1"))

            def hand_in(file):
                page.goto(home)
                page.set_input_files("input[type=file]", file)
                page.select_option("form[action*='/rosters'] select[name=year]", "2025")
                page.click("form[action*='/rosters'] button")
                page.wait_for_load_state()
                return matched(page)

            hand_in(path("bad.xlsx"))
            promise("a wrong month is named, and nothing is taken", "1985-13" in page.inner_text("main") and "资料不足" in page.inner_text("h1"))
            hand_in(path("bare.xlsx"))
            promise("a workbook without a roster is sent back", "教师名册" in page.inner_text("[role=alert]"))
            title = hand_in(path("named.xlsx"))
            promise(f"its people and posts are matched by a task: {title}", "已完成" in title and "个空岗补上" in page.inner_text("main"))
            page.goto(home)
            title = page.inner_text("h1")
            promise(f"a workbook becomes a survey: {title}", "超编" in title and "缺编" in title)
            promise("the schools lie on the map, and retirements stand as columns",
                    page.locator("svg.map a").count() > 30 and page.locator("svg rect.met").count() >= 5)
            book = openpyxl.load_workbook(io.BytesIO(page.request.get(home + "&t=units&export=xlsx").body()))
            promise("the units can be had as a workbook", any("标准编制" in str(c) for row in book.active.iter_rows(values_only=True) for c in row))
            page.goto(home)
            page.locator("#t-units a[href*='/schools/'], table a[href*='/schools/']").first.click()
            page.wait_for_load_state()
            text = page.inner_text("main")
            school = page.url
            promise("a school says how its establishment was counted, by subject and by year", "按生师比" in text and "语文" in text and "2030年" in text)
            page.goto(home)
            page.locator("a[href*='/staffing/plans/']").first.click()
            page.wait_for_load_state()
            plan = page.url
            promise(f"people and posts: {page.inner_text('h1')}", "空岗" in page.inner_text("h1") and "经证明" in page.inner_text("main"))
            book = openpyxl.load_workbook(io.BytesIO(page.request.get(plan + "&t=schools&export=xlsx").body())).active
            head = next(row for row in book.iter_rows(values_only=True) if "现在空岗" in row)
            before, filled, after = (head.index(name) for name in ("现在空岗", "补上", "还空"))
            schools = [row for row in book.iter_rows(values_only=True) if isinstance(row[before], (int, float))]
            count = int(re.search(r"(\d+)个空岗补上(\d+)个", page.inner_text("h1")).group(2))
            promise("school by school: vacant before, filled, vacant after", len(schools) > 5 and all(r[before] - r[filled] == r[after] for r in schools) and count in (
                sum(r[filled] for r in schools), sum(r[filled] for r in schools) // 2))
            promise("they lie on the map with who comes from where, and subjects stand before and after", page.locator("svg.map .flow").count() > 0 and page.locator("svg .before").count() > 1)
            page.click("text=采用这份方案")
            page.wait_for_load_state()
            promise("a plan is adopted once", "采用。" in page.inner_text("main") and page.locator("text=采用这份方案").count() == 0)
            hand_in(path("named.xlsx"))
            page.goto(home)
            for box in page.locator("input[name=plan]").all():
                box.check()
            page.click("text=并排比较勾选的方案")
            page.wait_for_load_state()
            compare = page.url
            promise(f"two plans stand side by side: {page.inner_text('h1')}", "都补上" in page.inner_text("h1") and page.locator("tr", has_text="补上（个）").count() == 1 and page.locator(".beside svg").count() == 2)
            page.goto(home)
            page.locator("a[href*='/staffing/plans/']").first.click()
            page.wait_for_load_state()
            page.click("text=采用这份方案")
            page.wait_for_load_state()
            promise("and a second one of the year is not", "已经采用了另一份方案" in page.inner_text("[role=alert]"))
            kept = b"".join(open(os.path.join(at, name), "rb").read() for at, _, names in os.walk(os.path.join(folder, "data")) for name in names)
            promise("no name of the roster lies in the data folder", "甲1乙".encode() not in kept)
            look(page, [base + "/staffing?year=2025", home, school, plan, compare], "plain")
        finally:
            server.terminate()
            server.wait(20)


def matched(page):
    """Waits for the task the page shows, if it shows one; the title at the end."""
    while "/tasks/" in page.url and not any(word in page.inner_text("h1") for word in ("已完成", "没有做成", "已取消")):
        time.sleep(0.3)
        page.goto(page.url)
    return page.inner_text("h1")


def carried(browser, base, path):
    """Adopted by a county's director: a task for every school that gives or takes, and targets for review."""
    def visitor(who):
        context = browser.new_context()
        context.add_cookies([{"name": "junheng-visitor", "value": who, "url": base}])
        return context.new_page()

    page = visitor("county-director")
    page.goto(base + "/staffing/counties/" + urllib.parse.quote("清河县") + "?year=2025")
    page.locator("a[href*='/staffing/plans/']").first.click()
    page.wait_for_load_state()
    plan = page.url
    filled = int(re.search(r"补上(\d+)个", page.inner_text("h1")).group(1))
    page.click("text=采用这份方案")
    page.wait_for_load_state()

    def press():
        page.goto(plan)
        page.fill("form[action*='carry/cases'] input[name=finishBy]", "2036-08-31")
        with page.expect_navigation():
            page.click("button:has-text('给各校下达任务')")
        return page.locator(".outcomes li").all_inner_texts()

    opened = press()
    counts = [re.search(r"补上空岗(\d+)个，派出(\d+)人", text) for text in opened]
    promise(f"every school that gives or takes has a case: {len(opened)}", len(opened) > 2 and all("已下达，调配〔" in text for text in opened), opened[:2])
    promise("together they take and give everybody", sum(int(c.group(1)) for c in counts) == sum(int(c.group(2)) for c in counts) == filled)
    page.locator(".outcomes a").first.click()
    page.wait_for_load_state()
    known = {p["教师编号"] for p in rows(path("q.xlsx"), "教师名册")}
    promise("a case names nobody", "调配〔" in page.content() and not any(code in page.content() for code in known))
    again = press()
    promise("a second press opens none", len(again) == len(opened) and all("办结之前不能再立一件" in text for text in again))
    page = visitor("city-inspectorate")
    page.goto(plan)
    page.fill("form[action*='carry/targets'] input[name=finishBy]", "2036-08-31")
    with page.expect_navigation():
        page.click("button:has-text('生成督办草稿')")
    promise("the plan becomes a draft of targets", "/plan-drafts/" in page.url and f"补上空岗{filled}个" in page.content() and set(re.findall(r">(20\d\d-\d\d-\d\d)<", page.content())) == {"2036-08-31"})


def look(page, addresses, name):
    pictures = os.environ.get("JUNHENG_PICTURES")
    for width, height in ((1366, 768), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        wide = []
        for number, address in enumerate(addresses):
            page.goto(address)
            wide.append(page.evaluate("document.documentElement.scrollWidth"))
            if pictures:
                page.screenshot(path=os.path.join(pictures, f"{name}-{number}-{width}.png"), full_page=True)
        promise(f"nothing sticks out at {width}: {wide}", all(w <= width for w in wide))


def demo(folder, path):
    server, base = start("--demo", "--data", os.path.join(folder, "demo"))
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page()
            page.set_default_timeout(120_000)
            page.goto(base + "/staffing")
            promise(f"the demo city's counties stand side by side: {page.inner_text('h1')}", page.locator("svg.map .area").count() >= 6)
            promise("the county whose roster is missing has no verdict", "资料不足" in page.locator("tr", has_text="临湖区").first.inner_text())
            page.goto(base + "/staffing/counties/" + urllib.parse.quote("清河县"))
            page.locator("a[href*='/staffing/plans/']").first.click()
            page.wait_for_load_state()
            promise("who does not arrange staff sees no whole code and no button",
                    "＊＊" in page.inner_text("main") and page.locator("text=采用这份方案").count() == 0)
            look(page, [base + "/staffing", base + "/staffing/counties/" + urllib.parse.quote("清河县"), page.url], "demo")
            carried(browser, base, path)
        finally:
            server.terminate()
            server.wait(20)


with tempfile.TemporaryDirectory() as folder:
    def path(name):
        return os.path.join(folder, name)

    command_line(path)
    pages(folder, path)
    demo(folder, path)

sys.exit(1 if failures else 0)
