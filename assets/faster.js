// Somebody changed the same fields since this form was filled. Nothing was written; beside each of those fields both
// values are shown and asked about. What the form was filled from is in its field _shown: whoever has seen the other
// value, and chosen, has it in there. Everything that was typed stays.
let sent = null; // the form that was sent last

const baseOf = (form) => form?.querySelector('input[name="_shown"]');
const shownBy = (form) => JSON.parse(baseOf(form)?.value || "{}");

function controlsOf(form, name) {
  const found = form.elements.namedItem(name);
  if (!found) return [];
  return found instanceof RadioNodeList ? [...found] : [found];
}

const set = ([first], value) => window.putIntoField(first, value);

const radio = (controls) => controls.find((each) => each.checked);
const mineOf = (controls) => (controls[0].type === "radio" ? radio(controls)?.value ?? "" : controls[0].value);

// A value in the words that the form has for it.
function wordsOf(controls, value) {
  const [first] = controls;
  if (first.tagName === "SELECT") return [...first.options].find((each) => each.value === value)?.text || "another choice";
  if (first.type === "radio") return controls.find((each) => each.value === value)?.closest("label")?.innerText || value;
  return value || "nothing";
}

function quote(words) {
  const said = document.createElement("q");
  said.textContent = words;
  return said;
}

function sentence(controls, clash) {
  const line = document.createElement("p");
  const who = clash.who || "Somebody";
  const when = clash.at ? ` at ${clash.at}` : "";
  line.append(`${who} changed this${who === "You" && !clash.at ? " in another tab" : ""} to `, quote(wordsOf(controls, clash.theirs)));
  line.append(`${when}. Yours: `, quote(wordsOf(controls, mineOf(controls))), ".");
  return line;
}

function settle(form, name, controls, box, clash) {
  baseOf(form).value = JSON.stringify({ ...shownBy(form), [name]: clash.theirs });
  controls.forEach((each) => {
    each.setAttribute("aria-invalid", "false");
    // What is kept of the typing (typed.js) is kept on top of their value from now on.
    if (each.dataset.base !== undefined) each.dataset.base = clash.theirs;
  });
  box.remove();
  controls[0].focus();
}

function ask(form, name, clash) {
  const controls = controlsOf(form, name);
  if (!controls.length) return;
  const box = document.createElement("div");
  box.className = "clash";
  box.setAttribute("role", "alert");
  const row = document.createElement("div");
  row.className = "button-row";
  const choice = (words, act) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: words });
    button.className = "button is-second is-small";
    button.onclick = () => {
      settle(form, name, controls, box, clash);
      act();
    };
    row.append(button);
  };
  choice("Keep mine", () => !["radio", "checkbox"].includes(controls[0].type) && set(controls, mineOf(controls)));
  choice("Take theirs", () => set(controls, clash.theirs));
  box.append(sentence(controls, clash), row);
  (controls[0].closest(".field") || controls[0].closest("label") || controls[0]).append(box);
  controls.forEach((each) => each.setAttribute("aria-invalid", "true"));
}

window.somebodyWasFaster = (clashes, where = null) => {
  const names = Object.keys(clashes);
  const fits = (form) => form?.isConnected && baseOf(form) && names.some((name) => controlsOf(form, name).length);
  const form = where || (fits(sent) ? sent : [...document.forms].find(fits));
  if (!form) return;
  if (!where) form.querySelectorAll(".clash").forEach((each) => each.remove());
  names.forEach((name) => ask(form, name, clashes[name]));
};

document.addEventListener("submit", (event) => {
  if (baseOf(event.target)) sent = event.target;
}, true);
