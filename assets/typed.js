// What is being written or chosen is kept in the tab and put back after a refresh, Back, or signing in again; it goes
// when it was sent, thrown away, or when its person signs out. Kept by person, address, dialog, form and field, so that
// it can't turn up for anybody or anything else. Closing a drawer or leaving a page with unsent words asks once.
const KEPT = "portal-typed:";
const STEP = 300;
const SENT_WITHIN = 15000;
const MOST_SENT = 150000; // characters of one message; the socket would break on far more
const WORDS = ["text", "email", "tel", "url", "date", "textarea"];
const CHOICES = ["select-one", "checkbox", "radio"];
const FIELDS = "form input, form textarea, form select";
const live = new Map(); // key -> {id, value, base, pressedAt, scope}
const shown = new WeakSet(); // fields that were looked at already
let asked = "";

const store = {
  get: (key) => JSON.parse(sessionStorage.getItem(KEPT + key) || "null"),
  set: (key, draft) => sessionStorage.setItem(KEPT + key, JSON.stringify({ value: draft.value, base: draft.base })),
  drop: (key) => sessionStorage.removeItem(KEPT + key),
};
const portalOf = (path) => (/^\/partner(\/|$)/.test(path) ? "partner" : /^\/portal(\/|$)/.test(path) ? "client" : "broker");
const loadedFor = {}; // portal -> whose the document was when it was loaded
const who = () => document.getElementById("whose")?.dataset[portalOf(location.pathname)] || "";

const isChoice = (field) => CHOICES.includes(field.type);
function isKept(field) {
  if (!field?.matches?.("textarea, input, select") || field.readOnly || field.disabled) return false;
  if (!WORDS.includes(field.type) && !isChoice(field)) return false;
  if (/password|one-time-code/.test(field.autocomplete) || !(field.id || field.name)) return false;
  return Boolean(field.closest("form")) && !field.closest("[data-keep=no], form[action]");
}

// The radios of one question are one field, which its first one stands for.
function leaderOf(field) {
  if (field.type !== "radio" || !field.name || !field.form) return field;
  return field.form.querySelector(`input[type=radio][name="${CSS.escape(field.name)}"]`) || field;
}
const radiosOf = (field) => [...field.form.querySelectorAll(`input[type=radio][name="${CSS.escape(field.name)}"]`)];
function valueOf(field) {
  if (field.type === "checkbox") return field.checked ? "on" : "";
  if (field.type === "radio") return radiosOf(field).find((each) => each.checked)?.value ?? "";
  return field.value;
}
// What a choice began with, when it was made before anybody looked at it.
function initialOf(field) {
  if (field.type === "checkbox") return field.defaultChecked ? "on" : "";
  if (field.type === "radio") return radiosOf(field).find((each) => each.defaultChecked)?.value ?? "";
  if (field.tagName !== "SELECT") return "";
  return ([...field.options].find((each) => each.defaultSelected) ?? field.options[0])?.value ?? "";
}

const scopeOf = (field) => field.closest("dialog") || field.closest("form");
function keyOf(field) {
  const dialog = field.closest("dialog");
  const about = [...field.closest("form").querySelectorAll("input[type=hidden]:not([name=_shown])")].map((each) => each.value);
  const title = dialog ? `${dialog.id} ${dialog.querySelector("h2")?.textContent}` : "";
  const near = field.closest("[data-about]")?.dataset.about || "";
  return JSON.stringify([who(), location.pathname + location.search, title, near, about, field.type === "radio" ? field.name : field.id || field.name]);
}

function put(field, value) {
  if (field.type === "checkbox") return field.checked !== (value === "on") && field.click();
  if (field.type === "radio") return radiosOf(field).find((each) => each.value === value)?.click();
  const kind = { TEXTAREA: HTMLTextAreaElement, SELECT: HTMLSelectElement }[field.tagName] || HTMLInputElement;
  Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(field, value);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  if (field.tagName === "SELECT") field.dispatchEvent(new Event("change", { bubbles: true }));
}
window.putIntoField = put; // for faster.js
// Options come when the page has read them.
const canTake = (field, value) => field.tagName !== "SELECT" || [...field.options].some((each) => each.value === value);

function remember(field, base) {
  const key = keyOf(field);
  const draft = { id: field.id, field, value: valueOf(field), base, scope: scopeOf(field), pressedAt: 0 };
  if (draft.value === base) return forget(key);
  live.set(key, draft);
  store.set(key, draft);
}
function forget(key) {
  live.delete(key);
  store.drop(key);
}

// A field that appears and is as it was when the typing began gets its words back.
function putBack(each) {
  const field = leaderOf(each);
  if (shown.has(field) || !isKept(field) || !who()) return;
  const key = keyOf(field);
  const draft = store.get(key);
  if (draft && !canTake(field, draft.value)) return;
  shown.add(field);
  field.dataset.base ??= valueOf(field);
  if (!draft || live.get(key)?.field.isConnected) return;
  const now = valueOf(field);
  if (now === draft.value) return live.has(key) ? undefined : forget(key);
  if (live.get(key)?.pressedAt) return;
  const changed = now !== draft.base;
  if (changed && !(field.form?.querySelector("input[name=_shown]") && field.name && !isChoice(field))) return;
  field.dataset.base = now;
  put(field, draft.value);
  // Somebody else changed it since: both are shown, as when a form is sent (faster.js).
  if (changed) window.somebodyWasFaster?.({ [field.name]: { theirs: now, who: "", at: "" } }, field.form);
  else offerToThrowAway(field, key, { ...draft, base: now });
}
const offered = new WeakMap(); // form -> the choices that came back to it, one line for all of them
function offerToThrowAway(field, key, draft) {
  const others = isChoice(field) && offered.get(field.form);
  if (others) return others.push([field, key, draft]);
  const all = [[field, key, draft]];
  if (isChoice(field)) offered.set(field.form, all);
  const line = document.createElement("p");
  line.className = "field-left";
  line.setAttribute("role", "status");
  line.append(isChoice(field) ? "We kept what you had chosen. " : "We kept what you were writing. ");
  const away = Object.assign(document.createElement("button"), { type: "button", textContent: "Throw it away" });
  away.className = "link-button";
  away.onclick = () => {
    all.forEach(([each, its, had]) => {
      put(each, had.base);
      forget(its);
    });
    offered.delete(field.form);
    line.remove();
  };
  line.append(away);
  (field.closest(".field") || field.closest("label")?.parentElement)?.append(line);
}

const again = (key) => [...document.querySelectorAll(FIELDS)].find((each) => isKept(each) && keyOf(each) === key);
const refusedIn = (scope) => scope.isConnected && scope.querySelector('[aria-invalid="true"], .toast.is-bad');
const wentWell = () => document.querySelector(".toast.is-ok, .saved:not(.is-bad)");
// A page belongs to whom it was loaded for. Whoever went to another firm, or signed in as somebody else, while this
// one was cut off gets it anew: what stands in its fields is not for the other.
function isAnothers() {
  const portal = portalOf(location.pathname), me = who();
  if (me && (loadedFor[portal] ||= me) === me) return false;
  return Boolean(me) && (location.reload(), true);
}
// For a connection, or until its person has shown that it is them (portals/shared/proof_dialog.py).
const waits = () => window.pressesWait?.() || document.querySelector("dialog#proof[open]");
// Sent: pressed, nothing refused, and the field is gone, is empty again, or the page says that it is saved. What waits
// for a connection is not sent, wherever its person has gone meanwhile (once.js knows).
function settle() {
  if (!who() || isAnothers()) return;
  document.querySelectorAll(FIELDS).forEach(putBack);
  // A choice that nobody touched follows what the page says, until somebody does.
  document.querySelectorAll(FIELDS).forEach((each) => {
    if (isChoice(each) && leaderOf(each) === each && shown.has(each) && !live.has(keyOf(each))) each.dataset.base = valueOf(each);
  });
  for (const [key, draft] of live) {
    if (!draft.pressedAt) continue;
    if (waits()) draft.pressedAt = Date.now();
    if (waits()) continue;
    // The next deal's page may have taken the field over.
    const now = draft.field.isConnected && keyOf(draft.field) === key ? draft.field : again(key);
    const since = Date.now() - draft.pressedAt;
    if (refusedIn(draft.scope) || document.querySelector(".toast.is-bad")) draft.pressedAt = 0;
    else if (now ? valueOf(now) !== draft.value || (since > 600 && wentWell()) : !window.pressesOpen?.()) forget(key);
    else if (since > SENT_WITHIN) draft.pressedAt = 0;
  }
}

const unsent = (scope) => [...live].filter(([, each]) => !each.pressedAt && each.field.isConnected && (!scope || scope.contains(each.field)));
// Choices alone are not asked about: they are there again when one comes back.
const hasWords = (list) => list.some(([, each]) => !isChoice(each.field));
const marks = (list) => JSON.stringify(list.map(([key, each]) => [key, each.value]));

function ask(list, leave) {
  const box = document.createElement("dialog");
  box.className = "dialog modal ask";
  box.setAttribute("aria-labelledby", "ask-title");
  // Made of nodes: a policy of the page says that no text may become markup (portals/http/policy.py).
  const made = (tag, has, ...inside) => {
    const element = Object.assign(document.createElement(tag), has);
    element.append(...inside);
    return element;
  };
  const go = made("button", { type: "button", className: "button is-second" }, "Leave");
  const stay = made("button", { type: "button", className: "button is-primary", autofocus: true }, "Keep writing");
  box.append(
    made("div", { className: "drawer-body" },
      made("h2", { id: "ask-title" }, "You have not sent what you wrote"),
      made("p", { className: "muted" }, "If you leave, it is thrown away.")),
    made("footer", { className: "drawer-foot" }, go, stay));
  stay.onclick = () => box.close();
  go.onclick = () => {
    list.forEach(([key]) => forget(key));
    box.close();
    leave();
  };
  box.onclose = () => box.remove();
  (document.querySelector(".frame") || document.body).append(box);
  box.showModal();
}

// True when the words were asked about: `leave` then happens on "Leave" only.
function holds(event, scope, leave) {
  const list = unsent(scope);
  if (!hasWords(list) || event.detail === "left") return false;
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(list, leave);
  return true;
}

if (typeof document !== "undefined") {
  document.addEventListener("focusin", (event) => isKept(event.target) && (leaderOf(event.target).dataset.base ??= valueOf(event.target)), true);
  for (const kind of ["input", "change"])
    document.addEventListener(kind, (event) => {
      if (!isKept(event.target) || !who() || (kind === "change") !== isChoice(event.target)) return;
      const field = leaderOf(event.target);
      remember(field, field.dataset.base ?? initialOf(field));
    }, true);
  document.addEventListener("submit", (event) => {
      if (isAnothers()) {
        event.preventDefault();
        event.stopImmediatePropagation();
        return;
      }
      if (/\/session\/end$/.test(event.target.action)) {
        live.clear();
        Object.keys(sessionStorage).filter((key) => key.startsWith(KEPT)).forEach((key) => sessionStorage.removeItem(key));
        return;
      }
      const fields = [...event.target.querySelectorAll("input, textarea")];
      if (!event.target.hasAttribute("action") && fields.reduce((sum, each) => sum + each.value.length, 0) > MOST_SENT) {
        event.preventDefault();
        event.stopImmediatePropagation();
        const long = fields.filter((each) => each.type !== "hidden").sort((a, b) => b.value.length - a.value.length)[0];
        long.setCustomValidity("This is far too long to send. All of it is kept here; shorten it first.");
        long.reportValidity();
        long.addEventListener("input", () => long.setCustomValidity(""), { once: true });
        return;
      }
      offered.delete(event.target);
      for (const [, draft] of live) if (event.target.contains(draft.field)) draft.pressedAt = Date.now();
    }, true);
  document.addEventListener("click", (event) => {
      const button = event.target.closest?.("button");
      const dialog = button?.closest("dialog:not(.ask)");
      if (dialog && button.closest(".drawer-head") && event.isTrusted) {
        holds(event, dialog, () => button.click());
        return;
      }
      // Cancel is an answer, not an accident.
      if (button?.textContent.trim() === "Cancel") unsent(button.closest("form") || dialog).forEach(([key]) => forget(key));
      const link = event.target.closest?.("a[href]");
      if (link && event.isTrusted && !link.target && !event.metaKey && !event.ctrlKey && link.pathname !== location.pathname)
        holds(event, null, () => link.click());
    }, true);
  document.addEventListener("cancel", (event) => {
      if (!event.target.matches("dialog:not(.ask)") || !event.isTrusted) return;
      holds(event, event.target, () => event.target.querySelector(".drawer-head button")?.click());
    }, true);
  document.addEventListener("mousedown", (event) => {
      const dialog = event.target;
      if (!dialog.matches?.("dialog:not(.ask)")) return;
      const box = dialog.getBoundingClientRect();
      const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
      if (!inside) holds(event, dialog, () => dialog.querySelector(".drawer-head button")?.click());
    }, true);
  window.addEventListener("beforeunload", (event) => {
    const now = marks(unsent());
    if (!hasWords(unsent()) || now === asked) return;
    asked = now;
    event.preventDefault();
  });
  setInterval(settle, STEP);
  // What was answered in the last moment before leaving is not offered again.
  window.addEventListener("pagehide", settle);
}
