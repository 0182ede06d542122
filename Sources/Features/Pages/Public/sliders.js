"use strict";
// A slider beside every number that says how far it may go: quick what-ifs. The number field stays the one that is sent. Where nothing
// written means no limit, the slider's end writes nothing.

for (const field of document.querySelectorAll("input[data-most]")) {
  const slider = document.createElement("input");
  const isOpen = field.dataset.open === "1";
  slider.type = "range";
  slider.min = "0";
  slider.step = field.dataset.step;
  // Whole steps to the end, or the thumb could never stand there.
  const most = Math.max(Number(field.dataset.most), Number(field.value) || 0);
  slider.max = String(Math.ceil(most / Number(slider.step)) * Number(slider.step));
  const empty = isOpen ? slider.max : "0";
  slider.value = field.value === "" ? empty : field.value;
  slider.setAttribute("aria-label", `${field.closest("label").firstChild.textContent.trim()}（滑块）`);
  slider.addEventListener("input", () => {
    field.value = isOpen && slider.value === slider.max ? "" : slider.value;
  });
  field.addEventListener("input", () => { slider.value = field.value === "" ? empty : field.value; });
  field.parentElement.append(slider);
}
