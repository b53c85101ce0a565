import { useEffect, useRef, useState } from "react";

const TYPED_INTO = "input, textarea, select, [contenteditable], [role=menu]";
const OFF = "single-keys-off";
// How long after g the second letter still belongs to it.
const PAIR_MS = 1500;

const isOff = () => {
  try {
    return localStorage.getItem(OFF) === "1";
  } catch {
    return false; // a browser that keeps nothing keeps no choice either
  }
};
const inSight = (each) => each.getClientRects().length > 0 && !each.disabled;

const linkTo = (address) => address && document.querySelector(`nav a[href="${address}"]`);
// What the page is about comes before what stands around it, and the last of it before the first: a pane that is open.
const pressedBy = (key, dialog) => {
  const all = [...(dialog ?? document).querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].filter(inSight);
  return all.filter((each) => each.closest("main")).at(-1) ?? all[0];
};

// Keys that work wherever nobody types: ? shows them, g and a letter follows a link of the page, any other presses what
// has it as data-key. Who dictates to the computer, or leans on keys, turns them off; that stays in this browser.
export function Keys({ go, label, switchLabel, children }) {
  const ref = useRef(null);
  const pair = useRef(0);
  const [off, setOff] = useState(false);
  useEffect(() => setOff(isOff()), []);
  useEffect(() => {
    const press = (event) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      // A key that is leaned on is one press: the next paper is not accepted with it.
      // A field in a sheet that has just closed keeps the focus for a frame: nobody types into what isn't there.
      const field = event.target.closest?.(TYPED_INTO);
      if (event.repeat || (field && inSight(field))) return;
      const dialog = document.querySelector("dialog[open]");
      if (event.key === "?" && !dialog) {
        event.preventDefault();
        ref.current.showModal();
        // The switch takes the focus, and stands at the end: reading begins at the start.
        ref.current.scrollTo(0, 0);
        return;
      }
      if (isOff() || ref.current.open) return;
      const key = event.key.toLowerCase();
      const second = Date.now() - pair.current < PAIR_MS;
      pair.current = key === "g" && !second ? Date.now() : 0;
      if (key === "g" && !second) return;
      const target = second ? linkTo(dialog ? "" : go[key]) : pressedBy(key, dialog);
      if (!target) return;
      event.preventDefault();
      if (target.matches(TYPED_INTO)) target.focus();
      else target.click();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [go]);
  const turn = (event) => {
    setOff(!event.target.checked);
    try {
      localStorage.setItem(OFF, event.target.checked ? "0" : "1");
    } catch {
      // kept nowhere, so it is as it was
    }
  };
  const close = () => ref.current.close();
  return (
    <dialog ref={ref} className="dialog keys" aria-label={label} onClick={(event) => event.target === ref.current && close()}>
      <div className="keys-in">
        {children}
        <label className="switch-line">
          <input type="checkbox" role="switch" className="switch" checked={!off} onChange={turn} />
          <span className="tick-text">{switchLabel}</span>
        </label>
        <button type="button" className="button" onClick={close}>Close</button>
      </div>
    </dialog>
  );
}
