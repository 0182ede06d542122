"use strict";
// Makes tables quick: sorting, filtering and choosing columns without asking the server again. Everything here also
// works without this file, through the links and the form the server wrote; the form's fields are kept in step, so
// 导出 Excel hands out exactly what is shown.

const numberOf = (cell) => (cell && cell.dataset.v !== undefined ? Number(cell.dataset.v) : null);

const grouped = (value, decimals) =>
  value.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });

class QuickTable {
  constructor(box) {
    this.box = box;
    this.form = box.querySelector("form.tools");
    this.table = box.querySelector("table");
    this.body = this.table.tBodies[0];
    this.heads = [...this.table.tHead.rows[0].cells];
    this.rows = [...this.body.rows];
    this.words = this.rows.map((row) => row.textContent.toLowerCase());
    // The server has left rows out already: another filter has to ask it again.
    this.isWhole = this.rows.length === Number(box.dataset.whole);
    box.classList.add("scripted");
    this.lock();
    this.heads.forEach((head, place) => {
      const link = head.querySelector("a");
      if (link) link.addEventListener("click", (event) => { event.preventDefault(); this.sort(place); });
    });
    const search = this.form.elements.q;
    search.addEventListener("input", () => this.isWhole && this.filter(search.value));
    search.addEventListener("change", () => this.isWhole || this.form.requestSubmit());
    search.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && this.isWhole) event.preventDefault();
    });
    for (const choice of this.form.querySelectorAll("input[type=checkbox][name=cols]")) {
      choice.addEventListener("change", () => this.show(choice.value, choice.checked));
    }
    document.addEventListener("click", (event) => {
      const details = this.form.querySelector("details");
      if (details && details.open && !details.contains(event.target)) details.open = false;
    });
    // A page brought back by the browser may hold fields the user had filled in.
    if (this.isWhole && search.value) this.filter(search.value);
    for (const choice of this.form.querySelectorAll("input[type=checkbox][name=cols]")) this.show(choice.value, choice.checked);
  }

  // The browser measures every cell again whenever a row moves; in long tables the widths are kept instead.
  lock() {
    if (this.rows.length < 200) return;
    this.table.style.tableLayout = "auto";
    this.heads.forEach((head) => { head.style.width = ""; });
    const widths = this.heads.map((head) => head.getBoundingClientRect().width);
    this.heads.forEach((head, place) => { head.style.width = `${widths[place]}px`; });
    this.table.style.tableLayout = "fixed";
  }

  sort(place) {
    const head = this.heads[place];
    const isNumber = head.classList.contains("n");
    const before = head.getAttribute("aria-sort");
    const falls = before ? before === "ascending" : isNumber;
    this.heads.forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", falls ? "descending" : "ascending");
    this.form.elements.sort.value = (falls ? "-" : "") + head.dataset.key;
    const sign = falls ? -1 : 1;
    const keyed = this.rows.map((row, order) => ({ row, order, key: isNumber ? numberOf(row.cells[place]) : row.cells[place].textContent }));
    keyed.sort((left, right) => {
      if (left.key === right.key) return left.order - right.order;
      if (left.key === null) return 1;
      if (right.key === null) return -1;
      return left.key < right.key ? -sign : sign;
    });
    this.rows = keyed.map((entry) => entry.row);
    this.words = this.rows.map((row) => row.textContent.toLowerCase());
    this.body.append(...this.rows);
  }

  filter(text) {
    const parts = text.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    this.rows.forEach((row, place) => {
      row.hidden = !parts.every((part) => this.words[place].includes(part));
      if (!row.hidden) shown += 1;
    });
    const output = this.form.querySelector("output");
    output.textContent = shown === this.rows.length ? `共${shown}行` : `${shown} / ${this.rows.length}行`;
    this.total();
  }

  show(key, isShown) {
    const place = this.heads.findIndex((head) => head.dataset.key === key);
    if (place < 0 || this.heads[place].hidden === !isShown) return;
    for (const row of this.table.rows) row.cells[place].hidden = !isShown;
    this.lock();
  }

  // Sums and weighted means over the rows shown; a mean over a missing number is missing.
  total() {
    const foot = this.table.tFoot;
    if (!foot) return;
    const shown = this.rows.filter((row) => !row.hidden);
    this.heads.forEach((head, place) => {
      const kind = head.dataset.total;
      if (!kind) return;
      const decimals = Number(head.dataset.decimals);
      const numbers = shown.map((row) => numberOf(row.cells[place]));
      let result = null;
      if (kind === "sum") {
        const known = numbers.filter((number) => number !== null);
        result = known.length ? known.reduce((sum, number) => sum + number, 0) : null;
      } else {
        const weight = this.heads.findIndex((other) => other.dataset.key === head.dataset.weight);
        const weights = shown.map((row) => numberOf(row.cells[weight]));
        const whole = weights.reduce((sum, number) => sum + number, 0);
        const isKnown = whole > 0 && !numbers.includes(null) && !weights.includes(null);
        result = isKnown ? numbers.reduce((sum, number, row) => sum + number * weights[row], 0) / whole : null;
      }
      foot.rows[0].cells[place].textContent = result === null ? "—" : grouped(result, decimals);
    });
  }
}

for (const box of document.querySelectorAll(".table")) if (box.querySelector("form.tools")) new QuickTable(box);
