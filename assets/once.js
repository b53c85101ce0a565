// A press of a button that changes something is carried out once. Every send of the same press carries the same
// intention until its answer has come; the button shows at once that it works, and takes no second press meanwhile.
(function () {
  var LINGER = 700; // ms after a press in which another of the same is a double click, not a new wish
  var LOST = 20000; // ms after which a button comes back even when no answer came
  var FORGOTTEN = 60000; // ms after which the same words are a new wish, even when no answer ever came
  var STAYS = 3000; // ms in which a form that the browser itself posts is not posted again
  var KEPT = "once"; // where presses without an answer outlive a page, by a mark of what they said
  var open = {}; // what is sent -> { id, button, had, touched }
  var live = {}; // intention -> the same, until its answer has come
  var waiting = new Set(); // what was pressed while nothing gets through, and hasn't left yet
  var posted = new WeakMap(); // form that the browser posts -> { id, at, button, had }
  var pressed = null;
  var acted = null; // the place of the last press that acted
  var touched = 0; // what was typed, chosen or pressed so far, other than the same button again

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
    hold(press, button);
    button.setAttribute("data-acts", "");
  }

  function hold(press, button) {
    press.button = button;
    press.had = button.hasAttribute("aria-disabled");
    button.setAttribute("aria-busy", "true");
    if (!press.had) button.setAttribute("aria-disabled", "true");
  }

  function swallow(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("button");
    if (!button) touched += 1;
    if (!button) return;
    // The browser counts the clicks of a double click; those after one that acted belong to it, wherever they land.
    if (event.detail <= 1) acted = null;
    var rest = event.detail > 1 && acted && Date.now() - acted.at < LINGER;
    if (button.getAttribute("aria-busy") === "true" || rest) {
      if (rest) acted.at = Date.now();
      swallow(event);
      return;
    }
    if (!pressed || (pressed.button !== button && pressed.words !== button.textContent)) touched += 1;
    pressed = { button: button, words: button.textContent, at: Date.now() };
  }, true);

  ["input", "change"].forEach(function (kind) {
    document.addEventListener(kind, function () { touched += 1; }, true);
  });

  function posts(form) {
    return form.getAttribute("method") === "post" && form.hasAttribute("action");
  }

  // Sign-in, PIN and the like: the browser leaves with the form, and must not leave twice.
  function post(event, button) {
    var last = posted.get(event.target);
    if (last && Date.now() - last.at < STAYS) return swallow(event);
    // A form for another tab leaves this page as it is: later it is a new wish.
    var press = { id: last && !event.target.target ? last.id : new_id(), at: Date.now() };
    posted.set(event.target, press);
    if (button) hold(press, button);
    setTimeout(function () { give_back(press); }, STAYS);
  }

  document.addEventListener("formdata", function (event) {
    if (!posts(event.target)) return;
    var press = posted.get(event.target);
    if (press) event.formData.set("_intention", press.id);
    // Whose this page is: in another tab somebody may have gone to another firm by now.
    var whose = document.getElementById("whose");
    if (whose && whose.dataset.broker) event.formData.set("_whose", whose.dataset.broker);
  }, true);

  // Back, to a page that the browser had kept: everything on it is new.
  window.addEventListener("pageshow", function (event) {
    if (!event.persisted) return;
    document.querySelectorAll("form").forEach(function (form) {
      if (posted.get(form)) give_back(posted.get(form));
      posted.delete(form);
    });
  });

  document.addEventListener("submit", function (event) {
    var button = event.submitter || event.target.querySelector("button[type=submit]");
    if (posts(event.target)) return post(event, button);
    if (!button) return;
    if (button.getAttribute("aria-busy") === "true") return swallow(event);
    pressed = { button: button, words: button.textContent, at: Date.now() };
  }, true);

  // Without https a browser makes no UUID by itself. Uploads (ui/uploads/upload_queue.js) take theirs from here too.
  window.newIntention = new_id;
  function new_id() {
    if (window.crypto && crypto.randomUUID) return crypto.randomUUID();
    var hex = "";
    crypto.getRandomValues(new Uint8Array(16)).forEach(function (byte) { hex += (byte + 256).toString(16).slice(1); });
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  function what(event) {
    var payload = event.payload || {};
    // The page that it was pressed on, which may be left by now.
    var page = (event.router_data || {}).pathname || location.pathname;
    return event.name + page + JSON.stringify(payload, function (_, value) {
      return value instanceof FormData ? Array.from(value.entries()) : value;
    });
  }

  // Presses whose answer never came, so that after a reload the same words are still the same press.
  function kept() {
    try {
      var all = JSON.parse(sessionStorage.getItem(KEPT)) || {};
      Object.keys(all).forEach(function (mark) { if (Date.now() - all[mark].at > FORGOTTEN) delete all[mark]; });
      return all;
    } catch (_) {
      return {};
    }
  }

  function keep(mark, press) {
    var all = kept();
    if (press) all[mark] = { id: press.id, at: Date.now() };
    else delete all[mark];
    try { sessionStorage.setItem(KEPT, JSON.stringify(all)); } catch (_) { /* a full or forbidden store: less help */ }
  }

  function mark_of(words) {
    var one = 0xdeadbeef, two = 0x41c6ce57;
    for (var at = 0; at < words.length; at += 1) {
      one = Math.imul(one ^ words.charCodeAt(at), 2654435761);
      two = Math.imul(two ^ words.charCodeAt(at), 1597334677);
    }
    return (one >>> 0).toString(16) + (two >>> 0).toString(16);
  }

  window.pressWaits = function (event) { waiting.add(event); };
  window.pressesWait = function () { return waiting.size > 0; };
  // Whether something may still be answered with a refusal. Not a moment longer: whoever loads another page then would
  // be offered words that were sent.
  window.pressesOpen = function () {
    var asked = Object.keys(live).some(function (id) { return !live[id].late; });
    return waiting.size > 0 || asked;
  };

  function on_send(event) {
    waiting.delete(event);
    if (!event.event_actions || !event.event_actions.once) return;
    var key = what(event);
    // A press that says nothing itself means what is on the page: once that was touched, it is a new wish.
    var says = Object.keys(event.payload || {}).length > 0;
    var press = open[key];
    if (press && !says && press.touched !== touched) press = null;
    var again = !!press;
    if (!press && says) {
      var lost = kept()[mark_of(key)];
      again = !!lost;
      if (lost) press = open[key] = { id: lost.id };
    }
    if (!press) press = open[key] = { id: new_id() };
    live[press.id] = press;
    press.touched = touched;
    if (says) keep(press.mark = mark_of(key), press);
    clearTimeout(press.timer);
    press.late = false;
    press.timer = setTimeout(function () {
      press.late = true;
      give_back(press);
      press.timer = setTimeout(function () { if (open[key] === press) delete open[key]; }, FORGOTTEN - LOST);
    }, LOST);
    if (!press.button) show_work(press);
    event.payload = Object.assign({}, event.payload, { _intention: press.id }, again ? { _again: true } : {});
  }

  window.onceSettled = function (id) {
    var press = live[id];
    if (!press) return;
    delete live[id];
    clearTimeout(press.timer);
    give_back(press);
    if (press.mark) keep(press.mark, null);
    setTimeout(function () {
      Object.keys(open).forEach(function (key) { if (open[key] === press) delete open[key]; });
    }, LINGER);
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
    Object.keys(live).forEach(function (id) { give_back(live[id]); });
    if (disconnected) disconnected(reason);
  };
  window.__reflex_otel = other;
})();
