// What this browser prefers: which stages are folded, whether it is a phone, how high the board may be.
import { useCallback, useLayoutEffect, useMemo, useState } from "react";

const KEY = "board-folded";
const PHONE = "(max-width: 760px)";

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {}; // private windows and full disks: the preference is only a comfort
  }
}

export function useFolded(stages, phone) {
  const [chosen, setChosen] = useState(remembered);
  const fold = useCallback((id, folded) => setChosen((last) => {
    const next = { ...last, [id]: folded };
    try { localStorage.setItem(KEY, JSON.stringify(next)); } catch { /* as above */ }
    return next;
  }), []);
  const folded = useMemo(
    () => Object.fromEntries(stages.map((stage) => [stage.id, !phone && (chosen[stage.id] ?? Boolean(stage.folded))])),
    [stages, chosen, phone],
  );
  return [folded, fold];
}

export function usePhone() {
  const [phone, setPhone] = useState(() => matchMedia(PHONE).matches);
  useLayoutEffect(() => {
    const media = matchMedia(PHONE);
    const change = () => setPhone(media.matches);
    media.addEventListener("change", change);
    return () => media.removeEventListener("change", change);
  }, []);
  return phone;
}

// Columns scroll within the window: tells the style sheet how far down the page the board begins.
export function useHeight(lane, when) {
  useLayoutEffect(() => {
    const measure = () => {
      const top = lane.current?.getBoundingClientRect().top;
      if (top !== undefined) lane.current.style.setProperty("--kb-top", `${Math.round(top + window.scrollY)}px`);
    };
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(document.body);
    return () => watch.disconnect();
  }, when);
}
