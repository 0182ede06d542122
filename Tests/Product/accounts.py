"""Logging in, from the first administrator to a lock: accounts.py PROGRAM. Prints `ok …` or `FAIL …`."""

import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

from support.people import Browser, code, scanned, secret
from support.servers import end, promise

program = sys.argv[1]


def start(folder, *more):
    server = subprocess.Popen(
        [program, "serve", "--data", os.path.join(folder, "data"), "--port", "0", *more],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    lines = [server.stdout.readline(), server.stdout.readline()]
    return server, re.search(r"http://\S+", lines[0]).group(0), "".join(lines)


def refused(base, header, value):
    try:
        urllib.request.urlopen(urllib.request.Request(base + "/imports", headers={header: value}))
        return False
    except urllib.error.HTTPError as error:
        return error.code == 403 and "--accounts" in error.read().decode()


def stop(server):
    server.terminate()
    server.wait(20)


def fails(folder, *more):
    done = subprocess.run([program, "serve", "--data", os.path.join(folder, "data"), "--port", "0", *more], capture_output=True, text=True, timeout=60)
    return done.returncode, done.stderr


def database(folder, sql):
    base = sqlite3.connect(os.path.join(folder, "data", "junheng.sqlite"), timeout=20)
    found = base.execute(sql).fetchall()
    base.commit()
    base.close()
    return found


def audit_rows(folder):
    return database(folder, "SELECT COUNT(*) FROM audit_event")[0][0]


def version(page):
    return re.search(r'name="version" value="(\d+)"', page).group(1)


def posts(admin, person):
    page = "/people/" + person
    text = admin.go(page)[2]
    seen = version(text)
    text = admin.go(page + "/posts/end", post="0", version=seen)[2]
    promise("a post is ended", "已结束：市基教科" in text and "没有职务" in text, text)
    head = dict(role="schoolHead", county="清河县", school="", until="", version=version(text))
    promise("a head's post names its school", "哪所学校" in admin.go(page + "/posts", **head)[2])
    status, _, text = admin.go(page + "/posts", **dict(head, school="2137020001"))
    promise("posts are added", status == 200 and "清河县校长（学校 2137020001）" in text)
    status, _, text = admin.go(page + "/posts", **dict(head, role="auditor"))
    promise("of two administrators the second is told that the first was quicker, and sees what stands now",
            status == 409 and "刚才被别人改过" in text and "2137020001" in text, status)
    promise("a search finds by role and county", "1个账户符合" in admin.go("/people?role=schoolHead&county=" + urllib.parse.quote("清河县"))[2])


def factor(admin, ids, base):
    first = "Second-Step-31"
    text = admin.go("/people/" + ids["李科员"] + "/reset", press=True)[2]
    initial = re.search(r"新初始密码 (\S+)", text).group(1)
    person = Browser(base)
    person.go("/login", login="li", password=initial)
    person.go("/account", password=initial, fresh=first, again=first)
    promise("nobody gets a code generator without the password", "现在的密码不对" in person.go("/account/codes", password="x")[2])
    text = person.go("/account/codes", password=first)[2]
    key = secret(text)
    link = scanned(text)
    promise("a phone reads the link from the picture", link.startswith("otpauth://totp/") and "secret=" + key in link and link.replace("&", "&amp;") in text, link)
    promise("a wrong first code does not switch it on", "动态码不对" in person.go("/account/codes/confirm", code="000000" if code(key) != "000000" else "111111")[2])
    begun = code(key, -1)
    text = person.go("/account/codes/confirm", code=begun)[2]
    spare = re.findall(r"<li>((?:[0-9a-f]{4}-){4}[0-9a-f]{4})</li>", text)
    promise("recovery codes are shown", len(set(spare)) == 10)
    promise("once", spare[0] not in person.go("/account/codes")[2] and "还有10个恢复码" in person.go("/account/codes")[2])
    second = Browser(base)
    place = second.go("/login?next=/snapshots", login="li", password=first, next="/snapshots")[1]
    promise("after the password the code is asked for, and nothing else opens", place == "/login/code?next=/snapshots" and second.go("/snapshots")[1] == "/login?next=/snapshots")
    promise("the code used for switching it on is used up", "已经用过" in second.go("/login/code", code=begun, next="/snapshots")[2])
    used = code(key)
    promise("the next one lets in, to where one wanted to go", second.go("/login/code", code=used, next="/snapshots")[1] == "/snapshots")
    third = Browser(base)
    third.go("/login", login="li", password=first)
    promise("no code is good twice", "已经用过" in third.go("/login/code", code=used)[2])
    promise("a recovery code lets in", third.go("/login/code", code=spare[0].upper().replace("-", " "))[0] == 200 and third.go("/account")[1] == "/account")
    fourth = Browser(base)
    fourth.go("/login", login="li", password=first)
    promise("once", "已经用过" in fourth.go("/login/code", code=spare[0])[2])
    promise("switching it off asks for password and code", "现在的密码不对" in third.go("/account/codes/off", password="x", code=spare[1])[2]
            and "不对" in third.go("/account/codes/off", password=first, code="123")[2] and "动态码已启用" in third.go("/account/codes")[2])
    promise("with both it is off", third.go("/account/codes/off", password=first, code=spare[1])[1] == "/account" and "没有启用" in third.go("/account")[2])
    key = secret(third.go("/account/codes", password=first)[2])
    third.go("/account/codes/confirm", code=code(key))
    promise("others see that there is one", "有动态码" in admin.go("/people?q=li")[2])
    promise("an administrator takes it away", "已取消" in admin.go("/people/" + ids["李科员"] + "/codes", press=True)[2] and third.go("/account")[1] == "/login?next=/account")
    promise("which the audit knows", "取消动态码" in admin.go("/audit")[2])
    person = Browser(base)
    person.go("/login", login="li", password=first)
    person.go("/account", password=first, fresh="Clear-River-2027", again="Clear-River-2027")


def open_logins(admin, base):
    password = "Clear-River-2027"
    desk, phone = Browser(base), Browser(base, "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) MicroMessenger/8.0.40")
    for browser in (desk, phone):
        browser.go("/login", login="li", password=password)
    text = desk.go("/account")[2]
    promise("one's logins are listed by device, the present one marked", "Windows 电脑上的 Edge（就是现在这个）" in text and "苹果手机上的 微信" in text)
    found = re.search(r"苹果手机上的 微信</th>.*?name=\"session\" value=\"(\w+)\"", text, re.S).group(1)
    desk.go("/account/sessions/end", session=found)
    promise("one is ended", phone.go("/account")[1] == "/login?next=/account" and desk.go("/account")[1] == "/account")
    phone.go("/login", login="li", password=password)
    desk.go("/account/sessions/end", session="")
    promise("or all the others at once", phone.go("/account")[1] == "/login?next=/account" and desk.go("/account")[1] == "/account")
    phone.go("/login", login="li", password=password)
    desk.go("/account", password=password, fresh="Clear-River-2028", again="Clear-River-2028")
    promise("a new password ends the others", phone.go("/account")[1] == "/login?next=/account" and desk.go("/account")[1] == "/account")
    page = re.search(r'href="(/people/\w+)"', admin.go("/people?q=li")[2]).group(1)
    text = admin.go(page)[2]
    promise("an administrator sees them", "Windows 电脑上的 Edge" in text)
    session = re.search(r"Edge</th>.*?name=\"session\" value=\"(\w+)\"", text, re.S).group(1)
    promise("and ends them", "那个登录已结束" in admin.go(page + "/sessions/end", session=session)[2] and desk.go("/account")[1] == "/login?next=/account")
    desk.go("/login", login="li", password="Clear-River-2028")


def targets(base):
    for target in ("//evil.example/", "https://evil.example/", "/\\evil.example", "/\t/evil.example", "/logout"):
        person = Browser(base)
        place = person.go("/login", login="wang", password="River-County-88", next=target)[1]
        promise(f"logging in does not lead to {target!r}", place == "/imports", place)
    person = Browser(base)
    place = person.go("/people?q=li&role=")[1]
    promise("the way to a page leads past the login page", place == "/login?next=/people%3Fq%3Dli%26role%3D", place)
    hidden = re.search(r'name="next" value="([^"]*)"', person.go(place)[2]).group(1).replace("&amp;", "&")
    promise("and back to it", person.go("/login", login="wang", password="River-County-88", next=hidden)[1] == "/people?q=li&role=")


with tempfile.TemporaryDirectory() as folder:
    server, base, greeting = start(folder)
    promise("on one's own machine no login is needed, and the server says so", Browser(base).go("/imports")[0] == 200 and "不需要登录" in greeting)
    promise("not for a machine behind a proxy", refused(base, "X-Forwarded-For", "10.1.2.3"))
    promise("nor under another site's name", refused(base, "Host", "evil.example"))
    stop(server)
    status, words = fails(folder, "--no-accounts", "--host", "0.0.0.0")
    promise("without accounts it does not listen to the network", status == 2 and "--no-accounts" in words)

    server, base, greeting = start(folder, "--accounts")
    try:
        setup_code = re.search(r"安装码：(\w+)", greeting).group(1)
        admin = Browser(base)
        status, path, text = admin.go("/imports")
        promise("with no account there is only the page for the first administrator", path == "/setup" and "第一个管理员" in text)
        first = dict(name="王主任", login="wang", password="River-County-88", again="River-County-88")
        promise("not without the code from the server's window", "安装码不对" in admin.go("/setup", code="guess", **first)[2])
        weak = dict(first, password="abc", again="abc")
        promise("not with a weak password", "至少10个字符" in admin.go("/setup", code=setup_code, **weak)[2])
        status, path, text = admin.go("/setup", code=setup_code, **first)
        promise("the first administrator comes in", status == 200 and path == "/people" and "王主任" in text)
        cookie = next(iter(admin.jar))
        promise("the cookie is kept from scripts and other sites", cookie.has_nonstandard_attr("HttpOnly") and cookie.get_nonstandard_attr("SameSite") == "Strict" and len(cookie.value) == 64)
        promise("there is no second first", Browser(base).go("/setup", code=setup_code, **dict(first, login="other"))[0] == 403)

        status, path, text = admin.go("/people", name="李科员", login="li", role="countyOfficer", county="清河县", school="", until="")
        initial = re.search(r"初始密码 ([0-9a-f-]{23})", text).group(1)
        promise("the initial password is shown once", initial not in admin.go("/people")[2])
        promise("a county post names its county", "哪个县" in admin.go("/people", name="某", login="mou", role="countyOfficer", county="", school="", until="")[2])
        officer = Browser(base)
        status, path, text = officer.go("/login", login="LI", password=initial)
        promise("the first thing to do is a new password", path == "/account" and "请先设置新密码" in text)
        promise("nothing else before that", officer.go("/imports")[1] == "/account" and officer.go("/imports", press=True)[0] == 403)
        fresh = "Clear-River-2026"
        status, path, text = officer.go("/account", password=initial, fresh=fresh, again=fresh)
        promise("then the pages open", status == 200 and officer.go("/imports")[1] == "/imports")
        promise("people are not the officer's to manage", officer.go("/people")[0] == 403 and officer.go("/people", login="x")[0] == 403)

        past = admin.go("/people", name="赵代管", login="zhao", role="cityOfficer", county="", school="", until="2020-01-01")[2]
        promise("a delegation does not begin after its end", "已经过去" in past and 'value="赵代管"' in past)
        tomorrow = time.strftime("%Y-%m-%d", time.localtime(time.time() + 86400))
        admin.go("/people", name="赵代管", login="zhao", role="cityOfficer", county="", school="", until=tomorrow)
        text = admin.go("/people", name="钱审计", login="qian", role="auditor", county="", school="", until="")[2]
        ended = re.search(r"钱审计的账户。初始密码 (\S+)", text).group(1)
        auditor = Browser(base)
        auditor.go("/login", login="qian", password=ended)
        auditor.go("/account", password=ended, fresh="Audit-Chain-77x", again="Audit-Chain-77x")
        promise("an auditor sees no data", auditor.go("/imports")[0] == 403)
        ids = {name: page for page, name in re.findall(r'href="/people/(\w+)">(.*?)</a>', admin.go("/people")[2])}
        text = admin.go("/people/" + ids["赵代管"] + "/reset", press=True)[2]
        password = re.search(r"新初始密码 (\S+)", text).group(1)
        deputy = Browser(base)
        deputy.go("/login", login="zhao", password=password)
        deputy.go("/account", password=password, fresh="Deputy-Until-99", again="Deputy-Until-99")
        promise("a delegation with its end to come gives its right, and the page says until when",
                deputy.go("/imports")[0] == 200 and "代理，至" in admin.go("/people/" + ids["赵代管"])[2])
        database(folder, "UPDATE account_grant SET until_day = '2020-01-01' WHERE until_day IS NOT NULL")
        promise("a delegation that has ended gives no right", "没有任何权限" in deputy.go("/imports")[2])
        promise("and is shown as ended", "代理已于2020年1月1日到期" in admin.go("/people/" + ids["赵代管"])[2])
        posts(admin, ids["赵代管"])
        factor(admin, ids, base)
        open_logins(admin, base)
        promise("the last administrator stays", "不能对自己做" in admin.go("/people/" + ids["王主任"] + "/disable", press=True)[2])
        officer.go("/login", login="li", password="Clear-River-2028")
        promise("the officer is back at work", officer.go("/imports")[1] == "/imports")
        admin.go("/people/" + ids["李科员"] + "/disable", press=True)
        promise("a disabled account is out at once", officer.go("/imports")[1] == "/login?next=/imports")
        admin.go("/people/" + ids["李科员"] + "/enable", press=True)
        guess = Browser(base)
        unknown = guess.go("/login", login="nobody", password="Wrong-Word-11")[2]
        wrong = guess.go("/login", login="li", password="Wrong-Word-11")[2]
        promise("unknown login and wrong password sound the same", "不对" in wrong and unknown.replace("nobody", "li") == wrong)
        before = audit_rows(folder)
        for _ in range(24):
            guess.go("/login", login="li", password="Wrong-Word-11")
        promise("who keeps guessing does not fill the audit", audit_rows(folder) - before <= 4, audit_rows(folder) - before)
        promise("after five failures even the right password waits", "登录已暂停" in guess.go("/login", login="li", password="Clear-River-2028")[2])
        database(folder, "UPDATE login_tally SET window_at = window_at - 3600000")
        admin.go("/login", login="wang", password="River-County-88")
        words = admin.go("/audit")[2]
        promise("the audit has their number instead", re.search(r"li：\S+ \d\d:\d\d起15分钟内共\d+次未通过", words) is not None, words[-3000:])
        targets(base)
        admin.go("/logout", press=True)
        promise("logged out is out", admin.go("/people")[1] == "/login?next=/people")
        done = subprocess.run([program, "audit", "verify", "--data", os.path.join(folder, "data")], capture_output=True, text=True)
        promise("the audit verifies", done.returncode == 0 and "全部相符" in done.stdout)
    finally:
        stop(server)
    status, words = fails(folder, "--demo")
    promise("the demo does not open a folder with accounts", status == 2 and "演示" in words)
    server, base, greeting = start(folder)
    promise("once there are accounts, everybody logs in", Browser(base).go("/imports")[1] == "/login?next=/imports")
    stop(server)
    base = sqlite3.connect(os.path.join(folder, "data", "junheng.sqlite"))
    base.execute("UPDATE audit_event SET object = '' WHERE number = 3")
    base.commit()
    base.close()
    done = subprocess.run([program, "audit", "verify", "--data", os.path.join(folder, "data")], capture_output=True, text=True)
    promise("a changed record is found and named", done.returncode == 3 and "第3条" in done.stderr)

end()
