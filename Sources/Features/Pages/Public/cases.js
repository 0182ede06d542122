// Forms of cases: questions asked only sometimes, the place of a telephone, drafts, and sending again when the line was down.
// Without this script everything can be filled in and sent as well.
"use strict";
(() => {
  const form = document.querySelector("form.entry");
  if (!form) return;
  const state = form.querySelector("[data-draft-state]");
  const say = (text) => { if (state) state.textContent = text; };
  const key = "junheng-draft " + form.dataset.draft + " " + (form.querySelector('[name="revision"]')?.value || "");

  // ---- Questions asked only where a condition holds
  const answers = (name) => [...form.querySelectorAll(`[name="f.${CSS.escape(name)}"]`)]
    .filter((input) => !["radio", "checkbox"].includes(input.type) || input.checked).map((input) => input.value).filter(Boolean);
  const holds = (text) => text.split(" and ").every((test) => {
    const found = test.match(/^(.+?)\s*(!=|>=|<=|=|>|<)\s*(.+)$/);
    if (!found) return true;
    const own = answers(found[1].trim());
    if (!own.length) return false;
    const wanted = found[3].split(/[,，、]/).map((word) => word.trim());
    if (found[2] === "=") return own.some((value) => wanted.includes(value));
    if (found[2] === "!=") return !own.some((value) => wanted.includes(value));
    const [a, b] = [Number(own[0].replace(/,/g, "")), Number(wanted[0])];
    return { ">": a > b, "<": a < b, ">=": a >= b, "<=": a <= b }[found[2]];
  });
  const ask = () => form.querySelectorAll("[data-shown]").forEach((field) => {
    const on = holds(field.dataset.shown);
    field.hidden = !on;
    field.querySelectorAll("input,select,textarea").forEach((input) => { input.disabled = !on; });
    field.querySelectorAll(".when").forEach((note) => { note.hidden = true; });
  });
  form.addEventListener("input", ask);
  ask();

  // ---- Where the telephone is
  const places = form.querySelectorAll("[data-locate],[data-here]");
  if (places.length && navigator.geolocation) {
    const fill = (place, input) => {
      input.value = [place.coords.longitude.toFixed(6), place.coords.latitude.toFixed(6), Math.round(place.coords.accuracy)].join(",");
    };
    const hidden = form.querySelector("[data-here]");
    const absent = form.querySelector("[data-here-absent]");
    const tell = (text) => { const line = form.querySelector("[data-here-state]"); if (line) line.textContent = text; };
    if (hidden) {
      tell("正在取位置…");
      navigator.geolocation.getCurrentPosition(
        (place) => { fill(place, hidden); tell(`已取得位置，精度约${Math.round(place.coords.accuracy)}米。`); },
        (problem) => {
          const why = problem.code === 1 ? "手机没有允许定位" : problem.code === 3 ? "定位超时" : "手机取不到位置";
          if (absent) absent.value = why;
          tell(`${why}，也能签到，如实记为没有定位。`);
        }, { enableHighAccuracy: true, timeout: 15000 });
    }
    form.querySelectorAll("[data-locate]").forEach((input) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = "取当前位置";
      button.addEventListener("click", () => {
        button.textContent = "正在取位置…";
        navigator.geolocation.getCurrentPosition(
          (place) => { fill(place, input); button.textContent = "重新取位置"; },
          () => { button.textContent = "没有取到，请允许定位后再点"; }, { enableHighAccuracy: true, timeout: 15000 });
      });
      input.after(" ", button);
    });
  }

  // ---- When pictures were taken, as the device says
  form.addEventListener("change", (event) => {
    if (event.target.type !== "file") return;
    form.querySelectorAll(`[data-of="${event.target.name}"]`).forEach((old) => old.remove());
    for (const file of event.target.files) {
      const input = document.createElement("input");
      input.type = "hidden";
      input.name = "e.taken";
      input.dataset.of = event.target.name;
      input.value = file.name + "|" + Math.round(file.lastModified / 1000);
      form.append(input);
    }
  });

  // ---- A draft of what was typed; files have to be chosen again
  const typed = () => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !["revision", "e.taken", "e.position"].includes(name));
  const isFresh = !document.querySelector(".alert");
  try {
    const kept = JSON.parse(localStorage.getItem(key) || "null");
    if (kept && isFresh) {
      for (const [name, value] of kept) {
        for (const input of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
          if (["radio", "checkbox"].includes(input.type)) { if (input.value === value) input.checked = true; }
          else if (!input.value) { input.value = value; break; }
        }
      }
      say("已恢复上次没有提交的内容，照片和文件请重新选择。");
      ask();
    }
  } catch { /* a browser without storage */ }
  let timer;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => { try { localStorage.setItem(key, JSON.stringify(typed())); } catch { /* full or forbidden */ } }, 400);
  });

  // ---- Sending; what cannot be sent now is sent when the line is back, as long as the page stays open
  const send = async (body, tries) => {
    say(tries ? `网络不通，第${tries}次重试…` : "正在提交…");
    try {
      const answer = await fetch(form.action, { method: "POST", body, redirect: "follow", credentials: "same-origin" });
      try { if (answer.redirected || answer.ok) localStorage.removeItem(key); } catch { /* no storage */ }
      if (answer.redirected) { location.assign(answer.url); return; }
      const text = await answer.text();
      document.open();
      document.write(text);
      document.close();
    } catch {
      say("网络不通，内容都在，恢复后自动提交。请不要关闭这一页。");
      const again = () => { removeEventListener("online", again); clearTimeout(wait); send(body, tries + 1); };
      const wait = setTimeout(again, Math.min(60000, 2000 * 2 ** tries));
      addEventListener("online", again);
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = form.querySelector(".button.main");
    if (button) button.disabled = true;
    send(new FormData(form), 0);
  });
})();
