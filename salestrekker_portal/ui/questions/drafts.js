// What has been typed and not yet been acknowledged by the server. It outlives the fields (a change of page, a
// lost connection, a restarted server) and, in the tab's own storage, a reload. Acknowledged answers leave it.
const KEPT = "portal-drafts:";
const RETRY_MS = 6000;
const drafts = new Map();
const watchers = new Set();
let number = Date.now();

const keyOf = (scope, id) => `${scope}|${id}`;

function changed() {
  watchers.forEach((tell) => tell());
}

function keep(key, draft) {
  try {
    if (draft) sessionStorage.setItem(KEPT + key, JSON.stringify({ value: draft.value, version: draft.version }));
    else sessionStorage.removeItem(KEPT + key);
  } catch {
    // Private windows may refuse; the draft still lives as long as the page.
  }
}

export function draftOf(scope, id) {
  const key = keyOf(scope, id);
  if (!drafts.has(key)) {
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(KEPT + key));
    } catch {
      kept = null;
    }
    if (!kept || typeof kept.value !== "string") return null;
    drafts.set(key, { ...kept, number: ++number, sentAt: 0 });
    queueMicrotask(changed);
  }
  return drafts.get(key);
}

export function write(scope, id, value, version) {
  const key = keyOf(scope, id);
  const draft = { value, version: drafts.get(key)?.version ?? version, number: ++number, sentAt: 0 };
  drafts.set(key, draft);
  keep(key, draft);
  changed();
  return draft;
}

// The fields that stand on the page, each with how to put a text into it that was picked elsewhere.
const fields = new Map();

export function standing(scope, id, take) {
  const key = keyOf(scope, id);
  fields.set(key, take);
  return () => fields.get(key) === take && fields.delete(key);
}

// Parts of one address go into their fields together, and count as sent: { part: [text, version, number] } of those
// that are asked here. What gets lost on the way is sent again by each field, like anything typed.
export function fillTogether(scope, beginning, parts) {
  const sent = {};
  for (const [part, text] of Object.entries(parts)) {
    const draft = fields.get(keyOf(scope, beginning + part))?.(text);
    if (!draft) continue;
    draft.sentAt = Date.now();
    sent[part] = [draft.value, draft.version ?? 0, String(draft.number)];
  }
  return sent;
}

export function settle(scope, id, acknowledged) {
  const key = keyOf(scope, id);
  const draft = drafts.get(key);
  if (!draft || String(draft.number) !== acknowledged.number) return false;
  drafts.delete(key);
  keep(key, null);
  changed();
  return true;
}

export function isDue(draft) {
  return draft && Date.now() - draft.sentAt > RETRY_MS;
}

export const subscribe = (tell) => {
  watchers.add(tell);
  return () => watchers.delete(tell);
};
// Of one page's answers, not of another's that was left: those go when that page is opened again.
export const waiting = (scope) => [...drafts.keys()].filter((key) => key.startsWith(`${scope}|`)).length;
