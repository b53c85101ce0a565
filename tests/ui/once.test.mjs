// assets/once.js in a page that is just large enough for it: what leaves with a press, and what counts as another one.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mock, test } from "node:test";
import vm from "node:vm";

const SOURCE = readFileSync(new URL("../../assets/once.js", import.meta.url), "utf8");

function element(words = "Save", attributes = {}) {
  const kept = { ...attributes };
  const self = {
    textContent: words,
    isConnected: true,
    closest: (selector) => (selector === "button" ? self : null),
    getAttribute: (name) => kept[name] ?? null,
    hasAttribute: (name) => name in kept,
    setAttribute: (name, value) => (kept[name] = value),
    removeAttribute: (name) => delete kept[name],
  };
  return self;
}

function page(storage = new Map()) {
  const heard = {};
  const listen = (kind, handler) => (heard[kind] ??= []).push(handler);
  const window = { crypto, addEventListener: listen };
  const sessionStorage = { getItem: (key) => storage.get(key) ?? null, setItem: (key, value) => storage.set(key, value) };
  const whose = { dataset: { broker: "mark of Alice in a firm" } };
  const document = { addEventListener: listen, querySelectorAll: () => [], getElementById: () => whose };
  const names = { window, document, sessionStorage, crypto, location: { pathname: "/deals/1" }, FormData };
  vm.runInNewContext(SOURCE, { ...names, setTimeout, clearTimeout, Date, JSON, Object, Math, Uint8Array, WeakMap });
  const fire = (kind, event) => {
    const sent = { detail: 1, prevented: false, preventDefault: () => (sent.prevented = true), ...event };
    sent.stopImmediatePropagation = () => (sent.stopped = true);
    for (const handler of heard[kind] ?? []) if (!sent.stopped) handler(sent);
    return sent;
  };
  const send = (name, payload = {}) => {
    const event = { name, payload, event_actions: { once: true } };
    window.__reflex_otel.onEventSend(event);
    return event.payload;
  };
  return { window, storage, fire, send, click: (button, detail = 1) => fire("click", { target: button, detail }) };
}

test("a press in flight is the same press, and the next one is not", () => {
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const { send, window, click } = page();
  const button = element();
  click(button);
  const first = send("save", { text: "a" });
  assert.match(first._intention, /^[0-9a-f-]{36}$/);
  assert.equal(first._again, undefined);
  assert.equal(button.getAttribute("aria-busy"), "true");
  assert.ok(click(button).prevented, "a busy button takes no second press");
  const second = send("save", { text: "a" });
  assert.equal(second._intention, first._intention);
  assert.equal(second._again, true);
  assert.notEqual(send("save", { text: "b" })._intention, first._intention);
  window.onceSettled(first._intention);
  assert.equal(button.getAttribute("aria-busy"), null);
  mock.timers.tick(800);
  assert.notEqual(send("save", { text: "a" })._intention, first._intention);
  mock.timers.reset();
});

test("a press that says nothing is another one once something was touched", () => {
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const { send, fire, click, window } = page();
  const button = element("Invite");
  click(button);
  const first = send("invite");
  mock.timers.tick(21_000); // no answer came
  assert.equal(button.getAttribute("aria-busy"), null);
  click(button);
  assert.equal(send("invite")._intention, first._intention, "the same wish again");
  mock.timers.tick(21_000);
  click(element("Robin Hale"));
  click(button);
  const other = send("invite");
  assert.notEqual(other._intention, first._intention, "another client was chosen");
  fire("input", {});
  assert.notEqual(send("invite")._intention, other._intention);
  window.onceSettled(first._intention);
  mock.timers.reset();
});

test("after a reload the same words are still the press whose answer was lost", () => {
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const before = page();
  const first = before.send("send", { text: "Hello" });
  const nothing = before.send("invite");
  const after = page(before.storage);
  const again = after.send("send", { text: "Hello" });
  assert.equal(again._intention, first._intention);
  assert.equal(again._again, true);
  assert.notEqual(after.send("invite")._intention, nothing._intention);
  assert.ok(!JSON.stringify([...before.storage]).includes("Hello"), "nothing typed is kept");
  after.window.onceSettled(again._intention);
  assert.notEqual(page(before.storage).send("send", { text: "Hello" })._intention, first._intention);
  const late = page();
  const old = late.send("send", { text: "Hello" });
  mock.timers.tick(61_000);
  assert.notEqual(page(late.storage).send("send", { text: "Hello" })._intention, old._intention);
  mock.timers.reset();
});

test("a form that the browser posts leaves once, with its intention", () => {
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const { fire } = page();
  const form = Object.assign(element("", { method: "post", action: "/session/broker" }), { target: "" });
  const button = element("Sign in");
  const meant = () => {
    const data = new Map();
    fire("formdata", { target: form, formData: data });
    assert.equal(data.get("_whose"), "mark of Alice in a firm");
    return data.get("_intention");
  };
  assert.ok(!fire("submit", { target: form, submitter: button }).prevented);
  const first = meant();
  assert.match(first, /^[0-9a-f-]{36}$/);
  assert.equal(button.getAttribute("aria-busy"), "true");
  assert.ok(fire("submit", { target: form, submitter: button }).prevented);
  mock.timers.tick(3_100); // the answer is slow, and it is pressed again
  assert.equal(button.getAttribute("aria-busy"), null);
  assert.ok(!fire("submit", { target: form, submitter: button }).prevented);
  assert.equal(meant(), first);
  form.target = "_blank"; // this page stays as it is: later it is a new wish
  mock.timers.tick(3_100);
  fire("submit", { target: form, submitter: button });
  assert.notEqual(meant(), first);
  mock.timers.reset();
});

test("a press belongs to the page that it was made on, wherever it leaves from, and waits until then", () => {
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const { window } = page();
  const press = (pathname) => ({ name: "save", payload: { text: "a" }, event_actions: { once: true }, router_data: { pathname } });
  const [a, again, b] = [press("/deals/a"), press("/deals/a"), press("/deals/b")];
  for (const each of [a, again, b]) window.pressWaits(each);
  assert.ok(window.pressesWait());
  for (const each of [a, again, b]) window.__reflex_otel.onEventSend(each);
  assert.ok(!window.pressesWait() && window.pressesOpen());
  assert.equal(again.payload._intention, a.payload._intention);
  assert.notEqual(b.payload._intention, a.payload._intention);
  window.onceSettled(a.payload._intention);
  window.onceSettled(b.payload._intention);
  mock.timers.tick(800);
  assert.ok(!window.pressesOpen());
  mock.timers.reset();
});
