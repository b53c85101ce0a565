import { useEffect, useRef, useState } from "react";

const fill = (words, values) => words.replace(/{(\w+)}/g, (_, name) => values[name] ?? "");

// Days whose dates are carried to others: dragged, or lifted with Space, carried by arrows and put down with Space or
// Enter; or months. What may be carried has data-carry, and data-seen where its place doesn't say its day; where it stands
// has data-day, and data-shut where nothing may go. So many stand in a `row`. Nothing moves here: the server says where it
// is.
export function CarriedDays({ words, onCarry, element: List, row, children, ...list }) {
  const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -row, ArrowDown: row };
  const ref = useRef(null);
  const lifted = useRef(null);
  const focused = useRef("");
  const [said, say] = useState("");
  const days = () => [...ref.current.querySelectorAll("[data-day]:not([data-shut])")];
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
    onCarry(item.dataset.carry, item.dataset.seen ?? from.dataset.day, at.dataset.day);
  };
  // What is drawn in another day is another element: whoever carried it by keyboard goes on from it. The days are drawn
  // by somebody else, so it is seen when it comes, and not known from a render of this.
  useEffect(() => {
    const drawn = new MutationObserver(() => {
      const key = focused.current;
      if (!key) return;
      const again = ref.current.querySelector(`[data-carry="${CSS.escape(key)}"]`);
      if (again && document.activeElement === document.body) again.focus();
    });
    drawn.observe(ref.current, { childList: true, subtree: true });
    return () => drawn.disconnect();
  }, []);
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
    else if (steps[event.key]) {
      const all = days();
      over(all[all.indexOf(held.at) + steps[event.key]] ?? held.at);
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
    const day = lifted.current && event.target.closest?.("[data-day]:not([data-shut])");
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
      <List ref={ref} {...list} onKeyDown={press} onDragStart={drag} onDragOver={dragOver} onDrop={drop}
        onDragEnd={() => lifted.current && leave(words.left)}>
        {children}
      </List>
      <p role="status" className="small muted">{said}</p>
    </>
  );
}
