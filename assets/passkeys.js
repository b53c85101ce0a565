// Passkeys: asking the server for a challenge, the browser's own dialog, and the answer into the form that then leaves
// like any other. What a passkey may do is decided by the server alone.
(function () {
  var page = document.documentElement;
  if (!window.PublicKeyCredential || !window.isSecureContext || !navigator.credentials) return;
  // Stylesheets show what needs a passkey where there can be one: at all, and in this very device.
  page.setAttribute("data-passkeys", "any");
  PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().then(function (here) {
    if (here) page.setAttribute("data-passkeys", "any here");
  }, function () { /* a browser that won't say has none here */ });

  function bytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (letter) { return letter.charCodeAt(0); });
  }

  function text(buffer) {
    var plain = Array.from(new Uint8Array(buffer), function (byte) { return String.fromCharCode(byte); }).join("");
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function key_of(each) {
    return Object.assign({}, each, { id: bytes(each.id) });
  }

  function opened(options) {
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    if (options.excludeCredentials) options.excludeCredentials = options.excludeCredentials.map(key_of);
    if (options.allowCredentials) options.allowCredentials = options.allowCredentials.map(key_of);
    return options;
  }

  function written(made) {
    var response = {};
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (name) {
      if (made.response[name]) response[name] = text(made.response[name]);
    });
    if (made.response.getTransports) response.transports = made.response.getTransports();
    return JSON.stringify({
      id: made.id, rawId: text(made.rawId), type: made.type, response: response, clientExtensionResults: {},
    });
  }

  function say(form, words) {
    var place = form.querySelector("[data-passkey-said]");
    // The words of a browser are for programmers; ours stand in the page already.
    if (place) place.textContent = words || place.getAttribute("data-passkey-said");
  }

  // Who sits there is asked first (portals/events/asking.py), and the press comes again by itself.
  function asks_first(form, button) {
    window.pressAgain = function () {
      window.pressAgain = null;
      if (form.isConnected) form.requestSubmit(button);
    };
    document.getElementById("prove-again").click();
  }

  async function ceremony(form, button) {
    var kind = form.getAttribute("data-passkey");
    var asked = await fetch(form.getAttribute("data-ask"), {
      method: "POST", body: new URLSearchParams(new FormData(form)), credentials: "same-origin",
    });
    var told = await asked.json();
    if (told.prove) asks_first(form, button);
    if (!asked.ok) return say(form, told.error);
    var options = { publicKey: opened(told) };
    var made = kind === "make" ? await navigator.credentials.create(options) : await navigator.credentials.get(options);
    form.querySelector("input[name=answer]").value = written(made);
    return true;
  }

  // Before once.js, which takes the press only when there is an answer to send.
  window.addEventListener("submit", function (event) {
    var form = event.target, button = event.submitter;
    if (!form.hasAttribute || !form.hasAttribute("data-passkey") || form.passkeyReady) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (form.passkeyBusy) return;
    form.passkeyBusy = true;
    say(form, "\u00a0");
    ceremony(form, button).then(function (ready) {
      if (!ready) return;
      form.passkeyReady = true;
      form.requestSubmit(button);
    }).catch(function () { say(form, ""); }).then(function () { form.passkeyBusy = form.passkeyReady = false; });
  }, true);
})();
