"use strict";
// The report's own small script: tabs, filters, paging, details. Texts are only ever set as text, never as markup.
const D = JSON.parse(document.getElementById("data").textContent);
const PAGE = 50, PRINTED = 1500;
const SEVERITY = ["严重", "一般", "提示"], VERDICTS = ["不合格", "合格", "待核"];
const FATES = {carried: "往期未整改", relapsed: "改后又犯", rectified: "已整改", cannot_tell: "不能判断"};
const EFFECTS = ["可能改变判定", "已计入不合格", "扣分", "未计入判定", "不参加判定"];
const byId = new Map(D.findings.map((f) => [f.f, f]));

function el(tag, attrs, ...kids) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attrs || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "class") node.className = value;
    else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value);
  }
  node.append(...kids.flat(3).filter((kid) => kid !== null && kid !== undefined && kid !== ""));
  return node;
}
const badge = (cls, text) => el("span", {class: `badge ${cls}`}, text);
const link = (url, text) => /^https?:\/\//i.test(url) ? el("a", {href: url, target: "_blank", rel: "noopener noreferrer"}, text || url) : text || url;
const number = (n) => Number(n).toLocaleString("zh-CN");
const ownerOf = (ref) => ref.split("/").slice(0, ref.startsWith("account/") ? 3 : 2).join("/");
const target = (ref) => D.targets[ref] || {};
const checkTitle = (id) => (D.checks[id] || [id])[0];
function nameOf(ref) {
  const owner = target(ownerOf(ref)).n || ownerOf(ref);
  const own = ref === ownerOf(ref) ? "" : target(ref).n;
  return own ? `${owner} › ${own}` : owner;
}
function kindOf(ref) {
  const own = target(ref);
  return own.k === "account" ? own.p : own.k === "site" ? (own.p === "门户" ? "门户网站" : "网站") : own.k === "letter" ? "信件" : "";
}
function tally(list, key) {
  const counts = new Map();
  for (const one of list) { const k = key(one); if (k) counts.set(k, (counts.get(k) || 0) + 1); }
  return [...counts].sort((a, b) => b[1] - a[1] || String(a[0]).localeCompare(b[0], "zh"));
}

// ---- lists with filters and pages -------------------------------------------------------------------------------------------------
class List {
  constructor(host, {items, columns, filters, search, detail, side, sizes, words}) {
    Object.assign(this, {host, items, columns, filters, search, detail, side, words, page: 0, shown: items, chosen: null});
    this.values = {};
    this.bar = el("div", {class: "bar"}, el("input", {type: "search", placeholder: "搜索（/）", "aria-label": "搜索", oninput: (e) => this.set("q", e.target.value)}),
      filters.map((f) => this.select(f)), el("button", {type: "button", onclick: () => this.clear()}, "清除条件"), this.count = el("span", {class: "shown", role: "status"}));
    this.body = el("tbody");
    const group = el("colgroup", {}, sizes.map((size, at) => el("col", {class: columns[at].cls === "hide-s" ? "hide-s" : null, style: size ? `width:${size}rem` : null})));
    this.table = el("table", {}, group, el("thead", {}, el("tr", {}, columns.map((c) => el("th", {class: c.cls, scope: "col"}, c.name)))), this.body);
    this.pager = el("div", {class: "pager"});
    const left = el("div", {}, this.table, this.pager);
    if (side) this.aside = el("aside", {class: "side", "aria-live": "polite"}, el("p", {class: "empty"}, "选一条，这里显示原文、建议和出处。"));
    host.append(this.bar, side ? el("div", {class: "split"}, left, this.aside) : left);
    this.apply();
  }
  select(f) {
    const options = f.options.map(([value, count]) => el("option", {value}, `${f.label ? f.label(value) : value}（${number(count)}）`));
    const box = el("select", {"aria-label": f.name, onchange: (e) => this.set(f.key, e.target.value)}, el("option", {value: ""}, `${f.name}：全部`), options);
    f.box = box;
    return box;
  }
  set(key, value) {
    this.values[key] = value;
    for (const f of this.filters) if (f.key === key) f.box.value = value;
    if (key === "q") this.bar.querySelector("input").value = value;
    this.page = 0;
    this.apply();
  }
  clear() {
    this.values = {};
    for (const f of this.filters) f.box.value = "";
    this.bar.querySelector("input").value = "";
    this.page = 0;
    this.apply();
  }
  apply() {
    const words = (this.values.q || "").trim().toLowerCase().split(/\s+/).filter(Boolean);
    const asked = this.filters.filter((f) => this.values[f.key]);
    this.shown = this.items.filter((one) => asked.every((f) => f.value(one) === this.values[f.key]) && (!words.length || this.has(one, words)));
    this.draw();
  }
  has(one, words) {
    one._text = one._text || this.search(one).toLowerCase();
    return words.every((word) => one._text.includes(word));
  }
  draw(all) {
    const size = all ? PRINTED : PAGE, pages = Math.max(1, Math.ceil(this.shown.length / size));
    this.page = Math.min(this.page, pages - 1);
    const now = this.shown.slice(this.page * size, (this.page + 1) * size);
    this.body.replaceChildren(...now.map((one) => this.row(one)));
    if (!now.length) this.body.append(el("tr", {}, el("td", {colspan: this.columns.length, class: "empty"}, "没有符合条件的。")));
    this.count.replaceChildren("显示 ", el("b", {}, number(this.shown.length)), ` / ${number(this.items.length)} ${this.words}`);
    const step = (n) => () => { this.page += n; this.draw(); this.table.scrollIntoView({block: "nearest"}); };
    this.pager.replaceChildren(...(pages < 2 ? [] : [
      el("button", {type: "button", disabled: this.page ? null : "", onclick: step(-1)}, "上一页"), `第 ${this.page + 1} / ${pages} 页`,
      el("button", {type: "button", disabled: this.page < pages - 1 ? null : "", onclick: step(1)}, "下一页")]));
  }
  row(one) {
    const row = el("tr", {class: "row", tabindex: "0", "aria-expanded": this.side ? null : "false"}, this.columns.map((c) => el("td", {class: c.cls}, c.cell(one))));
    row._one = one;
    row.addEventListener("click", (e) => { if (!e.target.closest("a,button")) this.choose(row); });
    row.addEventListener("keydown", (e) => { if (e.target === row && (e.key === "Enter" || e.key === " ")) { e.preventDefault(); this.choose(row); } });
    return row;
  }
  choose(row) {
    const again = row.classList.contains("sel");
    for (const old of this.body.querySelectorAll(".sel")) { old.classList.remove("sel"); if (!this.side) old.setAttribute("aria-expanded", "false"); }
    for (const old of this.body.querySelectorAll(".open-row")) old.remove();
    const beside = this.side && getComputedStyle(this.aside).display !== "none";
    if (again && !beside) return;
    row.classList.add("sel");
    if (beside) { this.aside.replaceChildren(el("div", {}, this.detail(row._one))); this.aside.scrollTop = 0; return; }
    row.setAttribute("aria-expanded", "true");
    row.after(el("tr", {class: "open-row"}, el("td", {colspan: this.columns.length}, this.detail(row._one))));
  }
  move(step) {
    const rows = [...this.body.querySelectorAll("tr.row")];
    const at = rows.findIndex((row) => row === document.activeElement || row.classList.contains("sel"));
    const next = rows[Math.max(0, Math.min(rows.length - 1, at + step))];
    if (!next) return;
    next.focus();
    if (this.side && !next.classList.contains("sel")) this.choose(next);
  }
}

// ---- findings ----------------------------------------------------------------------------------------------------------------------
function quoted(f) {
  const [left, right] = f.x || ["", ""];
  return [left ? `…${left}` : "", f.q ? el("mark", {}, f.q) : "", right ? `${right}…` : ""];
}
// The message with the quote marked inside it, or the quote before it.
function told(f) {
  const at = f.q ? f.m.indexOf(f.q) : -1;
  if (at >= 0) return [f.m.slice(0, at), el("mark", {}, f.q), f.m.slice(at + f.q.length)];
  return [f.q ? [el("mark", {}, f.q), " "] : "", f.m];
}
function advice(f) {
  if (f.g === undefined) return "";
  return [f.q ? el("del", {}, f.q) : "", f.q ? " → " : "", f.g ? el("ins", {}, f.g) : el("ins", {}, "（删去）")];
}
const unit = (f) => [f.o || "待定", f.w ? el("div", {class: "guess"}, "责任单位待定") : ""];
function findingDetail(f) {
  const facts = [["对象", nameOf(f.t)], ["页面", f.u ? link(f.u, f.h || f.u) : f.h || "—"], ["责任单位", f.w ? `${f.o || ""}（待定，须人工指定）` : f.o],
    ["处数", number(f.n)], ["首次发现", f.a], ["把握", f.p], ...(f.z || []).map(([k, v]) => [k, Array.isArray(v) ? el("ul", {}, v.map((one) => el("li", {}, link(one)))) : link(v)]),
    ["检查项", el("code", {}, f.c)], ["指纹", el("code", {}, f.f)], ["同类编号", el("code", {}, f.k)]];
  return [el("div", {}, badge(`s${f.s}`, SEVERITY[f.s]), " ", badge(`e${f.e}`, f.ew), f.d ? [" ", badge("d", `已复核：${f.d}`)] : "", f.r ? [" ", badge("s1", FATES[f.r])] : ""),
    el("h3", {}, checkTitle(f.c)), f.x ? [el("p", {}, f.m), el("div", {class: "quote"}, quoted(f))] : el("p", {}, told(f)),
    f.g === undefined ? "" : el("div", {class: "advice"}, "建议：", advice(f)),
    el("dl", {}, facts.filter(([, v]) => v !== "" && v !== null && v !== undefined).map(([k, v]) => [el("dt", {}, k), el("dd", {}, v)]))];
}
function findingList(host) {
  const all = D.findings;
  const list = new List(host, {
    items: all, side: true, detail: findingDetail, words: "条", sizes: [4.4, 9.5, "", 13, 10.5, 8.6, 3.8],
    search: (f) => [f.q, f.m, f.h, f.o, f.g, nameOf(f.t), checkTitle(f.c), f.u, f.f].join(" "),
    columns: [
      {name: "等级", cell: (f) => badge(`s${f.s}`, SEVERITY[f.s])},
      {name: "检查项", cell: (f) => checkTitle(f.c)},
      {name: "原文与说明", cell: (f) => [f.x ? [el("div", {}, quoted(f)), el("div", {class: "sub"}, f.m)] : el("div", {}, told(f)), f.g === undefined ? "" : el("div", {}, advice(f))]},
      {name: "位置", cell: (f) => [el("div", {}, nameOf(f.t)), f.h || f.u ? el("div", {class: "sub"}, f.u ? link(f.u, f.h || f.u) : f.h) : ""], cls: "hide-s"},
      {name: "责任单位", cell: unit, cls: "hide-s"},
      {name: "判定", cell: (f) => [badge(`e${f.e}`, EFFECTS[f.e]), f.d ? badge("d", f.d) : "", f.r ? badge("s1", FATES[f.r]) : ""]},
      {name: "处数", cell: (f) => number(f.n), cls: "n"}],
    filters: [
      {key: "s", name: "等级", options: tally(all, (f) => SEVERITY[f.s]), value: (f) => SEVERITY[f.s]},
      {key: "e", name: "判定", options: tally(all, (f) => EFFECTS[f.e]), value: (f) => EFFECTS[f.e]},
      {key: "k", name: "对象类型", options: tally(all, (f) => kindOf(ownerOf(f.t))), value: (f) => kindOf(ownerOf(f.t))},
      {key: "c", name: "检查项", options: tally(all, (f) => f.c), label: checkTitle, value: (f) => f.c},
      {key: "o", name: "责任单位", options: tally(all, (f) => f.o || "待定"), value: (f) => f.o || "待定"},
      {key: "t", name: "对象", options: tally(all, (f) => ownerOf(f.t)), label: nameOf, value: (f) => ownerOf(f.t)},
      {key: "r", name: "轮次", options: tally(all, (f) => FATES[f.r] || "本期新发现"), value: (f) => FATES[f.r] || "本期新发现"}]});
  if (D.left_out) host.prepend(el("p", {class: "warn"}, `问题太多，这里只列最要紧的${number(all.length)}条，其余${number(D.left_out)}条见 问题清单.xlsx。`));
  return list;
}
