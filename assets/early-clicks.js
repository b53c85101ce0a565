// A page is painted before its script has come to life, and on a slow phone somebody presses, types or chooses in
// between. A press or a shortcut is kept and repeated once the page works; what was typed or chosen by then, which the
// script would put back to what the page began with, is put in again. Links and posted forms work without any script.
(function () {
  var STEP = 40, STEPS = 250;
  function works(node) {
    return Object.keys(node).some(function (key) { return key.indexOf("__reactProps") === 0; });
  }
  // Calls `then` once the node is alive, unless it goes away first.
  function once(node, then) {
    var left = STEPS;
    var timer = setInterval(function () {
      left -= 1;
      var now = node.isConnected ? node : node.id && document.getElementById(node.id);
      if (now && works(now)) then(now);
      else if (now && left) return;
      clearInterval(timer);
    }, STEP);
  }

  document.addEventListener("click", function (event) {
    var pressed = event.target.closest ? event.target.closest("button[type=button]") : null;
    if (!pressed || works(pressed)) return;
    once(pressed, function (now) { setTimeout(function () { now.click(); }, 80); });
  }, true);

  var meant = new WeakMap(); // field -> what it was given before it worked
  function told(field, name, way) {
    field.dispatchEvent(new InputEvent(name, { bubbles: true, inputType: way }));
  }
  function giveBack(field, wanted) {
    if (field.type === "checkbox" || field.type === "radio") {
      if (field.checked !== wanted) field.click();
      return;
    }
    var kind = field.tagName === "TEXTAREA" ? HTMLTextAreaElement : field.tagName === "SELECT" ? HTMLSelectElement : HTMLInputElement;
    // Whoever is still at it has gone on where the script put the caret: at the end of what was there.
    Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(field, wanted);
    told(field, field.tagName === "SELECT" ? "change" : "input", "insertText");
  }
  document.addEventListener("input", function (event) {
    var field = event.target;
    if (!field.matches || !field.matches("input:not([type=file]), textarea, select") || works(field)) return;
    var before = meant.has(field);
    meant.set(field, field.type === "checkbox" || field.type === "radio" ? field.checked : field.value);
    if (!before) once(field, function (now) { giveBack(now, meant.get(field)); });
  }, true);

  document.addEventListener("keydown", function (event) {
    var main = document.querySelector("main"), from = event.target;
    var isWriting = from.closest && from.closest("input, textarea, select, [contenteditable]");
    var isShortcut = event.ctrlKey || event.metaKey ? event.key.toLowerCase() === "k" : event.key.length === 1 && event.key !== " " && !event.altKey;
    if (!main || works(main) || isWriting || event.repeat || !isShortcut) return;
    event.preventDefault();
    once(main, function () {
      setTimeout(function () {
        var again = { key: event.key, code: event.code, ctrlKey: event.ctrlKey, metaKey: event.metaKey, shiftKey: event.shiftKey };
        document.dispatchEvent(new KeyboardEvent("keydown", Object.assign(again, { bubbles: true, cancelable: true })));
      }, 80);
    });
  }, true);
})();
