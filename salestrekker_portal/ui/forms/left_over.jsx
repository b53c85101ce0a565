import { useEffect, useState } from "react";

// What is left of a field's limit, once it comes near; nothing is cut, and what is too long stays as it is.
const NEAR = 0.8;
const STEP = 400; // a field that is emptied from outside raises no event

// People's characters, as Python counts them: an emoji is one.
export const lengthOf = (text) => (text.length > 0 ? [...text].length : 0);

const words = (number) => `${number.toLocaleString("en-AU")} ${number === 1 ? "character" : "characters"}`;

// The line under a field with that many characters; nothing far from its limit, and none without one.
export function Left({ length, limit }) {
  if (!limit || length < limit * NEAR) return null;
  const over = length > limit;
  return (
    <p className={over ? "field-left is-over" : "field-left"} role={over ? "status" : undefined}>
      {over
        ? `${words(length - limit)} too many: use at most ${limit.toLocaleString("en-AU")}. All of it is kept here.`
        : `${words(limit - length)} left`}
    </p>
  );
}

export function LeftOver({ of, limit }) {
  const [length, setLength] = useState(0);
  useEffect(() => {
    let last = null;
    const read = () => {
      const text = document.getElementById(of)?.value ?? "";
      if (text === last) return;
      last = text;
      setLength(lengthOf(text));
    };
    read();
    const timer = setInterval(read, STEP);
    document.addEventListener("input", read, true);
    return () => {
      clearInterval(timer);
      document.removeEventListener("input", read, true);
    };
  }, [of]);
  return <Left length={length} limit={limit} />;
}
