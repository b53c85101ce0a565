// One stage of the board: its head, its deals, the way to more of them, or the narrow spine when it is folded.
import { autoScrollForElements } from "@atlaskit/pragmatic-drag-and-drop-auto-scroll/element";
import { dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { ChevronLeft, ChevronRight, Lock, Plus } from "lucide-react";
import { memo, useCallback, useEffect, useMemo, useRef } from "react";
import { Chunk, CHUNK } from "./card.jsx";

const READ_ONLY = "Client profile is read-only in this stage";

function Count({ of }) {
  return (
    <span className="kb-count">
      <span aria-hidden="true">{of.toLocaleString("en-AU")}</span>
      <span className="kb-hidden">{of === 1 ? "1 deal" : `${of} deals`}</span>
    </span>
  );
}

function Head({ stage, count, total, onFold, onAdd }) {
  return (
    <header className="kb-head">
      <h2 className="kb-title">
        {stage.colour && <span className="stage-colour" data-colour={stage.colour} aria-hidden="true" />}
        <span className="kb-title-name" title={stage.name}>{stage.name}</span>
        <Count of={count} />
        {stage.locked && (
          <span role="img" aria-label={READ_ONLY} title={READ_ONLY}><Lock aria-hidden size={14} strokeWidth={1.75} /></span>
        )}
      </h2>
      <span className="kb-head-buttons">
        {onAdd && (
          <button type="button" aria-label={`Add a deal to ${stage.name}`} title={`Add a deal to ${stage.name}`}
            onClick={() => onAdd(stage.id)}><Plus aria-hidden size={16} strokeWidth={1.75} /></button>
        )}
        <button type="button" className="kb-fold" aria-label={`Fold ${stage.name}`} title={`Fold ${stage.name}`}
          aria-expanded="true" onClick={() => onFold(stage.id, true)}>
          <ChevronLeft aria-hidden size={16} strokeWidth={1.75} /></button>
      </span>
      <p className="kb-meta">{total && <>{total}<span aria-hidden="true">·</span></>}{stage.likely}% likely</p>
    </header>
  );
}

function Spine({ stage, count, total, onFold }) {
  return (
    <>
      <button type="button" className="kb-unfold" data-unfold={stage.id} aria-label={`Unfold ${stage.name}`} title={`Unfold ${stage.name}`}
        aria-expanded="false" onClick={() => onFold(stage.id, false)}>
        <ChevronRight aria-hidden size={16} strokeWidth={1.75} /></button>
      <Count of={count} />
      <span className="kb-spine"><b>{stage.name}</b>{total}</span>
    </>
  );
}

function More({ left, name, onMore, root, length }) {
  const ref = useRef(null);
  useEffect(() => {
    const watch = new IntersectionObserver(([entry]) => entry.isIntersecting && onMore(false), {
      root: root(), rootMargin: "700px 0px",
    });
    watch.observe(ref.current);
    return () => watch.disconnect();
  }, [onMore, root, length]);
  return (
    <button ref={ref} type="button" className="kb-more" onClick={() => onMore(true)}>
      {left.toLocaleString("en-AU")} more<span className="kb-hidden"> in {name}</span>
    </button>
  );
}

export const Column = memo(function Column(props) {
  const { stage, ids, cards, count, total, folded, current, drop, onFold, onAdd, onMore, ...rest } = props;
  const section = useRef(null);
  const list = useRef(null);
  useEffect(
    () => dropTargetForElements({ element: section.current, getData: () => ({ stage: stage.id }) }),
    [stage.id, folded],
  );
  useEffect(() => (folded ? undefined : autoScrollForElements({ element: list.current })), [folded]);
  // On a phone the page scrolls and not the column; then the watchers look at the window.
  const root = useCallback(() => (getComputedStyle(list.current).overflowY === "auto" ? list.current : null), []);
  const last = ids[ids.length - 1] ?? "";
  const more = useCallback((pressed) => onMore(stage.id, last, pressed), [onMore, stage.id, last]);
  const chunks = useMemo(
    () => Array.from({ length: Math.ceil(ids.length / CHUNK) }, (_, at) => ids.slice(at * CHUNK, (at + 1) * CHUNK)),
    [ids],
  );
  const look = ["kb-column", folded && "is-folded", drop && "is-drop", current && "is-current"].filter(Boolean).join(" ");
  if (folded) {
    return (
      <section ref={section} className={look} data-stage={stage.id} aria-label={`${stage.name}, folded`}>
        <Spine stage={stage} count={count} total={total} onFold={onFold} />
      </section>
    );
  }
  return (
    <section ref={section} className={look} data-stage={stage.id} aria-label={stage.name}>
      <Head stage={stage} count={count} total={total} onFold={onFold} onAdd={onAdd} />
      <div ref={list} className="kb-cards">
        {chunks.map((chunk, at) => (
          <Chunk key={at} ids={chunk} cards={cards} root={root} windowed={chunks.length > 2} drop={drop?.before} {...rest} />
        ))}
        {drop && !drop.before && <span className="kb-drop-end" />}
        {count > ids.length && <More left={count - ids.length} name={stage.name} onMore={more} root={root} length={ids.length} />}
        {count === 0 && ids.length === 0 && <p className="kb-empty">No deals in {stage.name}</p>}
      </div>
    </section>
  );
});
