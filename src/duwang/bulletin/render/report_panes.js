// ---- verdicts ----------------------------------------------------------------------------------------------------------------------
const limitOf = (q) => q.limit === null || q.limit === undefined ? "" : q.limit < 1 ? `${Math.round(q.limit * 1000) / 10}%` : q.limit;
const judgeBadge = (v) => badge(`v${VERDICTS.indexOf(v)}`, v);
const coverageOf = new Map(D.coverage.map((c) => [c.t, c]));
const problems = new Map(tally(D.findings, (f) => ownerOf(f.t)));
function showFindings(filters) {
  open("findings");
  lists.findings.clear();
  for (const [key, value] of Object.entries(filters)) lists.findings.set(key, value);
}
function itemsOf(prints, most = 8) {
  const items = prints.map((print) => byId.get(print)).filter(Boolean);
  const rest = prints.length - Math.min(items.length, most);
  return el("ul", {}, items.slice(0, most).map((f) => el("li", {}, told(f), f.u ? [" ", link(f.u, f.h || "打开")] : "", f.d ? [" ", badge("d", f.d)] : "")),
    rest > 0 ? el("li", {class: "sub"}, `另有${number(rest)}个，见“问题”和 问题清单.xlsx`) : "");
}
const block = (cls, title, ...kids) => el("div", {class: `block ${cls}`}, el("h4", {}, title), kids);
function folded(lines, most = 8) {
  const list = (some) => el("ul", {}, some.map((line) => el("li", {}, line)));
  if (lines.length <= most + 2) return list(lines);
  return [list(lines.slice(0, most)), el("details", {}, el("summary", {}, `其余${lines.length - most}项`), list(lines.slice(most)))];
}
function hitBlock(hit) {
  return block("bad", `${hit.code} ${hit.title}`, el("div", {}, "计入 ", el("span", {class: "bound"}, number(hit.low)), limitOf(hit) ? `，起算数 ${limitOf(hit)}` : ""), itemsOf(hit.f));
}
function openBlock(q) {
  return block("ask", `待核：${q.code} ${q.title}`, el("div", {}, "已确认 ", el("span", {class: "bound"}, number(q.low)), "，最多可能 ", el("span", {class: "bound"}, number(q.high)),
    limitOf(q) ? `，起算数 ${limitOf(q)}` : ""), el("div", {class: "sub"}, q.why), itemsOf(q.f),
  q.unknown.length ? el("ul", {}, q.unknown.slice(0, 8).map((ref) => el("li", {}, `没有读到：${nameOf(ref)}`)), q.unknown.length > 8 ? el("li", {class: "sub"}, `另有${q.unknown.length - 8}处`) : "") : "");
}
function pointsBlock(title, lines) {
  if (!lines.length) return "";
  const heads = ["指标", "单位分", "数量", title, "上限"];
  return block("", title, el("table", {}, el("colgroup", {}, el("col"), [4.6, 4, 4, 6].map((w) => el("col", {style: `width:${w}rem`}))), el("thead", {}, el("tr", {}, heads.map((h, n) => el("th", {class: n ? "n" : ""}, h)))),
    el("tbody", {}, lines.map(([code, name, unitPoints, count, points, cap, capped]) => el("tr", {}, el("td", {}, `${code} ${name}`), [unitPoints, count, points, `${cap ?? ""}${capped ? "（封顶）" : ""}`].map((x) => el("td", {class: "n"}, String(x)))))))
  );
}
function grouped(lines) {
  const groups = new Map();
  for (const [title, ref, why] of lines) {
    const key = `${title}｜${why}`;
    groups.set(key, [...(groups.get(key) || []), ref ? nameOf(ref).split(" › ").pop() : ""]);
  }
  return [...groups].map(([key, names]) => {
    const [title, why] = key.split("｜"), unique = [...new Set(names.filter(Boolean))];
    return el("li", {}, `${title}：${unique.slice(0, 6).join("、")}${unique.length > 6 ? `等${unique.length}个` : ""}（${why}）`);
  });
}
function verdictDetail(v) {
  const seen = coverageOf.get(v.t);
  return [el("div", {class: "blocks"}, v.hits.map(hitBlock), v.open.map(openBlock),
    v.score === null ? "" : block("", "得分", el("div", {}, el("span", {class: "bound"}, String(v.score)), v.v === "待核" ? "（按目前已确认的问题计算）" : "")), pointsBlock("扣分", v.deductions), pointsBlock("加分", v.bonus),
    v.excluded.length ? block("soft", "没有计入的", el("ul", {}, grouped(v.excluded))) : "",
    block("", `检查了的指标（${v.examined.length}）`, v.examined.length ? el("div", {}, v.examined.map((code) => el("span", {class: "chip"}, `${code} ${D.clauses[code] || ""}`))) : "没有"),
    v.not_examined.length ? block("soft", `没有检查的指标（${v.not_examined.length}），不作为合格的依据`, folded(v.not_examined.map(([code, title, why]) => `${code} ${title}：${why}`))) : "",
    v.manual.length ? block("soft", "由人判断的事项", folded(v.manual.map(([code, title, why]) => `${code} ${title}：${why}`))) : "",
    v.reported.length ? block("soft", "只报告、不判定的", el("ul", {}, v.reported.map(([code, title, n]) => el("li", {}, `${code} ${title}：${number(n)}个`)))) : "",
    seen ? block("soft", "读取情况", coverageWords(seen)) : ""),
  el("button", {type: "button", class: "more", onclick: () => showFindings({t: v.t})}, `看它的全部问题（${number(problems.get(v.t) || 0)}）`)];
}
function verdictList(host) {
  const order = {"不合格": 0, "待核": 1, "合格": 2};
  const account = (v) => Number(v.t.startsWith("account/"));
  const items = [...D.verdicts].sort((a, b) => order[a.v] - order[b.v] || account(a) - account(b) || (a.t < b.t ? -1 : 1));
  const info = (v) => target(v.t);
  return new List(host, {
    items, detail: verdictDetail, words: "个", sizes: [5.2, 7.5, 17, 15, "", 5, 11],
    search: (v) => [info(v).n, info(v).o, info(v).b, info(v).r, info(v).no, v.t, ...v.hits.map((h) => h.title)].join(" "),
    columns: [
      {name: "判定", cell: (v) => judgeBadge(v.v)},
      {name: "类型", cell: (v) => kindOf(v.t)},
      {name: "名称", cell: (v) => [el("div", {}, info(v).n || v.t), el("div", {class: "sub"}, info(v).no || "")]},
      {name: "主办单位", cell: (v) => [el("div", {}, info(v).o || "—"), info(v).b && info(v).b !== info(v).o ? el("div", {class: "sub"}, `主管：${info(v).b}`) : ""], cls: "hide-s"},
      {name: "缘由", cell: (v) => [v.hits.map((h) => el("div", {}, `${h.code} ${h.title}`, limitOf(h) ? el("span", {class: "sub"}, `　计入${h.low}，起算${limitOf(h)}`) : "")),
        v.open.slice(0, 3).map((q) => el("div", {}, `待核：${q.title}`, el("span", {class: "sub"}, `　${q.low}～${q.high}，起算${limitOf(q)}`))),
        v.open.length > 3 ? el("div", {class: "sub"}, `另有${v.open.length - 3}项待核`) : "",
        !v.hits.length && !v.open.length ? el("span", {class: "sub"}, v.score === null ? "没有单项否决情形" : `没有单项否决情形，得分 ${v.score}`) : ""]},
      {name: "问题", cell: (v) => number(problems.get(v.t) || 0), cls: "n"},
      {name: "读取", cell: (v) => coverageOf.has(v.t) ? meter(coverageOf.get(v.t)) : "—", cls: "hide-s"}],
    filters: [
      {key: "v", name: "判定", options: tally(items, (v) => v.v), value: (v) => v.v},
      {key: "k", name: "类型", options: tally(items, (v) => kindOf(v.t)), value: (v) => kindOf(v.t)},
      {key: "o", name: "主办单位", options: tally(items, (v) => info(v).o), value: (v) => info(v).o},
      {key: "b", name: "主管单位", options: tally(items, (v) => info(v).b), value: (v) => info(v).b},
      {key: "r", name: "区域", options: tally(items, (v) => info(v).r), value: (v) => info(v).r},
      {key: "i", name: "不合格情形", options: tally(items.flatMap((v) => v.hits.map((h) => h.title)), (x) => x), value: (v) => v.hits.some((h) => h.title === lists.verdicts.values.i) ? lists.verdicts.values.i : ""}]});
}

// ---- coverage ----------------------------------------------------------------------------------------------------------------------
function meter(c) {
  const part = Math.round(c.seen * 1000) / 10;
  return [el("span", {class: `meter ${c.seen === 0 ? "none" : c.seen < 0.9 ? "low" : ""}`, "aria-hidden": "true"}, el("i", {style: `width:${part}%`})), `${part}%`];
}
const reasons = (failed) => Object.entries(failed || {}).sort((a, b) => b[1] - a[1]).map(([why, n]) => el("div", {}, `${why || "原因不明"} ${number(n)}`));
function coverageWords(c) {
  const bits = [c.kind === "site" ? `网页 ${number(c.pages.read)} / ${number(c.pages.known)}` : `路径：${c.route}，稿件 ${number(c.pages.read)} 篇`];
  if (c.attachments.known) bits.push(`附件 ${number(c.attachments.parsed)} / ${number(c.attachments.known)}`);
  if (c.columns.known) bits.push(`栏目 ${c.columns.read} / ${c.columns.known}`);
  return el("div", {}, bits.join("　"), reasons({...c.pages.failed, ...c.attachments.failed}));
}
function coverageList(host) {
  const state = (c) => c.seen === 0 ? "没有读到" : c.seen < 0.9 ? "不足九成" : "九成以上";
  const items = [...D.coverage].sort((a, b) => a.seen - b.seen || (a.kind === b.kind ? (a.t < b.t ? -1 : 1) : a.kind === "site" ? -1 : 1));
  return new List(host, {
    items, words: "个", detail: (c) => [coverageWords(c)], sizes: [7.5, 17, 8, 12, 9, 9, 7, ""],
    search: (c) => [nameOf(c.t), c.t, c.route, target(c.t).o, ...Object.keys(c.pages.failed)].join(" "),
    columns: [
      {name: "类型", cell: (c) => kindOf(c.t)}, {name: "名称", cell: (c) => [el("div", {}, nameOf(c.t)), el("div", {class: "sub"}, target(c.t).o || "")]},
      {name: "路径", cell: (c) => c.route}, {name: "读到", cell: meter},
      {name: "网页", cell: (c) => `${number(c.pages.read)} / ${number(c.pages.known)}`, cls: "n"},
      {name: "附件", cell: (c) => c.attachments.known ? `${number(c.attachments.parsed)} / ${number(c.attachments.known)}` : "—", cls: "n"},
      {name: "栏目", cell: (c) => c.columns.known ? `${c.columns.read} / ${c.columns.known}` : "—", cls: "n"},
      {name: "没有读到的原因", cell: (c) => [reasons(c.pages.failed), reasons(c.attachments.failed)]}],
    filters: [{key: "k", name: "类型", options: tally(D.coverage, (c) => kindOf(c.t)), value: (c) => kindOf(c.t)},
      {key: "s", name: "读到", options: tally(D.coverage, state), value: state},
      {key: "r", name: "路径", options: tally(D.coverage, (c) => c.route), value: (c) => c.route}]});
}

// ---- open questions and earlier rounds ----------------------------------------------------------------------------------------------
function openCards(host) {
  const items = D.verdicts.filter((v) => v.open.length);
  if (!items.length) { host.append(el("p", {class: "empty"}, "没有待核的对象：每个判定都已确定。")); return; }
  host.append(el("p", {class: "group"}, "下列问题一经复核或补读，判定就会改变。请在 问题清单.xlsx 里填“决定”，或补充读取后重新判定。"));
  const box = el("div", {class: "cards"}), more = el("button", {type: "button", class: "more"}, "再显示一些");
  let at = 0;
  const draw = (n) => { box.append(...items.slice(at, at + n).map(openCard)); at += n; more.hidden = at >= items.length; };
  more.addEventListener("click", () => draw(60));
  draw(60);
  host.append(box, el("div", {class: "pager"}, more));
  host._all = () => draw(items.length);
}
function openCard(v) {
  return el("article", {class: "card"}, el("h3", {}, judgeBadge(v.v), " ", target(v.t).n || v.t, el("span", {class: "sub"}, `　${kindOf(v.t)}　${target(v.t).o || ""}`)), v.open.map(openBlock));
}
function roundsPane(host) {
  const counts = D.rounds.counts, now = (fate) => D.findings.filter((f) => f.r === fate), before = (fate) => D.rounds.earlier.filter((f) => f.r === fate);
  const parts = [["relapsed", "改后又犯：曾经改过，本期再次发现", now], ["carried", "往期未整改：上期已指出，本期仍在", now],
    ["rectified", "已整改：本期读到了，没有再发现，或页面已撤下", before], ["cannot_tell", "不能判断：本期没有读到，不作为已整改", before]];
  if (!parts.some(([fate]) => counts[fate])) { host.append(el("p", {class: "empty"}, `没有往期记录可对照；本期新发现${number(counts.new)}个问题。`)); return; }
  host.append(el("p", {class: "group"}, `本期新发现${number(counts.new)}个；往期问题的去向如下。`));
  for (const [fate, words, pick] of parts) {
    const items = pick(fate), tone = {relapsed: "s0", carried: "s1", rectified: "v1", cannot_tell: "s2"}[fate];
    host.append(el("div", {class: "group"}, el("h3", {}, badge(tone, number(counts[fate])), ` ${words}`), items.length ? el("table", {}, el("colgroup", {}, [14, 10, 13].map((w) => el("col", {style: `width:${w}rem`})), el("col"), el("col", {style: "width:7rem"})),
      el("thead", {}, el("tr", {}, ["对象", "检查项", "责任单位", "问题", "首次发现"].map((h) => el("th", {}, h)))),
      el("tbody", {}, items.slice(0, 300).map((f) => el("tr", {}, el("td", {}, nameOf(f.t)), el("td", {}, checkTitle(f.c)), el("td", {}, f.o || "待定"), el("td", {}, told(f), f.u ? [" ", link(f.u, "打开")] : ""), el("td", {}, f.a))))) : el("p", {class: "sub"}, counts[fate] ? "往期的文字没有保存在本目录。" : "没有。"),
    items.length > 300 ? el("p", {class: "sub"}, `另有${items.length - 300}个，见 findings.jsonl。`) : ""));
  }
}

// ---- tabs, keys, printing ----------------------------------------------------------------------------------------------------------
const makers = {verdicts: verdictList, findings: findingList, open: openCards, coverage: coverageList, rounds: roundsPane};
const lists = {}, tabs = [...document.querySelectorAll(".tabs button")];
function made(key) {
  if (makers[key] && !(key in lists)) lists[key] = makers[key](document.getElementById(`list-${key}`)) || null;
}
function open(key) {
  if (!tabs.some((tab) => tab.dataset.tab === key)) key = "verdicts";
  made(key);
  for (const tab of tabs) {
    const on = tab.dataset.tab === key;
    tab.setAttribute("aria-selected", String(on));
    tab.tabIndex = on ? 0 : -1;
    document.getElementById(`pane-${tab.dataset.tab}`).classList.toggle("on", on);
  }
  if (location.hash.slice(1).split("/")[0] !== key) history.replaceState(null, "", `#${key}`);
}
// #findings/指纹 and #verdicts/对象 lead straight to one record, so that a slip or a mail can point at it.
function follow() {
  const [key, ...rest] = decodeURIComponent(location.hash.slice(1)).split("/"), wanted = rest.join("/");
  open(key || "verdicts");
  const list = lists[key];
  if (!wanted || !list) return;
  const at = list.shown.findIndex((one) => (one.f || one.t) === wanted);
  if (at < 0) return;
  list.page = Math.floor(at / PAGE);
  list.draw();
  const row = list.body.querySelectorAll("tr.row")[at % PAGE];
  list.choose(row);
  if (at % PAGE > 8) row.scrollIntoView({block: "center"});
}
const active = () => tabs.find((tab) => tab.getAttribute("aria-selected") === "true").dataset.tab;
for (const tab of tabs) tab.addEventListener("click", () => open(tab.dataset.tab));
addEventListener("hashchange", follow);
document.querySelector(".tabs").addEventListener("keydown", (e) => {
  const step = {ArrowRight: 1, ArrowLeft: -1}[e.key];
  if (!step) return;
  const next = tabs[(tabs.findIndex((tab) => tab.tabIndex === 0) + step + tabs.length) % tabs.length];
  open(next.dataset.tab);
  next.focus();
});
addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing) return;
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName), list = lists[active()];
  if (e.key === "Escape" && typing) { e.target.blur(); return; }
  if (typing) return;
  if (e.key === "/" && list) { e.preventDefault(); list.bar.querySelector("input").focus(); }
  else if (/^[1-7]$/.test(e.key)) open(tabs[e.key - 1].dataset.tab);
  else if ((e.key === "j" || e.key === "ArrowDown") && list && (e.key === "j" || e.target.closest("tbody"))) { e.preventDefault(); list.move(1); }
  else if ((e.key === "k" || e.key === "ArrowUp") && list && (e.key === "k" || e.target.closest("tbody"))) { e.preventDefault(); list.move(-1); }
});
addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("details")) fold.open = true;
  for (const key of Object.keys(makers)) { made(key); if (lists[key]) lists[key].draw(true); }
  const cards = document.getElementById("list-open");
  if (cards._all) cards._all();
});
addEventListener("afterprint", () => { for (const list of Object.values(lists)) if (list) list.draw(); });
follow();
