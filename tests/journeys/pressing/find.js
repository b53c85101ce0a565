// Every button that can be pressed now, with the handlers that its compiled properties name.
() => {
  const props = (node) => {
    const key = Object.keys(node).find((each) => each.startsWith("__reactProps"));
    return key ? node[key] : {};
  };
  const names = (handler) => [...new Set([...String(handler || "").matchAll(/reflex___state____[\w.]+/g)].map((m) => m[0]))];
  const called = (node) => {
    const form = node.type === "submit" ? node.form : null;
    const posts = form && form.getAttribute("method") === "post" && form.getAttribute("action");
    return posts ? ["POST " + posts] : names(props(node).onClick).concat(form ? names(props(form).onSubmit) : []);
  };
  const open = [...document.querySelectorAll("dialog[open]")].pop();
  const found = [], seen = {};
  for (const node of (open || document).querySelectorAll("button, summary, a[href='#'], [role=button], [role=menuitem]")) {
    node.removeAttribute("data-walk");
    if (!node.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    if (node.disabled || node.getAttribute("aria-disabled") === "true") continue;
    const events = called(node);
    // What stands behind a menu or a question is in the page already, only not in sight.
    const behind = node.tagName === "SUMMARY" ? node.parentElement.querySelectorAll("button") : [];
    const leads = [...new Set([...behind].flatMap(called))];
    const label = (node.getAttribute("aria-label") || node.innerText || node.title || "").trim().replace(/\s+/g, " ")
      // How many there are of something changes with what is filled in.
      .replace(/\(\d+\)/g, "(…)").slice(0, 80);
    const same = node.tagName + events.join() + label;
    const nth = seen[same] = (seen[same] || 0) + 1;
    const name = [node.tagName, nth, label, ...events].join("\u0001");
    node.setAttribute("data-walk", name);
    // What stands on every page, and on every page of a deal.
    const frame = open ? "" : node.closest(".deal-head") ? "deal" : node.closest("main") ? "" : "page";
    found.push({ tag: node.tagName, nth, label, events, leads, name, frame });
  }
  return found;
}
