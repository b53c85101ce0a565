// assets/idle.js: what stays on a screen whose session is over.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const source = readFileSync(new URL("../../assets/idle.js", import.meta.url), "utf8");
const settled = () => new Promise((resolve) => setImmediate(resolve));

function opened(path) {
  const page = { left: null, reloads: 0, heard: {}, timers: [], down: false };
  const listens = { addEventListener: (name, heard) => (page.heard[name] = heard) };
  const location = { pathname: path, reload: () => (page.reloads += 1) };
  const fetch = async () => ({
    json: async () => {
      if (page.down) throw new SyntaxError("no answer of ours");
      return { left: page.left };
    },
  });
  const later = (what) => page.timers.push(what);
  const forget = (number) => delete page.timers[number - 1];
  new Function("document", "window", "location", "fetch", "setTimeout", "clearTimeout", source)(
    { ...listens, hidden: false }, listens, location, fetch, later, forget,
  );
  page.heard.load();
  page.fire = async () => {
    const due = page.timers.filter(Boolean);
    page.timers.fill(undefined);
    due.forEach((what) => what());
    await settled();
  };
  return page;
}

test("a page that somebody was signed in to is left when they no longer are, warned or not", async () => {
  const page = opened("/portal/profile");
  page.left = 1800;
  await page.fire();
  assert.equal(page.reloads, 0);
  page.left = null; // the laptop was shut meanwhile
  await page.fire();
  assert.equal(page.reloads, 1);
});

test("a page that nobody was signed in to stays as it is", async () => {
  const page = opened("/sign-in");
  await page.fire();
  await page.fire();
  assert.equal(page.reloads, 0);
});

test("without an answer it asks once more, by one timer, and leaves nothing", async () => {
  const page = opened("/board");
  page.left = 3600;
  await page.fire();
  page.down = true;
  page.heard.visibilitychange();
  for (let tries = 0; tries < 3; tries += 1) await page.fire();
  assert.equal(page.timers.filter(Boolean).length, 1);
  assert.equal(page.reloads, 0);
});
