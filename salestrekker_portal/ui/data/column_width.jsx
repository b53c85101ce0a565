import { useLayoutEffect, useRef } from "react";

const STEP = 16;
const SETTLED = 400; // an arrow that is leaned on is kept once

// The right edge of a table's heading. Dragged, or moved by arrows, it makes its column as wide, at once: as a variable
// of the table that the cells are as wide as. Home, or two clicks, gives the column what it needs.
export function ColumnWidth({ column, width, least, most, label, onWidth }) {
  const ref = useRef(null);
  const timer = useRef(null);
  const now = () => ref.current.closest("th").offsetWidth;
  const within = (wide) => Math.round(Math.min(most, Math.max(least, wide)));
  const show = (wide) => {
    const table = ref.current.closest("table").style;
    if (wide) table.setProperty(`--column-${column}`, `${wide}px`);
    else table.removeProperty(`--column-${column}`);
  };
  useLayoutEffect(() => show(width), [column, width]);
  const keep = (wide, after = 0) => {
    show(wide);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onWidth(column, wide), after);
  };
  const drag = (event) => {
    const handle = event.currentTarget;
    const from = now() - event.clientX;
    let wide = 0;
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    handle.onpointermove = (moved) => show((wide = within(from + moved.clientX)));
    handle.onpointerup = handle.onpointercancel = () => {
      handle.onpointermove = handle.onpointerup = handle.onpointercancel = null;
      if (wide) keep(wide);
    };
  };
  const press = (event) => {
    const step = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
    if (!step && event.key !== "Home") return;
    event.preventDefault();
    keep(step ? within(now() + step) : 0, SETTLED);
  };
  return (
    <span ref={ref} role="separator" tabIndex={0} aria-orientation="vertical" aria-label={label} aria-valuenow={width}
      aria-valuemin={0} aria-valuemax={most} className="column-width" onPointerDown={drag} onKeyDown={press}
      onDoubleClick={() => keep(0)} />
  );
}
