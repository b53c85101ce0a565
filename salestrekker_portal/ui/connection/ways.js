// How events travel. A websocket first, because it is the fastest; plain HTTP (long polling) where the network lets no
// websocket through. What was learned about this network is kept for all tabs, so that only the first page waits for it.

const KEPT = "portal-network"; // {slow: true} = start by polling; {polling: time until which nothing else is tried}
const WEBSOCKET_MS = 4_000; // a network that answers nothing at all says so by silence
const POLLING_MS = 20_000;
const SHORT_MS = 20_000; // a websocket that ends so soon, twice, is being cut by something in between
const TRUST_MS = 10 * 60_000;

let refused = false; // the last try by websocket failed
let cutShort = 0;

function kept() {
  try {
    return JSON.parse(window.localStorage.getItem(KEPT)) ?? {};
  } catch {
    return {};
  }
}

function keep(values) {
  try {
    if (values) window.localStorage.setItem(KEPT, JSON.stringify(values));
    else window.localStorage.removeItem(KEPT);
  } catch {
    // Without storage each page finds out for itself.
  }
}

/** What the next try to connect uses, the first of them first. Polling goes over to a websocket once one opens. */
export function waysIn() {
  const { slow, polling } = kept();
  if (polling > Date.now()) return ["polling"];
  return slow || refused ? ["polling", "websocket"] : ["websocket"];
}

/** Forget what was learned and try at once: the person has changed something about the network. */
export function tryAgain() {
  keep(null);
  refused = false;
  cutShort = 0;
  // The client looks after its connection whenever the page comes to the front.
  document.dispatchEvent(new Event("visibilitychange"));
}

/** Let a socket that only knows one way take the other when the first doesn't open. */
export function bothWays(socket) {
  const manager = socket.io;
  const open = manager.open;
  let trying = "";
  let openSince = 0;
  let greeted = false;

  manager.open = manager.connect = (done) => {
    if (manager._readyState.includes("open")) return manager;
    manager.opts.transports = waysIn();
    trying = manager.opts.transports[0];
    manager.timeout(trying === "websocket" ? WEBSOCKET_MS : POLLING_MS);
    open.call(manager, done);
    noticeAtOnce(manager);
    return manager;
  };
  manager.on("open", () => {
    const { engine } = manager;
    openSince = 0;
    greeted = false;
    if (engine.transport.name === "websocket") faster();
    else if (refused) keep({ ...kept(), slow: true });
    refused = false;
    engine.on("upgrade", faster);
  });
  manager.on("error", () => {
    if (manager._readyState === "closed") refused = trying === "websocket";
  });
  socket.on("connect", () => (greeted = true));
  manager.on("close", (reason) => {
    if (openSince && reason !== "forced close") ended(Date.now() - openSince);
    openSince = 0;
  });

  function faster() {
    openSince = Date.now();
    if (kept().slow) keep(null);
  }

  function ended(milliseconds) {
    cutShort = !greeted || milliseconds < SHORT_MS ? cutShort + 1 : 0;
    if (cutShort >= 2) keep({ polling: Date.now() + TRUST_MS });
  }

  return socket;
}

/** The library waits for its time to run out when a websocket is forbidden outright, or closes before it said a word. */
function noticeAtOnce(manager) {
  const { engine } = manager;
  const failed = () => {
    if (manager.engine === engine && manager._readyState === "opening") {
      engine.emitReserved("error", new Error("the connection was closed before it opened"));
      engine.close();
    }
  };
  engine.once("close", failed);
  const { transport } = engine;
  if (transport?.name === "websocket" && !transport.ws) setTimeout(failed, 0);
}
