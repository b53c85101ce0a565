// The keyboard's way over the board: j and k or the arrows to go, Space to lift and put down, m for the menu.
import { afterOf, stageOf } from "./board_state.js";

const ELSEWHERE = "input, textarea, select, [contenteditable], [role=menu], dialog, [role=dialog]";
const DOWN = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 };
const ACROSS = { ArrowRight: 1, ArrowLeft: -1 };

// Which deal comes `step` after this one, going on to the next column at the end of one.
export function along(order, stages, id, step) {
  const all = stages.flatMap((stage) => order[stage] ?? []);
  return id ? all[all.indexOf(id) + step] : all[0];
}

// Which deal is beside this one in the next column that has any.
export function beside(order, stages, id, step) {
  const stage = stages.find((one) => order[one]?.includes(id));
  const row = order[stage].indexOf(id);
  for (let at = stages.indexOf(stage) + step; stages[at]; at += step) {
    const list = order[stages[at]] ?? [];
    if (list.length) return list[Math.min(row, list.length - 1)];
  }
  return undefined;
}

// Where a lifted deal goes for an arrow key, or undefined at the edge.
export function shifted(board, stages, id, key) {
  const stage = stageOf(board, id);
  const list = board.order[stage];
  const row = list.indexOf(id);
  if (key === "ArrowUp") return row > 0 ? { id, stage, after: list[row - 2] ?? "" } : undefined;
  if (key === "ArrowDown") return row < list.length - 1 ? { id, stage, after: list[row + 1] } : undefined;
  const next = stages[stages.indexOf(stage) + ACROSS[key]];
  if (!next) return undefined;
  const others = board.order[next] ?? [];
  return { id, stage: next, after: others[Math.min(row, others.length) - 1] ?? "" };
}

// The handler of a key press. `at` gives: board, stages (unfolded ids), lifted, and what can be done.
export function press(event, at) {
  if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
  if (event.target.closest?.(ELSEWHERE)) return;
  const inside = at.root.contains(event.target);
  if (!inside && event.target !== document.body) return;
  const id = event.target.closest?.("[data-deal]")?.dataset.deal;
  const done = at.lifted ? whileLifted(event.key, at) : whileFree(event, id, at);
  if (done) event.preventDefault();
}

function whileLifted(key, at) {
  if (key === "Escape" || key === "Tab") return at.cancel() ?? true;
  if (key === " " || key === "Enter") return at.putDown() ?? true;
  if (key.startsWith("Arrow")) {
    const place = shifted(at.board, at.stages, at.lifted.id, key);
    if (place) at.shift(place);
    return true;
  }
  return false;
}

function whileFree(event, id, at) {
  const { key } = event;
  const { order } = at.board;
  if (key === "j" || key === "k" || (id && DOWN[key])) return at.focus(along(order, at.stages, id, DOWN[key]));
  if (!id) return false;
  if (ACROSS[key]) return at.focus(beside(order, at.stages, id, ACROSS[key]));
  if (key === "m") return at.openMenu(id) ?? true;
  if (key === " " && event.target.matches("[data-open]")) {
    const stage = stageOf(at.board, id);
    return at.lift({ id, stage, after: afterOf(at.board, stage, id) }) ?? true;
  }
  return false;
}
