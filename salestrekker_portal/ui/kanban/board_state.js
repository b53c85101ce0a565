// What the board knows, as pure functions: no React, no browser, so that they can be tested on their own.
//
// A board is {rev, seq, order, counts, totals, cards, pending, touched, stale}.
// `pending` holds own moves that the server has not echoed yet; `touched` says at which seq a deal last moved,
// so that a late page of older cards cannot bring it back to where it was.

export const EMPTY = {
  rev: 0, seq: 0, order: {}, counts: {}, totals: {}, cards: {}, pending: [], touched: {}, stale: false,
};

export function fromPage(page) {
  const { rev = 0, seq = 0, order = {}, counts = {}, totals = {}, cards = {} } = page ?? {};
  return { ...EMPTY, rev, seq, order, counts, totals, cards };
}

export function stageOf(board, id) {
  return Object.keys(board.order).find((stage) => board.order[stage].includes(id));
}

export function afterOf(board, stage, id) {
  const list = board.order[stage] ?? [];
  return list[list.indexOf(id) - 1] ?? "";
}

// The order with one deal put after another; "" is the top. A place below what is loaded is not shown yet.
export function place(board, { id, stage, after }) {
  const from = stageOf(board, id);
  const order = { ...board.order };
  if (from) order[from] = order[from].filter((other) => other !== id);
  const list = [...(order[stage] ?? [])];
  const found = after ? list.indexOf(after) : -1;
  const others = (board.counts[stage] ?? 0) - (from === stage ? 1 : 0);
  if (!after || found >= 0) list.splice(found + 1, 0, id);
  else if (list.length >= others) list.push(id);
  order[stage] = list;
  return order;
}

// Our own move, shown before the server has agreed.
export function withMove(board, move) {
  const from = stageOf(board, move.id);
  const counts = { ...board.counts };
  const cards = { ...board.cards };
  if (from !== move.stage) {
    if (from) counts[from] = Math.max(0, (counts[from] ?? 1) - 1);
    counts[move.stage] = (counts[move.stage] ?? 0) + 1;
    cards[move.id] = { ...cards[move.id], days: 0, stale: false };
  }
  return { ...board, order: place(board, move), counts, cards, pending: [...board.pending, move] };
}

function withCards(board, cards) {
  if (!cards?.length) return board;
  const known = { ...board.cards };
  for (const card of cards) known[card.id] = { ...known[card.id], ...card };
  return { ...board, cards: known };
}

function without(board, ids) {
  if (!ids?.length) return board;
  const gone = new Set(ids);
  const order = {};
  for (const stage of Object.keys(board.order)) order[stage] = board.order[stage].filter((id) => !gone.has(id));
  return { ...board, order };
}

// A move that the server tells. The echo of our own is taken off the list of those awaited; while a later own
// move of the same deal is still on its way, the earlier place is not shown again.
function withServerMove(board, move, seq) {
  const touched = { ...board.touched, [move.id]: seq };
  const own = board.pending.findIndex((waiting) => waiting.id === move.id);
  let pending = board.pending;
  if (own >= 0 && pending[own].stage === move.stage) pending = pending.filter((_, index) => index !== own);
  const next = { ...board, touched, pending };
  return pending.some((waiting) => waiting.id === move.id) ? next : { ...next, order: place(board, move) };
}

export function withPatch(board, patch) {
  if (!patch?.seq || patch.seq <= board.seq || !board.rev) return board;
  const gap = patch.seq > board.seq + 1;
  const counts = { ...board.counts, ...patch.counts };
  let next = withCards({ ...board, seq: patch.seq, counts, totals: { ...board.totals, ...patch.totals } }, patch.cards);
  for (const move of patch.moves ?? []) next = withServerMove(next, move, patch.seq);
  for (const id of patch.removed ?? []) next.touched = { ...next.touched, [id]: patch.seq };
  next = without(next, patch.removed);
  // A deal that moved into view without its card: someone had it further down than we have loaded.
  const faceless = (patch.moves ?? []).map((move) => move.id).filter((id) => !next.cards[id]?.name);
  const missing = faceless.some((id) => stageOf(next, id));
  return { ...without(next, faceless), stale: board.stale || gap || missing };
}

export function withMore(board, more) {
  if (!more?.stage) return board;
  const shown = new Set(Object.values(board.order).flat());
  const fresh = (more.order ?? []).filter((id) => !shown.has(id) && (board.touched[id] ?? 0) <= (more.seq ?? 0));
  const order = { ...board.order, [more.stage]: [...(board.order[more.stage] ?? []), ...fresh] };
  return { ...board, order, cards: { ...more.cards, ...board.cards } };
}

export function reduce(board, action) {
  if (action.page) return fromPage(action.page);
  if (action.move) return withMove(board, action.move);
  if (action.lifted) return { ...board, order: place(board, action.lifted) };
  if (action.patch) return withPatch(board, action.patch);
  if (action.more) return withMore(board, action.more);
  return board;
}
