"""Accounts in a real browser, from the first administrator to a session ended from elsewhere: accounts_screen.py PROGRAM."""

import os
import re
import subprocess
import sys
import tempfile
import time

from playwright.sync_api import sync_playwright

from support.people import code
from support.servers import end, promise

program = sys.argv[1]


def start(folder):
    server = subprocess.Popen(
        [program, "serve", "--accounts", "--data", os.path.join(folder, "data"), "--port", "0", "--set", "second-factor=powers"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    lines = server.stdout.readline() + server.stdout.readline()
    return server, re.search(r"http://\S+", lines).group(0), re.search(r"安装码：(\w+)", lines).group(1)


def visitor(browser, complaints, **options):
    page = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN", **options).new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" and "40" not in message.text and "422" not in message.text else None)
    return page


def fill(page, **fields):
    for name, value in fields.items():
        page.locator(f"main form:has(.button.main) input[name={name}]").first.fill(value)


def log_in(page, base, login, password):
    page.goto(base + "/login")
    fill(page, login=login, password=password)
    page.get_by_role("button", name="登录").click()


def enrol(page, password):
    """Switches on the second factor; its secret."""
    page.fill("input[name=password]", password)
    page.get_by_role("button", name="开始设置").click()
    box = page.locator("svg.square").bounding_box()
    promise("the picture to scan is large enough and square", box["width"] >= 200 and abs(box["width"] - box["height"]) < 1)
    key = page.inner_text(".secret").replace(" ", "")
    page.fill("input[name=code]", code(key))
    page.get_by_role("button", name="启用").click()
    return key


with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
    server, base, setup = start(folder)
    try:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        complaints = []
        admin = visitor(browser, complaints)
        admin.goto(base)
        fill(admin, code=setup, name="王主任", login="wang", password="River-County-88", again="River-County-88")
        admin.get_by_role("button", name="建立").click()
        promise("the first administrator must have a second factor before anything else, where the settings say so",
                admin.url == base + "/account/codes" and "您的职务必须启用" in admin.inner_text(".lead"), admin.url)
        enrol(admin, "River-County-88")
        promise("ten recovery codes are shown", admin.locator(".recovery li").count() == 10)
        admin.get_by_role("link", name="抄好了").click()
        admin.get_by_role("link", name="人员与权限").click()
        promise("then the pages open", admin.inner_text("h1") == "1个账户")

        day = time.strftime("%Y-%m-%d", time.localtime(time.time() + 30 * 86400))
        fill(admin, name="李代理", login="li", county="清河县", until=day)
        admin.locator("main form:has(.button.main) select[name=role]").select_option(label="县督导室")
        admin.get_by_role("button", name="建账户").click()
        initial = re.search(r"初始密码 (\S+)", admin.inner_text("[role=status]")).group(1)
        admin.get_by_role("link", name="李代理").click()
        promise("the end of the delegation stands on the page", "代理，至" in admin.inner_text("main table") and "清河县督导室" in admin.inner_text("main table"))
        shape = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        promise("nothing runs over the edge", admin.evaluate(shape))

        phone = visitor(browser, complaints, user_agent="Mozilla/5.0 (Linux; Android 12; HUAWEI ANA) Chrome/99.0 Mobile Safari/537.36")
        phone.set_viewport_size({"width": 390, "height": 844})
        log_in(phone, base, "li", initial)
        promise("another person logs in and sets a password", "请先设置新密码" in phone.inner_text("h1"))
        fill(phone, password=initial, fresh="Clear-River-2026", again="Clear-River-2026")
        phone.get_by_role("button", name="改密码").click()
        phone.goto(base + "/imports")
        promise("and is at work", phone.url == base + "/imports" and "李代理" in phone.inner_text(".visitor"))
        phone.goto(base + "/account")
        promise("the account fits the phone", phone.evaluate(shape) and "至" in phone.inner_text("main ul"))

        admin.reload()
        row = admin.locator("main table", has_text="华为手机").locator("tbody tr").first
        promise("the administrator sees the phone", "华为手机上的 Chrome" in row.inner_text())
        row.get_by_role("button", name="结束").click()
        promise("and ends that login", "那个登录已结束" in admin.inner_text("[role=status]"))
        phone.goto(base + "/imports")
        promise("the phone is asked to log in, and comes back to where it was", phone.url == base + "/login?next=/imports")
        fill(phone, login="li", password="Clear-River-2026")
        phone.get_by_role("button", name="登录").click()
        promise("after logging in", phone.url == base + "/imports", phone.url)
        promise("no script failed and the browser refused nothing of ours", not complaints, complaints)
        browser.close()
    finally:
        server.terminate()
        server.wait(20)
end()
