"""What city, county, school and comparison pages tell their readers."""

import re

from . import harness
from .harness import county, promise, texts


def run(browser, base):
    page = harness.desk(browser)
    city(page, base)
    one_county(page, base)
    explanations(page, base)
    comparison(page, base)
    papers(page, base)
    page.close()


def city(page, base):
    page.goto(base)
    areas = page.eval_on_selector_all("svg.map a", "links => links.map(l => [l.querySelector('text').textContent, l.querySelector('path').classList[1]])")
    words = dict(zip(texts(page, "#t-counties tbody th"), texts(page, "#t-counties tbody td:nth-child(2)")))
    styles = {"met": "达标", "notmet": "不达标", "insufficient": "资料不足"}
    promise("the map shows all six counties in the colour of their verdict", len(areas) == 6 and all(
        words[name].endswith(styles[style]) and (style != "met" or "不" not in words[name]) for name, style in areas))
    promise("every county has its line over the school years", page.locator("#trend .panels li svg polyline").count() == 6)
    panels = page.locator("#spreads .panels li")
    over = page.eval_on_selector_all("#spreads .panels li", "items => items.every(i => i.querySelectorAll('polyline.over').length === i.querySelectorAll('p a.notmet').length)")
    promise("14 panels of coefficients, each county over its ceiling drawn red and named", panels.count() == 14 and over and page.locator("#spreads polyline.over").count() > 0)
    page.click("text=这些图的数")
    red = page.locator("#t-spreads tbody tr:has(.notmet)").count()
    promise("the numbers of the panels can be read in a table", page.locator("#t-spreads tbody tr").count() == 84 and red == page.locator("#spreads polyline.over").count())
    page.click("svg.map a:has-text('清河县')")
    promise("a county on the map leads to its page", page.inner_text("h1").startswith("清河县："))
    page.goto(base)
    sums = page.evaluate("[...document.querySelectorAll('#t-shortfalls tbody tr')].every(r => { const n = [...r.querySelectorAll('td[data-v]')].map(c => Number(c.dataset.v)); const all = n.pop(); return Math.abs(n.reduce((a, b) => a + b, 0) - all) < 1e-6; })")
    promise("the city's shortfalls are the sums of the counties'", sums)


def one_county(page, base):
    page.goto(base + county("清河县"))
    promise("the county's headline is its verdict", page.inner_text("h1").startswith("清河县：尚未达标，差2项差异系数"))
    promise("coefficients over the ceiling are squares in the colour of 不达标", page.locator(".dumbbells rect.dot-notmet").count() == 2)
    promise("five figures, each a link", page.locator(".figures > div").count() == 5 and page.locator(".figures dd a").count() == 5)
    lights = page.locator(".items li a")
    words = texts(page, ".items .light")
    promise(f"all {lights.count()} items show word and shape", lights.count() == 43 and all(re.match(r"[●▲■○◇]\s*(达标|预警|不达标|资料不足|只测不判)", word) for word in words))
    links = lights.evaluate_all("links => links.map(l => l.href)")
    broken = [link for link in links if page.request.get(link).status != 200]
    promise(f"every item leads to its explanation {broken[:2]}", not broken)
    page.click("section:has(h2:has-text('还差在哪里')) tbody tr:first-child td:last-child a")
    cell = page.locator("table tbody tr:first-child td:last-child").inner_text()
    promise(f"a missing amount leads to its workbook cell ({cell})", re.fullmatch(r"学校数据![A-Z]+\d+", cell) is not None)
    page.goto(base + county("石桥县"))
    promise("blank cells make a county 资料不足, never a pass", "资料不足" in page.inner_text("h1"))
    page.goto(base + county("清河县"))
    page.select_option("select[name=year]", "2023")
    page.click("text=切换")
    promise("the school year stays in the address", "year=2023" in page.url and page.input_value("select[name=year]") == "2023")
    page.goto(base + county("清河县", "/map"))
    promise("the school map has outlines, schools and the names of those that fail", page.locator("svg.map path.area.home").count() == 1
            and page.locator("svg.map circle.dot-met").count() > 30 and page.locator("svg.map text.place-name").count() == 5)


def explanations(page, base):
    page.goto(base + county("清河县"))
    page.click(".dumbbells text:has-text('0.739')")
    shown = float(re.search(r"差异系数为 ([\d.]+)", page.inner_text("h1")).group(1))
    rows = page.evaluate("[...document.querySelectorAll('#t-units tbody tr')].map(r => [2, 3].map(c => Number(r.cells[c].dataset.v)))")
    total = sum(weight for weight, _ in rows)
    mean = sum(weight * value for weight, value in rows) / total
    deviation = (sum(weight * (value - mean) ** 2 for weight, value in rows) / total) ** 0.5
    promise(f"a coefficient's own table gives it again ({shown})", abs(deviation / mean - shown) < 5e-5 and len(rows) == 40)
    promise("the formula, the sums, the ceiling and the clause stand there", all(word in page.inner_text("dl.formula") for word in ("标准差", "均值", "上限", "教督〔2017〕6号")))
    page.goto(base + county("云溪县", "/items/G11"))
    text = page.inner_text("main")
    promise("a county item shows formula, numbers put in, result and cell", "72 ÷ 900 = 8%" in text and re.search(r"县级数据![A-Z]+\d+", text) is not None and "政府保障程度第11项" in text)
    page.goto(base + county("云溪县", "/shortfalls"))
    total = page.locator("#t-totals tbody tr:has-text('L2') td:last-child a")
    amount = float(re.sub(r"[^\d.]", "", total.inner_text()))
    total.click()
    parts = page.evaluate("[...document.querySelectorAll('#t-gaps tbody tr')].map(r => Number(r.cells[6].dataset.v))")
    promise(f"a shortfall total leads to the schools it is the sum of ({amount:g})", abs(sum(parts) - amount) < 1e-6 and len(parts) > 10)


def comparison(page, base):
    page.goto(base + county("东岭县", "/compare"))
    page.select_option("select[name=withYear]", "2021")
    page.click("button:has-text('对比')")
    better, worse = (int(number) for number in re.search(r"(\d+)个学校单位变为达标，(\d+)个变为", page.inner_text("h1")).groups())
    listed = texts(page, "#t-moved tbody td:last-child")
    promise(f"the reader chooses the year and the moved schools are listed ({better}, {worse})", "withYear=2021" in page.url
            and better > 0 and len(listed) == better + worse and sum(word == "● 达标" for word in listed) == better)
    promise("both years are drawn, hollow and solid", page.locator(".dumbbells .before").count() == 14)


def papers(page, base):
    page.goto(base + county("清河县"))
    with page.expect_download() as download:
        page.click("text=导出短板 Excel")
    promise("the shortfall list downloads under a Chinese name", download.value.suggested_filename.startswith("清河县短板清单"))
    with page.expect_download() as download:
        page.click("text=自评报告（PDF）")
    promise("the report downloads as PDF", open(download.value.path(), "rb").read(5) == b"%PDF-")
    answer = page.goto(base + county("没有的县"))
    promise("an unknown county is told in words", answer.status == 404 and "没有“没有的县”的数据" in page.inner_text("main"))
    policy = answer.headers.get("content-security-policy", "")
    promise("no inline script is allowed", "script-src 'self'" in policy and "unsafe" not in policy)
