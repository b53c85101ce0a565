import { useEffect, useRef, useState } from "react";

// A week stands in a row.
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
const fill = (words, values) => words.replace(/{(\w+)}/g, (_, name) => values[name] ?? "");

// Days whose dates are carried to others: dragged, or lifted with Space, carried by arrows and put down with Space or
// Enter. What may be carried has data-carry, where it may go data-day. Nothing moves here: the server says where it is.
export function CarriedDays({ words, onCarry, children, ...list }) {
  const ref = useRef(null);
  const lifted = useRef(null);
  const focused = useRef("");
  const [said, say] = useState("");
  const days = () => [...ref.current.querySelectorAll("[data-day]")];
  const over = (day) => {
    for (const each of days()) each.toggleAttribute("data-over", each === day);
    if (day && lifted.current && lifted.current.at !== day) {
      lifted.current.at = day;
      say(fill(words.over, { name: lifted.current.name, day: day.dataset.said }));
    }
  };
  const lift = (item) => {
    const at = item.closest("[data-day]");
    lifted.current = { item, at, from: at, name: item.title };
    item.toggleAttribute("data-lifted", true);
    say(fill(words.lifted, { name: item.title, day: at.dataset.said }));
  };
  const leave = (end) => {
    lifted.current?.item.removeAttribute("data-lifted");
    lifted.current = null;
    over(null);
    say(end);
  };
  const put = () => {
    const { item, at, from } = lifted.current;
    leave("");
    if (at === from) return;
    focused.current = item.dataset.carry;
    onCarry(item.dataset.carry, from.dataset.day, at.dataset.day);
  };
  // What is drawn in another day is another element: whoever carried it by keyboard goes on from it.
  useEffect(() => {
    const key = focused.current;
    if (!key) return;
    const again = ref.current.querySelector(`[data-carry="${CSS.escape(key)}"]`);
    if (again && document.activeElement === document.body) again.focus();
  });
  const of = (event) => {
    const item = event.target.closest?.("[data-carry]");
    return item?.dataset.carry ? item : null;
  };
  const press = (event) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    const held = lifted.current;
    if (!held) {
      const item = event.key === " " && of(event);
      if (!item) return;
      event.preventDefault();
      lift(item);
      return;
    }
    if (event.key === "Tab") return leave(words.left);
    if (event.key === "Escape") leave(words.left);
    else if (event.key === " " || event.key === "Enter") put();
    else if (STEPS[event.key]) {
      const all = days();
      over(all[all.indexOf(held.at) + STEPS[event.key]] ?? held.at);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const drag = (event) => {
    const item = of(event);
    if (!item) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", item.title);
    lift(item);
  };
  const dragOver = (event) => {
    const day = lifted.current && event.target.closest?.("[data-day]");
    if (!day) return;
    event.preventDefault();
    over(day);
  };
  const drop = (event) => {
    if (!lifted.current) return;
    event.preventDefault();
    put();
  };
  return (
    <>
      <ol ref={ref} {...list} onKeyDown={press} onDragStart={drag} onDragOver={dragOver} onDrop={drop}
        onDragEnd={() => lifted.current && leave(words.left)}>
        {children}
      </ol>
      <p role="status" className="small muted">{said}</p>
    </>
  );
}
