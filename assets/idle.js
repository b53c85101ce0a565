// Whoever goes away is signed out, and told a minute before. Only the browser knows whether somebody is there: it tells
// the server, at most once a minute; what the page fetches by itself is no sign of life. How long is the server's word.
(function () {
  var MINUTE = 60000, told = 0, timer = null, box = null, inside = false, leaving = false, gone = 0;
  var signs = ["pointerdown", "keydown", "wheel", "touchmove"];

  function portal() {
    var path = location.pathname;
    return /^\/partner(\/|$)/.test(path) ? "partner" : /^\/portal(\/|$)/.test(path) ? "client" : "broker";
  }

  function ask(there) {
    var words = "portal=" + portal() + (there ? "&there=1" : "");
    if (there) told = Date.now();
    return fetch("/session/presence", {
      method: "POST", body: words, credentials: "same-origin",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    }).then(function (answer) { return answer.json(); }).then(function (said) { wait(said.left); }, function () {
      // No network: the server counts on, and the page asks once more.
      clearTimeout(timer);
      timer = setTimeout(function () { ask(false); }, MINUTE / 2);
    });
  }

  function wait(left) {
    clearTimeout(timer);
    // Nobody is signed in any more: what stands here is nobody's to read, though a shut laptop gave no warning.
    if (!left) return inside ? leave() : undefined;
    inside = true;
    if (left * 1000 > MINUTE) {
      hide();
      timer = setTimeout(function () { ask(false); }, left * 1000 - MINUTE);
      return;
    }
    show();
    gone = Date.now() + left * 1000;
    timer = setTimeout(function () { ask(false); }, left * 1000 + 500);
  }

  function leave() {
    leaving = true;
    location.reload(); // the server says where to
  }

  function show() {
    if (box) return;
    box = document.createElement("div");
    box.className = "idle-note";
    box.setAttribute("role", "alertdialog");
    box.setAttribute("aria-label", "Are you still there?");
    var words = document.createElement("p");
    words.textContent = "Are you still there? You are signed out in a minute, to keep papers safe. What you typed is kept.";
    var stay = document.createElement("button");
    stay.type = "button";
    stay.className = "button is-primary";
    stay.textContent = "Stay signed in";
    stay.addEventListener("click", function () { ask(true); });
    box.append(words, stay);
    document.body.append(box);
  }

  function hide() {
    if (box) box.remove();
    box = null;
  }

  signs.forEach(function (sign) {
    document.addEventListener(sign, function () {
      if (Date.now() - told > MINUTE || box) ask(true);
    }, { capture: true, passive: true });
  });
  // A laptop that was shut counts no time: what is left is asked when it opens.
  document.addEventListener("visibilitychange", function () {
    if (!document.hidden && (box ? Date.now() > gone : Date.now() - told > MINUTE)) ask(false);
  });
  // Whoever is away can't answer "Leave this page?", and their words are kept: typed.js doesn't ask.
  window.addEventListener("beforeunload", function (event) { if (leaving) event.stopImmediatePropagation(); });
  // Opening a page is a sign of life; it comes after what the page itself needs.
  window.addEventListener("load", function () { setTimeout(function () { ask(true); }, 4000); });
})();
