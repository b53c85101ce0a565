// Where somebody is looking when a form is refused: the first field that is wrong is brought into view and takes
// the focus; where no field is, the refusal itself. One place for every form and drawer.
const SOON = 10000; // how long after a press an answer still belongs to it
const AGAIN = 900; // what was wrong before the press and still is after this was refused again
let press = null;

const visible = (each) => each.getClientRects().length > 0;

function wrongIn(scope) {
  return [...scope.querySelectorAll('[aria-invalid="true"]')].filter(visible);
}

function saidIn(scope) {
  return [...scope.querySelectorAll('[role="alert"]')].filter((each) => visible(each) && !each.closest(".toasts"));
}

// A form that was drawn anew is another element at the same place.
function scopeOf() {
  if (press.scope.isConnected) return press.scope;
  return press.dialog && press.dialog.isConnected && press.dialog.open ? press.dialog : null;
}

function look() {
  if (!press) return;
  const scope = scopeOf();
  const since = Date.now() - press.at;
  if (!scope || since > SOON) {
    press = null;
    return;
  }
  const fresh = (each, before) => !before.has(each) || since > AGAIN;
  const wrong = wrongIn(scope).filter((each) => fresh(each, press.wrong));
  const said = saidIn(scope).filter((each) => fresh(each, press.said));
  if (!wrong.length && !said.length) return;
  press = null;
  if (wrong.length) goTo(wrong[0]);
  else said[0].scrollIntoView({ block: "center" });
}

function goTo(wrong) {
  const field = wrong.matches("input, select, textarea") ? wrong : wrong.querySelector("input, select, textarea");
  (wrong.closest(".field") || wrong).scrollIntoView({ block: "center" });
  (field || wrong).focus({ preventScroll: true });
}

document.addEventListener(
  "click",
  (event) => {
    const button = event.target.closest?.("button");
    const scope = button?.closest("form, dialog");
    if (!scope || button.closest(".toasts, .drawer-head, .menu")) return;
    const dialog = button.closest("dialog");
    press = { scope, dialog, at: Date.now(), wrong: new Set(wrongIn(scope)), said: new Set(saidIn(scope)) };
    setTimeout(look, AGAIN + 50);
  },
  true,
);
// Whoever has gone on typing is not taken away from it.
document.addEventListener("input", () => (press = null), true);

new MutationObserver(look).observe(document, {
  subtree: true,
  childList: true,
  attributes: true,
  attributeFilter: ["aria-invalid"],
});
