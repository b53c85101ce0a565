import { useEffect, useState } from "react";

// "@" and the beginning of a name, of one word or two, where the caret stands.
const TYPED = /(?:^|\s)@([^\s@]*(?: [^\s@]+)?)$/u;
const MOST = 8;
const folded = (text) => text.normalize("NFD").replace(/[\p{M}'’]/gu, "").toLowerCase();
const beginsWith = (name, typed) => {
  const words = folded(name).split(/[\s-]+/);
  return folded(typed).split(/\s+/).every((part) => words.some((word) => word.startsWith(part)));
};

// Offers the people of the ticks in `among` while "@" and a name are typed into the field `of`, or a name into the
// field `find`, which may be absent; choosing one ticks theirs. Arrows, Enter and Tab choose, Escape closes.
export function Mention({ of, among, find, label }) {
  const [found, setFound] = useState([]);
  const [at, setAt] = useState(0);
  const [into, setInto] = useState("");
  const listId = `${among}-list`;
  const boxes = () => [...document.querySelectorAll(`#${CSS.escape(among)} input[data-name]`)];
  const close = () => setFound([]);
  const typedIn = (field) =>
    field.id === find ? field.value.trim() : TYPED.exec(field.value.slice(0, field.selectionStart))?.[1];

  const look = (field) => {
    const typed = typedIn(field);
    const wanted = typed === undefined || (field.id === find && !typed) ? [] : boxes();
    setFound(wanted.filter((box) => beginsWith(box.dataset.name, typed)).slice(0, MOST));
    setInto(field.id);
    setAt(0);
  };
  const choose = (box) => {
    const field = document.getElementById(into);
    close();
    if (!box.checked) box.click();
    if (into === find) field.value = "";
    else {
      const end = field.selectionStart;
      field.setRangeText(`@${box.dataset.name} `, end - typedIn(field).length - 1, end, "end");
    }
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  useEffect(() => {
    const ours = (event) => [of, find].includes(event.target?.id);
    const type = (event) => ours(event) && look(event.target);
    const press = (event) => {
      if (!ours(event) || event.isComposing) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const picks = ["Enter", "Tab"].includes(event.key);
      if (!found.length) return event.target.id === find && event.key === "Enter" && event.preventDefault();
      if (!step && !picks && event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      if (step) setAt((at + step + found.length) % found.length);
      else if (picks) choose(found[at]);
      else close();
    };
    const leave = (event) => ours(event) && close();
    document.addEventListener("input", type, true);
    document.addEventListener("keydown", press, true);
    document.addEventListener("focusout", leave, true);
    return () => {
      document.removeEventListener("input", type, true);
      document.removeEventListener("keydown", press, true);
      document.removeEventListener("focusout", leave, true);
    };
  });
  useEffect(() => {
    const field = document.getElementById(into);
    field?.toggleAttribute("aria-controls", false);
    if (found.length) field?.setAttribute("aria-controls", listId);
    if (found.length) field?.setAttribute("aria-activedescendant", `${listId}-${at}`);
    else field?.removeAttribute("aria-activedescendant");
  }, [found, at, into, listId]);
  if (!found.length) return null;
  return (
    <ul role="listbox" id={listId} aria-label={label} className={into === find ? "mention-list is-under" : "mention-list"}>
      {found.map((box, place) => (
        <li
          key={box.id}
          id={`${listId}-${place}`}
          role="option"
          aria-selected={place === at}
          onPointerDown={(event) => {
            event.preventDefault(); // the field keeps the focus, and a phone its keyboard
            choose(box);
          }}
        >
          {box.dataset.name} <small>{box.dataset.hint}</small>
        </li>
      ))}
    </ul>
  );
}
