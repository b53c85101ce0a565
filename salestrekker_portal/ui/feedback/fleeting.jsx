import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";

// A notice that leaves by itself: when its time is up, unless somebody is at it, and when the page that it
// spoke about is left. Something told on the way to another page (saved, and here is the list) arrives there
// with it, hence the moment of grace.
const STEP = 250;
const GRACE = 2000;
const EDGE = 16;
const PRESSABLE = "button, a[href], input, select, textarea, summary, [role=button], [tabindex='0']";

// Every page has its own region, so a notice is drawn anew on the next one: where it was first seen is kept here.
let seen = { number: 0, at: 0, place: "" };

// An open dialog makes the rest of the page inert: what is said meanwhile is said inside it.
const inFront = () => [...document.querySelectorAll("dialog:modal:not(.ask)")].at(-1) || null;

const overlaps = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

// The first place, from the bottom up and the right first, where the notice covers nothing that can be pressed;
// on a page without one, the place where it covers least.
function freeSpot(box) {
  const { width, height } = box.getBoundingClientRect();
  const taken = [...document.querySelectorAll(PRESSABLE)]
    .filter((each) => !box.contains(each))
    .map((each) => each.getBoundingClientRect())
    .filter((each) => each.width > 0 && each.bottom > 0 && each.top < window.innerHeight);
  const lefts = [window.innerWidth - width - EDGE, EDGE];
  let best = null;
  for (const left of new Set(lefts.map((each) => Math.max(EDGE, each)))) {
    for (let top = window.innerHeight - height - EDGE; top >= EDGE; top -= 24) {
      const spot = { left, top, right: left + width, bottom: top + height };
      const covers = taken.filter((each) => overlaps(spot, each)).length;
      if (!covers) return spot;
      if (!best || covers < best.covers) best = { ...spot, covers };
    }
  }
  return best;
}

export function Fleeting({ seconds, number, onGone, children, className }) {
  const box = useRef(null);
  const gone = useRef(onGone);
  const [dialog, setDialog] = useState(inFront);
  const [spot, setSpot] = useState(null);
  gone.current = onGone;
  useEffect(() => {
    let left = seconds * 1000;
    const here = () => window.location.pathname;
    if (seen.number !== number) seen = { number, at: Date.now(), place: here() };
    setDialog(inFront());
    const timer = setInterval(() => {
      if (Date.now() - seen.at <= GRACE) seen.place = here();
      setDialog(inFront());
      const busy = box.current?.matches(":hover, :focus-within") || document.hidden;
      if (!busy) left -= STEP;
      if (left > 0 && seen.place === here()) return;
      clearInterval(timer);
      gone.current?.();
    }, STEP);
    return () => clearInterval(timer);
  }, [seconds, number]);
  useLayoutEffect(() => {
    const place = () => setSpot(dialog || !box.current ? null : freeSpot(box.current));
    place();
    window.addEventListener("scroll", place, { capture: true, passive: true });
    window.addEventListener("resize", place);
    const timer = setInterval(() => !box.current?.matches(":hover, :focus-within") && place(), STEP);
    return () => {
      window.removeEventListener("scroll", place, { capture: true });
      window.removeEventListener("resize", place);
      clearInterval(timer);
    };
  }, [dialog, number]);
  const style = spot ? { left: spot.left, top: spot.top, right: "auto", bottom: "auto" } : undefined;
  const region = (
    <div className="toasts" role="region" aria-label="Notices" style={style}>
      <div ref={box} className={className}>
        {children}
      </div>
    </div>
  );
  return dialog?.isConnected ? createPortal(region, dialog) : region;
}
