import { useEffect, useImperativeHandle, useRef, useSyncExternalStore } from "react";

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
      dialog.querySelector("[data-first]")?.focus();
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

function outsideOf(element, event) {
  const box = element.getBoundingClientRect();
  return (
    event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom
  );
}

// <details> opens by itself; this closes it: Escape, a click elsewhere, leaving it by Tab, choosing an item.
export function NativeMenu({ children, ref: outer, ...rest }) {
  const ref = useRef(null);
  useImperativeHandle(outer, () => ref.current);
  useEffect(() => {
    const menu = ref.current;
    const close = (event) => {
      if (menu.open && !menu.contains(event.target)) menu.open = false;
    };
    document.addEventListener("pointerdown", close);
    document.addEventListener("focusin", close);
    return () => {
      document.removeEventListener("pointerdown", close);
      document.removeEventListener("focusin", close);
    };
  }, []);
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
    const item = event.target.closest(".menu-item");
    if (item && item.getAttribute("aria-disabled") !== "true") ref.current.open = false;
  };
  return (
    <details {...rest} ref={ref} onKeyDown={onKeyDown} onClick={onClick}>
      {children}
    </details>
  );
}

// The socket needs a while to notice that the network went; the browser knows at once.
export function WhileOffline({ lost, children }) {
  const online = useSyncExternalStore(
    onLineChange,
    () => navigator.onLine,
    () => true,
  );
  return lost || !online ? children : null;
}

function onLineChange(notify) {
  window.addEventListener("online", notify);
  window.addEventListener("offline", notify);
  return () => {
    window.removeEventListener("online", notify);
    window.removeEventListener("offline", notify);
  };
}
