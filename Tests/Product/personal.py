"""Personal data from the first key to erasure: personal.py PROGRAM. Prints `ok …` or `FAIL …`."""

import io
import json
import os
import re
import sqlite3
import stat
import subprocess
import sys
import tempfile
import time
import zipfile

import openpyxl

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "support"))
from servers import end, promise  # noqa: E402
from visitors import Browser, served, stop  # noqa: E402

program = sys.argv[1]
MOBILE, IDENTITY = "13812341234", "11010519491231002X"


def command(*words, **more):
    done = subprocess.run([program, *words], capture_output=True, text=True, **more)
    return done.returncode, done.stdout, done.stderr


def texts(database):
    """Every text of every table."""
    base = sqlite3.connect(database)
    tables = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = "\n".join(str(row) for table in tables for row in base.execute(f"SELECT * FROM {table}"))
    base.close()
    return found


with tempfile.TemporaryDirectory() as folder:
    data = os.path.join(folder, "data")
    database, keys = os.path.join(data, "junheng.sqlite"), os.path.join(data, "personal.keys")
    server, base, greeting = served(program, data, "--accounts")
    try:
        promise("the first start makes a key file for its owner alone", stat.S_IMODE(os.stat(keys).st_mode) == 0o600)
        admin = Browser(base)
        code = re.search(r"安装码：(\w+)", greeting).group(1)
        admin.go("/setup", code=code, name="甲主任", login="chief", password="River-County-88", again="River-County-88")
        text = admin.go("/people", name="乙科员", login="clerk", role="dataClerk", county="清河县", until="")[2]
        initial = re.search(r"初始密码 ([0-9a-f-]{23})", text).group(1)
        clerk = Browser(base)
        clerk.go("/login", login="clerk", password=initial, code="")
        clerk.go("/account", password=initial, fresh="Clear-River-2026", again="Clear-River-2026")

        status, path, text = clerk.go("/personal/me")
        promise("everybody sees their own data", status == 200 and "乙科员" in text and "没有登记" in text)
        promise("a wrong document number is told", "对不上" in clerk.go("/personal/me/detail", id_number="110105194912310021")[2])
        clerk.go("/personal/me/detail", mobile="138 1234 1234", id_number=IDENTITY.lower())
        text = clerk.go("/personal/me")[2]
        promise("one's own data are shown in clear", MOBILE in text and IDENTITY in text)
        clerk.go("/personal/me/consent", notice="staff-contact", version="2026-1")
        promise("a consent is kept with its version", "在20" in clerk.go("/personal/me")[2])
        promise("not for others who may not", clerk.go("/personal")[0] == 403)

        text = admin.go("/personal")[2]
        promise("the register masks by default", "乙**" in text and "138****1234" in text and "**************002X" in text and MOBILE not in text)
        book = openpyxl.load_workbook(io.BytesIO(admin.raw("/personal?t=people&export=xlsx")))
        words = " ".join(str(cell) for row in book.active.iter_rows(values_only=True) for cell in row)
        promise("so does its workbook", "138****1234" in words and MOBILE not in words)
        promise("a whole number finds its person", "找到1人" in admin.go("/personal/find", kind="mobile", value="+86 138 1234 1234")[2])
        promise("another finds none", "没有登记" in admin.go("/personal/find", kind="mobile", value="13900000000")[2])
        person = re.search(r'/personal/people/(\w+)">乙', text).group(1)
        page = f"/personal/people/{person}"
        text = admin.go(page)[2]
        promise("a person's page masks too", MOBILE not in text and IDENTITY not in text and "138****1234" in text)
        promise("no clear text without a purpose", admin.go(page + "/unmask", purpose="看")[0] == 422 and MOBILE not in admin.go(page)[2])
        admin.go(page + "/unmask", purpose="核对轮岗名册")
        text = admin.go(page)[2]
        promise("with a purpose the clear text for a while", MOBILE in text and IDENTITY in text and "到时自动遮盖" in text)
        other = Browser(base)
        other.go("/login", login="chief", password="River-County-88", code="")
        promise("only in that session", MOBILE not in other.go(page)[2])
        promise("the person sees who looked and why", "核对轮岗名册" in clerk.go("/personal/me")[2] and "甲主任" in clerk.go("/personal/me")[2])
        text = admin.go("/audit")[2]
        promise("so does the audit, by name", "查看个人信息原文" in text and "核对轮岗名册" in text and "甲主任" in text)
        promise("and by filter", "乙科员" in admin.go("/audit?name=" + "乙")[2] and "甲主任" not in re.sub(r"<header.*?</header>", "", admin.go("/audit?name=" + "乙")[2], flags=re.S))

        with zipfile.ZipFile(io.BytesIO(clerk.raw("/personal/me/export", x="1"))) as archive:
            held = json.loads(archive.read("data.json"))
            sheets = openpyxl.load_workbook(io.BytesIO(archive.read("data.xlsx"))).sheetnames
        promise("one's data as JSON", held["person_detail"]["rows"][0]["mobile"] == MOBILE and held["account"]["rows"][0]["name"] == "乙科员"
                and "甲主任" not in json.dumps(held, ensure_ascii=False))
        promise("without what proves who one is", "argon2id" not in json.dumps(held))
        promise("and as a workbook", "人员信息" in sheets and "同意记录" in sheets)
        promise("the inventory is open to all", "身份" in clerk.go("/personal/inventory")[2])

        found = texts(database)
        promise("the database holds no clear text", not any(word in found for word in ("乙科员", "甲主任", MOBILE, IDENTITY)))

        admin.go(page + "/hold", reason="信访核查期间")
        promise("what is held is not erased", "正在保全" in clerk.go("/personal/me/erase", confirm="删除")[2])
        admin.go(page + "/release", x="1")
        promise("not without the word", "两个字" in clerk.go("/personal/me/erase", confirm="是")[2])
        status, path, text = clerk.go("/personal/me/erase", confirm="删除")
        promise("erased is out", path == "/login" and clerk.go("/personal/me")[1] == "/login")
        promise("and cannot come in", clerk.go("/login", login="clerk", password="Clear-River-2026", code="")[1] == "/login")
        promise("the last administrator stays", "最后一个" in admin.go("/personal/me/erase", confirm="删除")[2])
        promise("nobody finds the number any more", "没有登记" in admin.go("/personal/find", kind="mobile", value=MOBILE)[2])
        text = admin.go("/audit")[2]
        promise("the audit keeps what was done without the name", "已删除的人员" in text and "乙科员" not in text)
    finally:
        stop(server)
    status, words, _ = command("audit", "verify", "--data", data)
    promise("the chain still verifies", status == 0 and "全部相符" in words)
    _, head, _ = command("audit", "head", "--data", data)
    promise("its head can be written down", re.fullmatch(r"\d+:[0-9a-f]{64}\n", head) is not None)

    # A backup leaves the key behind unless asked.
    target = os.path.join(folder, "one.junheng")
    command("backup", "--data", data, "--to", target)
    promise("a backup leaves the key file behind", "personal.keys" not in zipfile.ZipFile(target).namelist())
    restored = os.path.join(folder, "restored")
    command("restore", target, "--to", restored)
    status, _, words = command("serve", "--data", restored, "--port", "0", timeout=60)
    promise("without its key a restored copy does not start and says why", status == 2 and "密钥文件" in words)
    asked = os.path.join(folder, "two.junheng")
    command("backup", "--data", data, "--to", asked, "--with-keys")
    promise("asked, the backup takes it along", "personal.keys" in zipfile.ZipFile(asked).namelist())
    os.chmod(keys, 0o644)
    status, _, words = command("serve", "--data", data, "--port", "0", timeout=60)
    promise("a key file open to others is refused", status == 2 and "chmod 600" in words)
    os.chmod(keys, 0o600)

    # Many rows in plain, as an older version left them, then a change of keys that is killed again and again.
    base = sqlite3.connect(database)
    base.executemany(
        "INSERT INTO account (id, login, name, password_hash, password_at, must_change, created_at) VALUES (?, ?, ?, 'x', 0, 0, 0)",
        [(f"p{i}", f"p{i}", f"人员{i}") for i in range(6_000)])
    base.executemany("INSERT INTO person_detail (account_id, mobile, changed_at, changed_by) VALUES (?, ?, 0, 'x')",
                     [(f"p{i}", f"139{i:08d}") for i in range(6_000)])
    base.commit()
    base.close()
    server, base, _ = served(program, data)
    stop(server)
    found = texts(database)
    promise("plain rows of an older version are sealed at the start", "人员1'" not in found and "13900000001" not in found)
    first = open(keys).read().split()[-4]
    killed = 0
    for wait in (0.15, 0.3, 0.5, 0.7):
        rotation = subprocess.Popen([program, "keys", "rotate", "--data", data, "--set", "personal-data.suite=sm4-gcm"],
                                    stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        for line in rotation.stderr:
            if "已重新加密" in line:
                break
        time.sleep(wait / 10)
        if rotation.poll() is None:
            rotation.kill()
            killed += 1
        rotation.wait()
        rotation.stderr.close()
    promise("a change of keys was killed in the middle", killed >= 1, killed)
    _, shown, _ = command("keys", "show", "--data", data)
    promise("then two keys are in use", len(re.findall(r"account\.name：", shown)) == 2 or killed == 0, shown)
    status, words, problem = command("keys", "rotate", "--data", data)
    promise("begun again it goes on to the end", status == 0 and "接着做完" in words, words, problem)
    _, shown, _ = command("keys", "show", "--data", data)
    promise("and every row is under the new key, of the other suite",
            len(re.findall(r"account\.name：", shown)) == 1 and "sm4-gcm" in shown.split("account.name")[0].splitlines()[-2], shown)
    promise("keys are never shown", not re.search(r"[0-9a-f]{64}", shown))
    status, _, words = command("keys", "forget", first, "--data", data)
    promise("a key the audit needs is not forgotten", status == 2 and "审计" in words, words)
    status, words, problem = command("audit", "verify", "--data", data, "--head", head.strip())
    promise("the chain verifies across keys, and holds what was written down", status == 0, words, problem)
    base = sqlite3.connect(database)
    base.execute("DELETE FROM audit_event WHERE number > 3")
    base.execute("UPDATE audit_head SET number = 3, digest = (SELECT digest FROM audit_event WHERE number = 3)")
    base.commit()
    base.close()
    status, _, words = command("audit", "verify", "--data", data)
    promise("a cut tail with a mended head is found", status == 3 and "第3条" in words, words)
    status, _, words = command("audit", "verify", "--data", data, "--head", head.strip())
    promise("also by what was written down", status == 3)

    # Retention.
    base = sqlite3.connect(database)
    base.execute("INSERT INTO login_failure (subject, failed_at) VALUES ('account:x', 1000)")
    base.commit()
    base.close()
    _, words, _ = command("retention", "--data", data)
    base = sqlite3.connect(database)
    count = base.execute("SELECT COUNT(*) FROM login_failure").fetchone()[0]
    promise("retention looks first", "登录失败：应删去1条" in words and count >= 1, words)
    _, words, _ = command("retention", "--data", data, "--apply")
    promise("and then does it, written down", "登录失败：已删去1条" in words
            and base.execute("SELECT COUNT(*) FROM audit_event WHERE action = '清理到期信息'").fetchone()[0] == 1, words)
    base.close()

end()
