// What the server may ask of a page, by name and with values: nothing that it sends is run as a script, so the policy of
// our pages allows none (portals/events/deeds.py).
function ours(path) {
  if (!/^\/(?![/\\])/.test(path)) throw new Error("not an address of ours");
  return path;
}

const DEEDS = {
  go: (path) => window.location.assign(ours(path)),
  sign_in: (path) => window.location.assign(`${ours(path)}?next=${encodeURIComponent(window.location.pathname + window.location.search)}`),
  reload: () => window.location.reload(),
  print: () => window.print(),
  copy: (text) => navigator.clipboard.writeText(text),
  send: (id) => document.getElementById(id).requestSubmit(),
  focus: (where, after) => setTimeout(() => document.querySelector(where)?.focus(), after),
  show: (id, after) => setTimeout(() => {
    const part = document.getElementById(id);
    if (part && part.getBoundingClientRect().top > window.innerHeight * 0.8) part.scrollIntoView();
  }, after),
  settled: (press) => window.onceSettled?.(press),
  go_on: () => window.pressAgain?.(),
  faster: (clashes) => window.somebodyWasFaster(clashes),
};

export function carryOut(text) {
  const [name, ...values] = JSON.parse(text);
  if (!Object.hasOwn(DEEDS, name)) throw new Error(`nothing is called ${name}`);
  return DEEDS[name](...values);
}

export function noScript() {
  throw new Error("the server's scripts are not run");
}
