import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { pressedOn } from "../../connection/bar/pressed.js";
import { Left, lengthOf } from "../../forms/left_over/left_over.jsx";
import { useOffers } from "../../forms/offers/offers.jsx";
import { draftOf, fillTogether, isDue, settle, standing, subscribe, waiting, write } from "./drafts.js";

const PAUSE_MS = 500;
const RETRY_MS = 7000;
const TYPING_MS = 2500; // somebody who typed this lately is still at it
let leaving;

// One field's text: typed here, sent after a pause or on leaving, kept until the server says that it has it.
// A value from the server is taken over only while nothing of one's own is waiting and the field is not in use.
function useAnswer({ id, scope, at, value, version, ack, epoch, readOnly, onSave, onHere }) {
  const [text, setText] = useState(() => draftOf(scope, id)?.value ?? value ?? "");
  const seen = useRef(version ?? 0);
  const timer = useRef(0);
  const focused = useRef(false);
  const latest = useRef({});
  const behind = useRef(false);
  const typedAt = useRef(0);
  const tidied = useRef(null);
  latest.current = { onSave, scope, at, id, value, version, readOnly, text };

  const send = () => {
    clearTimeout(timer.current);
    const { onSave: save, scope: where, at: page, id: what } = latest.current;
    const draft = draftOf(where, what);
    if (!draft || !isDue(draft)) return;
    draft.sentAt = Date.now();
    // The address may be another page's by now, while these are still the fields of the one before.
    pressedOn(page, () => save(what, draft.value, draft.version ?? 0, String(draft.number)));
  };
  const edit = (next, now) => {
    typedAt.current = Date.now();
    tidied.current = null;
    setText(next);
    write(scope, id, next, seen.current);
    clearTimeout(timer.current);
    if (now) send();
    else timer.current = setTimeout(send, PAUSE_MS);
  };

  // How the server reads what was typed, once nobody is in the field: the browser has no rules of its own.
  const tidy = () => {
    if (tidied.current !== null && !draftOf(scope, id)) setText(tidied.current);
    tidied.current = null;
  };

  useEffect(() => {
    if (!ack) return;
    if (ack.version) seen.current = ack.version;
    if (!settle(scope, id, ack)) return;
    if (readOnly) return setText(value ?? "");
    tidied.current = ack.value || null;
    if (!focused.current) tidy();
  }, [ack?.number, ack?.version]);

  const adopt = () => {
    const now = latest.current;
    if (draftOf(now.scope, now.id)) return;
    const typing = Date.now() - typedAt.current < TYPING_MS;
    if (focused.current && typing && !now.readOnly && now.value !== now.text) {
      behind.current = true;
      setTimeout(() => behind.current && adopt(), TYPING_MS);
      return;
    }
    behind.current = false;
    seen.current = Math.max(seen.current, now.version ?? 0);
    setText(now.value ?? "");
  };
  useEffect(adopt, [value, version, readOnly]);

  useEffect(() => {
    if (readOnly) return undefined;
    return standing(scope, id, (next) => {
      clearTimeout(timer.current);
      tidied.current = null;
      setText(next);
      return write(scope, id, next, seen.current);
    });
  }, [scope, id, readOnly]);

  // Back after a lost connection, a restart or a change of page: whatever was not acknowledged goes again.
  useEffect(() => {
    const draft = draftOf(scope, id);
    if (!draft || !epoch) return;
    draft.sentAt = 0;
    setText(draft.value);
    send();
  }, [epoch, scope, id]);

  useEffect(() => {
    const again = setInterval(() => {
      if (navigator.onLine && draftOf(scope, id)?.sentAt) send();
    }, RETRY_MS);
    const hide = () => document.visibilityState === "hidden" && send();
    document.addEventListener("visibilitychange", hide);
    return () => {
      clearInterval(again);
      document.removeEventListener("visibilitychange", hide);
      send();
    };
  }, []);

  const onFocus = () => {
    focused.current = true;
    clearTimeout(leaving);
    if (!readOnly) onHere?.(id);
  };
  const onBlur = () => {
    focused.current = false;
    send();
    if (behind.current) adopt();
    else tidy();
    clearTimeout(leaving);
    if (!readOnly) leaving = setTimeout(() => onHere?.(""), 300);
  };
  return { text, edit, send, onFocus, onBlur };
}

const rest = ({ describedBy, invalid }) => ({ "aria-describedby": describedBy || undefined, "aria-invalid": invalid || undefined });

// The beginning of an address's fields, and the part that this one is.
const PART = /^(.*_)(suburb|postcode|street_name)$/s;

// A line with places to pick: the parts of one go into their fields in one save, a whole one into this line.
function OfferedLine(props) {
  const { id, scope, at, kind, readOnly, placeholder, mode, className, autoComplete, limit, offers, land, onPick } = props;
  const answer = useAnswer(props);
  const take = (offer) => {
    const part = PART.exec(id);
    if (!part) return answer.edit(offer.line, true);
    const sent = fillTogether(scope, part[1], offer.parts);
    if (Object.keys(sent).length) pressedOn(at, () => onPick(id, sent));
  };
  const offered = useOffers({ id, land, of: offers, readOnly, onPick: take });
  const edit = (event) => {
    answer.edit(event.target.value);
    // Filled in by the browser itself, all at once: nothing is to be picked then.
    if (event.nativeEvent.inputType) offered.typed(event.target.value);
  };
  const leave = () => {
    offered.close();
    answer.onBlur();
  };
  return (
    <div className="offers">
      <input id={id} type="text" value={answer.text} readOnly={readOnly} placeholder={placeholder} inputMode={mode || undefined}
        autoComplete={autoComplete || "off"} className={className || "input"} {...rest(props)} {...(readOnly ? {} : offered.input)}
        onFocus={answer.onFocus} onBlur={leave} onChange={edit} />
      {offered.below}
      {limit ? <Left length={lengthOf(answer.text)} limit={limit} /> : null}
    </div>
  );
}

export function AnswerLine(props) {
  return props.offers ? <OfferedLine {...props} /> : <PlainLine {...props} />;
}

function PlainLine(props) {
  const { id, kind, readOnly, placeholder, mode, inputType, className, autoComplete, limit } = props;
  const answer = useAnswer(props);
  const shared = {
    id, value: answer.text, readOnly, placeholder, ...rest(props), onFocus: answer.onFocus, onBlur: answer.onBlur,
    onChange: (event) => answer.edit(event.target.value),
  };
  const box = kind === "long_text"
    ? <textarea rows={3} className="input" {...shared} />
    : <input type={inputType || "text"} inputMode={mode || undefined} autoComplete={autoComplete || "off"} className={className || "input"} {...shared} />;
  return limit ? <>{box}<Left length={lengthOf(answer.text)} limit={limit} /></> : box;
}

export function AnswerSelect(props) {
  const { id, options, readOnly, blank, autoComplete } = props;
  const answer = useAnswer(props);
  const known = (options ?? []).some((each) => each.value === answer.text);
  return (
    <select id={id} className="input" value={answer.text} disabled={readOnly} autoComplete={autoComplete || "off"} {...rest(props)} onFocus={answer.onFocus}
      onBlur={answer.onBlur} onChange={(event) => answer.edit(event.target.value, true)}>
      <option value="">{blank ?? "Choose one"}</option>
      {!known && answer.text ? <option value={answer.text}>No longer listed</option> : null}
      {(options ?? []).map((each) => <option key={each.value} value={each.value}>{each.label}</option>)}
    </select>
  );
}

// One of several. Where it may be left open it can be taken back: by the button below, or by Backspace or Delete on
// what is chosen. It is then as if it had never been answered.
export function AnswerCards(props) {
  const { id, options, readOnly, takesBack } = props;
  const answer = useAnswer(props);
  const canTakeBack = takesBack && !readOnly && answer.text !== "";
  const takeBack = () => {
    answer.edit("", true);
    document.getElementById(id)?.focus();
  };
  const onKeyDown = (event) => {
    if (!canTakeBack || !["Backspace", "Delete"].includes(event.key)) return;
    event.preventDefault();
    takeBack();
  };
  const cards = (options ?? []).map((each, place) => (
    <label className="choice" key={each.value}>
      <input type="radio" name={id} id={place ? undefined : id} className="choice-input" value={each.value}
        checked={answer.text === each.value} disabled={readOnly} onFocus={answer.onFocus} onBlur={answer.onBlur}
        onChange={() => answer.edit(each.value, true)} onKeyDown={onKeyDown} />
      <span className="choice-text">{each.label}{each.help ? <small>{each.help}</small> : null}</span>
    </label>
  ));
  return (
    <>
      {cards}
      {canTakeBack ? (
        <button type="button" className="link-button take-back" aria-describedby={`${id}-label`} onClick={takeBack}>Clear this answer</button>
      ) : null}
    </>
  );
}

export function AnswerTick(props) {
  const { id, readOnly } = props;
  const answer = useAnswer(props);
  return (
    <input type="checkbox" id={id} className="tick-input" checked={answer.text === "yes"} disabled={readOnly} {...rest(props)}
      onFocus={answer.onFocus} onBlur={answer.onBlur} onChange={(event) => answer.edit(event.target.checked ? "yes" : "no", true)} />
  );
}

export function AnswerTicks(props) {
  const { id, options, readOnly } = props;
  const answer = useAnswer(props);
  const chosen = answer.text.split(",").filter(Boolean);
  const toggle = (value, on) => {
    const order = (options ?? []).map((each) => each.value);
    const next = on ? [...chosen, value] : chosen.filter((each) => each !== value);
    answer.edit(order.filter((each) => next.includes(each)).join(","), true);
  };
  return (options ?? []).map((each, place) => (
    <label className="tick" key={each.value}>
      <input type="checkbox" id={place ? undefined : id} className="tick-input" checked={chosen.includes(each.value)}
        disabled={readOnly} onFocus={answer.onFocus} onBlur={answer.onBlur}
        onChange={(event) => toggle(each.value, event.target.checked)} />
      <span className="tick-text">{each.label}{each.help ? <small>{each.help}</small> : null}</span>
    </label>
  ));
}

function sharesIn(text) {
  try {
    const read = JSON.parse(text);
    return read && typeof read === "object" && !Array.isArray(read) ? read : {};
  } catch {
    return {};
  }
}

// Owners who are not in the deal stand in the same object: "outside:1:Bart Jones", so that two may have one name.
const OUTSIDE = /^outside:(\d+):(.*)$/s;

function OutsideOwner({ id, place, name, share, readOnly, words, answer, onName, onShare, onRemove }) {
  const each = `${id}-outside-${place}`;
  const handlers = { readOnly, onFocus: answer.onFocus, onBlur: answer.onBlur };
  return (
    <div className="split-line is-outside">
      <input id={each} type="text" className="input" aria-label={words.name} placeholder={words.name} autoComplete="off"
        value={name} {...handlers} onChange={(event) => onName(event.target.value)} />
      <span className="affix is-percent">
        <span className="affix-sign is-end" aria-hidden="true">%</span>
        <input type="text" inputMode="decimal" className="input" aria-label={name ? `${words.share} ${name}` : words.theirs}
          value={share} {...handlers} onChange={(event) => onShare(event.target.value)} />
      </span>
      {readOnly ? null : (
        <button type="button" className="link-button" onClick={onRemove} aria-label={`${words.remove} ${name}`}>{words.remove}</button>
      )}
    </div>
  );
}

export function AnswerShares(props) {
  const { id, options, readOnly, sum, invalid, words, adds } = props;
  const answer = useAnswer(props);
  const shares = sharesIn(answer.text);
  const outside = Object.keys(shares).flatMap((key) => {
    const found = OUTSIDE.exec(key);
    return found ? [{ key, number: found[1], name: found[2] }] : [];
  });
  const put = (from, to, share) => {
    // In the same place, so that a field being typed in does not jump.
    const pairs = Object.entries(shares).map(([key, value]) => (key === from ? [to, share ?? value] : [key, value]));
    answer.edit(JSON.stringify(Object.fromEntries(pairs.filter(([key]) => key))));
  };
  const add = () => {
    const number = 1 + Math.max(0, ...outside.map((each) => Number(each.number)));
    answer.edit(JSON.stringify({ ...shares, [`outside:${number}:`]: "" }));
  };
  return (
    <div className="split">
      {(options ?? []).map((each, place) => (
        <div className="split-line" key={each.value}>
          <label htmlFor={place ? `${id}-${place}` : id}>{each.label}</label>
          <span className="affix is-percent">
            <span className="affix-sign is-end" aria-hidden="true">%</span>
            <input id={place ? `${id}-${place}` : id} type="text" inputMode="decimal" className="input" readOnly={readOnly}
              value={shares[each.value] ?? ""} {...rest(props)} onFocus={answer.onFocus} onBlur={answer.onBlur}
              onChange={(event) => answer.edit(JSON.stringify({ ...shares, [each.value]: event.target.value }))} />
          </span>
        </div>
      ))}
      {outside.map(({ key, number, name }) => (
        <OutsideOwner key={number} id={id} place={number} name={name} share={shares[key]} readOnly={readOnly} words={words}
          answer={answer} onName={(typed) => put(key, `outside:${number}:${typed}`)}
          onShare={(typed) => put(key, key, typed)} onRemove={() => put(key, "")} />
      ))}
      {readOnly || !adds ? null : <button type="button" className="link-button" onClick={add}>{words.add}</button>}
      <p className={invalid ? "split-sum" : "split-sum is-whole"} key={sum}>{sum}</p>
    </div>
  );
}

// A link to a question: once the page is there, its field takes the focus; without one, the heading of the next page.
export function GoToField({ epoch, title }) {
  useEffect(() => {
    const id = decodeURIComponent(window.location.hash.slice(1));
    // The first look of a visit keeps the focus where the browser puts it; the router counts from 0.
    if (!epoch || (!id && epoch < 2 && !window.history.state?.idx)) return;
    const field = id ? document.getElementById(id) : document.querySelector("h1[tabindex]");
    if (id) field?.scrollIntoView({ block: "center" });
    field?.focus({ preventScroll: Boolean(id) });
  }, [epoch]);
  useEffect(() => {
    if (title) document.title = title;
  });
  return null;
}

// The page's word on saving: silent about "Saved" while something typed is still on its way.
export function SavedWord({ scope, words, saving, children }) {
  const left = useSyncExternalStore(subscribe, () => waiting(scope), () => 0);
  return (
    <span role="status" className="saved-word">
      {left ? <span className="saved is-waiting">{saving}</span> : words ? <span className="saved">{children}{words}</span> : null}
    </span>
  );
}
