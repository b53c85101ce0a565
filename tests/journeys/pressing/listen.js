// Runs before every page: what goes over the wire, and when.
(() => {
  const wire = window.walkWire = { last: performance.now() };
  const send = WebSocket.prototype.send;
  const heard = new WeakSet();
  WebSocket.prototype.send = function (data) {
    if (!heard.has(this)) {
      heard.add(this);
      this.addEventListener("message", (event) => { if (String(event.data).length > 3) wire.last = performance.now(); });
    }
    if (typeof data === "string" && data.length > 3) {
      wire.last = performance.now();
      const names = [...data.matchAll(/"name":"(reflex___state[\w.]+)"/g)].map((found) => found[1]);
      if (names.length) sessionStorage.walked = (sessionStorage.walked || "") + names.join("\n") + "\n";
    }
    return send.call(this, data);
  };
})();
