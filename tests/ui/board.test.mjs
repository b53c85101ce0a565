// The board's own arithmetic, run by test_kanban.py.
import assert from "node:assert/strict";
import { test } from "node:test";
import { EMPTY, fromPage, place, reduce, stageOf } from "../../salestrekker_portal/ui/kanban/board_state.js";
import { along, beside, shifted } from "../../salestrekker_portal/ui/kanban/keys.js";

const card = (id) => ({ id, name: `Deal ${id}`, days: 9, stale: true });
const cards = (...ids) => Object.fromEntries(ids.map((id) => [id, card(id)]));
const page = (more = {}) => ({
  rev: 1, seq: 10, order: { new: ["a", "b", "c"], done: ["d"] }, counts: { new: 3, done: 1 },
  totals: { new: "$3", done: "$1" }, cards: cards("a", "b", "c", "d"), ...more,
});
const board = (more) => fromPage(page(more));
const patch = (seq, moves, more = {}) => ({ patch: { seq, moves, ...more } });
const move = (id, stage, after = "") => ({ id, stage, after });

test("our own move shows at once and counts", () => {
  const now = reduce(board(), { move: move("b", "done", "d") });
  assert.deepEqual(now.order, { new: ["a", "c"], done: ["d", "b"] });
  assert.deepEqual(now.counts, { new: 2, done: 2 });
  assert.equal(now.cards.b.days, 0);
  assert.equal(now.pending.length, 1);
});

test("the echo of our own move changes nothing but the seq", () => {
  const mine = reduce(board(), { move: move("b", "done", "d") });
  const now = reduce(mine, patch(11, [move("b", "done", "d")], { counts: { new: 2, done: 2 } }));
  assert.deepEqual(now.order, mine.order);
  assert.deepEqual(now.counts, mine.counts);
  assert.deepEqual([now.seq, now.pending, now.stale], [11, [], false]);
});

test("the echo of an earlier own move does not undo a later one", () => {
  let now = reduce(board(), { move: move("b", "done") });
  now = reduce(now, { move: move("b", "new", "c") });
  now = reduce(now, patch(11, [move("b", "done")]));
  assert.equal(stageOf(now, "b"), "new");
  now = reduce(now, patch(12, [move("b", "new", "c")]));
  assert.deepEqual(now.order, { new: ["a", "c", "b"], done: ["d"] });
  assert.deepEqual(now.pending, []);
});

test("two who drop on the same top end in the server's order", () => {
  let now = reduce(board(), { move: move("a", "done") });
  now = reduce(now, patch(11, [move("b", "done")]));
  now = reduce(now, patch(12, [move("a", "done")]));
  assert.deepEqual(now.order.done, ["a", "b", "d"]);
});

test("an old patch is ignored, a gap asks for a new page", () => {
  assert.equal(reduce(board(), patch(10, [move("a", "done")])).order.new.length, 3);
  assert.equal(reduce(board(), patch(12, [move("a", "done")])).stale, true);
  assert.equal(reduce(EMPTY, patch(3, [move("a", "done")])), EMPTY);
});

test("a deal that moves into view without its card asks for a new page and shows no hole", () => {
  const now = reduce(board({ counts: { new: 50, done: 1 } }), patch(11, [move("z", "done")]));
  assert.equal(now.stale, true);
  assert.equal(stageOf(now, "z"), undefined);
  const whole = reduce(board(), patch(11, [move("z", "done")], { cards: [card("z")] }));
  assert.deepEqual([whole.order.done, whole.stale], [["z", "d"], false]);
});

test("a part of a card changes only that part", () => {
  const now = reduce(board(), patch(11, [], { cards: [{ id: "a", percent: 61 }], removed: ["d"] }));
  assert.deepEqual(now.cards.a, { ...card("a"), percent: 61 });
  assert.deepEqual(now.order.done, []);
});

test("a place below what is loaded is left for the next page", () => {
  assert.deepEqual(place(board({ counts: { new: 3, done: 40 } }), move("a", "done", "zz")).done, ["d"]);
  assert.deepEqual(place(board(), move("a", "done", "zz")).done, ["d", "a"]);
});

test("more deals are added once, and not those that moved since they were read", () => {
  let now = reduce(board({ counts: { new: 6, done: 1 } }), patch(11, [move("e", "done", "zz")]));
  now = reduce(now, { more: { stage: "new", seq: 10, order: ["c", "e", "f"], cards: cards("c", "e", "f") } });
  assert.deepEqual(now.order.new, ["a", "b", "c", "f"]);
});

test("the keyboard walks columns and lifts over empty ones", () => {
  const order = { new: ["a", "b"], none: [], done: ["d"] };
  const stages = ["new", "none", "done"];
  assert.deepEqual([along(order, stages, undefined, 1), along(order, stages, "b", 1)], ["a", "d"]);
  assert.equal(beside(order, stages, "b", 1), "d");
  const lifted = { order, counts: { new: 2, none: 0, done: 1 } };
  assert.deepEqual(shifted(lifted, stages, "b", "ArrowRight"), move("b", "none"));
  assert.deepEqual(shifted(lifted, stages, "a", "ArrowDown"), move("a", "new", "b"));
  assert.equal(shifted(lifted, stages, "a", "ArrowUp"), undefined);
});
