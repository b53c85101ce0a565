// The board of a workflow. It keeps its own order, so a card stays where it was dropped while the server hears of
// it; the server overrules with a new `rev`. The contract is in kanban.py.
import { autoScrollForElements } from "@atlaskit/pragmatic-drag-and-drop-auto-scroll/element";
import { monitorForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { useCallback, useEffect, useId, useLayoutEffect, useMemo, useReducer, useRef, useState } from "react";
import { PrefetchPageLinks } from "react-router";
import { afterOf, EMPTY, reduce, stageOf } from "./board_state.js";
import { Column } from "./column.jsx";
import { press } from "./keys.js";
import { MoveMenu } from "./menu.jsx";
import { Failed, KeyBar, Skeleton, Tabs } from "./parts.jsx";
import { useFolded, useHeight, usePhone } from "./preferences.js";
import { useSwipe } from "./swipe.js";
import "./kanban.css";

const NONE = [];
const AT_REST = 300; // ms
const PATIENCE = 10_000; // ms that an own move may wait for its echo before we ask for the whole board

function spotAt(root, board, { dropTargets, input }, deal) {
  const stage = dropTargets[0]?.data.stage;
  if (!stage) return null;
  const cards = [...root.querySelectorAll(`[data-stage="${CSS.escape(stage)}"] [data-deal]`)];
  const below = cards.find((card) => {
    const { top, height } = card.getBoundingClientRect();
    return card.dataset.deal !== deal && input.clientY < top + height / 2;
  });
  const list = (board.order[stage] ?? NONE).filter((id) => id !== deal);
  const before = cards.length ? below?.dataset.deal : list[0];
  const after = (before ? list[list.indexOf(before) - 1] : list[list.length - 1]) ?? "";
  const same = stageOf(board, deal) === stage && afterOf(board, stage, deal) === after;
  return { stage, before, after, same };
}

function useServer({ page, patch, more }, events) {
  const [board, dispatch] = useReducer(reduce, EMPTY);
  const asked = useRef({});
  useLayoutEffect(() => { if (page?.rev) { asked.current = {}; dispatch({ page }); } }, [page?.rev]);
  useLayoutEffect(() => { if (patch?.seq) dispatch({ patch }); }, [patch, page?.rev]);
  useLayoutEffect(() => { if (more?.stage) { delete asked.current[more.stage]; dispatch({ more }); } }, [more]);
  useEffect(() => {
    if (!board.stale) return undefined;
    const ask = () => events.current.onStale?.();
    const soon = setTimeout(ask, 150);
    const again = setInterval(ask, 15_000);
    return () => { clearTimeout(soon); clearInterval(again); };
  }, [board.stale, board.rev, events]);
  useEffect(() => {
    if (!board.pending.length) return undefined;
    const late = setTimeout(() => events.current.onStale?.(), PATIENCE);
    return () => clearTimeout(late);
  }, [board.pending, events]);
  const ask = useCallback((stage, last, pressed) => {
    if (asked.current[stage] === last && !pressed) return;
    asked.current[stage] = last;
    events.current.onMore?.(stage, last);
  }, [events]);
  return [board, dispatch, ask];
}

function useMoves(board, dispatch, events, names) {
  const now = useRef(board);
  now.current = board;
  const [said, say] = useState("");
  const [lifted, setLifted] = useState(null);
  const wanted = useRef(null); // the deal that should have the focus once it is drawn in its new place
  const tell = useCallback((id, stage, verb) => {
    const list = now.current.order[stage] ?? NONE;
    const count = now.current.counts[stage] ?? list.length;
    say(`${now.current.cards[id]?.name} ${verb} ${names[stage]}, position ${list.indexOf(id) + 1} of ${count}.`);
  }, [names]);
  const move = useCallback((id, stage, after) => {
    const from = stageOf(now.current, id);
    if (!from || id === after || (from === stage && afterOf(now.current, stage, id) === after)) return;
    const moved = { id, stage, after };
    dispatch({ move: moved });
    events.current.onMove?.(id, stage, after);
    say(`${now.current.cards[id]?.name} moved to ${names[stage]}.`);
  }, [dispatch, events, names]);
  const lift = (origin) => {
    setLifted(origin);
    say(`${now.current.cards[origin.id]?.name} lifted. Arrow keys move it, Space puts it down, Escape cancels.`);
  };
  const shift = (place) => {
    wanted.current = place.id;
    dispatch({ lifted: place });
    now.current = reduce(now.current, { lifted: place });
    tell(place.id, place.stage, "over");
  };
  const back = () => {
    wanted.current = lifted.id;
    now.current = reduce(now.current, { lifted });
    dispatch({ lifted });
    setLifted(null);
  };
  const cancel = () => { back(); say("Move cancelled."); };
  const putDown = () => {
    const stage = stageOf(now.current, lifted.id);
    const after = afterOf(now.current, stage, lifted.id);
    back(); // home first, so that the move is one step from where it began
    move(lifted.id, stage, after);
  };
  return { now, said, lifted, wanted, move, lift, shift, cancel, putDown };
}

export function Kanban({ stages = NONE, page, patch, more, me = "", error = "", onMove, onMore, onStale, onElsewhere, onOpen, onAdd }) {
  const events = useRef({});
  events.current = { onMove, onMore, onStale, onElsewhere, onOpen, onAdd };
  const names = useMemo(() => Object.fromEntries(stages.map((stage) => [stage.id, stage.name])), [stages]);
  const [board, dispatch, ask] = useServer({ page, patch, more }, events);
  const moves = useMoves(board, dispatch, events, names);
  const { now, wanted, lifted, move } = moves;
  const phone = usePhone();
  const [folded, fold] = useFolded(stages, phone);
  const root = useRef(null);
  const lane = useRef(null);
  const [drop, setDrop] = useState(null);
  const [menu, setMenu] = useState(null);
  const [shown, scrolled] = useSwipe(lane, phone);
  const [last, setLast] = useState(null); // the deal moved last: it is drawn however far from view
  const hint = useId();
  const ready = board.rev > 0 && !error;
  useHeight(lane, [ready, phone]);

  useEffect(() => {
    if (!ready) return undefined;
    const stop = autoScrollForElements({ element: lane.current });
    const spot = ({ location, source }) => spotAt(lane.current, now.current, location.current, source.data.deal);
    const watch = monitorForElements({
      canMonitor: ({ source }) => Boolean(source.data.deal),
      onDrag: (drag) => {
        const next = spot(drag);
        setDrop((last) => (next?.same ? null : last?.stage === next?.stage && last?.before === next?.before ? last : next));
      },
      onDrop: (drag) => {
        const end = spot(drag);
        setDrop(null);
        if (end && !end.same) move(drag.source.data.deal, end.stage, end.after);
      },
    });
    return () => { stop(); watch(); };
  }, [ready, move, now]);

  useLayoutEffect(() => {
    if (!wanted.current) return;
    const id = CSS.escape(wanted.current);
    const stage = CSS.escape(stageOf(board, wanted.current) ?? "");
    const link = root.current?.querySelector(`[data-open="${id}"]`) ?? root.current?.querySelector(`[data-unfold="${stage}"]`);
    wanted.current = null;
    link?.focus({ preventScroll: phone });
  });

  const focus = (id) => {
    const link = id && root.current.querySelector(`[data-open="${CSS.escape(id)}"]`);
    link?.focus();
    link?.closest("[data-deal]").scrollIntoView({ block: "nearest", inline: "nearest" });
    return Boolean(link);
  };
  const openMenu = useCallback((id, button) => {
    const anchor = button ?? root.current.querySelector(`[data-deal="${CSS.escape(id)}"] .kb-menu-button`);
    setMenu((open) => (open?.id === id ? null : { id, button: anchor }));
  }, []);
  const closeMenu = useCallback((refocus) => setMenu((open) => { if (refocus) wanted.current = open?.id; return null; }), [wanted]);
  const pick = (stage) => {
    const list = board.order[stageOf(board, menu.id)] ?? NONE;
    const at = list.indexOf(menu.id);
    // A phone shows one stage: stay there, with the deal that follows.
    wanted.current = (phone && (list[at + 1] ?? list[at - 1])) || menu.id;
    setLast(menu.id);
    setMenu(null);
    move(menu.id, stage, "");
  };

  useEffect(() => {
    if (!ready) return undefined;
    const open = stages.filter((stage) => !folded[stage.id]).map((stage) => stage.id);
    const keys = (event) => press(event, { ...moves, board: now.current, root: root.current, stages: open, focus, openMenu });
    const elsewhere = () => lifted && moves.cancel();
    document.addEventListener("keydown", keys);
    document.addEventListener("pointerdown", elsewhere);
    return () => {
      document.removeEventListener("keydown", keys);
      document.removeEventListener("pointerdown", elsewhere);
    };
  });

  // When the board is at rest, the browser fetches the script of the page that a card opens.
  const [next, setNext] = useState("");
  const first = Object.values(board.cards)[0]?.href ?? "";
  useEffect(() => {
    const soon = setTimeout(() => setNext(first), AT_REST);
    return () => clearTimeout(soon);
  }, [first]);
  const opened = useCallback((id) => events.current.onOpen?.(id), []);
  const added = useCallback((id) => events.current.onAdd?.(id), []);
  if (error) return <Failed sentence={error} onRetry={() => onStale?.()} />;
  if (!ready) return <Skeleton stages={stages} />;
  const card = menu && board.cards[menu.id];
  return (
    <div ref={root} className="kb">
      <Tabs stages={stages} counts={board.counts} shown={shown} lane={lane} />
      <div ref={lane} className="kb-lane" onScroll={scrolled}>
        {stages.map((stage, at) => (
          <Column key={stage.id} stage={stage} ids={board.order[stage.id] ?? NONE} cards={board.cards}
            count={board.counts[stage.id] ?? board.order[stage.id]?.length ?? 0} total={board.totals[stage.id]}
            folded={Boolean(folded[stage.id])} current={at === shown} drop={drop?.stage === stage.id ? drop : null}
            lifted={lifted?.id} keep={lifted?.id ?? last} me={me} hintId={hint} onFold={fold} onAdd={onAdd ? added : undefined} onMore={ask}
            onMenu={openMenu} onOpen={opened} />
        ))}
      </div>
      {card && (
        <MoveMenu card={card} stage={stageOf(board, menu.id)} first={afterOf(board, stageOf(board, menu.id), menu.id) === ""}
          stages={stages} counts={board.counts} button={menu.button} onPick={pick} onClose={closeMenu}
          onElsewhere={onElsewhere && (() => { closeMenu(true); events.current.onElsewhere(card.id); })} />
      )}
      <KeyBar />
      {next && <PrefetchPageLinks page={next} />}
      <p id={hint} hidden>Space lifts the deal, M moves it to a stage.</p>
      <p className="kb-hidden" role="status" aria-live="assertive">{moves.said}</p>
    </div>
  );
}
