"""Tables: sorting, filtering, columns, sums, export, with and without scripts, long ones, on paper."""

import os
import subprocess
import tempfile

from . import harness
from .harness import county, promise, texts

SHOWN = """() => { const t = document.querySelector('#t-schools table'); const visible = c => !c.hidden;
  return [...t.tBodies[0].rows].filter(visible).map(r => [...r.cells].filter(visible).map(c => c.textContent.trim())); }"""


def run(browser, base):
    page = harness.desk(browser)
    quick(page, base)
    export(page, base)
    frozen(page, base)
    plain(browser, base)
    long(browser, base)
    paper(page, base)
    page.close()


def column(page, place):
    return page.evaluate(f"[...document.querySelectorAll('#t-schools tbody tr')].filter(r => !r.hidden).map(r => Number(r.cells[{place}].dataset.v))")


def quick(page, base):
    page.goto(base + county("清河县", "/schools"))
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.click("#t-schools th[data-key=pupils] a")
    falling = column(page, 4)
    page.click("#t-schools th[data-key=pupils] a")
    rising = column(page, 4)
    promise("a click on a header sorts, another turns it round, without asking the server", falling == sorted(falling, reverse=True)
            and rising == sorted(rising) and len(rising) == 54 and not requests)
    promise("the sorted column says so", page.get_attribute("#t-schools th[data-key=pupils]", "aria-sort") == "ascending")
    page.fill("#t-schools input[name=q]", "乡村 不达标")
    page.fill("#t-schools input[name=q]", "城区")
    kept = page.evaluate(SHOWN)
    total = page.locator("#t-schools tfoot td").nth(3).inner_text().replace(",", "")
    promise("a word filters the rows and the sum follows", 0 < len(kept) < 54 and all("城区" in row for row in kept)
            and float(total) == sum(column(page, 4)) and page.inner_text("#t-schools output").startswith(f"{len(kept)} / 54"))
    page.click("#t-schools summary")
    tops = page.eval_on_selector_all("#t-schools fieldset label", "all => all.map(l => l.getBoundingClientRect()).map(r => [Math.round(r.left), Math.round(r.top)].join())")
    promise("the choice of columns lists each in its own place", len(tops) == 13 and len(set(tops)) == 13 and page.evaluate(
        "[...document.querySelectorAll('#t-schools fieldset label')].every(l => { const r = l.getBoundingClientRect(); const e = document.elementFromPoint(r.left + 30, r.top + r.height / 2); return e === l || l.contains(e); })"))
    page.uncheck("#t-schools input[value=kind]")
    promise("a column can be put away", "类型" not in texts(page, "#t-schools thead th:not([hidden])") and len(page.evaluate(SHOWN)[0]) == 13)
    page.keyboard.press("Escape")


def table(rows):
    """The rows of the table: without its sums, and without the line beneath that says who took it away and what for."""
    ends = next((place for place, row in enumerate(rows) if row[0] is None or str(row[0]).startswith("导出：")), len(rows))
    return rows[:ends - 1]


def export(page, base):
    shown = page.evaluate(SHOWN)
    book, name = harness.book(page, "#t-schools button[name=export]")
    sheet = book.active
    header = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "学校")
    rows = [row for row in sheet.iter_rows(values_only=True)]
    rows = table(rows[rows.index(header) + 1:])
    names, pupils = [row[0] for row in rows], [row[header.index("学生")] for row in rows]
    promise("Excel holds exactly the rows shown, in their order", names == [row[0] for row in shown] and len(names) > 5)
    promise("and exactly the columns shown", "类型" not in header and len([cell for cell in header if cell]) == len(shown[0]))
    promise("numbers are numbers there", all(isinstance(number, (int, float)) for number in pupils) and f"{pupils[0]:,.0f}" == shown[0][3])
    promise("the file says what it is", name == "清河县的学校单位（2025—2026）.xlsx" and "2025—2026" in str(sheet["A2"].value) + str(sheet["A3"].value))


def frozen(page, base):
    for width, height in ((1366, 768), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(base + county("云溪县", "/shortfalls"))
        box = page.locator("#t-gaps .scroll")
        before = page.locator("#t-gaps thead th").first.bounding_box()
        box.evaluate("b => { b.scrollTop = 900; b.scrollLeft = 200; }")
        head = page.locator("#t-gaps thead th").first.bounding_box()
        first = page.evaluate("(() => { const b = document.querySelector('#t-gaps .scroll').getBoundingClientRect(); const c = document.querySelector('#t-gaps tbody tr:nth-child(40) th').getBoundingClientRect(); return c.left - b.left; })()")
        promise(f"{width}: header and first column stay in view", abs(head["y"] - before["y"]) < 1 and abs(head["x"] - before["x"]) < 1 and abs(first) < 1)
    page.set_viewport_size({"width": 1366, "height": 768})


def plain(browser, base):
    page = harness.desk(browser, java_script_enabled=False)
    page.goto(base + county("清河县", "/schools"))
    page.click("#t-schools th[data-key=pupils] a")
    names = texts(page, "#t-schools tbody th")
    promise("without scripts a header still sorts", "sort=-pupils" in page.url and len(names) == 54 and column(page, 4) == sorted(column(page, 4), reverse=True))
    page.fill("#t-schools input[name=q]", "乡村")
    page.click("#t-schools button.apply")
    kept = page.locator("#t-schools tbody tr").count()
    promise("and the filter still filters, keeping the order", 0 < kept < 54 and column(page, 4) == sorted(column(page, 4), reverse=True))
    sheet = harness.book(page, "#t-schools button[name=export]")[0].active
    rows = [row[0] for row in sheet.iter_rows(values_only=True)]
    rows = [row[0] for row in table([(row,) for row in rows[rows.index("学校") + 1:]])]
    promise("and Excel gets those rows", rows == texts(page, "#t-schools tbody th"))
    page.close()


def long(browser, base):
    page = harness.desk(browser)
    page.goto(base + county("清河县", "/schools"))
    took = page.evaluate("""async () => {
      const box = document.querySelector('#t-schools').cloneNode(true); box.classList.remove('scripted');
      const body = box.querySelector('tbody'); const rows = [...body.rows];
      while (body.rows.length < 1000) body.append(...rows.map(r => r.cloneNode(true)));
      while (body.rows.length > 1000) body.lastElementChild.remove();
      box.dataset.whole = 1000; document.querySelector('#t-schools').replaceWith(box);
      const table = new QuickTable(box); box.querySelector('table').offsetHeight; const times = [];
      const time = work => { const start = performance.now(); work(); box.querySelector('table').offsetHeight; return performance.now() - start; };
      const works = [() => table.sort(4), () => table.filter('城区'), () => table.filter(''), () => table.show('kind', false), () => table.show('kind', true)];
      // The peer, in the same round: the browser taking the same rows out, putting them in backwards and laying them out.
      const turn = () => box.querySelector('tbody').append(...[...box.querySelectorAll('tbody tr')].reverse());
      const rounds = [1, 2, 3].map(() => [turn, ...works].map(time));
      [turn, ...works].forEach((_, place) => times.push(Math.min(...rounds.map(round => round[place]))));
      return times; }""")
    shares = [time / took[0] for time in took[1:]]
    promise(f"1,000 rows sort, filter and change columns within twice what turning them round takes the browser {[f'{share:.1f}' for share in shares]}",
            max(shares) < 2)
    page.close()


def sheets(page, **options):
    """The page as it is printed, sheet by sheet, as text."""
    path = os.path.join(tempfile.gettempdir(), f"junheng-paper-{os.getpid()}.pdf")
    page.pdf(path=path, format="A4", **options)
    words = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True).stdout
    os.remove(path)
    return words.split("\f")[:-1]


def paper(page, base):
    page.goto(base + county("云溪县", "/shortfalls"))
    page.emulate_media(media="print")
    hidden = page.evaluate("['.menu', '.tools', '.actions', '.button'].filter(s => [...document.querySelectorAll(s)].some(e => e.getClientRects().length))")
    promise(f"menu, tools and buttons stay off the paper {hidden}", not hidden)
    found = sheets(page, landscape=True)
    promise(f"a long table repeats its headings on every sheet ({len(found)} sheets)", len(found) >= 4 and sum("未满足的规则" in sheet for sheet in found) >= len(found) - 1)
    page.goto(base + county("清河县"))
    first = sheets(page)[0]
    promise("a county's verdict and both charts stand on the first sheet", "尚未达标" in first and "上限 0.50" in first and "上限 0.45" in first)
    page.emulate_media(media="screen")
