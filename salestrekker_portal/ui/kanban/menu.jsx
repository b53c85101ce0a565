// "Move <deal> to…": the way to move a deal without dragging. A menu beside its button, a sheet on a phone.
import { ArrowUpToLine, Lock, SquareKanban } from "lucide-react";
import { useEffect, useLayoutEffect, useRef, useState } from "react";

const STEP = { ArrowDown: 1, ArrowUp: -1 };

export function MoveMenu({ card, stage, first, stages, counts, button, onPick, onClose, onElsewhere }) {
  const ref = useRef(null);
  const [spot, setSpot] = useState({ opacity: 0 }); // not hidden: what is hidden takes no focus;
  useLayoutEffect(() => {
    const at = button.getBoundingClientRect();
    const { width, height } = ref.current.getBoundingClientRect();
    const left = Math.max(8, Math.min(at.right - width, window.innerWidth - width - 8));
    const below = at.bottom + 4;
    const top = below + height > window.innerHeight - 8 ? Math.max(8, at.top - height - 4) : below;
    setSpot({ left, top });
  }, [button]);
  useEffect(() => {
    ref.current.querySelector("[role=menuitem]")?.focus({ preventScroll: true });
    const outside = (event) => !ref.current?.contains(event.target) && onClose(false);
    document.addEventListener("pointerdown", outside, true);
    return () => document.removeEventListener("pointerdown", outside, true);
  }, [onClose]);
  const keys = (event) => {
    event.stopPropagation();
    const items = [...ref.current.querySelectorAll("[role=menuitem]")];
    const now = items.indexOf(document.activeElement);
    const to = { Home: 0, End: items.length - 1 }[event.key] ?? (STEP[event.key] && now + STEP[event.key]);
    if (event.key === "Escape" || event.key === "Tab") onClose(true);
    if (event.key === "Escape" || event.key === "Tab" || to !== undefined) event.preventDefault();
    if (to !== undefined) items[(to + items.length) % items.length].focus();
  };
  return (
    <div ref={ref} className="kb-menu" role="menu" aria-label={`Move ${card.name} to`} style={spot} onKeyDown={keys}>
      <p className="kb-menu-title" aria-hidden="true">Move {card.name} to…</p>
      {!first && (
        <button type="button" role="menuitem" tabIndex={-1} onClick={() => onPick(stage)}>
          <ArrowUpToLine aria-hidden size={16} strokeWidth={1.75} />Top of {stages.find((one) => one.id === stage)?.name}
        </button>
      )}
      {stages.filter((one) => one.id !== stage).map((one) => (
        <button type="button" role="menuitem" tabIndex={-1} key={one.id} onClick={() => onPick(one.id)}>
          <span className="kb-menu-name">{one.name}</span>
          {one.locked && <Lock aria-hidden size={14} strokeWidth={1.75} />}
          <span className="kb-count" aria-hidden="true">{(counts[one.id] ?? 0).toLocaleString("en-AU")}</span>
        </button>
      ))}
      {onElsewhere && (
        <button type="button" role="menuitem" tabIndex={-1} onClick={onElsewhere}>
          <SquareKanban aria-hidden size={16} strokeWidth={1.75} />Another workflow…
        </button>
      )}
    </div>
  );
}
