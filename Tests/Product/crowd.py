"""Two hundred people on the dashboards at once, while somebody imports: crowd.py PROGRAM [SECONDS]. Prints `ok …` or `FAIL …`.

Everyone is one of the demo city's users, keeps one connection, and goes from page to page. Nobody may meet an error, and nobody of one
county may meet another county's name.
"""

import asyncio
import os
import re
import sys
import tempfile
import threading
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "support"))
from servers import Server, end, promise, schools  # noqa: E402

PEOPLE = 200
COUNTY_PAGES = ["", "/schools", "/map", "/shortfalls", "/compare", "/indicators/L1"]


async def ask(reader, writer, path, person):
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: junheng-visitor={person}\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin1")
    length = int(re.search(r"content-length: (\d+)", head, re.I).group(1))
    body = await reader.readexactly(length) if length else b""
    return int(head.split(" ", 2)[1]), body.decode("utf-8", "replace")


class Crowd:
    def __init__(self, base, people, counties, own):
        self.host, self.port = base.removeprefix("http://").split(":")
        self.people, self.counties, self.own = people, counties, own
        self.times, self.wrong = [], []

    async def visitor(self, number, until):
        person = self.people[number % len(self.people)]
        own = self.own.get(person)
        pages = [f"/counties/{urllib.parse.quote(county)}{page}" for county in ([own] if own else self.counties) for page in COUNTY_PAGES]
        if not own:
            pages += ["/?year=2025", "/bigscreen", "/standards"]
        others = [county for county in self.counties if own and county != own]
        reader, writer = await asyncio.open_connection(self.host, int(self.port), limit=1 << 22)
        place = number
        while time.monotonic() < until:
            path = pages[place % len(pages)]
            place += 7 if len(pages) % 7 else 5
            begun = time.monotonic()
            try:
                status, text = await ask(reader, writer, path, person)
            except (asyncio.IncompleteReadError, ConnectionError, AttributeError) as error:
                self.wrong.append((path, person, repr(error)))
                return
            self.times.append(time.monotonic() - begun)
            if status != 200:
                self.wrong.append((path, person, status))
            # The bar on top offers all of the demo city's users to everyone.
            # Maps name the neighbours of a county, which is geography and no result.
            if "/map" not in path and any(name in re.sub(r"<select.*?</select>", "", text, flags=re.S) for name in others):
                self.wrong.append((path, person, "another county's name"))
        writer.close()

    async def run(self, seconds):
        until = time.monotonic() + seconds
        await asyncio.gather(*(self.visitor(number, until) for number in range(PEOPLE)))


def measure(base, seconds, importing=None):
    """The crowd over a server with the demo city; what `importing` does meanwhile in a thread of its own."""
    import urllib.request
    page = urllib.request.urlopen(base + "/?year=2025").read().decode()
    counties = sorted(set(urllib.parse.unquote(name) for name in re.findall(r'href="/counties/([^/"?#]+)\?', page)))
    people = re.findall(r'<option value="([^"]+)"', re.search(r'name="person".*?</select>', page, re.S).group(0))
    own = {}
    for person in people:
        request = urllib.request.Request(base + "/", headers={"Cookie": f"junheng-visitor={person}"})
        landed = re.search(r"/counties/([^/?]+)", urllib.request.urlopen(request).url)
        if landed:
            own[person] = urllib.parse.unquote(landed.group(1))
    crowd = Crowd(base, people, counties, own)
    stop = threading.Event()
    thread = threading.Thread(target=lambda: importing(stop)) if importing else None
    if thread:
        thread.start()
    asyncio.run(crowd.run(seconds))
    stop.set()
    if thread:
        thread.join()
    return crowd


if __name__ == "__main__":
    program = sys.argv[1]
    SECONDS = float(sys.argv[2]) if len(sys.argv) > 2 else 60
    with tempfile.TemporaryDirectory() as folder:
        server = Server(program, os.path.join(folder, "data"), None, "--demo")
        done = []

        def importing(stop):
            while not stop.is_set():
                _, _, path = server.upload("新学校.csv", schools(3, county="新设县", start=9_000_000 + len(done), pupils=300 + len(done)))
                server.settled(path, 60)
                done.append(server.step(path, "apply")[0])
                time.sleep(2)

        try:
            crowd = measure(server.base, SECONDS, importing)
            times = sorted(crowd.times)
            promise(f"{PEOPLE} people for {SECONDS:.0f} s: {len(times)} pages, no error, nobody saw another county "
                    f"(median {times[len(times) // 2] * 1000:.0f} ms, 99% {times[len(times) * 99 // 100] * 1000:.0f} ms)",
                    not crowd.wrong and len(times) > PEOPLE, len(crowd.wrong), crowd.wrong[:5])
            promise("several kinds of people were among them", len(crowd.people) > 3 and len(crowd.own) > 0, crowd.people, crowd.own)
            promise("imports passed all the while", len(done) > 0 and set(done) == {303}, done)
        finally:
            server.stop()
    end()
