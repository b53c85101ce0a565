import { useEffect, useRef } from "react";

// A notice that leaves by itself: when its time is up, unless somebody is at it, and when the page that it
// spoke about is left. `seconds` 0 keeps it until it is closed. Something told on the way to another page
// (saved, and here is the list) arrives there with it, hence the moment of grace.
const STEP = 250;
const GRACE = 2000;

// Every page has its own region, so a notice is drawn anew on the next one: where it was first seen is kept here.
let seen = { number: 0, at: 0, place: "" };

export function Fleeting({ seconds, number, onGone, children, className }) {
  const box = useRef(null);
  const gone = useRef(onGone);
  gone.current = onGone;
  useEffect(() => {
    let left = seconds * 1000;
    const here = () => window.location.pathname;
    if (seen.number !== number) seen = { number, at: Date.now(), place: here() };
    const timer = setInterval(() => {
      if (Date.now() - seen.at <= GRACE) seen.place = here();
      const busy = box.current?.matches(":hover, :focus-within") || document.hidden;
      if (!busy) left -= STEP;
      const over = seconds > 0 && left <= 0;
      if (!over && seen.place === here()) return;
      clearInterval(timer);
      gone.current?.();
    }, STEP);
    return () => clearInterval(timer);
  }, [seconds, number]);
  return (
    <div ref={box} className={className}>
      {children}
    </div>
  );
}
