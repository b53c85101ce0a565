import { useEffect, useRef, useState } from "react";

// Places that are offered while somebody types one: a combobox whose list only offers. What is typed stands as it is
// until one of them is picked, and nothing waits for an answer.
const PAUSE_MS = 220;
const LEAST = 2;
const answered = new Map(); // address of a question -> what was answered; a slow line is asked once
const MOST_KEPT = 200;
let noFinder = false; // nobody here finds whole addresses: asked once a page

async function suburbs(question, signal) {
  const key = question.toString();
  if (answered.has(key)) return answered.get(key);
  const answer = await fetch(`/places?${key}`, { signal, credentials: "same-origin" });
  if (!answer.ok) return [];
  answered.set(key, await answer.json());
  if (answered.size > MOST_KEPT) answered.delete(answered.keys().next().value);
  return answered.get(key);
}

// Posted, and kept nowhere: it is somebody's address.
async function post(path, question, signal) {
  const answer = await fetch(path, { method: "POST", body: question, signal, credentials: "same-origin" });
  if (answer.status === 204) noFinder = true;
  return answer.status === 200 ? answer.json() : [];
}

const words = (number) => `${number} ${number === 1 ? "suggestion" : "suggestions"}. Press the down arrow to choose.`;

// `of`: "suburb", "line" or "street"; `onPick` gets the offer. Returns what the input needs, and what stands below it.
export function useOffers({ id, land, of, readOnly, onPick }) {
  const [offers, setOffers] = useState([]);
  const [at, setAt] = useState(-1);
  const [note, setNote] = useState("");
  const timer = useRef(0);
  const asking = useRef(null);
  const list = useRef(null);
  const isOpen = offers.length > 0;

  const close = () => {
    clearTimeout(timer.current);
    asking.current?.abort();
    setOffers([]);
    setAt(-1);
    setNote("");
  };
  useEffect(() => close, []);
  useEffect(() => {
    const shown = at < 0 ? list.current : list.current?.children[at];
    shown?.scrollIntoView({ block: "nearest" });
  }, [at, isOpen]);

  const look = async (text) => {
    const own = (asking.current = new AbortController());
    const question = new URLSearchParams({ country: land, q: text });
    const found = [];
    const take = (more, first) => {
      if (own.signal.aborted || document.activeElement?.id !== id) return;
      if (first) found.unshift(...more);
      else found.push(...more);
      setOffers([...found]);
      setAt(-1);
    };
    const asked = [];
    if (of === "suburb") asked.push(suburbs(question, own.signal).then((more) => take(more)));
    if (of === "line") asked.push(post("/places/lines", question, own.signal).then((more) => take(more)));
    if (of !== "suburb" && !noFinder) asked.push(post("/places/addresses", question, own.signal).then((more) => take(more, true)));
    // No network, a slow provider, somebody who types on: nothing is offered, and typing goes on.
    await Promise.all(asked.map((each) => each.catch(() => {})));
  };
  const typed = (text) => {
    close();
    const wanted = text.trim();
    if (readOnly || !land || wanted.length < LEAST || wanted.length > 200) return;
    timer.current = setTimeout(() => look(wanted), PAUSE_MS);
  };
  const pick = async (offer) => {
    close();
    if (offer.parts || of === "line") return onPick(offer);
    const parts = await post("/places/address", new URLSearchParams({ country: land, key: offer.key })).catch(() => ({}));
    if (Object.keys(parts).length) onPick({ ...offer, parts });
    else setNote("That address can’t be filled in just now. Type it instead.");
  };
  const onKeyDown = (event) => {
    if (!isOpen || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps && !event.altKey) {
      event.preventDefault();
      // Past either end stands the field itself again.
      setAt((now) => ((now + 1 + steps[event.key] + offers.length + 1) % (offers.length + 1)) - 1);
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      event.stopPropagation();
      pick(offers[at]);
    } else if (event.key === "Escape" || (event.key === "ArrowUp" && event.altKey)) {
      event.preventDefault();
      event.stopPropagation(); // a drawer around it stays open
      close();
    }
  };

  const input = {
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": isOpen, "aria-controls": `${id}-offers`,
    "aria-activedescendant": at < 0 ? undefined : `${id}-offer-${at}`, onKeyDown,
  };
  const below = (
    <>
      <p role="status" className={note ? "field-help" : "unseen"}>{note || (isOpen ? words(offers.length) : "")}</p>
      <ul ref={list} id={`${id}-offers`} role="listbox" aria-label="Suggestions" className="offers-list" translate="no" hidden={!isOpen}>
        {offers.map((offer, place) => (
          <li key={`${offer.label}|${offer.more}|${place}`} id={`${id}-offer-${place}`} role="option" aria-selected={place === at}
            className={place === at ? "is-on" : undefined}
            onPointerDown={(event) => event.preventDefault()} onClick={() => pick(offer)}>
            <span>{offer.label}</span><span className="muted">{offer.more}</span>
          </li>
        ))}
      </ul>
    </>
  );
  return { typed, close, input, below };
}

// A field of an ordinary form: what is picked stands in it as if it had been typed.
export function OfferedInput({ land, of, className, onBlur, onInput, ...props }) {
  const put = (text) => {
    // The page's own ref may be on it, so that it is found by its id.
    const field = document.getElementById(props.id);
    if (!field) return;
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const offers = useOffers({ id: props.id, land, of: of || "line", readOnly: props.readOnly, onPick: (offer) => put(offer.line) });
  const change = (event) => {
    onInput?.(event);
    if (event.nativeEvent.isTrusted) offers.typed(event.target.value);
  };
  const leave = (event) => {
    offers.close();
    onBlur?.(event);
  };
  return (
    <div className="offers">
      <input type="text" className={className || "input"} autoComplete="off" {...props} {...offers.input} onInput={change} onBlur={leave} />
      {offers.below}
    </div>
  );
}
