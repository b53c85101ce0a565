// A press of a button that changes something is carried out once. Every send of the same press carries the same
// intention until its answer has come; the button shows at once that it works, and takes no second press meanwhile.
(function () {
  var LINGER = 700; // ms after a press in which another of the same is a double click, not a new wish
  var LOST = 20000; // ms after which a button comes back even when no answer came
  var FORGOTTEN = 60000; // ms after which the same words are a new wish, even when no answer ever came
  var open = {}; // what is sent -> { id, at, button, had }
  var pressed = null;
  var acted = null; // the place of the last press that acted

  function give_back(press) {
    var button = press.button;
    if (!button) return;
    press.button = null;
    button.removeAttribute("aria-busy");
    if (!press.had) button.removeAttribute("aria-disabled");
  }

  function show_work(press) {
    var button = pressed && Date.now() - pressed.at < 400 && pressed.button;
    if (!button || !button.isConnected) return;
    acted = { at: Date.now() };
    press.button = button;
    press.had = button.hasAttribute("aria-disabled");
    button.setAttribute("aria-busy", "true");
    if (!press.had) button.setAttribute("aria-disabled", "true");
    button.setAttribute("data-acts", "");
  }

  function swallow(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("button");
    if (!button) return;
    // The browser counts the clicks of a double click; those after one that acted belong to it, wherever they land.
    if (event.detail <= 1) acted = null;
    var rest = event.detail > 1 && acted && Date.now() - acted.at < LINGER;
    if (button.getAttribute("aria-busy") === "true" || rest) {
      if (rest) acted.at = Date.now();
      swallow(event);
      return;
    }
    pressed = { button: button, at: Date.now() };
  }, true);

  document.addEventListener("submit", function (event) {
    var button = event.submitter || event.target.querySelector("button[type=submit]");
    if (!button) return;
    if (button.getAttribute("aria-busy") === "true") return swallow(event);
    pressed = { button: button, at: Date.now() };
  }, true);

  function new_id() {
    if (window.crypto && crypto.randomUUID) return crypto.randomUUID();
    var hex = "";
    crypto.getRandomValues(new Uint8Array(16)).forEach(function (byte) { hex += (byte + 256).toString(16).slice(1); });
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  function what(event) {
    var payload = event.payload || {};
    return event.name + location.pathname + JSON.stringify(payload, function (_, value) {
      return value instanceof FormData ? Array.from(value.entries()) : value;
    });
  }

  function on_send(event) {
    if (!event.event_actions || !event.event_actions.once) return;
    var key = what(event);
    var press = open[key];
    if (!press) press = open[key] = { id: new_id() };
    clearTimeout(press.timer);
    press.timer = setTimeout(function () {
      give_back(press);
      press.timer = setTimeout(function () { if (open[key] === press) delete open[key]; }, FORGOTTEN - LOST);
    }, LOST);
    if (!press.button) show_work(press);
    event.payload = Object.assign({}, event.payload, { _intention: press.id });
  }

  window.onceSettled = function (id) {
    Object.keys(open).forEach(function (key) {
      var press = open[key];
      if (press.id !== id) return;
      clearTimeout(press.timer);
      give_back(press);
      setTimeout(function () { if (open[key] === press) delete open[key]; }, LINGER);
    });
  };

  // Reflex calls this just before an event leaves for the server.
  var other = window.__reflex_otel || {};
  var theirs = other.onEventSend;
  other.onEventSend = function (event) {
    on_send(event);
    if (theirs) theirs(event);
  };
  var disconnected = other.onSocketDisconnect;
  other.onSocketDisconnect = function (reason) {
    Object.keys(open).forEach(function (key) { give_back(open[key]); });
    if (disconnected) disconnected(reason);
  };
  window.__reflex_otel = other;
})();
