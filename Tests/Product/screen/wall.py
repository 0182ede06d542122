"""大屏: one screen, dark, few numbers, all of them links."""

from . import harness
from .harness import promise


def run(browser, base):
    for width, height in ((1920, 1080), (2560, 1080), (3840, 2160)):
        page = harness.desk(browser, width, height)
        foreign = []
        page.on("request", lambda request: foreign.append(request.url) if not request.url.startswith(base) else None)
        page.goto(base + "/bigscreen")
        fits = page.evaluate("document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth && [...document.querySelectorAll('b, em, h1, svg text, svg path')].every(e => { const r = e.getBoundingClientRect(); return r.left >= 0 && r.top >= 0 && r.right <= innerWidth + 1 && r.bottom <= innerHeight + 1; })")
        promise(f"{width}×{height}: everything fits without scrolling", fits)
        numbers = page.locator(".number b, svg text.number")
        linked = page.locator("a .number b, a.number b, svg a text.number").count()
        promise(f"{width}×{height}: {numbers.count()} numbers, every one a link", 6 <= numbers.count() <= 12 and linked == numbers.count())
        smallest = page.evaluate("Math.min(...[...document.querySelectorAll('b, em, .number span, h1, .trend h2, svg text')].map(e => { const s = e.ownerSVGElement; const scale = s ? s.getScreenCTM().a : 1; return parseFloat(getComputedStyle(e).fontSize) * scale; }))")
        # 22 of 1,080 lines on a screen 90 cm high are 18 mm: twelve minutes of arc at five metres.
        promise(f"{width}×{height}: the smallest writing is {smallest:.0f} px", smallest >= height * 0.0195)
        light = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number).reduce((a, b) => a + b)")
        promise(f"{width}×{height}: dark ground, nothing from elsewhere", light < 120 and not foreign)
        page.close()
    page = harness.desk(browser, 1920, 1080)
    page.goto(base + "/bigscreen")
    promise("it refreshes itself", page.get_attribute("meta[http-equiv=refresh]", "content") == "60")
    promise("the map stands in the middle with all counties", page.locator(".ground svg a path").count() == 6
            and abs(page.locator(".ground").bounding_box()["x"] + page.locator(".ground").bounding_box()["width"] / 2 - 960) < 40)
    links = page.eval_on_selector_all("a[href^='/']", "links => links.map(link => link.getAttribute('href'))")
    bad = [link for link in links if page.request.get(base + link).status != 200]
    anchors = [link for link in links if "#" in link]
    page.goto(base + anchors[0])
    found = all(page.locator("#" + link.split("#")[1]).count() == 1 for link in anchors)
    promise(f"every number leads to where it is explained {bad[:2]}", len(links) >= 15 and not bad and found)
    page.goto(base + "/")
    page.click("nav >> text=大屏")
    promise("the menu leads to it", "/bigscreen" in page.url)
    page.close()
