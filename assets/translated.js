// A browser that translates a page moves its words into <font>, or puts a <font> in their place. React still holds
// the words that it wrote: taking them away, writing before them or changing them then fails, and the page is lost.
// So each of these first finds what stands where the words stood.
(function () {
  if (window.__translated) return;
  window.__translated = true;
  var standIns = new WeakMap();

  function holds(parent, node) {
    return node && node.parentNode !== parent;
  }

  // The child of `parent` that has `node` in it, or that the browser put in its place.
  function placeOf(parent, node) {
    var at = node.isConnected || parent.contains(node) ? node : standIns.get(node);
    while (at && at.parentNode && at.parentNode !== parent) at = at.parentNode;
    return at && at.parentNode === parent ? at : null;
  }

  var removeChild = Node.prototype.removeChild;
  Node.prototype.removeChild = function (child) {
    if (!holds(this, child)) return removeChild.call(this, child);
    var place = placeOf(this, child);
    if (place) removeChild.call(this, place);
    return child;
  };

  // Words that are moved elsewhere take along what the browser put in their place, or they would stand there twice.
  function taken(child) {
    var standIn = child && child.nodeType === Node.TEXT_NODE && !child.isConnected && standIns.get(child);
    if (standIn && standIn.parentNode) removeChild.call(standIn.parentNode, standIn);
    return child;
  }

  var insertBefore = Node.prototype.insertBefore;
  Node.prototype.insertBefore = function (child, before) {
    var place = holds(this, before) ? placeOf(this, before) : before;
    return insertBefore.call(this, taken(child), place);
  };

  var appendChild = Node.prototype.appendChild;
  Node.prototype.appendChild = function (child) {
    return appendChild.call(this, taken(child));
  };

  ["nodeValue", "data"].forEach(function (name) {
    var owner = name === "data" ? CharacterData.prototype : Node.prototype;
    var known = Object.getOwnPropertyDescriptor(owner, name);
    Object.defineProperty(owner, name, {
      configurable: true,
      enumerable: known.enumerable,
      get: known.get,
      set: function (words) {
        known.set.call(this, words);
        var standIn = this.nodeType === Node.TEXT_NODE && !this.isConnected && standIns.get(this);
        if (standIn && standIn.parentNode) standIn.parentNode.replaceChild(this, standIn);
      },
    });
  });

  new MutationObserver(function (changes) {
    changes.forEach(function (change) {
      var font = change.addedNodes[0];
      if (!font || font.nodeName !== "FONT") return;
      change.removedNodes.forEach(function (node) {
        if (node.nodeType === Node.TEXT_NODE && !node.isConnected) standIns.set(node, font);
      });
    });
  }).observe(document, { childList: true, subtree: true });
})();
