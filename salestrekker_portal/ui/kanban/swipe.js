// On a phone one stage is in view and the page scrolls through its deals; swiping brings the next stage in.
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

const SETTLED = 120; // ms without scrolling after which a swipe is over
const ROOM = 12; // px between the tabs and the stage

// How far the tabs, which stick to the top, have been pushed into the board.
function pushed(lane) {
  return Math.max(0, lane.previousElementSibling.getBoundingClientRect().bottom - lane.getBoundingClientRect().top);
}

// The number of the stage in view, and the handler of the lane's scrolling. Someone far down one stage sees the
// others from their top: while swiping they hang that much lower, and once one has arrived the page goes up.
export function useSwipe(lane, phone) {
  const [shown, setShown] = useState(0);
  const settled = useRef(0);
  const arrived = useRef(false);
  useEffect(() => () => clearTimeout(settled.current), []);
  const onScroll = useCallback(() => {
    const board = lane.current;
    if (!phone || !board) return;
    board.style.setProperty("--kb-pushed", `${pushed(board)}px`);
    clearTimeout(settled.current);
    settled.current = setTimeout(() => {
      arrived.current = true;
      setShown(Math.round(board.scrollLeft / board.clientWidth));
    }, SETTLED);
  }, [lane, phone]);
  useLayoutEffect(() => {
    if (!arrived.current) return;
    arrived.current = false;
    const by = pushed(lane.current);
    if (by) window.scrollBy({ top: -by - ROOM, behavior: "instant" });
  }, [lane, shown]);
  return [shown, onScroll];
}
