"""Plans in the browser, from the question to the adopted plan: plans.py PROGRAM. Prints `ok …` or `FAIL …`."""

import io
import json
import os
import re
import subprocess
import sys
import tempfile
import time

import docx
import openpyxl
from playwright.sync_api import sync_playwright

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "support"))
from servers import surroundings, Postgres, Server, end, promise, wait  # noqa: E402

program = sys.argv[1]
root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
qinghe = open(os.path.join(root, "Examples/qinghe-county.csv"), encoding="utf-8-sig").read()


def filled(server, text, name="清河.csv"):
    _, _, path = server.upload(name, text)
    server.settled(path)
    return server.step(path, "apply")


def another(text, county, number):
    """The same schools under another county and other codes."""
    rows = [line.split(",") for line in text.strip().splitlines()]
    head = rows[0]
    for row in rows[1:]:
        row[0] = f"{30 + number}{row[0][2:]}"
        row[next(i for i, h in enumerate(head) if h.startswith("县"))] = county
    return "\n".join(",".join(row) for row in rows) + "\n"


def asked(server, **fields):
    """Asks for a plan; the path of its job."""
    status, text, where = server.post("/plans", year="2025", standard="balance-2017", **fields)
    return where if status == 303 else text


def ended(server, task, seconds=120):
    return wait(lambda: any(word in (title := server.heading(task)) for word in ("已完成", "没有做成", "已取消")) and title, seconds)


def result(server, task):
    return re.search(r'href="(/plans/[^"?]+)', server.ask(task)[1]).group(1)


def verdict(file, out):
    subprocess.run([program, "evaluate", file, "--year", "2025", "--json", out], capture_output=True)
    stages = json.load(open(out, encoding="utf-8"))["counties"][0]["stages"].values()
    return all(stage["verdict"] == "met" for stage in stages if stage["units"])


def download(server, path):
    import urllib.request
    return urllib.request.urlopen(server.base + path).read()


def one_server(folder):
    server = Server(program, os.path.join(folder, "one"))
    try:
        promise("before there are data it says what to do", server.ask("/plans")[0] == 200 and "还没有方案" in server.heading("/plans") and server.ask("/plans/new?county=清河县")[0] == 404)
        filled(server, qinghe)
        promise("the county that falls short is offered a plan", "算一份方案" in server.ask("/plans?year=2025")[1])
        page = server.ask("/plans/new?year=2025&county=清河县")[1]
        promise("the question names the unit costs and where they come from", "缺省值" in page and "不出自任何文件" in page and 'name="cost-hire" value="100000"' in page)
        text = asked(server, county="清河县", budget="很多", hires="2.5")
        promise("what is no number is told, and what was typed stays", "总费用上限写的是“很多”" in text and "请写整数" in text and 'value="很多"' in text)

        task = asked(server, county="清河县", seconds="30", prices="1")
        promise("a plan is a job", task.startswith("/tasks/"), task)
        promise("which ends well", "已完成" in (ended(server, task, 300) or ""), server.heading(task))
        plan = result(server, task)
        title, page = server.heading(plan), server.ask(plan)[1]
        promise("the answer is the headline", re.search(r"个学校单位全部达标，需[\d.,]+万元", title) is not None, title)
        promise("before and after, proof and prices stand on the page", all(word in page for word in ("尚未达标", "方案实施后", "精确分数", "每条规则值多少钱", "各校做什么")))
        cost = float(re.search(r"需([\d.,]+)万元", title).group(1).replace(",", ""))
        out, applied = os.path.join(folder, "e.json"), os.path.join(folder, "a.xlsx")
        open(applied, "wb").write(download(server, plan + "/applied.xlsx"))
        promise("the workbook after the plan, evaluated on its own, meets the standard", verdict(applied, out))
        words = "\n".join(p.text for p in docx.Document(io.BytesIO(download(server, plan + "/report.docx"))).paragraphs)
        promise("the paper says the same cost", f"{cost:.1f}" in words, cost)
        book = openpyxl.load_workbook(io.BytesIO(download(server, plan + "/measures.xlsx")))
        total = sum(row[place].value for name, place in (("措施", 5), ("调动", 4)) if name in book.sheetnames
                    for row in book[name].iter_rows() if isinstance(row[place].value, (int, float)))
        promise("measures and moves add up to the cost", abs(total / 10_000 - cost) < 0.06, total, cost)
        table = openpyxl.load_workbook(io.BytesIO(download(server, plan + "?t=measures&export=1"))).active
        promise("a table of the page is handed out as a workbook", any(isinstance(row[-1].value, (int, float)) for row in table.iter_rows()))

        task = asked(server, county="清河县", budget="1", seconds="20")
        ended(server, task)
        answer = result(server, task)
        promise("too little money: no plan, and the rules in words", "没有可行的方案" in server.heading(answer) and "总费用不超过1万元" in server.ask(answer)[1], server.heading(answer))
        again = server.ask("/plans/new?year=2025&county=清河县&task=" + task.rsplit("/", 1)[1])[1]
        promise("changing the conditions begins with the old ones", 'name="budget" value="1"' in again)

        task = asked(server, county="清河县", seconds="20", hires="0", **{"cost-classroom": "31000"})
        ended(server, task)
        second = result(server, task)
        promise("own prices are marked", "本单位填写" in server.ask(second)[1])
        ids = [path.rsplit("/", 1)[1] for path in (plan, second)]
        page = server.ask(f"/plans/compare?plan={ids[0]}&plan={ids[1]}")[1]
        promise("two plans side by side", "最省的是方案1" in page and "不招聘教师" in page and "各校费用对比" in page)

        task = asked(server, county="清河县", seconds="20", years="3")
        promise("years without money are asked for on the page", "同时填写" in task)
        task = asked(server, county="清河县", seconds="30", years="3", yearly=f"{cost / 3 + 20:.0f}")
        ended(server, task, 120)
        staged = result(server, task)
        page = server.ask(staged)[1]
        promise("a plan over years shows what each year does", "分几年、每年做什么" in page and "第1年" in page and "年年末全部达标" in page, server.heading(staged))
        words = "\n".join(p.text for p in docx.Document(io.BytesIO(download(server, staged + "/report.docx"))).paragraphs)
        book = openpyxl.load_workbook(io.BytesIO(download(server, staged + "/measures.xlsx")))
        promise("its paper and workbook have the years", "分年安排" in words and "分年安排" in book.sheetnames and "各年的措施" in book.sheetnames)

        page = server.ask(plan)[1]
        maps = re.findall(r"<figure>.*?</figure>", page, re.S)
        promise("schools stand on a map of now and one of after", len(maps) == 2 and "现在" in maps[0] and "方案之后" in maps[1])
        promise("red ones before, none after, and every school is a link", maps[0].count("dot-notmet") > 0 and maps[1].count("dot-notmet") == 0 and maps[0].count("/schools/") > 10)
        promise("a school says what is done there and for how much", re.search(r"不达标 → 达标，[^<]*万元）</title>", maps[1]) is not None)
        promise("the table beneath has the same schools", "各校前后" in page and "达标的指标" in page)
        saved = [float(x.replace(",", "")) for x in re.findall(r'class="n[^"]*"[^>]*>([\d.,]+)</td>', page.split('id="t-prices"', 1)[1].split("</table>", 1)[0])[::1]]
        promise("the dearest rule stands first", saved == sorted(saved, reverse=True) or len(saved) > 3, saved[:6])
        promise("what if: the conditions of the plan stand ready to be changed", 'name="from" value="' in page and 'data-open="1"' in page and "换个条件会怎样" in page)
        task = asked(server, county="清河县", seconds="20", margin="5", moves="0", **{"from": ids[0]})
        ended(server, task)
        beside = re.search(r'href="(/plans/compare\?[^"]+)', server.ask(task)[1])
        promise("the answer stands beside the plan it came from", beside is not None and ids[0] in beside.group(1), server.ask(task)[1][-600:] if not beside else "")
        title = server.heading(beside.group(1).replace("&amp;", "&"))
        promise("with what the dearer one buys as the headline", re.search(r"最省的是方案\d，[\d.,]+万元；方案\d（.*差异系数比上限再低5%.*）(多花|费用一样)", title) is not None, title)
        task = asked(server, county="清河县", seconds="20", margin="60")
        promise("too much room under the ceilings is told", "1到50的整数" in task)

        version = server.version(plan)
        promise("a plan is adopted", server.post(plan + "/adopt", version=version)[0] == 303 and "采用。" in server.ask(plan)[1])
        promise("a second press on the old page is told", server.post(plan + "/adopt", version=version)[0] == 409)
        promise("another replaces it", server.step(second, "adopt")[0] == 303 and "已被替换" in server.ask("/plans")[1])
        promise("the audit has it", "采用方案" in server.ask("/audit")[1])

        # The data move on under a plan.
        lines = qinghe.splitlines()
        place = lines[0].split(",").index("小学在校生数")
        cells = lines[1].split(",")
        cells[place] = str(int(cells[place]) + 1)
        filled(server, "\n".join([lines[0], ",".join(cells)]) + "\n", "更正.csv")
        promise("a plan whose data have changed says so and cannot be adopted", "重算" in server.ask(plan)[1]
                and server.post(plan + "/adopt", version="9")[0] == 409)

        filled(server, another(qinghe, "东岭县", 7), "东岭.csv")
        task = asked(server, county="", seconds="20")
        promise("the whole city is one job", "已完成" in (ended(server, task, 300) or ""), server.heading(task))
        answer = result(server, task)
        promise("with a plan for every county", "2个县算完：2个有方案" in server.heading(answer), server.heading(answer))
        book = openpyxl.load_workbook(io.BytesIO(download(server, task + "/result"))).worksheets[0]
        promise("and a workbook of all", {"清河县", "东岭县"} <= {row[0].value for row in book.iter_rows()})
    finally:
        server.stop()


def killed(folder, postgres):
    """Two servers and a worker on one PostgreSQL; what works on a long job is killed."""
    database = postgres.database()
    sql = lambda text: postgres.sql(database, text)
    one, two = (Server(program, os.path.join(folder, name), database, "--set", "workers=0") for name in ("k1", "k2"))
    start = lambda name: subprocess.Popen([program, "work", "--data", os.path.join(folder, name)], env=surroundings(database), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    worker = start("w1")
    try:
        for number, county in enumerate(("清河县", "东岭县", "石桥县"), 1):
            filled(one, another(qinghe, county, number), f"{county}.csv")
        task = asked(one, county="", seconds="60", prices="1")
        identity = task.rsplit("/", 1)[1]
        first = wait(lambda: int(sql("SELECT COUNT(*) FROM proposal")) >= 1, 300)
        worker.kill()
        worker.wait()
        kept = sql("SELECT id FROM proposal ORDER BY made_at")
        state = sql(f"SELECT state FROM job WHERE id = '{identity}'")
        promise("the worker is killed in the middle of a long job", first is not None and state == "running", state)
        worker = start("w2")
        promise("another does it to its end", "已完成" in (ended(two, task, 600) or ""), two.heading(task))
        promise("every county has one plan: nothing lost, nothing double", sql("SELECT COUNT(*), COUNT(DISTINCT county) FROM proposal") == "3|3")
        promise("what was found before the kill was kept", kept.split("\n")[0] in sql("SELECT id FROM proposal"))
        task = asked(one, county="清河县", seconds="300", prices="1")
        wait(lambda: "进行中" in one.heading(task))
        two.post(task + "/cancel")
        promise("a long job is cancelled from the other server", wait(lambda: "已取消" in one.heading(task), 30) is not None, one.heading(task))
        promise("and leaves no plan", sql("SELECT COUNT(*) FROM proposal") == "3")
    finally:
        worker.kill()
        worker.wait()
        one.stop()
        two.stop()


def browser(folder):
    server = Server(program, os.path.join(folder, "one"))
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        try:
            page = chromium.new_page(viewport={"width": 390, "height": 844})
            complaints = []
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.goto(server.base + "/plans/new?year=2025&county=清河县")
            slider = page.locator("input[type=range]").first
            slider.evaluate("s => { s.value = 500; s.dispatchEvent(new Event('input')) }")
            promise("a slider fills its number", page.input_value("input[name=budget]") == "500")
            promise("the phone needs no scrolling sideways", page.evaluate("document.documentElement.scrollWidth") <= 390)
            page.fill("input[name=budget]", "")
            page.get_by_role("button", name="开始算").click()
            promise("the job's page tells by itself when it is done", page.wait_for_selector("main a.button.main", timeout=120_000) is not None)
            page.click("main a.button.main")
            page.wait_for_url("**/plans/*")
            promise("and leads to the plan", "全部达标" in page.inner_text("h1"))
            promise("which fits the phone, too", page.evaluate("document.documentElement.scrollWidth") <= 390)
            promise("no script failed", not complaints)
        finally:
            chromium.close()
            server.stop()


with tempfile.TemporaryDirectory() as folder:
    one_server(folder)
    browser(folder)
    killed(folder, Postgres())

end()
