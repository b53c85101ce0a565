// ui/connection/pressed.js: which events carry the page that they were pressed on.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

globalThis.window = {};
const source = readFileSync(new URL("../../salestrekker_portal/ui/connection/pressed.js", import.meta.url), "utf8");
const { leavesFrom, pressedHere } = await import(`data:text/javascript,${encodeURIComponent(source)}`);

const ROOT = "reflex___state____state";
const A = "/deals/a/notes", B = "/deals/b/notes";
const at = (pathname) => (event) => Object.assign(event, { router_data: { pathname } });

test("what is pressed says where, and what asks for the open page doesn't", () => {
  const names = ["notes_state.save", "hydrate", "hydrate_and_load", "on_load_internal", "update_vars_internal"];
  const events = names.map((name) => ({ name: `${ROOT}.${name}` }));
  events.push({ name: "_call_script", payload: {} }, { name: `${ROOT}.files.take`, handler: "uploadFiles" });
  assert.deepEqual(pressedHere(events, at(A)).map((each) => each.router_data?.pathname), [A, ...Array(6).fill(undefined)]);
});

test("an event says when its page was left before it travelled", () => {
  const [here, left] = [{ router_data: { pathname: A } }, { router_data: { pathname: A } }];
  leavesFrom(here, { pathname: A });
  leavesFrom(left, { pathname: B });
  assert.deepEqual([here.router_data.left, left.router_data.left], [undefined, true]);
});

test("what is to be done once waits in line until it leaves", () => {
  const waiting = [];
  window.pressWaits = (event) => waiting.push(event.name);
  pressedHere([{ name: `${ROOT}.s.save`, event_actions: { once: true } }, { name: `${ROOT}.s.look` }], at(A));
  assert.deepEqual(waiting, [`${ROOT}.s.save`]);
});
