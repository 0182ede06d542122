"""A special fund and a pairing asked for in the browser, kept, held against the data, adopted: plan_methods.py PROGRAM."""

import io
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.request

import docx
from playwright.sync_api import sync_playwright

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "support"))
from servers import Server, end, promise, wait  # noqa: E402

program = sys.argv[1]
root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
qinghe = open(os.path.join(root, "Examples/qinghe-county.csv"), encoding="utf-8-sig").read()
COUNTY = "清河县"


def filled(server, text, name):
    _, _, path = server.upload(name, text)
    server.settled(path)
    server.step(path, "apply")


def asked(server, method, county=COUNTY, **fields):
    status, text, where = server.post(f"/plans/methods/{method}", year="2025", standard="balance-2017", county=county, **fields)
    return where if status == 303 else text


def answered(server, task):
    wait(lambda: any(word in server.heading(task) for word in ("已完成", "没有做成", "已取消")), 120)
    found = re.search(r'href="(/plans/[^"?]+)', server.ask(task)[1])
    return found.group(1) if found else ""


def download(server, path):
    return urllib.request.urlopen(server.base + path).read()


def paper(server, path):
    document = docx.Document(io.BytesIO(download(server, path)))
    return "\n".join([p.text for p in document.paragraphs] + [c.text for t in document.tables for r in t.rows for c in r.cells])


def met(file, folder):
    out = os.path.join(folder, "e.json")
    subprocess.run([program, "evaluate", file, "--year", "2025", "--json", out], capture_output=True)
    return sum(unit["verdict"] == "met" for county in json.load(open(out, encoding="utf-8"))["counties"] for unit in county["units"])


def funds(server, folder):
    form = server.ask(f"/plans/methods/funds/new?year=2025&county={COUNTY}")[1]
    promise("the form asks for the money and whom it must serve", all(word in form for word in ("资金1额度", "用于薄弱学校至少", "一笔钱先做哪些项目")))
    text = asked(server, "funds", amount1="一大笔")
    promise("what is no number is told and stays", "资金1额度写的是“一大笔”" in text and 'value="一大笔"' in text)
    promise("no money at all is told", "请至少填写一笔资金的额度" in asked(server, "funds"))
    plan = answered(server, asked(server, "funds", name1="省级补助", amount1="60", runnerUp="1", front="1", seconds="20"))
    title, page = server.heading(plan), server.ask(plan)[1]
    found = re.search(r"安排(\d+)个项目，共([\d.]+)万元，达标学校单位由(\d+)个增到(\d+)个", title)
    promise("the answer is the headline", found is not None, title)
    promise("no more is spent than there is", float(found.group(2)) <= 60)
    promise("projects, schools before and after, each purse, the runner-up and the curve stand on the page",
            all(word in page for word in ("安排的项目", "没有达标的学校，前后怎样", "每笔钱用了多少", "次优方案为什么落选", "钱与达标学校", "<svg")))
    applied = os.path.join(folder, "applied.xlsx")
    open(applied, "wb").write(download(server, plan + "/applied.xlsx"))
    promise("the workbook after the plan, evaluated on its own, has as many schools at the standard", met(applied, folder) == int(found.group(4)))
    promise("the paper says the same", f"安排{found.group(1)}个项目，共{found.group(2)}万元" in paper(server, plan + "/report.docx"))
    task = asked(server, "funds", amount1="60", use1="train", **{"share-薄弱": "100"}, seconds="10")
    answered(server, task)
    promise("an earmark nothing can bear is told in words", "指定的用途没有一个项目用得上" in server.ask(task)[1]
            or "已完成" in server.heading(task), server.heading(task))
    before, after = (int(found.group(3)), int(found.group(4)))
    promise("the schools stand on two maps, those it works at ringed", page.count('class="chart map') == 2 and 'class="ring"' in page and "方案之后" in page)
    maps = re.findall(r'<figure>.*?</figure>', page, re.S)
    promise("what is put right is red before and not after", maps[0].count("dot-notmet") - maps[1].count("dot-notmet") >= 1, [m.count("dot-notmet") for m in maps])
    promise("a school on the map says what is done there and for how much", re.search(r"不达标 → 达标，[^<]*万元）</title>", maps[1]) is not None)
    promise("the spreads before and after and how many items are met are drawn", "差异系数" in page and f"达标的学校单位由" in page and after > before)
    second = answered(server, asked(server, "funds", name1="省级补助", amount1="30", seconds="20"))
    ids = [path.rsplit("/", 1)[1] for path in (plan, second)]
    page = server.ask(f"/plans/compare?plan={ids[0]}&plan={ids[1]}")[1]
    promise("two allocations stand side by side", "2份方案并排看" in page and "各方案做什么" in page and "60.0万元" in page and "30.0万元" in page)
    title = server.heading(f"/plans/compare?plan={ids[0]}&plan={ids[1]}")
    promise("what the dearer one buys is the headline", re.search(r"方案1比方案2多花[\d.]+万元，(多让\d+个学校单位达标|达标的学校单位一样多)", title) is not None, title)
    promise("with maps of now and after each, and the schools that differ", page.count('class="chart map') == 3 and "各方案不一样的学校" in page)
    version = server.version(plan)
    promise("it is adopted", server.post(plan + "/adopt", version=version)[0] == 303 and "采用。" in server.ask(plan)[1])
    promise("a second press on the old page is told", server.post(plan + "/adopt", version=version)[0] == 409)
    book = f"/funds/counties/{COUNTY}"
    status, text, _ = server.post(book + "/adopt", budget="2026", fund="省级补助")
    promise("the adopted projects go into the ledger's budget", status == 200 and f"登记了{found.group(1)}笔，共" in text, status)
    sums = float(re.search(r"登记了\d+笔，共([\d,.]+)元", text).group(1).replace(",", ""))
    promise("for the same money", abs(sums / 10_000 - float(found.group(2))) < 0.06, sums)
    promise("but once", "都已列入预算" in server.post(book + "/adopt", budget="2026", fund="省级补助")[1])
    path = answered(server, server.post("/plans", year="2025", standard="balance-2017", county=COUNTY, seconds="20")[2])
    path = re.search(r'href="(/plans/[^"?/]+)"?', server.ask(path)[1].split("<main", 1)[-1]).group(1) if "answers" in path else path
    promise("the path to the standard is adopted beside it", server.post(path + "/adopt", version=server.version(path))[0] == 303, path)
    promise("what the fund pays is not brought into the budget again as part of the path",
            "都已列入预算" in server.post(book + "/adopt", budget="2026", fund="省级补助")[1])
    promise("the smaller allocation takes the place of the first", server.post(second + "/adopt", version=server.version(second))[0] == 303)
    text = server.post(book + "/adopt", budget="2026", fund="省级补助")[1]
    again = float((re.search(r"登记了\d+笔，共([\d,.]+)元", text) or [0, "0"])[1].replace(",", ""))
    promise("and brings only what is new of it", again < 300_000 and again + sums <= 600_000 + 300_000, again)
    purses(server, book)
    promise("then the first again", server.post(plan + "/adopt", version=server.version(plan))[0] == 303)
    return plan


def purses(server, book):
    """A plan paid from two purses goes into two funds of the ledger."""
    plan = answered(server, asked(server, "funds", name1="省级补助", amount1="50", name2="县级配套", amount2="150", seconds="20"))
    promise("a plan of two purses is adopted", server.post(plan + "/adopt", version=server.version(plan))[0] == 303, server.heading(plan))
    page = server.ask(book)[1]
    promise("the ledger offers each purse its fund", 'name="fund-省级补助"' in page and 'name="fund-县级配套"' in page and 'name="fund" required' not in page.split("已采用的达标方案", 1)[1].split("</section>")[0])
    paid = {name: sum(float(x) for x in re.findall(name + r"([\d.]+)", server.ask(plan)[1].split('id="t-projects"', 1)[1].split("</table>", 1)[0])) for name in ("省级补助", "县级配套")}
    status, text, _ = server.post(book + "/adopt", budget="2026", **{"fund-县级配套": "县级配套资金2026"})
    promise("it is taken in", status == 200, status)
    table = server.ask(book + "?budget=2026")[1].split('id="t-funds"', 1)[1].split("</table>", 1)[0]
    rows = {re.sub("<[^>]+>", "", cells[0]): float(re.sub("<[^>]+>", "", cells[1]).replace(",", "")) for cells in (re.findall(r"<t[dh].*?</t[dh]>", row, re.S) for row in re.findall(r"<tr>.*?</tr>", table, re.S)) if len(cells) > 3 and "td" in cells[1]}
    promise("a purse that was given another name goes by it, and only its own money", 0 < rows.get("县级配套资金2026", 0) <= paid["县级配套"] + 0.06, rows, paid)
    promise("the other one by its own", "省级补助" in rows and "县级配套" not in rows, rows)


class Visitor:
    """A server as one of the demo users sees it."""

    def __init__(self, server, who):
        self.server, self.base, self.who = server, server.base, who

    def ask(self, path, data=None, headers=None):
        return self.server.ask(path, data, {**(headers or {}), "Cookie": f"junheng-visitor={self.who}"})

    post, heading, version = Server.post, Server.heading, Server.version


def cases_of(server, text):
    """Title and page of every case a page links to."""
    for link in sorted(set(re.findall(r'href="(/cases/[^"]+)">看任务', text))):
        page = server.ask(link)[1]
        yield re.search(r"<h1>(.*?)</h1>", page, re.S).group(1), page


def carried(server):
    """From the adopted plan to cases of its shortfalls and to a draft of targets, in the demo city."""
    server = Visitor(server, "city-officer")
    plan = answered(server, asked(server, "funds", "云溪县", name1="省级补助", amount1="150", seconds="20"))
    promise("the officer's plan is adopted", server.post(plan + "/adopt", version=server.version(plan))[0] == 303, server.heading(plan))
    status, text, _ = server.post(plan + "/carry/cases", finishBy="2020-01-01")
    promise("a day that is past is refused in words", status == 409 and "要在今天以后" in text)
    status, text, _ = server.post(plan + "/carry/cases", finishBy="2030-08-31")
    opened = re.findall(r"已下发，整改〔\d{4}〕\d+号", text)
    promise("each shortfall the plan closes becomes a case", status == 200 and len(opened) >= 2, status, re.findall(r"<li><b>.*?</li>", text)[:3])
    link = re.search(r'href="(/cases/[^"]+)">看任务', text).group(1)
    page = server.ask(link)[1]
    promise("which names the plan, the work and its money", "按已采用的云溪县专项经费方案" in page and "安排经费" in page)
    told = [(title, re.sub(r"<[^>]+>", "", body)) for title, body in cases_of(server, text)]
    lifted = [body for title, body in told if "补到底线" in title]
    promise("an item the plan lifts to the floor alone is asked for to the floor, others to the threshold",
            0 < len(lifted) < len(told) and all("补到底线）" in body and "，补到底线" in body for body in lifted), [title for title, _ in told])
    again = server.post(plan + "/carry/cases", finishBy="2030-08-31")[1]
    promise("a second press opens none", "已下发，整改" not in again and "办结之前不能再立一件" in again)
    server = Visitor(server.server, "city-inspectorate")
    status, text, where = server.post(plan + "/carry/targets", finishBy="2030-08-31")
    promise("the plan becomes a draft of targets", status == 303 and where.startswith("/plan-drafts/"), status, text[:200])
    draft = server.ask(where)[1]
    promise("with every measure, its deadline and its money as lines", "重点任务" in draft and "2030-08-31" in draft and draft.count("万元") >= 2)
    money = re.findall(r"([≤≥])\s*\d+\s*元", re.sub(r"<[^>]+>", "", draft))
    promise("money is read as the most that may be spent", money and set(money) == {"≤"}, money)
    promise("a second press leads to the same draft", server.post(plan + "/carry/targets", finishBy="2030-08-31")[2] == where)
    areas = set(re.findall(r"新建[^<：；，（]*?(\d+)㎡", draft))
    promise("areas stand as one number and are read as such", areas and "× " not in draft and all(re.search(rf"≥ {area}\s*㎡", draft) for area in areas), areas)


def handed_on(demo):
    """Who plans, who adopts and who orders rectification are three people: each page says who is next."""
    office, director = Visitor(demo, "county-officer-2"), Visitor(demo, "county-director")
    plan = answered(office, asked(office, "funds", COUNTY, name1="省级补助", amount1="210", seconds="20"))
    promise("the county's office plans and does not adopt", "采用这份方案" not in office.ask(plan)[1], office.heading(plan))
    promise("its director adopts", director.post(plan + "/adopt", version=director.version(plan))[0] == 303)
    page = director.ask(plan)[1]
    promise("is told whose task the rest is, and offered no button that would refuse", "下发整改任务由县督导室" in page and "carry/cases" not in page)
    page = office.ask(plan)[1]
    promise("the office has the button", "carry/cases" in page)
    status, text, _ = office.post(plan + "/carry/cases", finishBy="2030-08-31")
    outcomes = re.findall(r"<li><b>.*?</li>", text)
    promise("which orders them, or says which are ordered already", status == 200 and len(outcomes) >= 2 and "没有这个岗位" not in text
            and all("已下发，整改〔" in one or "已经立了整改〔" in one for one in outcomes), outcomes[:3])


def pairing(server):
    text = asked(server, "pairing", size="1", keep="1001")
    promise("conditions that cannot be are told one by one", "每组最多几所写的是“1”" in text and "请写成 牵头学校=成员学校，名称或标识码都可以" in text)
    plan = answered(server, asked(server, "pairing", size="6", travel="5", seconds="20"))
    title, page = server.heading(plan), server.ask(plan)[1]
    promise("the answer is the headline", re.search(r"由\d+所达标学校带动\d+所不达标学校", title) is not None, title)
    promise("pairs, distance, what helps and the proof stand on the page",
            all(word in page for word in ("牵头学校与成员学校", "能帮的指标", "有且只有一所牵头学校", "没有结对方案的合计能高过")))
    promise("the paper names the pairs", "结对名单" in paper(server, plan + "/report.docx"))
    task = asked(server, "pairing", size="6", reach="0.01", seconds="10")
    answered(server, task)
    promise("no pairing within ten metres: the rules in words", "没有可行的结对" in server.ask(task)[1], server.heading(task))
    promise("the map draws who leads whom, with the way between them", 'class="flow' in page and re.search(r"[\d.]+公里，得分\d+</title>", page) is not None)
    promise("and what each group gains", re.search(r"\d+组，帮得最多的一组\d+分", page) is not None and "bar-after" in page)
    lead, member = re.search(r"<title>([^<带]+)带([^<，]+)，", page).groups()
    kept = answered(server, asked(server, "pairing", size="6", keep=f"{lead}={member}", seconds="20"))
    promise("a pairing to be kept may be written by the schools' names", f"{lead}带{member}，" in server.ask(kept)[1], lead, member)
    task = asked(server, "pairing", size="6", bar=f"{lead}=没有的学校", seconds="10")
    answered(server, task)
    promise("a school there is not is told", "请核对学校的名称或标识码" in server.ask(task)[1])
    other = answered(server, asked(server, "pairing", size="6", travel="50", seconds="20"))
    title = server.heading(f"/plans/compare?plan={plan.rsplit('/', 1)[1]}&plan={other.rsplit('/', 1)[1]}")
    promise("two pairings side by side: which is better by how much", re.search(r"得分合计最高的是方案\d，\d+分；方案\d", title) is not None, title)
    listed = server.ask("/plans")[1]
    promise("the list tells the kinds apart", "专项经费" in listed and "强弱校结对" in listed)
    promise("plans of two kinds are not compared", server.ask(f"/plans/compare?plan={plan.rsplit('/', 1)[1]}&plan={listed_path(listed, '专项经费')}")[0] == 404)
    status, text, _ = server.post(plan + "/carry/cases", finishBy="2030-08-31")
    promise("what is not adopted is not carried out", status == 409 and "还没有采用" in text)
    version = server.version(plan)
    promise("it is adopted", server.post(plan + "/adopt", version=version)[0] == 303)
    promise("what buys nothing offers no cases and no draft", "照方案办" not in server.ask(plan)[1])
    return plan


def allied(server, plan):
    """The adopted pairing becomes the county's alliances."""
    page = server.ask(plan)[1]
    county = f"/alliances/counties/{COUNTY}"
    promise("the adopted plan leads on to the county's alliances", "按结对建教联体" in page and "/alliances/counties/" in page)
    page = server.ask(county)[1]
    table = page[page.index("按已采用的结对方案建组"):page.index("采用结对方案文件")]
    names = re.findall(r">([^<>]+结对)<", table)
    promise("which shows what it would make", len(names) > 0 and "全部登记" in table and "现在不能按它建组" not in table, table[:300])
    identity = re.search(r'name="plan" value="([^"]+)"', table).group(1)
    status, text, _ = server.post(county + "/pairings", plan=identity, founded="2025/13/1")
    promise("a day that is none is told", status == 422 and "成立日期请写成" in text)
    promise("and nothing is made", "还没有登记教联体" in server.heading(county))
    status, text, _ = server.post(county + "/pairings", plan="nobody", founded="2025-10-08")
    promise("nor of a plan the county has not adopted", status == 422 and "没有采用这份结对方案" in text)
    status, _, where = server.post(county + "/pairings", plan=identity, founded="2025-10-08")
    promise("one press makes them all", status == 303 and f"{len(set(names))}个教联体" in server.heading(county), status, server.heading(county))
    status, text, _ = server.post(county + "/pairings", plan=identity, founded="2025-10-08")
    promise("a second time it is refused, and the page says why", status == 422 and "不再重复登记" in text and f"{len(set(names))}个教联体" in server.heading(county))
    promise("and no button is left", "现在不能按它建组" in server.ask(county)[1])


def listed_path(page, word):
    for row in re.findall(r"<tr>.*?</tr>", page, re.S):
        if word in row and 'href="/plans/' in row and "methods" not in row:
            return re.search(r'href="/plans/([^"?/]+)', row).group(1)
    return ""


def seen(server, plans):
    """The pages at both sizes."""
    pictures = os.environ.get("JUNHENG_PICTURES")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for width, height in ((1366, 768), (390, 844)):
            page = browser.new_context(locale="zh-CN", viewport={"width": width, "height": height}).new_page()
            fits = True
            for number, path in enumerate([*plans, f"/plans/methods/funds/new?year=2025&county={COUNTY}", f"/plans/methods/pairing/new?year=2025&county={COUNTY}", "/plans?year=2025"]):
                page.goto(server.base + path)
                fits = fits and page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1")
                if pictures:
                    page.screenshot(path=os.path.join(pictures, f"method-{number}-{width}.png"), full_page=True)
            promise(f"every page fits {width} wide", fits)
        browser.close()


with tempfile.TemporaryDirectory() as folder:
    server = Server(program, os.path.join(folder, "one"))
    try:
        filled(server, qinghe, "清河.csv")
        plans = [funds(server, folder), pairing(server)]
        allied(server, plans[1])
        seen(server, plans)
        # The data move on under a plan.
        lines = qinghe.splitlines()
        place = lines[0].split(",").index("小学在校生数")
        cells = lines[1].split(",")
        cells[place] = str(int(cells[place]) + 40)
        filled(server, "\n".join([lines[0], ",".join(cells)]) + "\n", "更正.csv")
        promise("a plan whose data have changed says so and cannot be adopted", "重算" in server.ask(plans[0])[1]
                and server.post(plans[0] + "/adopt", version="9")[0] == 409)
    finally:
        server.stop()
    demo = Server(program, os.path.join(folder, "demo"), None, "--demo")
    try:
        carried(demo)
        handed_on(demo)
    finally:
        demo.stop()
end()
