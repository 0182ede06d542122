"use strict";
// A slider beside every number that says how far it may go: quick what-ifs. The number field stays the one that is sent.

for (const field of document.querySelectorAll("input[data-most]")) {
  const slider = document.createElement("input");
  slider.type = "range";
  slider.min = "0";
  slider.max = String(Math.max(Number(field.dataset.most), Number(field.value) || 0));
  slider.step = field.dataset.step;
  slider.value = field.value === "" ? slider.max : field.value;
  slider.setAttribute("aria-label", `${field.closest("label").firstChild.textContent.trim()}（滑块）`);
  slider.addEventListener("input", () => { field.value = slider.value; });
  field.addEventListener("input", () => { slider.value = field.value === "" ? slider.max : field.value; });
  field.parentElement.append(slider);
}
