"""What a walker leaves in the page of A, and what it reads of a page to see whether anything of A is there."""

MARK = "MARK-A"

# Everything that can be filled, ticked or chosen in the open dialog, or else in the page: how many things were.
FILL = r"""(mark) => {
  const scope = document.querySelector("dialog[open]") || document.querySelector("main");
  const told = (each, kind) => each.dispatchEvent(new Event(kind, { bubbles: true }));
  const set = (each, value) => {
    const kind = each.tagName === "TEXTAREA" ? HTMLTextAreaElement : HTMLInputElement;
    each.focus();
    Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(each, value);
    told(each, "input");
  };
  const mail = `${mark.toLowerCase()}@example.com`;
  const words = { number: "777001", date: "2031-07-07", email: mail, tel: "0491 570 006" };
  const usable = (each) => !each.closest("[disabled], [aria-disabled=true], fieldset:disabled") && !each.readOnly;
  let done = 0;
  for (const each of [...scope.querySelectorAll("input, textarea, select")].filter(usable)) {
    if (each.type === "file" || each.type === "hidden") continue;
    done += 1;
    if (each.type === "checkbox") each.click();
    else if (each.type === "radio") each.checked || each.click();
    else if (each.tagName === "SELECT") {
      each.selectedIndex = each.options.length - 1;
      told(each, "change");
    } else set(each, words[each.type] || `${mark} of ${each.id || each.name || "field"}`);
  }
  return done;
}"""

# The words, fields and open parts of a page. Times pass, so they are left out; so is what only names an element.
SIGNATURE = r"""() => {
  const seen = (each) => each.getClientRects().length > 0;
  const scopes = [document.querySelector("main"), ...document.querySelectorAll("dialog[open]")].filter(Boolean);
  const fields = [...document.querySelectorAll("input:not([type=hidden]):not([type=file]), select, textarea")]
    .filter(seen).map((each) => `${each.type}=${/checkbox|radio/.test(each.type) ? each.checked : each.value}`);
  const states = ["aria-pressed", "aria-selected", "aria-expanded", "aria-checked"].flatMap((name) =>
    scopes.flatMap((one) => [...one.querySelectorAll(`[${name}]`)]).map((one) => `${name}=${one.getAttribute(name)}`));
  const open = `${document.querySelectorAll("dialog[open]").length} dialogs`;
  const words = scopes.map((each) => each.innerText).join("\n").split("\n").map((line) => line.trim()).filter(Boolean)
    .map((line) => line.replace(/(\d+|a|an) (second|min|minute|hour|h)s? ago|just now|\d\d?:\d\d( ?[ap]m)?/gi, "~"));
  return [open, ...states, ...fields, ...words];
}"""

# Buttons that might open something, those in closed menus too: one of each group, which is where and what it is.
OPENERS = r"""(limit) => {
  const buttons = [...document.querySelectorAll("main button")].filter((each) =>
    each.type === "button" && !each.closest("[aria-disabled=true], [disabled], form[action], .toasts, dialog"));
  const groups = {};
  for (const each of buttons) {
    const name = (each.getAttribute("aria-label") || each.textContent).trim();
    const place = [each, each.parentElement, each.parentElement.parentElement].map((one) => one.className).join(" < ");
    (groups[`${place} | ${name.split(" ")[0]}`] ||= []).push({ name });
  }
  const first = Object.entries(groups).slice(0, limit);
  return first.map(([group, found]) => ({ group, name: found[0].name, several: found.length }));
}"""

# Press a button by what it is called, as the browser does for somebody who has opened the menu around it.
PRESS = r"""(group) => {
  const [place, first] = group.split(" | ");
  const found = [...document.querySelectorAll("main button")].filter((each) => {
    const name = (each.getAttribute("aria-label") || each.textContent).trim();
    const here = [each, each.parentElement, each.parentElement.parentElement].map((one) => one.className).join(" < ");
    return here === place && name.split(" ")[0] === first && !each.closest("[aria-disabled=true], [disabled], dialog");
  });
  const wanted = found[Math.min(window.nthOfGroup || 0, found.length - 1)];
  wanted?.click();
  return Boolean(wanted);
}"""
