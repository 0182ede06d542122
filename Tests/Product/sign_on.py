"""Logging in at another service, honest and lying: sign_on.py PROGRAM. Prints `ok …` or `FAIL …`."""

import os
import re
import socket
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request

from support.people import Browser, code, secret
from support.provider import Provider
from support.servers import end, promise

program = sys.argv[1]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(folder, port, *more):
    server = subprocess.Popen(
        [program, "serve", "--accounts", "--data", os.path.join(folder, "data"), "--port", str(port),
         "--set", f"login-providers={folder}/providers.yaml", "--set", f"public-url=http://127.0.0.1:{port}/", *more],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=dict(os.environ, BRIDGE_SECRET="bridge secret"))
    lines = [server.stdout.readline(), server.stdout.readline()]
    return server, "".join(lines)


class Stopped(Browser):
    """Keeps the address the service sends it back to, instead of going there."""

    def back(self, path):
        kept = []

        class Keep(urllib.request.HTTPRedirectHandler):
            def redirect_request(self, request, file, status, words, headers, url):
                if "/back?" not in url:
                    return super().redirect_request(request, file, status, words, headers, url)
                kept.append(url)
                return None

        opener, self.opener = self.opener, urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar), Keep())
        self.go(path)
        self.opener = opener
        return kept[0]


def account(admin, name, login, role):
    text = admin.go("/people", name=name, login=login, role=role, county="", school="", until="")[2]
    return re.search(r"初始密码 (\S+)", text).group(1)


def page_of(admin, login):
    return re.search(r'href="(/people/\w+)"', admin.go("/people?q=" + login)[2]).group(1)


with tempfile.TemporaryDirectory() as folder:
    unified = Provider(folder, "junheng", "a secret/with=signs")
    bridge = Provider(folder, "bridge", "bridge secret", "ES256")
    with open(folder + "/unified.secret", "w") as file:
        file.write("a secret/with=signs\n")
    with open(folder + "/providers.yaml", "w") as file:
        file.write(f"""provider: unified
label: 统一身份认证
issuer: {unified.issuer}
client: junheng
secret-file: {folder}/unified.secret
matches-logins: true
---
provider: bridge
label: 企业微信
issuer: {bridge.issuer}
client: bridge
secret-environment: BRIDGE_SECRET
claim: employee
creates-accounts: true
""")
    bridge.user = {"sub": "w-9", "employee": "Emp-9", "name": "孙教研"}
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    told = subprocess.run(
        [program, "config", "explain", "--set", f"login-providers={folder}/providers.yaml", "--set", "public-url=" + base],
        capture_output=True, text=True, env=dict(os.environ, BRIDGE_SECRET="x")).stdout
    promise("config explain names the services and where they lead back to, not the secrets",
            base + "/login/unified/back" in told and "a secret" not in told, told[-600:])
    broken = subprocess.run([program, "config", "explain", "--set", f"login-providers={folder}/none.yaml"], capture_output=True, text=True)
    promise("a file that is not there is told", broken.returncode == 2 and "none.yaml" in broken.stderr)

    # Not allowed to reach this machine: the guard holds before a byte is sent.
    server, greeting = start(folder, port)
    setup_code = re.search(r"安装码：(\w+)", greeting).group(1)
    admin = Browser(base)
    admin.go("/setup", code=setup_code, name="王主任", login="wang", password="River-County-88", again="River-County-88")
    text = Browser(base).go("/login/unified")[2]
    promise("a service on this machine or the intranet is not asked unless the settings allow it",
            "没有允许访问" in text and not unified.asked, text, unified.asked)
    server.terminate()
    server.wait(20)

    server, greeting = start(folder, port, "--set", "outbound-networks=127.0.0.0/8")
    try:
        admin = Browser(base)
        admin.go("/login", login="wang", password="River-County-88")
        account(admin, "李科员", "li", "cityLeader")
        text = Browser(base).go("/login?next=/account")[2]
        promise("the login page offers both services", "用统一身份认证登录" in text and "用企业微信登录" in text and "/login/unified?next=/account" in text)

        officer = Browser(base)
        status, place, text = officer.enter("/login/unified?next=/account")
        promise("whom the service vouches for comes in, and where he wanted to go", status == 200 and place == "/account", status, place, text)
        cookie = next(c for c in officer.jar if c.name == "junheng-session")
        promise("with a session like any other", cookie.has_nonstandard_attr("HttpOnly") and cookie.get_nonstandard_attr("SameSite") == "Strict")

        for lie in ("nonce", "signature", "expired", "none", "audience", "issuer"):
            unified.lie = lie
            liar = Browser(base)
            status, place, text = liar.enter("/login/unified")
            promise(f"a token with the wrong {lie} lets nobody in",
                    status == 422 and "没有成功" in text and liar.go("/account")[1].startswith("/login"), status, place)
        unified.lie = ""

        first = Stopped(base)
        back = first.back("/login/unified")
        promise("a login begun in one browser does not end in another", "没有成功" in Browser(base).go(back)[2])
        promise("and is then used up for the first one too", "没有成功" in first.go(back)[2])
        second = Stopped(base)
        back = second.back("/login/unified")
        promise("a login comes back once", "正在进入" in second.go(back)[2])
        promise("a replayed state is refused", "没有成功" in second.go(back)[2])
        third = Stopped(base)
        back = third.back("/login/unified")
        other = re.sub(r"state=[^&]+", "state=" + "0" * 64, back)
        promise("a made-up state is refused", "没有成功" in third.go(other)[2])
        promise("another service's answer is refused", "没有成功" in third.go(back.replace("/unified/", "/bridge/"))[2])

        for target in ("//evil.example/", "https://evil.example/", "/\\evil.example", "/login"):
            text = Browser(base).go("/login/unified?next=" + urllib.parse.quote(target, safe=""))[2]
            promise(f"afterwards nobody is sent to {target}", 'content="0; url=/"' in text, text)

        unified.user = {"sub": "u-2", "preferred_username": "li"}
        promise("a name the service gave to somebody else opens nothing", "已经换了人" in Browser(base).enter("/login/unified")[2])
        unified.user = {"sub": "u-3", "preferred_username": "stranger"}
        text = Browser(base).enter("/login/unified")[2]
        promise("somebody without an account is told whom to ask, and none is made",
                "stranger" in text and "还没有对应的账户" in text and "0个账户符合" in admin.go("/people?q=stranger")[2])
        account(admin, "赵科员", "zhao", "cityLeader")
        zhao = page_of(admin, "zhao")
        text = admin.go(zhao + "/identities", provider="unified", name="Stranger")[2]
        promise("an administrator binds the name to an account", "已绑定统一身份认证的账号 stranger" in text, text)
        promise("once, not to two", "已经绑定" in admin.go(page_of(admin, "li") + "/identities", provider="unified", name="stranger")[2])
        place = Browser(base).enter("/login/unified?next=/account")[1]
        promise("who is bound comes in", place == "/account", place)
        admin.go(zhao + "/disable", press=True)
        promise("not when the account is disabled", "已停用" in Browser(base).enter("/login/unified")[2])

        status, place, text = Browser(base).enter("/login/bridge")
        promise("where the settings say so an account is made, without any post", status == 403 and "孙教研目前没有任何权限" in text, status, place, text)
        promise("and only once", Browser(base).enter("/login/bridge")[0] == 403 and "1个账户符合" in admin.go("/people?q=emp-9")[2])

        unified.user = {"sub": "u-1", "preferred_username": "li"}
        initial = re.search(r"新初始密码 (\S+)", admin.go(page_of(admin, "li") + "/reset", press=True)[2]).group(1)
        guarded = Browser(base)
        guarded.go("/login", login="li", password=initial)
        guarded.go("/account", password=initial, fresh="Clear-River-2026", again="Clear-River-2026")
        key = secret(guarded.go("/account/codes", password="Clear-River-2026")[2])
        guarded.go("/account/codes/confirm", code=code(key))
        again = Browser(base)
        place = again.enter("/login/unified?next=/account")[1]
        promise("a second factor of one's own is asked for here too", place == "/login/code?next=/account", place)
        place = again.go("/login/code", code=code(key, 1), next="/account")[1]
        promise("and then lets in", place == "/account", place)

        text = admin.go("/audit")[2]
        promise("the audit tells who came in by which service, and who was refused", "外部登录" in text and "/login/unified（li）" in text and "未通过" in text)
        unified.stop()
        unified.server.server_close()
    finally:
        server.terminate()
        server.wait(20)
    server, greeting = start(folder, port, "--set", "outbound-networks=127.0.0.0/8")
    try:
        promise("a service that does not answer is told, and the password still works",
                "现在用不了" in Browser(base).go("/login/unified")[2] and Browser(base).go("/login", login="wang", password="River-County-88", next="/people")[1] == "/people")
    finally:
        server.terminate()
        server.wait(20)
end()
