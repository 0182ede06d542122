"""Files made to hurt, as scripts meet them: hostile_files.py PROGRAM. Prints `ok …` or `FAIL …` for each promise."""

import io
import os
import struct
import subprocess
import sys
import tempfile
import time
import zipfile

import openpyxl

program = sys.argv[1]
failures = 0


def promise(name, kept):
    global failures
    failures += 0 if kept else 1
    print(("ok   " if kept else "FAIL ") + name)


LAUNCH = """import os, subprocess, sys
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
said = child.stderr.read()
_, status, usage = os.wait4(child.pid, 0)
print(os.waitstatus_to_exitcode(status), usage.ru_maxrss // 1024)
print(said)"""


def refused(path, word, seconds=20, megabytes=300):
    """Exit code 2, the word said, in time and in bounded memory, and nothing written."""
    start = time.monotonic()
    out = os.path.join(folder, "out.json")
    done = subprocess.run([sys.executable, "-c", LAUNCH, program, "evaluate", path, "--json", out, "--errors", out + ".xlsx"],
                          capture_output=True, text=True, timeout=120)
    first, _, said = done.stdout.partition("\n")
    code, memory = map(int, first.split())
    good = code == 2 and word in said and time.monotonic() - start < seconds and memory < megabytes
    good = good and not os.path.exists(out) and not os.path.exists(out + ".xlsx")
    if not good:
        print("     ", code, memory, "MB", said[:200])
    return good


def parts():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["学校标识码", "学校名称", "县(市、区)", "办学类型", "小学在校生数"])
    sheet.append(["1", "甲", "清河县", "小学", 5])
    whole = io.BytesIO()
    book.save(whole)
    with zipfile.ZipFile(whole) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write(name, entries, big=None, fill=b" ", size=0):
    path = os.path.join(folder, name)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, text in entries.items():
            if entry != big:
                archive.writestr(entry, text)
        if big:
            head, _, tail = entries[big].partition(b"</sheetData>" if b"sheetData" in entries[big] else b"</")
            with archive.open(big, "w", force_zip64=True) as stream:
                stream.write(head)
                for _ in range(size // (len(fill) * 4096)):
                    stream.write(fill * 4096)
                stream.write((b"</sheetData>" if b"sheetData" in entries[big] else b"</") + tail)
    return path


with tempfile.TemporaryDirectory() as folder:
    good = parts()
    sheet = "xl/worksheets/sheet1.xml"
    promise("a sheet that unpacks to 400 MB of blanks is refused", refused(write("bomb.xlsx", good, sheet, b" ", 400_000_000), "大得不正常"))
    row = b"<row><c t=\"inlineStr\"><is><t>a</t></is></c></row>"
    promise("and one that unpacks to 400 MB of rows", refused(write("rows.xlsx", good, sheet, row, 400_000_000), "大得不正常"))

    lying = write("lying.xlsx", good, sheet, b" ", 400_000_000)
    data = bytearray(open(lying, "rb").read())
    place = data.rfind(b"PK\x01\x02")
    while place >= 0:
        size = struct.unpack_from("<I", data, place + 24)[0]
        if size > 100_000_000:
            struct.pack_into("<I", data, place + 24, 5_000)
        place = data.rfind(b"PK\x01\x02", 0, place)
    open(lying, "wb").write(data)
    promise("an archive that lies about its sizes is refused", refused(lying, "请在 Excel 或 WPS 中打开后另存一份"))

    promise("an archive of 20,000 entries is refused", refused(write("many.xlsx", {**good, **{f"x/{i}": b"" for i in range(20_000)}}), "大得不正常"))

    locked = bytearray(open(write("locked.xlsx", good), "rb").read())
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = locked.find(sign)
        while place >= 0:
            locked[place + offset] |= 1
            place = locked.find(sign, place + 1)
    path = os.path.join(folder, "locked.xlsx")
    open(path, "wb").write(locked)
    promise("an archive with a password says so", refused(path, "密码"))

    for name, word in (("old.xls", "另存为"), ("secret.xlsx", "密码"), ("old.et", ".et")):
        path = os.path.join(folder, name)
        open(path, "wb").write(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000))
        promise(f"{name}: what to do is said", refused(path, word))
    path = os.path.join(folder, "a.ods")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")
    promise("a.ods: what to do is said", refused(path, ".ods"))
    path = os.path.join(folder, "huge.csv")
    with open(path, "wb") as file:
        file.truncate(201_000_000)
    promise("a file over 200 MB is refused unread", refused(path, "200 MB", 5))
    laughs = "<!DOCTYPE x [<!ENTITY a \"ha\">" + "".join(f"<!ENTITY {chr(98 + i)} \"{'&' + chr(97 + i) + ';'}{'&' + chr(97 + i) + ';'}\">" for i in range(20)) + "]>"
    promise("a billion laughs are refused", refused(write("laughs.xlsx", {**good, sheet: laughs.encode() + good[sheet]}), "损坏"))

    # Half of 190 MB in one field that never ends, and in lines without end.
    path = os.path.join(folder, "quote.csv")
    with open(path, "wb") as file:
        file.write("学校标识码,学校名称,县(市、区),办学类型\n1,\"".encode())
        for _ in range(60):
            file.write(b"x" * 1_000_000)
    promise("a quote that is never closed is refused", refused(path, "双引号"))

    # Formula injection: names that begin like formulas go through as texts, whatever is written.
    path, out = os.path.join(folder, "names.csv"), os.path.join(folder, "s.xlsx")
    names = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1:A9)", "\t=1+1"]
    with open(path, "w", encoding="utf-8") as file:
        file.write("学校标识码,学校名称,县(市、区),办学类型,小学在校生数,小学专任教师数,小学高于规定学历教师数\n")
        for i, name in enumerate(names):
            file.write(f"{i},\"{name}\",清河县,小学,1000,{20 + i},{10 + i}\n")
    code = subprocess.run([program, "evaluate", path, "--shortfalls", out], capture_output=True).returncode
    cells = [c for s in openpyxl.load_workbook(out).worksheets for r in s.iter_rows() for c in r]
    found = {str(c.value).strip() for c in cells}
    promise("texts that begin like formulas stay texts in the shortfall list",
            code == 0 and all(n.strip() in found for n in names) and all(c.data_type != "f" for c in cells))

sys.exit(1 if failures else 0)
