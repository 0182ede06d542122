"""Junheng against named peers in one run: run.py JUNHENG_BENCH

1. Seven indicators of about 215,000 school units and their coefficient of variation in 2,900 counties, data in memory:
   Junheng, Polars and DuckDB do the same work and hand back the spreads; results are compared to 1e-9. "Values kept" is
   Junheng handing back every unit's values as well, which the peers are not asked for.
2. Reading a workbook of 100,000 rows × 30 columns: Junheng, python-calamine and openpyxl in both its modes, each in a process
   of its own; and the same rows checked against the form, as an import reads them.
3. Importing 100,000 school rows into SQLite and into PostgreSQL, both writing to this disk; beside them psql's bare \\copy.
4. Pages under wrk against a bare Hummingbird route of the same size (serving.py).
5. Cases: JUNHENG_BENCH_CASES of them (100,000, ten events each) on SQLite and PostgreSQL beside the bare SQL (cases.py); 500,000
   take half an hour.
6. to 9. Plans against other solvers and against spreadsheets (plans.py).
"""

import os
import platform
import subprocess
import sys
import tempfile
import time

import duckdb
import numpy
import openpyxl
import polars
import python_calamine

from cases import cases
from plans import plans
from serving import serving

bench = sys.argv[1]
NAMES = ["pupils", "qualified_teachers", "backbone_teachers", "arts_pe_teachers", "teaching_area", "gym_area",
         "sports_area", "equipment_value", "networked_classrooms"]
VALUES = {
    "L1": "qualified_teachers * 100 / pupils", "L2": "backbone_teachers * 100 / pupils", "L3": "arts_pe_teachers * 100 / pupils",
    "L4": "(teaching_area - gym_area) / pupils", "L5": "(sports_area + gym_area) / pupils", "L6": "equipment_value / pupils",
    "L7": "networked_classrooms * 100 / pupils"}


def best(work, rounds=7):
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - start)
    return min(times), result


def national(folder):
    chance = numpy.random.default_rng(20260901)
    units = 215_000
    county = numpy.sort(chance.integers(0, 2_900, units))
    pupils = numpy.round(chance.lognormal(6.2, 0.8, units)) + 20
    scale = {"qualified_teachers": .05, "backbone_teachers": .012, "arts_pe_teachers": .01, "teaching_area": 5.4, "gym_area": .3,
             "sports_area": 8.5, "equipment_value": 2300, "networked_classrooms": .026}
    table = {"county": county, "pupils": pupils}
    for name in NAMES[1:]:
        table[name] = numpy.round(pupils * scale[name] * chance.lognormal(0, .3, units))
    path, out = os.path.join(folder, "table.bin"), os.path.join(folder, "cv.bin")
    numpy.concatenate([numpy.asarray(table[n], dtype="<f8") for n in ["county", *NAMES]]).tofile(path)
    ours, kept = map(float, subprocess.run([bench, "national", path, "--columns", ",".join(["county", *NAMES]), "--out", out],
                                           capture_output=True, text=True, check=True).stdout.split())
    spreads = numpy.fromfile(out).reshape(7, 2_900)

    frame = polars.DataFrame(table)
    c = polars.col

    def with_polars():
        values = [polars.sql_expr(text).alias(code) for code, text in VALUES.items()]
        mean = [((c(code) * c("pupils")).sum() / c("pupils").sum()) for code in VALUES]
        spread = [((c("pupils") * (c(code) - m) ** 2).sum() / c("pupils").sum()).sqrt() / m for code, m in zip(VALUES, mean)]
        return frame.lazy().with_columns(values).group_by("county").agg(
            [s.alias(code) for code, s in zip(VALUES, spread)]).sort("county").collect()

    polars_seconds, polars_result = best(with_polars)

    database = duckdb.connect()
    columns = table
    database.execute("create table t as select * from columns")
    units_sql = "select county, pupils, " + ", ".join(f"{text} as {code}" for code, text in VALUES.items()) + " from t"
    means = "select county, sum(pupils) as w, " + ", ".join(f"sum({k} * pupils) / sum(pupils) as m{k}" for k in VALUES) + " from u group by county"
    spreads_sql = ", ".join(f"sqrt(sum(pupils * ({k} - m{k}) * ({k} - m{k})) / any_value(w)) / any_value(m{k}) as {k}" for k in VALUES)
    query = f"with u as ({units_sql}), m as ({means}) select u.county, {spreads_sql} from u join m using (county) group by u.county order by u.county"
    duckdb_seconds, duckdb_result = best(lambda: database.execute(query).fetchnumpy())

    threads = database.execute("select current_setting('threads')").fetchone()[0]
    print(f"\n1. {units:,} units, 2,900 counties, 7 indicators, best of 7; threads: Polars {polars.thread_pool_size()}, DuckDB {threads}")
    for name, seconds in (("Junheng", ours), ("… values kept", kept), (f"Polars {polars.__version__}", polars_seconds), (f"DuckDB {duckdb.__version__}", duckdb_seconds)):
        print(f"   {name:<16} {seconds * 1000:9.2f} ms   {seconds / ours:6.2f} × Junheng")
    worst = 0.0
    for place, code in enumerate(VALUES):
        for other in (polars_result[code].to_numpy(), duckdb_result[code]):
            worst = max(worst, float(numpy.max(numpy.abs(other - spreads[place]))))
    print(f"   largest difference between results: {worst:.1e}")
    if worst > 1e-9:
        raise SystemExit("results differ")


READERS = {
    "python-calamine": "import python_calamine as p, sys\nn = 0\nfor row in p.CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).iter_rows():\n    n += sum(1 for c in row if c != '')\nprint(n)",
    "openpyxl, read_only": "import openpyxl, sys\nn = 0\nfor row in openpyxl.load_workbook(sys.argv[1], read_only=True).worksheets[0].iter_rows(values_only=True):\n    n += sum(1 for c in row if c is not None)\nprint(n)",
    "openpyxl, default": "import openpyxl, sys\nn = 0\nfor row in openpyxl.load_workbook(sys.argv[1]).worksheets[0].iter_rows(values_only=True):\n    n += sum(1 for c in row if c is not None)\nprint(n)",
}


# A small process starts each reader, so that its peak memory is not ours.
LAUNCH = """import os, subprocess, sys
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, text=True)
text = child.stdout.read()
_, status, usage = os.wait4(child.pid, 0)
print(status, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, text.split()[0])"""


def measured(command):
    run = subprocess.run([sys.executable, "-c", LAUNCH, *command], capture_output=True, text=True, check=True)
    status, seconds, memory, cells = run.stdout.split()
    if status != "0":
        raise SystemExit(f"{command[0]} failed")
    return float(seconds), float(memory), cells


# Every figure of memory holds what the language's run time needs before it reads a byte.
FLOORS = {"Junheng, doing nothing": [bench, "nothing"], "Python, doing nothing": [sys.executable, "-c", "print(0)"]}

HEADERS = ("学校标识码,学校名称,县(市、区),办学类型,城乡,举办者,小学在校生数,初中在校生数,小学班数,初中班数,小学最大班额,初中最大班额,"
           "小学专任教师数,初中专任教师数,小学高于规定学历教师数,初中高于规定学历教师数,小学县级以上骨干教师数,初中县级以上骨干教师数,"
           "小学体育艺术专任教师数,初中体育艺术专任教师数,教学及辅助用房面积,室内体育用房面积,运动场地面积,教学仪器设备值(万元),"
           "网络多媒体教室数,音乐专用教室数,美术专用教室数,建校年份,经度,纬度").split(",")


def schools(path):
    """100,000 nine-year schools as a bureau would hand them in."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("学校数据")
    sheet.append(HEADERS)
    chance = numpy.random.default_rng(7)
    for row, (pupils, x) in enumerate(zip(chance.integers(100, 2_000, 100_000).tolist(), chance.uniform(0, 1, 100_000).tolist())):
        junior, teachers = pupils * 2 // 5, pupils // 17 + 1
        sheet.append([
            f"21{row:08d}", f"第{row}小学", f"县{row % 900}", "九年一贯制学校", "镇区", "公办", pupils, junior, pupils // 40 + 1, junior // 45 + 1,
            45, 50, teachers, junior // 14 + 1, teachers * 9 // 10, junior // 16 + 1, teachers // 6, junior // 90, teachers // 8, junior // 110,
            round(pupils * (7 + x), 1), round(pupils * x, 1), round(pupils * (9 + x), 1), round(pupils * x, 2), pupils // 38, 2, 2,
            1900 + pupils % 120, round(110 + x, 4), round(30 + x, 4)])
    book.save(path)


def reading(folder):
    path = os.path.join(folder, "big.xlsx")
    schools(path)
    results = {"Junheng": measured([bench, "reading", path])}
    for name, code in READERS.items():
        results[name] = measured([sys.executable, "-c", code, path])
    ours = results["Junheng"]
    print(f"\n2. xlsx of 100,000 × 30, {os.path.getsize(path) / 1e6:.1f} MB; CPU seconds and peak memory of the whole process")
    for name, (seconds, memory, cells) in results.items():
        print(f"   {name:<24} {seconds:6.2f} s {seconds / ours[0]:6.2f} ×   {memory:7.1f} MB {memory / ours[1]:6.2f} ×   {cells} cells")
    if len({cells for _, _, cells in results.values()}) != 1:
        raise SystemExit("the readers saw different cells")
    seconds, memory, rows = measured([bench, "returns", path])
    print(f"   {'Junheng, rows checked':<24} {seconds:6.2f} s            {memory:7.1f} MB            {rows} schools, batch by batch, as an import reads them")
    if rows != "100000":
        raise SystemExit("schools were refused")
    for name, command in FLOORS.items():
        print(f"   {name:<24}                     {measured(command)[1]:7.1f} MB")


def storing(folder):
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Tests", "postgres")
    start = subprocess.run([script, "start", str(os.getpid()), "durable"], capture_output=True, text=True, check=True)
    print("\n3. 100,000 school rows: staged a thousand at a time, compared, applied; then one county's 1,000 rows and all rows as columns")
    address, rows = start.stdout.strip(), os.path.join(folder, "rows")
    subprocess.run([bench, "storing", folder, "--postgres", address], check=True)

    def psql(text):
        subprocess.run(["psql", address, "-qc", text], check=True)

    psql("CREATE TABLE plain (LIKE import_row INCLUDING ALL)")
    psql(f"\\copy import_row TO '{rows}'")
    began = time.perf_counter()
    psql(f"\\copy plain FROM '{rows}'")
    print(f"   psql \\copy of the same staged rows into the same table and indexes: {100_000 / (time.perf_counter() - began):9.0f} rows/s")


print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
      f"openpyxl {openpyxl.__version__}, python-calamine {python_calamine.__version__ if hasattr(python_calamine, '__version__') else ''}")
with tempfile.TemporaryDirectory() as folder:
    national(folder)
    reading(folder)
    storing(folder)
cases(os.path.join(os.path.dirname(bench), "junheng"), bench, int(os.environ.get("JUNHENG_BENCH_CASES", "100000")))
serving(os.path.join(os.path.dirname(bench), "junheng"), bench)
plans(bench)
