// The quiet parts of the board: stage tabs of the phone, the key bar, and what shows before and instead of it.

export function Tabs({ stages, counts, shown, lane }) {
  const go = (at) => {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    lane.current.scrollTo({ left: lane.current.children[at].offsetLeft, behavior: still ? "instant" : "smooth" });
  };
  return (
    <nav className="kb-tabs" aria-label="Stages">
      {stages.map((stage, at) => (
        <button type="button" key={stage.id} className={at === shown ? "kb-tab is-current" : "kb-tab"}
          ref={at === shown ? reveal : undefined} aria-current={at === shown ? "true" : undefined} onClick={() => go(at)}>
          {stage.name}<span className="kb-count">{(counts[stage.id] ?? 0).toLocaleString("en-AU")}</span>
        </button>
      ))}
    </nav>
  );
}

// Brings the tab of the stage in view into the row of tabs, without scrolling the page.
function reveal(tab) {
  if (!tab) return;
  const row = tab.parentElement;
  row.scrollTo({ left: tab.offsetLeft - (row.clientWidth - tab.clientWidth) / 2 });
}

const KEYS = [[["J", "K"], "next, previous"], [["M"], "move to stage"], [["Space"], "lift, put down"], [["Enter"], "open"]];

export function KeyBar() {
  return (
    <p className="kb-keys">
      {KEYS.map(([keys, word]) => <span key={word}>{keys.map((key) => <kbd key={key}>{key}</kbd>)}{word}</span>)}
    </p>
  );
}

export function Skeleton({ stages }) {
  const columns = stages.length ? stages : Array.from({ length: 5 }, (_, at) => ({ id: at, name: "" }));
  return (
    <div className="kb" aria-busy="true">
      <p className="kb-hidden" role="status">Loading deals</p>
      <div className="kb-lane is-loading" aria-hidden="true">
        {columns.map((stage, at) => (
          <div className="kb-column" key={stage.id}>
            <div className="kb-head"><p className="kb-title">{stage.name}</p><p className="kb-meta"><i className="kb-bone" /></p></div>
            <div className="kb-cards"><div className="kb-chunk">
              {Array.from({ length: 3 - (at % 2) }, (_, row) => (
                <div className="kb-card" key={row}><i className="kb-bone" /><i className="kb-bone" /><i className="kb-bone" /></div>
              ))}
            </div></div>
          </div>
        ))}
      </div>
    </div>
  );
}

export function Failed({ sentence, onRetry }) {
  return (
    <div className="kb-failed" role="alert">
      <p>{sentence}</p>
      <button type="button" onClick={onRetry}>Try again</button>
    </div>
  );
}
