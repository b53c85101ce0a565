"""A browser that translates pages as Chrome does, and what tells whether a page still shows what React holds.

`TRANSLATOR` goes into a page before its own scripts, as a translator stands outside of them: what the product does
to the methods of nodes isn't what the translator calls. `translatePage()` wraps every text in two <font>, as Chrome
does, and goes on doing so with every text that comes; by turns the page's own text is taken along, or another is put
in its place.

`heldByReact()` is the text that React has drawn last, whole; `differences()` names the smallest elements that show
another text than React holds: one lost, left behind, doubled or out of order. What others write beside React
isn't looked at.
"""

TRANSLATOR = r"""(() => {
  const { replaceChild, insertBefore, appendChild } = Node.prototype;
  const setData = Object.getOwnPropertyDescriptor(CharacterData.prototype, "data").set;
  const LEFT_ALONE = "script, style, textarea, noscript, svg, [translate=no]";
  const LATER = 30; // a translation comes from somewhere else, so never at once
  let turn = 0;

  function font() {
    const made = document.createElement("font");
    made.style.verticalAlign = "inherit";
    return made;
  }
  function translate(text) {
    const parent = text.parentNode;
    if (!text.isConnected || !text.data.trim() || text.data.startsWith("⟦") || parent.closest(LEFT_ALONE)) return;
    const words = `⟦${text.data}⟧`;
    if (parent.nodeName === "FONT") return setData.call(text, words);
    const outer = font(), inner = font();
    appendChild.call(outer, inner);
    if (turn++ % 2) {
      insertBefore.call(parent, outer, text);
      appendChild.call(inner, text);
      setData.call(text, words);
    } else {
      appendChild.call(inner, document.createTextNode(words));
      replaceChild.call(parent, outer, text);
    }
  }
  function translateAll(under) {
    if (under.nodeType === Node.TEXT_NODE) return translate(under);
    const walker = document.createTreeWalker(under, NodeFilter.SHOW_TEXT), found = [];
    while (walker.nextNode()) found.push(walker.currentNode);
    found.forEach(translate);
  }
  window.translatePage = () => {
    translateAll(document.body);
    new MutationObserver((changes) => {
      const touched = changes.flatMap((each) => (each.type === "characterData" ? [each.target] : [...each.addedNodes]));
      setTimeout(() => touched.forEach((each) => each.isConnected && translateAll(each)), LATER);
    }).observe(document.body, { childList: true, characterData: true, subtree: true });
  };

  const HOSTS = [5, 26, 27], TEXT = 6, PORTAL = 4;
  const UNREAD = ["SCRIPT", "STYLE", "TEXTAREA", "TITLE", "HEAD", "NOSCRIPT"];
  const ours = (element) => Object.keys(element).find((key) => key.startsWith("__reactFiber$"));
  const written = (props) => props && (props.dangerouslySetInnerHTML || props.contentEditable);
  const unread = (element) => UNREAD.includes(element.nodeName) || written(element[ours(element)]?.memoizedProps);

  // What an element shows of React's: without the translator's marks, and without what others put there.
  function shown(element) {
    return [...element.childNodes]
      .map((each) => {
        if (each.nodeType === Node.TEXT_NODE) return each.data.replace(/[⟦⟧]/g, "");
        if (each.nodeType !== Node.ELEMENT_NODE) return "";
        return each.nodeName === "FONT" || (ours(each) && !unread(each)) ? shown(each) : "";
      })
      .join("");
  }
  function held(fiber, wrong) {
    let text = "";
    for (let each = fiber.child; each; each = each.sibling) {
      if (each.tag === TEXT) text += each.memoizedProps;
      else if (HOSTS.includes(each.tag)) text += heldBy(each, wrong);
      else if (each.tag === PORTAL) held(each, wrong);
      else text += held(each, wrong);
    }
    return text;
  }
  function heldBy(host, wrong) {
    const element = host.stateNode, props = host.memoizedProps;
    if (unread(element)) return "";
    const single = !host.child && ["string", "number"].includes(typeof props.children);
    const known = wrong.length;
    const text = single ? String(props.children) : held(host, wrong);
    const seen = shown(element);
    if (wrong.length === known && seen !== text)
      wrong.push(`<${element.nodeName} class="${element.className}"> shows "${seen}" and holds "${text}"`);
    return text;
  }
  function read() {
    const root = [document, document.body, ...document.body.children].find((each) =>
      Object.keys(each).some((key) => key.startsWith("__reactContainer$")));
    const key = Object.keys(root).find((each) => each.startsWith("__reactContainer$"));
    const wrong = [];
    return { text: held(root[key].stateNode.current, wrong), wrong };
  }
  window.heldByReact = () => read().text;
  window.differences = () => read().wrong.slice(0, 5);
})();"""
