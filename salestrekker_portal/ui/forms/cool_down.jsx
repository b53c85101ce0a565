import { useEffect, useState } from "react";

// Counts down in the browser: asking the server every second would be a waste, and the server refuses early
// presses anyway.
export function CoolDown({ seconds, waiting, children, className }) {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    setLeft(seconds);
    if (seconds <= 0) return undefined;
    const end = Date.now() + seconds * 1000;
    const timer = setInterval(() => {
      const now = Math.max(0, Math.ceil((end - Date.now()) / 1000));
      setLeft(now);
      if (now === 0) clearInterval(timer);
    }, 500);
    return () => clearInterval(timer);
  }, [seconds]);
  const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  return (
    <>
      {left > 0 ? (
        <p className="small" id="cool-down">
          {waiting} <b>{clock}</b>
        </p>
      ) : null}
      <button
        type={left > 0 ? "button" : "submit"}
        aria-disabled={left > 0 ? "true" : "false"}
        aria-describedby={left > 0 ? "cool-down" : undefined}
        className={className}
      >
        {children}
      </button>
    </>
  );
}
