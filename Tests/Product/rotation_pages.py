"""The register of exchanges and its plans in a real browser: rotation_pages.py PROGRAM. Prints `ok …` or `FAIL …`."""

import io
import os
import re
import subprocess
import sys
import sqlite3
import tempfile
import time
import urllib.parse

import openpyxl
from playwright.sync_api import sync_playwright

program = sys.argv[1]
failures = 0


def promise(name, kept, *seen):
    global failures
    failures += 0 if kept else 1
    print(("ok   " if kept else "FAIL ") + name, *(seen if not kept else ()), flush=True)


def start(folder, *more):
    server = subprocess.Popen(
        [program, "serve", "--data", os.path.join(folder, "data"), "--port", "0", *more], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True)
    for line in server.stdout:
        if found := re.search(r"http://[\d.:]+", line):
            return server, found.group(0)
    raise SystemExit("FAIL the server did not start")


def register(folder, rows):
    """A filled-in register; a row is its cells by header."""
    path = os.path.join(folder, "register.xlsx")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "交流登记"
    headers = ["教师编号", "姓名", "学段", "任教学科", "骨干级别", "原学校标识码", "原学校名称", "交流学校标识码", "交流学校名称", "交流学校城乡", "交流形式", "状态", "期满学年"]
    sheet.append(headers)
    for row in rows:
        sheet.append([row.get(h) for h in headers])
    book.save(path)
    return path


def turn(number, **changes):
    return {
        "教师编号": f"R{number:03}", "姓名": f"甲{number}乙", "学段": "小学", "任教学科": "语文", "骨干级别": "县级" if number % 3 == 0 else "无",
        "原学校标识码": "2137020001", "原学校名称": "甲校", "交流学校标识码": "2137020002", "交流学校名称": "乙校", "交流学校城乡": "乡村",
        "交流形式": "定期交流", "状态": "交流中", **changes}


def ended(page, task, seconds=180):
    """What the page of a task says once it has ended, and all it said on the way."""
    said, until = [], time.monotonic() + seconds
    while time.monotonic() < until:
        page.goto(task)
        title = page.inner_text("h1")
        if any(word in title for word in ("已完成", "没有做成", "已取消")):
            break
        said.append(page.inner_text("main"))
        time.sleep(0.3)
    return title, said


def codes(roster):
    """The codes of everybody on a roster."""
    rows = openpyxl.load_workbook(roster, read_only=True)["教师名册"].iter_rows(values_only=True)
    return {str(row[0]) for row in rows if re.fullmatch(r"[A-Za-z0-9-]{6,}", str(row[0] or ""))}


def carried(folder, roster, browser):
    """Adopted by a county's director: a task for every school that takes part, and targets for review."""
    server, base = start(os.path.join(folder, "demo"), "--demo")
    try:
        def visitor(who):
            context = browser.new_context()
            context.add_cookies([{"name": "junheng-visitor", "value": who, "url": base}])
            return context.new_page()

        page = visitor("county-director")
        page.goto(base + "/rotation/counties/" + urllib.parse.quote("清河县") + "?year=2025")
        page.set_input_files("form[action*='/plans'] input[type=file]", roster)
        page.select_option("form[action*='/plans'] select[name=year]", "2025")
        page.click("form[action*='/plans'] button")
        page.wait_for_load_state()
        ended(page, page.url)
        page.click("text=看结果")
        page.wait_for_load_state()
        plan = page.url
        moves = int(re.search(r"交流(\d+)人", page.inner_text("h1")).group(1))
        promise("on the county's outlines, with a light for every school", page.locator("svg.map .area").count() >= 6 and page.locator("svg.map a .dot-met").count() > 3)
        promise("before it is adopted nothing is carried on", page.locator("form[action*='carry']").count() == 0)
        page.click("text=采用这份方案")
        page.wait_for_load_state()

        def press(day):
            page.goto(plan)
            page.fill("form[action*='carry/cases'] input[name=finishBy]", day)
            with page.expect_navigation():
                page.click("button:has-text('给各校下达任务')")
            return page.locator(".outcomes li").all_inner_texts()

        press("2020-01-01")
        promise("a day that is past is refused in words", "要在今天以后" in page.inner_text("[role=alert]"))
        opened = press("2036-08-31")
        counts = [re.search(r"派出(\d+)人，接收(\d+)人", text) for text in opened]
        promise(f"every school that takes part has a case: {len(opened)}", len(opened) > 10 and all("已下达，调配〔" in text for text in opened), opened[:2])
        promise("together they send and receive everybody", sum(int(c.group(1)) for c in counts) == sum(int(c.group(2)) for c in counts) == moves)
        page.locator(".outcomes a").first.click()
        page.wait_for_load_state()
        case, known = page.content(), codes(roster)
        promise("a case says how many of which subject go and come, and by when", re.search(r"[一-龥]+(派出|接收)\d+人", case) is not None and "2036年8月31日" in case.replace("2036-08-31", "2036年8月31日"))
        promise("and names nobody", len(known) > 1_000 and not any(code in case for code in known), len(known), [code for code in known if code in case][:3])
        again = press("2036-08-31")
        promise("a second press opens none", len(again) == len(opened) and all("办结之前不能再立一件" in text for text in again), again[:1])
        promise("targets are for who supervises", page.locator("form[action*='carry/targets']").count() == 0)
        page = visitor("city-inspectorate")
        page.goto(plan)
        page.fill("form[action*='carry/targets'] input[name=finishBy]", "2036-08-31")
        page.click("button:has-text('生成督办草稿')")
        page.wait_for_load_state()
        draft = page.inner_text("main") + page.content()
        promise("the plan becomes a draft of targets", "/plan-drafts/" in page.url and "差异系数" in draft and f"≥ {moves}" in draft, page.url)
        promise("every line of it by the day that was given", set(re.findall(r">(20\d\d-\d\d-\d\d)<", page.content())) == {"2036-08-31"}, re.findall(r">(20\d\d-\d\d-\d\d)<", page.content()))
        if os.environ.get("JUNHENG_PICTURES"):
            page.screenshot(path=os.path.join(os.environ["JUNHENG_PICTURES"], "rotation-draft.png"), full_page=True)
            page = visitor("county-director")
            for width, height in ((1366, 768), (390, 844)):
                page.set_viewport_size({"width": width, "height": height})
                page.goto(plan)
                page.screenshot(path=os.path.join(os.environ["JUNHENG_PICTURES"], f"rotation-demo-{width}.png"), full_page=True)
    finally:
        server.terminate()
        server.wait(20)


with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
    roster = os.path.join(folder, "q.xlsx")
    subprocess.run([program, "plan", "roster", roster, "--example", "清河县"], check=True)
    server, base = start(folder)
    try:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.set_default_timeout(180_000)
        place = "/rotation/counties/" + urllib.parse.quote("清河县") + "?year=2025"
        home = base + place

        def hand_in(form, path, what_if=False, **fields):
            page.goto(home)
            page.set_input_files(f"form[action*='/{form}'] input[type=file]", path)
            page.select_option(f"form[action*='/{form}'] select[name=year]", "2025")
            for name, value in fields.items():
                page.fill(f"form[action*='/{form}'] input[name={name}]", value)
            if what_if:
                page.check(f"form[action*='/{form}'] input[name=whatIf]")
            page.click(f"form[action*='/{form}'] button")
            page.wait_for_load_state()

        def papers():
            with sqlite3.connect(f"file:{folder}/data/junheng.sqlite?mode=ro", uri=True) as rows:
                return [text for (text,) in rows.execute("SELECT sealed_body FROM job_paper")]

        page.goto(home)
        promise("an empty register says so and gives no verdict", "还没有交流记录" in page.content() and "资料不足" in page.content())
        empty = page.request.get(base + "/templates/exchange-register.xlsx?year=2025")
        cells = [c for row in openpyxl.load_workbook(io.BytesIO(empty.body()))["交流登记"].iter_rows(values_only=True) for c in row]
        promise("the empty register can be had", "教师编号 *" in cells)

        # A plan from the roster, which brings its own schools.
        hand_in("plans", roster, rate="150")
        promise("a rate beyond all is refused on the page, and no task is ordered", "0 到 100" in page.inner_text("[role=alert]") and papers() == [])
        hand_in("plans", roster, what_if=True)
        task = page.url
        promise("a roster is worked on as a task", "/tasks/" in task, task)
        title, said = ended(page, task)
        promise("which tells what is being done and for how long", any("已算" in text for text in said), said[-1:])
        promise("the roster is gone with its end", "已完成" in title and papers() == [], title)
        page.click("text=看结果")
        page.wait_for_load_state()
        title = page.inner_text("h1")
        promise(f"a roster becomes a plan: {title}", "/rotation/plans/" in page.url and re.search(r"交流\d+人", title) is not None)
        what_if = page.locator("#rates, table", has_text="不同交流比例的效果").first.inner_text()
        promise("with what other rates would bring", all(rate in what_if for rate in ("10%", "15%", "20%", "27%", "36%")))
        promise("before and after stand in a chart", page.locator("svg .before").count() >= 2)
        promise("the flows are drawn", page.locator("svg .flow").count() > 10)
        plan = page.url
        moves = int(re.search(r"交流(\d+)人", title).group(1))
        page.click("text=采用这份方案")
        page.wait_for_load_state()
        promise("adopted, everybody of it is planned and nobody has gone", f"拟交流{moves}人，还没有人到岗" in page.content())
        page.goto(plan)
        promise("a plan is adopted once", page.locator("text=采用这份方案").count() == 0 and "已由" in page.content())
        page.goto(home)
        page.locator("button", has_text="取消").first.click()
        page.wait_for_load_state()
        page.click(f"text={moves - 1}人全部到岗")
        page.wait_for_load_state()
        title = page.inner_text("h1")
        promise(f"arrived, the rates are judged: {title}", f"交流{moves - 1}人" in title and ("达到规定" in title))

        # The register by hand, and what is wrong with it.
        hand_in("register", register(folder, [turn(1), turn(2, 交流形式="度假"), turn(3, 状态="已期满")]))
        text = page.inner_text("main")
        promise("a strange form and a missing end are named with their cells", "度假" in text and "K3" in text and "期满学年" in text)
        promise("and nothing of that file is taken", "R001" not in text)
        hand_in("register", register(folder, [turn(n) for n in range(1, 7)]))
        promise("a right one is taken", "新增6" in page.inner_text("main"))
        hand_in("register", register(folder, [turn(n, 任教学科="数学" if n == 2 else "语文") for n in range(1, 7)]))
        promise("taken again, only what changed is changed", "新增0，改动1，不变5" in page.inner_text("main"))
        promise("names show to whoever arranges exchange, and the page says that they lie sealed", "甲1乙" in page.content() and "姓名加密保存" in page.content())
        kept = b"".join(open(os.path.join(top, name), "rb").read() for top, _, names in os.walk(folder) for name in names if "junheng.sqlite" in name)
        promise("no name stands readable in the database", "甲1乙".encode() not in kept)
        data = b"".join(
            open(os.path.join(at, name), "rb").read() for at, _, names in os.walk(os.path.join(folder, "data")) for name in names)
        promise("no name of the register lies in the data folder", "甲1乙".encode() not in data)
        page.goto(base + "/rotation?year=2025")
        promise("the county stands in the list with its rate", "清河县" in page.inner_text("table"))
        # A second plan, beside the first; called off and killed ones.
        hand_in("plans", roster, rate="20", seconds="30")
        title, _ = ended(page, page.url)
        page.goto(home)
        for box in page.locator("input[name=plan]").all()[:2]:
            box.check()
        page.click("text=并排比较勾选的方案")
        page.wait_for_load_state()
        compared = page.inner_text("main")
        promise(f"two plans stand side by side: {page.inner_text('h1')}", "方案1" in compared and "方案2" in compared and "交流比例" in compared and page.locator(".beside svg").count() == 2)
        compare = page.url
        book = openpyxl.load_workbook(io.BytesIO(page.request.get(compare + "&t=schools&export=xlsx").body()))
        promise("also as a workbook, school by school", any("骨干" in str(c) for row in book.active.iter_rows(values_only=True) for c in row))
        hand_in("plans", roster, what_if=True, seconds="300")
        task = page.url
        page.click("text=取消")
        began = time.monotonic()
        title, _ = ended(page, task)
        promise(f"called off, it stops at once and leaves nothing: {title}", "已取消" in title and time.monotonic() - began < 15 and papers() == [] and "重做" not in page.inner_text("main"))
        server.terminate()
        server.wait(30)
        server, base = start(folder, "--set", "workers=0")
        home = base + place
        hand_in("plans", roster, rate="12")
        task = page.url.replace(base, "")
        waiting = papers()
        page.goto(base + task)
        promise("without a worker it waits, with what it needs sealed", "排队中" in page.inner_text("h1") and len(waiting) == 1 and not any(code in waiting[0] for code in codes(roster)))
        server.kill()
        server.wait()
        server, base = start(folder)
        home = base + place
        time.sleep(1.2)
        server.kill()
        server.wait()
        server, base = start(folder)
        home = base + place
        title, _ = ended(page, base + task)
        promise(f"servers killed over it, the next one begins again and ends it: {title}", "已完成" in title and papers() == [])
        with sqlite3.connect(f"file:{folder}/data/junheng.sqlite?mode=ro", uri=True) as rows:
            promise("with one plan and no more", rows.execute("SELECT COUNT(*) FROM rotation_plan WHERE job = ?", (task.rsplit("/", 1)[1],)).fetchone() == (1,))
        plan, compare = (base + urllib.parse.urlsplit(u).path + "?" + urllib.parse.urlsplit(u).query for u in (plan, compare))
        hand_in("plans", register(folder, [turn(1)]))
        promise("a register is no roster, and the page says what is missing", "没有收下" in page.content() and "最近" not in page.inner_text("h1"))
        for width, height in ((1366, 768), (390, 844)):
            page.set_viewport_size({"width": width, "height": height})
            wide = []
            for address in (base + "/rotation?year=2025", home, plan, compare):
                page.goto(address)
                wide.append(page.evaluate("document.documentElement.scrollWidth"))
                if os.environ.get("JUNHENG_PICTURES"):
                    page.screenshot(path=os.path.join(os.environ["JUNHENG_PICTURES"], f"rotation-{len(wide)}-{width}.png"), full_page=True)
            promise(f"nothing sticks out at {width}: {wide}", all(w <= width for w in wide))
        carried(folder, roster, browser)
        browser.close()
    finally:
        server.terminate()
        server.wait(20)

sys.exit(1 if failures else 0)
