// Says what is in the way between this page and us, and nothing that it doesn't know.
import { Children, useEffect, useState, useSyncExternalStore } from "react";
import { tryAgain } from "./ways.js";

const QUIET_MS = 1_500; // connections come and go; only what lasts is worth a word
const AGAIN_MS = 5_000;
const ANSWER_MS = 8_000;
// In the order of the children.
const KINDS = ["offline", "unreachable", "waiting", "blocked"];

export function ConnectionBar({ lost, children }) {
  const online = useSyncExternalStore(onLineChange, () => navigator.onLine, () => true);
  const found = useWhatIsInTheWay(lost && online);
  const kind = online ? found : "offline";
  if (!kind) return null;
  const pressed = (event) => event.target.closest("[data-try-again]") && tryAgain();
  return <div onClick={pressed}>{Children.toArray(children)[KINDS.indexOf(kind)]}</div>;
}

/** "" while there is nothing to say; then whether plain HTTP reaches us, asked again as long as it lasts. */
function useWhatIsInTheWay(lost) {
  const [kind, setKind] = useState("");
  useEffect(() => {
    if (!lost) {
      setKind("");
      return;
    }
    let over = false;
    let answers = 0;
    let timer = setTimeout(look, QUIET_MS);
    async function look() {
      answers = (await weAnswer()) ? answers + 1 : 0;
      if (over) return;
      // One answer may be the moment before we are back; with two, events should have come through long ago.
      setKind(["unreachable", "waiting"][answers] ?? "blocked");
      timer = setTimeout(look, AGAIN_MS);
    }
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [lost]);
  return kind;
}

/** Whether we answer over HTTP ourselves, and not a hotel's page that wants a room number. */
async function weAnswer() {
  try {
    const answer = await fetch("/health", { cache: "no-store", signal: AbortSignal.timeout(ANSWER_MS) });
    return answer.ok && (await answer.text()) === "ok";
  } catch {
    return false;
  }
}

function onLineChange(notify) {
  window.addEventListener("online", notify);
  window.addEventListener("offline", notify);
  return () => {
    window.removeEventListener("online", notify);
    window.removeEventListener("offline", notify);
  };
}
