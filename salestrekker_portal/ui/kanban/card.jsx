// One deal on the board, and the list of deals of one stage in chunks that leave the page when far from view.
import { draggable } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { ArrowRightToLine, Calendar, Clock, Eye, FileText, Lock, Mail, TriangleAlert, UserCheck, UserX } from "lucide-react";
import { memo, useEffect, useRef, useState } from "react";
import { Link } from "react-router";

const ICONS = { "user-check": UserCheck, mail: Mail, lock: Lock, "user-x": UserX, clock: Clock, eye: Eye };
const AROUND = 40.84; // length of the completeness ring, 2π × 6.5
export const CHUNK = 30;

function Portal({ tone, icon, word }) {
  const Icon = ICONS[icon];
  return (
    <span className={`kb-badge is-${tone || "plain"}`}>
      {Icon && <Icon aria-hidden size={12} strokeWidth={2} />}
      {word}
    </span>
  );
}

function Owner({ card, me }) {
  if (!card.owner) return null;
  return (
    <span className={card.ownerName === me ? "kb-avatar is-me" : "kb-avatar"} role="img" title={card.ownerName}
      aria-label={`Owner ${card.ownerName}`}>{card.owner}</span>
  );
}

// One line that is always there, and one that holds what only some deals have.
function Facts({ card }) {
  const days = `${card.days} ${card.days === 1 ? "day" : "days"} in this stage${card.stale ? ", stale" : ""}`;
  return (
    <div className="kb-facts">
      {card.move?.word && <span className={`kb-move is-${card.move.who}`} title={card.move.word}>{card.move.word}</span>}
      <span className="kb-fact" title={`Client profile ${card.percent}% complete`}>
        <svg className={card.percent >= 100 ? "kb-ring is-done" : "kb-ring"} viewBox="0 0 16 16" aria-hidden="true">
          <circle cx="8" cy="8" r="6.5" />
          <circle className="value" cx="8" cy="8" r="6.5" strokeDasharray={`${(card.percent / 100) * AROUND} ${AROUND}`} />
        </svg>
        <span className="kb-hidden">Client profile </span>{card.percent}%
      </span>
      <span className="kb-fact" title="Documents">
        <FileText aria-hidden size={14} strokeWidth={1.75} />
        <span aria-hidden="true">{card.documents.replace(" of ", "/")}</span>
        <span className="kb-hidden">Documents {card.documents}</span>
      </span>
      <span className={card.stale ? "kb-fact is-stale kb-push" : "kb-fact kb-push"} title={days}>
        {card.stale && <TriangleAlert aria-hidden size={14} strokeWidth={1.75} />}
        <span aria-hidden="true">{card.days} d</span><span className="kb-hidden">{days}</span>
      </span>
    </div>
  );
}

function NextDate({ next }) {
  return (
    <span className="kb-fact" title={next.what}>
      <Calendar aria-hidden size={14} strokeWidth={1.75} />
      <span aria-hidden="true">{next.day}</span><span className="kb-hidden">{next.what}</span>
    </span>
  );
}

// The lock stands in the column's head already: in a locked stage the date that is waited for takes the badge's place.
const isDated = (card) => Boolean(card.next && card.portal?.icon === "lock");

function Besides({ card }) {
  const next = isDated(card) ? undefined : card.next;
  if (!card.lvr && !next && !card.promise && !card.labels?.length) return null;
  return (
    <div className="kb-besides" title={card.labels?.join(", ")}>
      {card.promise && (
        <span className="kb-badge is-warn" title={card.promise.what}>
          <Clock aria-hidden size={12} strokeWidth={2} />
          {card.promise.word}
        </span>
      )}
      {next && <NextDate next={next} />}
      {card.lvr && <span className="kb-fact" title="Loan to value">LVR {card.lvr}</span>}
      {card.labels?.map((label) => <span className="kb-label" key={label}>{label}</span>)}
    </div>
  );
}

export const Card = memo(function Card({ card, me, lifted, edge, hintId, onMenu, onOpen }) {
  const ref = useRef(null);
  const [dragging, setDragging] = useState(false);
  useEffect(
    () =>
      draggable({
        element: ref.current,
        getInitialData: () => ({ deal: card.id }),
        onDragStart: () => setDragging(true),
        onDrop: () => setDragging(false),
      }),
    [card.id],
  );
  const look = ["kb-card", dragging && "is-dragging", lifted && "is-lifted", edge && "is-before-drop"];
  return (
    <article ref={ref} className={look.filter(Boolean).join(" ")} data-deal={card.id} aria-label={card.name}>
      <button type="button" className="kb-menu-button" aria-haspopup="menu" aria-label={`Move ${card.name} to…`}
        title="Move to… (M)" onClick={(event) => onMenu(card.id, event.currentTarget)}>
        <ArrowRightToLine aria-hidden size={16} strokeWidth={1.75} />
      </button>
      <div className="kb-top" title={`${card.name}\n${card.clients}`}>
        <h3 className="kb-name">
          <Link to={card.href} draggable={false} data-open={card.id} aria-describedby={hintId}
            onClick={() => onOpen?.(card.id)}>{card.name}</Link>
        </h3>
        <p className="kb-clients">{card.clients}</p>
      </div>
      <div className="kb-line">
        <span className="kb-amount">{card.amount}</span>
        {card.lender && <span className="kb-lender" title={`Lender ${card.lender}`}>{card.lender}</span>}
        {isDated(card) ? <NextDate next={card.next} /> : card.portal?.word && <Portal {...card.portal} />}
        <Owner card={card} me={me} />
      </div>
      <Facts card={card} />
      <Besides card={card} />
    </article>
  );
});

// Thirty cards. Out of view by more than two screens they give way to a blank of the same height.
export function Chunk({ ids, cards, root, windowed, ...rest }) {
  const ref = useRef(null);
  const height = useRef(0);
  const [near, setNear] = useState(true);
  useEffect(() => {
    if (!windowed) return setNear(true);
    const watch = new IntersectionObserver(
      ([entry]) => {
        if (!entry.isIntersecting && entry.boundingClientRect.height) height.current = entry.boundingClientRect.height;
        setNear(entry.isIntersecting || ref.current?.contains(document.activeElement));
      },
      { root: root(), rootMargin: "1600px 0px" },
    );
    watch.observe(ref.current);
    return () => watch.disconnect();
  }, [windowed, root]);
  const { lifted, drop, keep, ...same } = rest;
  const drawn = near || ids.includes(keep);
  return (
    <div ref={ref} className="kb-chunk" style={drawn ? undefined : { height: height.current }}>
      {drawn && ids.map((id) => cards[id] && (
        <Card key={id} card={cards[id]} lifted={lifted === id} edge={drop === id} {...same} />
      ))}
    </div>
  );
}
