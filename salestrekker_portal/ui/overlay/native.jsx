import { useEffect, useImperativeHandle, useRef } from "react";

// The native dialog does the hard parts: it holds the focus, makes the rest of the page inert, and gives the
// focus back where it was. It only opens modally through a call, hence this wrapper.
export function NativeDialog({ open, onClose, children, ref: outer, ...rest }) {
  const ref = useRef(null);
  useImperativeHandle(outer, () => ref.current);  // an element with an id is given a ref from outside
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    if (open && !dialog.open) {
      dialog.showModal();
      // React's autoFocus comes too early: what is inside a closed dialog takes no focus.
      (dialog.querySelector("[data-first]") ?? firstField(dialog))?.focus();
    }
    if (!open && dialog.open) dialog.close();
    return () => {
      if (dialog.open) dialog.close();
    };
  }, [open]);
  // The owner decides: Escape and a click beside the panel ask to close, they do not close by themselves.
  const onCancel = (event) => {
    if (event.target !== ref.current) return;
    event.preventDefault();
    onClose?.();
  };
  const onMouseDown = (event) => {
    if (event.target === ref.current && outsideOf(ref.current, event)) onClose?.();
  };
  return (
    <dialog {...rest} ref={ref} onCancel={onCancel} onMouseDown={onMouseDown}>
      {open ? children : null}
    </dialog>
  );
}

// Where a form begins with a field, typing can begin at once; before anything else, the cross keeps the focus.
function firstField(dialog) {
  const first = dialog.querySelector(".drawer-body :is(a[href], button, summary, input:not([type=hidden]), select, textarea)");
  return first?.matches("input, select, textarea") ? first : null;
}

function outsideOf(element, event) {
  const box = element.getBoundingClientRect();
  return (
    event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom
  );
}

// <details> opens by itself; this closes it (Escape, a click elsewhere, leaving it by Tab, choosing an item) and puts
// what it opens into the top layer, beside its button: there no table, card or dialog around it can cut it off.
export function NativeMenu({ children, ref: outer, ...rest }) {
  const ref = useRef(null);
  useImperativeHandle(outer, () => ref.current);
  useEffect(() => {
    const menu = ref.current;
    const close = (event) => {
      if (menu.open && !menu.contains(event.target)) menu.open = false;
    };
    const follow = () => menu.open && place(menu);
    // The popover's own words for it; React does not set this one, so it does not take it away either.
    listOf(menu).setAttribute("popover", "manual");
    document.addEventListener("pointerdown", close);
    document.addEventListener("focusin", close);
    window.addEventListener("scroll", follow, { capture: true, passive: true });
    window.addEventListener("resize", follow);
    return () => {
      document.removeEventListener("pointerdown", close);
      document.removeEventListener("focusin", close);
      window.removeEventListener("scroll", follow, { capture: true });
      window.removeEventListener("resize", follow);
    };
  }, []);
  const onToggle = (event) => {
    if (event.target === ref.current) lift(ref.current);
  };
  const onKeyDown = (event) => {
    const menu = ref.current;
    if (event.key === "Escape" && menu.open) {
      event.stopPropagation();
      event.preventDefault();
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && menu.open) {
      const items = [...menu.querySelectorAll(".menu-item")];
      if (!items.length) return;
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const at = items.indexOf(document.activeElement);
      items[at < 0 ? (step > 0 ? 0 : items.length - 1) : (at + step + items.length) % items.length].focus();
    }
  };
  const onClick = (event) => {
    const item = event.target.closest(".menu-item, .is-question button");
    // What works is marked disabled by now (assets/once.js), but it was pressed; what is disabled for a reason was not.
    const held = item?.getAttribute("aria-disabled") === "true" && item.getAttribute("aria-busy") !== "true";
    if (item && !held) ref.current.open = false;
  };
  return (
    <details {...rest} ref={ref} onKeyDown={onKeyDown} onClick={onClick} onToggle={onToggle}>
      {children}
    </details>
  );
}

const listOf = (menu) => menu.querySelector(":scope > .menu-list");

function lift(menu) {
  const list = listOf(menu);
  // A browser without popovers shows it where it is, fixed: cut by nothing but a transformed ancestor.
  if (list.showPopover && list.matches(":popover-open") !== menu.open) {
    if (menu.open) list.showPopover();
    else list.hidePopover();
  }
  if (!menu.open) return;
  place(menu);
  list.querySelector("[data-first]")?.focus({ preventScroll: true });
}

const EDGE = 8; // what stays free between a menu and the edge of the window
const GAP = 6; // and between a menu and its button

function place(menu) {
  const list = listOf(menu);
  const at = menu.querySelector(":scope > summary").getBoundingClientRect();
  const { innerHeight: high } = window;
  const wide = document.documentElement.clientWidth;
  // The button was scrolled away: a menu that belongs to nothing in sight goes.
  if (at.bottom < 0 || at.top > high || at.right < 0 || at.left > wide) {
    menu.open = false;
    return;
  }
  const beside = getComputedStyle(menu).getPropertyValue("--menu-side").trim() === "right";
  const below = high - at.bottom - GAP - EDGE;
  const above = at.top - GAP - EDGE;
  list.style.setProperty("--menu-room", `${high - 2 * EDGE}px`);
  const down = beside || list.offsetHeight <= below || below >= above;
  if (!beside) list.style.setProperty("--menu-room", `${Math.max(down ? below : above, 80)}px`);
  const { offsetWidth: width, offsetHeight: height } = list;
  const left = beside ? at.right + EDGE : menu.classList.contains("is-end") ? at.right - width : at.left;
  const top = beside ? at.bottom - height : down ? at.bottom + GAP : at.top - GAP - height;
  list.style.left = `${Math.max(EDGE, Math.min(left, wide - width - EDGE))}px`;
  list.style.top = `${Math.max(EDGE, Math.min(top, high - height - EDGE))}px`;
}
