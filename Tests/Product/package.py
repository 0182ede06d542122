"""The Debian package, installed for real into a throw-away layer over this machine's root: package.py PROGRAM. Prints `ok …` or `FAIL …`.

The layer has no source tree, no build folder and no Swift, so the package must bring all it needs. Without the right to mount (root)
only the package itself is looked at.
"""

import glob
import http.cookiejar
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "support"))
from servers import Refusal, end, greeting, promise, wait  # noqa: E402

program = os.path.realpath(sys.argv[1])
source = os.path.realpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
if os.geteuid() == 0 and "--inside" not in sys.argv:
    # Mounts made from here on are seen by this process and its children alone, and end with it.
    os.execvp("unshare", ["unshare", "-m", "--propagation", "private", sys.executable, os.path.abspath(__file__), program, "--inside"])


def run(*words, **more):
    return subprocess.run(words, capture_output=True, text=True, **more)


def packages(folder):
    """The program's package as an older and a newer version."""
    new, old, apart = (os.path.join(folder, name) for name in ("junheng-0.0.2.deb", "junheng-0.0.1.deb", "apart"))
    made = run(os.path.join(source, "Setup", "package"), program, new, "0.0.2", env={**os.environ, "JUNHENG_DEB_COMPRESSION": "none"})
    promise("Setup/package makes a package of a built program", made.returncode == 0 and os.path.exists(new), made.stderr)
    subprocess.run(["dpkg-deb", "-R", new, apart], check=True)
    control = open(apart + "/DEBIAN/control").read().replace("Version: 0.0.2", "Version: 0.0.1")
    with open(apart + "/DEBIAN/control", "w") as file:
        file.write(control)
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Znone", "-b", apart, old], check=True, capture_output=True)
    shutil.rmtree(apart)
    return old, new


def look(deb):
    depends = run("dpkg-deb", "-f", deb, "Depends").stdout
    promise("it depends on the libraries of Debian it was linked to", all(name in depends for name in ("libpq5", "libsqlite3-0", "libsodium23", "libc6 (>=")), depends)
    listed = run("dpkg-deb", "-c", deb).stdout
    promise("it holds catalogue, units, settings, manual and licences", all(path in listed for path in (
        "./usr/share/junheng/Catalogue/national/", "./usr/lib/systemd/system/junheng.service", "./etc/junheng/junheng.conf",
        "./usr/share/man/man1/junheng.1.gz", "/licences/hummingbird-LICENSE")))
    promise("nothing in it belongs to a user of the build machine or may be written by others",
            not [line for line in listed.splitlines() if " root/root " not in line or (line[0] != "l" and line[8] == "w")])


class Layer:
    """The machine's root with a layer over it that takes all writing."""

    def __init__(self, folder):
        self.root = os.path.join(folder, "root")
        top = os.path.join(folder, "top")
        for path in (self.root, top):
            os.mkdir(path)
        self.mount("-t", "tmpfs", "tmpfs", top)
        os.mkdir(top + "/upper"), os.mkdir(top + "/work")
        self.mount("-t", "overlay", "overlay", "-o", f"lowerdir=/,upperdir={top}/upper,workdir={top}/work", self.root)
        for path in ("/proc", "/dev", "/sys"):
            self.mount("--rbind", path, self.root + path)
        swift = [line.split()[2] for line in run("ldd", program).stdout.splitlines() if "libswiftCore" in line]
        build = os.path.dirname(os.path.dirname(os.path.dirname(program)))
        for path in ["/tmp", "/run", source, build, os.path.expanduser("~"), *(os.path.dirname(path) for path in swift)]:
            if os.path.isdir(self.root + path):
                self.mount("-t", "tmpfs", "tmpfs", self.root + path)

    def mount(self, *words):
        subprocess.run(["mount", *words], check=True)

    def run(self, *words, **more):
        environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive", **more}
        return run("chroot", self.root, *words, env=environment)

    def install(self, deb, **more):
        place = "/tmp/" + os.path.basename(deb)
        subprocess.run(["cp", deb, self.root + place], check=True)
        return self.run("dpkg", "--force-unsafe-io", "--force-confold", "-i", place, **more)

    def path(self, path):
        return self.root + path

    def mode(self, path):
        return self.run("stat", "-c", "%a %U:%G", path).stdout.strip()


def command(layer, unit, key="ExecStart"):
    """A unit's command line, run by the unit's user as systemd would."""
    text = open(layer.path(f"/usr/lib/systemd/system/{unit}")).read()
    words = shlex.split(re.search(rf"^{key}=(.*)$", text, re.M).group(1))
    return ["chroot", layer.root, "setpriv", "--reuid=junheng", "--regid=junheng", "--init-groups", "--no-new-privs", *words]


def by_unit(layer, unit, key="ExecStart"):
    return run(*command(layer, unit, key), env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}, cwd="/")


class Service:
    def __init__(self, layer, port):
        self.base = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(command(layer, "junheng.service"), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                                        text=True, env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}, cwd="/")
        self.told = greeting(self.process, "安装码", "用账户登录")
        self.browser = urllib.request.build_opener(Refusal, urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def ask(self, path, **fields):
        data = urllib.parse.urlencode(fields).encode() if fields else None
        try:
            answer = self.browser.open(self.base + path, data, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        return answer.status, answer.read().decode("utf-8", "replace"), answer.headers.get("Location", "")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


def free_port():
    with socket.socket() as link:
        link.bind(("127.0.0.1", 0))
        return link.getsockname()[1]


def live(layer, old, new):
    done = layer.install(old)
    promise("dpkg installs it", done.returncode == 0, done.stdout, done.stderr)
    promise("its user, data and settings are shut to others", (layer.mode("/var/lib/junheng"), layer.mode("/etc/junheng/junheng.conf"), layer.mode("/var/backups/junheng"))
            == ("700 junheng:junheng", "640 root:junheng", "700 junheng:junheng"), layer.mode("/var/lib/junheng"), layer.mode("/etc/junheng/junheng.conf"))
    units = [f"/usr/lib/systemd/system/{name}" for name in ("junheng.service", "junheng-backup.service", "junheng-backup.timer")]
    done = layer.run("systemd-analyze", "verify", "--man=no", *units)
    promise("systemd finds no mistake in the units", done.returncode == 0 and "junheng" not in done.stderr, done.stderr)
    for unit in units[:2]:
        done = layer.run("systemd-analyze", "security", "--offline=true", "--threshold=25", unit)
        promise(f"{os.path.basename(unit)} is shut in well (exposure below 2.5 of 10)", done.returncode == 0, done.stdout[-300:], done.stderr[-300:])
    promise("the catalogue is found from anywhere", "目录无误" in layer.run("/usr/bin/junheng", "check").stdout)

    port = free_port()
    conf = layer.path("/etc/junheng/junheng.conf")
    text = open(conf).read().replace("port: 8080", f"port: {port}")
    with open(conf, "w") as file:
        file.write(text)
    service = Service(layer, port)
    promise("the unit's command line starts it", wait(lambda: service.ask("/readyz")[0] == 200, 30), service.told)
    promise("pages and style sheets are there", service.ask("/setup")[0] == 200 and service.ask("/assets/junheng.css")[0] == 200)
    code = re.search(r"安装码：(\w+)", service.told)
    admin = {"login": "ops.admin", "password": "Xun-huan7-Qiao"}
    done = service.ask("/setup", name="管理员", code=code.group(1) if code else "", again=admin["password"], **admin)
    promise("the code of the log makes the first administrator", done[0] == 303 and service.ask("/people")[0] == 200, done)
    done, rehearsed = by_unit(layer, "junheng-backup.service"), by_unit(layer, "junheng-backup.service", "ExecStartPost")
    promise("the backup unit's command lines back up and rehearse", done.returncode == 0 and rehearsed.returncode == 0 and "演练通过" in rehearsed.stdout,
            done.stderr, rehearsed.stdout, rehearsed.stderr)
    promise("SIGTERM ends it well", service.stop() == 0)

    kept = lambda: len(os.listdir(layer.path("/var/backups/junheng")))
    before = kept()
    with open(conf, "w") as file:
        file.write(text.replace("backup-folder: /var/backups/junheng", "backup-folder: /nowhere"))
    done = layer.install(new)
    promise("without a backup there is no upgrade", done.returncode != 0 and "没有升级" in done.stderr
            and layer.run("/usr/bin/dpkg-query", "-W", "-f=${Version}", "junheng").stdout == "0.0.1", done.stdout, done.stderr)
    with open(conf, "w") as file:
        file.write(text)
    time.sleep(1)
    done = layer.install(new)
    promise("an upgrade backs up first", done.returncode == 0 and kept() == before + 1, done.stdout, done.stderr, before, kept())
    promise("and leaves the settings as they were edited", open(conf).read() == text)
    service = Service(layer, port)
    done = service.ask("/login", code="", **admin)
    promise("the upgraded program knows the account", done[0] == 303 and service.ask("/people")[0] == 200, done)
    service.stop()

    done = layer.run("dpkg", "-r", "junheng")
    promise("removing leaves data and settings", done.returncode == 0 and not os.path.lexists(layer.path("/usr/bin/junheng"))
            and os.path.exists(layer.path("/var/lib/junheng/junheng.sqlite")) and os.path.exists(conf), done.stderr)
    done = layer.run("dpkg", "-P", "junheng")
    gone = [path for path in ("/var/lib/junheng", "/etc/junheng", "/usr/lib/junheng", "/usr/share/junheng") if os.path.exists(layer.path(path))]
    promise("purging takes both and the user, and leaves the backups", done.returncode == 0 and not gone and kept() > 0
            and layer.run("id", "junheng").returncode != 0, gone, done.stdout, done.stderr)


def container():
    """No container is made here; what its file names is there."""
    text = open(os.path.join(source, "Containerfile")).read().replace("\\\n", " ")
    copied = [word for line in re.findall(r"^COPY (?!--from)(.*)$", text, re.M) for word in line.split()[:-1]]
    promise("the container's file copies what is there", copied and all(glob.glob(os.path.join(source, word)) for word in copied), copied)
    named = {word for line in re.findall(r"apt-get install -y --no-install-recommends(.*?)&&", text) for word in line.split() if not word.startswith("/")}
    unknown = [name for name in named if not run("apt-cache", "show", "--no-all-versions", name).stdout]
    promise("it installs packages that Debian has", named and not unknown, unknown)
    needed = re.search(r"packages=\((.*?)\)", open(os.path.join(source, "Setup", "machine")).read(), re.S).group(1).split()
    promise("and everything the build needs", all(name in named for name in needed if name.endswith("-dev")), needed)


with tempfile.TemporaryDirectory() as folder:
    container()
    old, new = packages(folder)
    look(new)
    if "--inside" in sys.argv:
        layer = Layer(folder)
        try:
            live(layer, old, new)
        finally:
            for path in reversed([line.split()[1] for line in open("/proc/mounts") if line.split()[1].startswith(folder)]):
                subprocess.run(["umount", "-l", path])
    else:
        print("note: not root, so the package was looked at and not installed", flush=True)

end()
