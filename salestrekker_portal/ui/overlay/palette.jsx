import { useEffect, useRef } from "react";

const TYPED_INTO = "input, textarea, select, [contenteditable]";

// Opens by its button, Ctrl K or / at once, without asking the server, and goes through its lines by arrows: all that
// HTML has no words for. The field and what is found come as children; each line is a link
// with data-hit.
export function Palette({ label, placeholder, hint, keys, onOpen, children }) {
  const ref = useRef(null);
  const input = () => ref.current.querySelector("input");
  const lines = () => [...ref.current.querySelectorAll("[data-hit]")];
  const open = () => {
    if (ref.current.open) return;
    input().value = "";
    ref.current.showModal();
    input().focus();
    onOpen?.();
  };
  useEffect(() => {
    const press = (event) => {
      const combined = event.ctrlKey || event.metaKey;
      const wanted = combined && !event.altKey && event.key.toLowerCase() === "k";
      const slash = event.key === "/" && !combined && !event.altKey && !event.target.closest?.(TYPED_INTO);
      // Another dialog holds the focus, and what it asks comes first.
      if ((!wanted && !slash) || event.defaultPrevented || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      open();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  });
  const onKeyDown = (event) => {
    if (event.key === "Enter" && event.target === input()) {
      event.preventDefault();
      const first = lines()[0];
      if (first && (event.ctrlKey || event.metaKey)) window.open(first.href, "_blank");
      else first?.click();
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const all = [input(), ...lines()];
    const at = all.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    event.preventDefault();
    all[(at + all.length) % all.length].focus();
  };
  const onClick = (event) => {
    const beside = event.target === ref.current;
    const elsewhere = event.target.closest("[data-hit]") && !(event.ctrlKey || event.metaKey);
    if (beside || elsewhere) ref.current.close();
  };
  return (
    <>
      <button type="button" className="search-open" aria-label={label} aria-keyshortcuts="Control+K /" onClick={open}>
        {hint}<span>{placeholder}</span><kbd className="kbd" aria-hidden="true">{keys}</kbd>
      </button>
      <dialog ref={ref} className="dialog palette" aria-label={label} onKeyDown={onKeyDown} onClick={onClick}>
        <div className="palette-in">{children}</div>
      </dialog>
    </>
  );
}
