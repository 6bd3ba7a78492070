// What every page shares: a short message with an undo, confirmations, select boxes that submit.
export function csrf() {
  const field = document.querySelector("input[name=csrfmiddlewaretoken]");
  return field ? field.value : document.body.dataset.csrf || "";
}

export function toast(text, act) {
  const place = document.getElementById("toast");
  const line = document.createElement("p");
  line.append(text);
  if (act) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = act.name;
    button.addEventListener("click", () => { line.remove(); act.run(); });
    line.append(button);
  }
  place.append(line);
  setTimeout(() => line.remove(), 9000);
}

export async function post(url, values) {
  const body = new URLSearchParams();
  for (const [name, value] of values) body.append(name, value);
  return fetch(url, { method: "POST", body, headers: { "X-CSRFToken": csrf(), "X-Requested-With": "fetch" }, credentials: "same-origin" });
}

document.addEventListener("change", (event) => {
  if (event.target.matches("select[data-submit]")) event.target.form.requestSubmit();
});
document.addEventListener("submit", (event) => {
  const ask = event.target.dataset.ask;
  if (ask && !window.confirm(ask)) event.preventDefault();
});
