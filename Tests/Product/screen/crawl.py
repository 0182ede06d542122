"""Every kind of page at two widths: answers, one headline, nothing too wide, nothing from elsewhere, names for tables."""

import re

from . import harness
from .harness import county, promise

UNNAMED = """() => [...document.querySelectorAll('table')].filter(t => !t.caption || !t.caption.textContent.trim()
  || [...t.tHead.querySelectorAll('th')].some(h => h.scope !== 'col')).length
  + [...document.querySelectorAll('svg.chart')].filter(s => !s.getAttribute('aria-label')).length
  + [...document.querySelectorAll('input:not([type=hidden]), select')].filter(f => !f.labels.length && !f.ariaLabel).length"""


def crawl(page, base):
    seen, queue, kinds = set(), ["/", county("清河县"), county("石桥县"), county("云溪县")], {}
    faults = {"broken": [], "wide": [], "unnamed": [], "landmarks": []}
    while queue:
        path = queue.pop(0)
        if path in seen or path.startswith("/bigscreen") or "/files/" in path or "/photos/" in path or "." in path.split("?")[0].rsplit("/", 1)[-1] or "sort=" in path or "export=" in path:
            continue
        kind = re.sub(r"(counties|schools|indicators|items|imports|snapshots|city-plans|lines|meetings|cases|tasks|plans|lists|rotation/plans|staffing/plans|alliances/groups)/(?!kinds|open|calendar|figures|new|compare|answers)[^/?]+", r"\1/*", path.split("?")[0])
        if kinds.get(kind, 0) >= 3:
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        seen.add(path)
        answer = page.goto(base + path)
        if answer.status != 200 or not page.title() or page.locator("h1").count() != 1:
            faults["broken"].append(path)
        if harness.overflows(page):
            faults["wide"].append(path)
        if page.evaluate(UNNAMED):
            faults["unnamed"].append(path)
        menus = 0 if path.startswith(("/report/", "/lists")) else 1
        if page.locator("main").count() != 1 or page.locator("nav").count() != menus or page.evaluate("document.documentElement.lang") != "zh-CN":
            faults["landmarks"].append(path)
        queue += page.eval_on_selector_all("a[href^='/']", "links => links.map(link => link.getAttribute('href'))")
    return seen, kinds, faults


def run(browser, base):
    for width, height in ((1366, 768), (390, 844)):
        page = harness.desk(browser, width, height)
        complaints, foreign = [], []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: foreign.append(request.url) if not request.url.startswith(base) else None)
        seen, kinds, faults = crawl(page, base)
        promise(f"{width}: {len(seen)} pages of {len(kinds)} kinds answer and have one headline {faults['broken']}", len(kinds) >= 12 and not faults["broken"])
        promise(f"{width}: no page is wider than the screen {faults['wide']}", not faults["wide"])
        promise(f"{width}: tables have captions and scopes, charts and fields have names {faults['unnamed']}", not faults["unnamed"])
        promise(f"{width}: every page says its language and has its landmarks {faults['landmarks']}", not faults["landmarks"])
        promise(f"{width}: no errors in the console {complaints[:3]}", not complaints)
        promise(f"{width}: nothing is fetched from elsewhere {foreign[:3]}", not foreign)
        page.close()
