// Triage by keyboard: J K move, Y N D decide, X tick, U undo, / search, ? help. The next card's evidence is fetched ahead.
import { csrf, post, toast } from "./console.js";

const board = document.querySelector(".triage");
const list = document.getElementById("list");
const pane = document.getElementById("pane");
const why = document.getElementById("why");
const ahead = new Map();
let at = -1;
let lastBatch = "";
let sending = 0;
let shown = "";

const rows = () => [...list.querySelectorAll("#rows tr")];
// Where the tab lists what waits, a decided card leaves it: the next one need not wait for the answer.
const leaves = () => ["pending", "affects"].includes(list.querySelector("input[name=tab]")?.value);

function fetched(row) {
  const href = row.dataset.href;
  if (!ahead.has(href)) ahead.set(href, fetch(href, { credentials: "same-origin" }).then((answer) => (answer.ok ? answer.text() : "")));
  return ahead.get(href);
}

async function show(index) {
  const all = rows();
  if (!all.length) { pane.innerHTML = '<p class="empty">没有更多问题。</p>'; at = -1; return; }
  at = Math.max(0, Math.min(index, all.length - 1));
  all.forEach((row, n) => row.setAttribute("aria-selected", n === at ? "true" : "false"));
  const row = all[at];
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  const html = await fetched(row);
  if (rows()[at] !== row) return;
  if (html !== shown || !pane.querySelector("article")) pane.innerHTML = shown = html;
  if (ahead.size > 200) ahead.clear();
  for (const next of rows().slice(at + 1, at + 3)) fetched(next);
}

// The list anew; the card that is looked at stays, wherever it stands now, or else the one at its place.
async function refresh(keep, stay = true) {
  const answer = await fetch(board.dataset.rows + window.location.search, { credentials: "same-origin" });
  if (!answer.ok || sending) return;
  const told = await answer.text();
  const pk = rows()[at]?.dataset.pk;
  list.innerHTML = told;
  const same = rows().findIndex((row) => row.dataset.pk === pk);
  await show(stay && same >= 0 ? same : keep);
}

async function send(values, told, keep, gone = []) {
  sending += 1;
  const asked = post(board.dataset.decide, [["round", board.dataset.round], ...values]);
  if (gone.length && leaves()) {
    gone.forEach((row) => row.remove());
    if (keep < rows().length) show(keep); else at = -1;
  } else {
    ahead.clear();
  }
  const answer = await asked.catch(() => null);
  sending -= 1;
  if (answer?.ok) {
    lastBatch = answer.headers.get("X-Batch");
    const n = answer.headers.get("X-Count");
    toast(`${told}，共 ${n} 处`, { name: "撤回", run: () => undo() });
  } else {
    toast(answer?.status === 422 ? await answer.text() : "没有成功，请重试");
  }
  if (!sending) await refresh(keep, answer?.ok);
}

async function undo() {
  if (!lastBatch) { toast("没有可以撤回的决定"); return; }
  const answer = await post(board.dataset.undo.replace("BATCH", lastBatch), []);
  lastBatch = "";
  toast(answer.ok ? "已撤回" : "没有撤回成功");
  ahead.clear();
  await refresh(at, false);
}

function ask(what, decision, many) {
  return new Promise((resolve) => {
    const text = document.getElementById("why-text");
    const single = document.getElementById("why-single");
    document.getElementById("why-what").textContent = what;
    why.querySelectorAll("[data-for]").forEach((chip) => { chip.hidden = (chip.dataset.for === "确认") !== (decision === "确认"); });
    text.value = "";
    single.checked = false;
    single.closest("label").hidden = Boolean(many);
    why.addEventListener("close", () => resolve(why.returnValue === "ok" && text.value.trim() ? { reason: text.value.trim(), single: single.checked } : null), { once: true });
    why.returnValue = "";
    why.showModal();
    text.focus();
  });
}

function ticked() { return [...list.querySelectorAll("#rows input:checked")].map((box) => box.value); }

async function decide(decision) {
  if (board.dataset.may !== "1") return;
  const all = rows();
  const marked = ticked();
  const keys = marked.length ? marked : all[at] ? [all[at].dataset.pk] : [];
  if (!keys.length) return;
  const values = [["decision", decision], ...keys.map((key) => ["pk", key])];
  const folded = new URLSearchParams(window.location.search).get("fold") === "wording";
  const places = all.filter((row) => keys.includes(row.dataset.pk)).reduce((sum, row) => sum + Number(row.dataset.alike), 0);
  if (folded) values.push(["worded", "1"], ["query", window.location.search]);
  if (decision !== "确认" || (folded && places > 1)) {
    const what = folded ? `${keys.length} 种写法的 ${places} 处` : keys.length > 1 ? `勾选的 ${keys.length} 类` : "这一类";
    const said = await ask(`将${what}标为“${decision}”`, decision, folded);
    if (!said) return;
    values.push(["reason", said.reason], ["single", said.single ? "1" : "0"]);
  }
  const gone = all.filter((row) => keys.includes(row.dataset.pk));
  await send(values, `已标为“${decision}”`, at - gone.filter((row) => all.indexOf(row) < at).length, gone);
}

async function bulk(button) {
  const decision = button.dataset.bulk;
  const said = await ask(`将符合条件的 ${button.dataset.n} 处（${button.dataset.cards} 类）标为“${decision}”`, decision, true);
  if (!said) return;
  await send([["decision", decision], ["all", "1"], ["query", window.location.search], ["reason", said.reason]], `已标为“${decision}”`, 0);
}

list.addEventListener("click", (event) => {
  if (event.target.closest("[data-bulk]")) { bulk(event.target.closest("[data-bulk]")); return; }
  if (event.target.id === "tick-all") { list.querySelectorAll("#rows input[type=checkbox]").forEach((box) => { box.checked = event.target.checked; }); return; }
  const row = event.target.closest("#rows tr");
  if (row && !event.target.closest("input, a, button")) show(rows().indexOf(row));
});
pane.addEventListener("click", (event) => { const act = event.target.closest("[data-act]"); if (act) decide(act.dataset.act); });
why.addEventListener("click", (event) => {
  const chip = event.target.closest("[data-reason]");
  if (chip) document.getElementById("why-text").value = chip.dataset.reason;
});

const keys = {
  j: () => show(at + 1), k: () => show(at - 1), y: () => decide("确认"), n: () => decide("误报"), d: () => decide("不影响判定"), u: undo,
  x: () => { const box = rows()[at]?.querySelector("input"); if (box) { box.checked = !box.checked; rows()[at].classList.toggle("ticked", box.checked); } },
  "/": () => document.getElementById("search").focus(), "?": () => document.getElementById("keys").showModal(),
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]") || event.target.matches("input:not([type=checkbox]), select, textarea")) return;
  const run = keys[event.key.toLowerCase()];
  if (run) { event.preventDefault(); run(); }
});

if (!csrf()) console.warn("缺少安全令牌");
show(0);
