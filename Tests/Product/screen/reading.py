"""Phones, keyboards and eyes: menu, targets, contrast in both themes, focus."""

from . import harness
from .harness import county, promise

# Every visible text against the ground it stands on, as WCAG computes it.
CONTRAST = """() => {
  const parse = c => { const n = c.match(/[\\d.]+/g).map(Number); return c.startsWith('color(') ? [n[0]*255, n[1]*255, n[2]*255, n[3] ?? 1] : [n[0], n[1], n[2], n[3] ?? 1]; };
  const lum = c => { const f = c.slice(0, 3).map(v => { v /= 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; }); return .2126 * f[0] + .7152 * f[1] + .0722 * f[2]; };
  const ground = e => { for (let n = e; n; n = n.parentElement) { const c = parse(getComputedStyle(n).backgroundColor); if (c[3] > .99) return c; } return [255, 255, 255, 1]; };
  const poor = new Map();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n = walk.nextNode(); n; n = walk.nextNode()) {
    const e = n.parentElement; if (!n.textContent.trim() || !e.getClientRects().length || ['SCRIPT', 'STYLE', 'TITLE', 'title', 'OPTION'].includes(e.tagName)) continue;
    const style = getComputedStyle(e); const ink = parse(e.ownerSVGElement ? style.fill : style.color); const back = ground(e);
    const [a, b] = [lum(ink), lum(back)].sort((x, y) => y - x); const ratio = (a + .05) / (b + .05);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.6 && style.fontWeight >= 600);
    if (ratio < (large ? 3 : 4.5)) poor.set(`${n.textContent.trim().slice(0, 12)} ${ratio.toFixed(2)}`, 1);
  }
  return [...poor.keys()].slice(0, 5); }"""


def run(browser, base):
    phone(browser, base)
    contrast(browser, base)
    keyboard(browser, base)


def phone(browser, base):
    page = harness.desk(browser, 390, 844, has_touch=True, is_mobile=True)
    page.goto(base + county("清河县"))
    promise("on a phone the menu is folded away", not page.locator("nav >> text=短板清单").is_visible())
    page.tap(".masthead")
    page.tap("nav >> text=短板清单")
    page.wait_for_url("**/shortfalls*")
    promise("one tap opens it, another goes on", "缺口" in page.inner_text("h1"))
    page.tap(".masthead")
    small = page.eval_on_selector_all("nav li a, .tools button, .tools summary, .scope select, .scope button, .button",
                                      "all => all.filter(e => e.getClientRects().length).map(e => [e.textContent.trim(), e.getBoundingClientRect()]).filter(([, r]) => r.height < 32 || r.width < 24).map(([t]) => t)")
    promise(f"menu, buttons and fields are large enough for a thumb {small[:3]}", not small)
    page.goto(base + county("清河县"))
    sizes = page.eval_on_selector_all(".dumbbells svg text", "all => all.filter(e => e.getClientRects().length).map(e => parseFloat(getComputedStyle(e).fontSize) * e.ownerSVGElement.getScreenCTM().a)")
    promise(f"the chart's writing stays readable (smallest {min(sizes):.1f} px)", min(sizes) >= 10)
    page.close()


def contrast(browser, base):
    for theme in ("light", "dark"):
        page = harness.desk(browser, color_scheme=theme)
        poor = {}
        page.goto(base)
        page.evaluate("(() => { const p = document.createElement('p'); p.textContent = '看不清'; p.id = 'faint'; document.querySelector('main').append(p); p.style.color = 'rgb(128, 128, 128)'; p.style.background = 'rgb(140, 140, 140)'; })()")
        promise(f"{theme}: the eye test sees faint writing", any("看不清" in text for text in page.evaluate(CONTRAST)))
        for path in ("/", county("清河县"), county("石桥县"), county("云溪县", "/schools"), county("云溪县", "/shortfalls"), county("清河县", "/items/G11"),
                     county("清河县", "/indicators/L6"), county("清河县", "/compare"), "/standards"):
            page.goto(base + path)
            found = page.evaluate(CONTRAST)
            if found:
                poor[path] = found
        promise(f"{theme}: every text stands out from its ground (WCAG 2.2 AA) {list(poor.items())[:3]}", not poor)
        page.close()
    page = harness.desk(browser, 1920, 1080)
    page.goto(base + "/bigscreen")
    found = page.evaluate(CONTRAST)
    promise(f"the wall too {found}", not found)
    page.close()


def keyboard(browser, base):
    page = harness.desk(browser)
    page.goto(base + county("清河县"))
    page.keyboard.press("Tab")
    promise("the first key leads past the menu", page.evaluate("document.activeElement.textContent") == "跳到正文")
    faint = []
    for _ in range(45):
        page.keyboard.press("Tab")
        seen = page.evaluate("""() => { const e = document.activeElement; const s = getComputedStyle(e); if (e.closest('svg')) { const m = e.querySelector('circle, rect, text, path'); return m ? '' : e.outerHTML; }
          return e.matches('.menu-open') || (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) ? '' : e.outerHTML.slice(0, 80); }""")
        if seen:
            faint.append(seen)
    promise(f"the focus is always seen {faint[:2]}", not faint)
    page.focus("#t-spreads th[data-key=cv] a")
    page.keyboard.press("Enter")
    promise("a table sorts by keyboard", page.get_attribute("#t-spreads th[data-key=cv]", "aria-sort") == "descending")
    page.close()
