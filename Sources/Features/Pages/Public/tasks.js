"use strict";
// Keeps a job's page up to date while it is open. Without this file the page asks the server again every few seconds.

for (const box of document.querySelectorAll("[data-events]")) {
  const bar = box.querySelector("progress");
  const words = box.querySelector("[role=status]");
  const source = new EventSource(box.dataset.events);
  source.addEventListener("message", (message) => {
    const event = JSON.parse(message.data);
    if (!event.isOpen) {
      source.close();
      location.reload();
      return;
    }
    if (words.textContent !== event.words) words.textContent = event.words;
    if (event.percent === undefined) bar.removeAttribute("value");
    else bar.value = event.percent;
  });
}
