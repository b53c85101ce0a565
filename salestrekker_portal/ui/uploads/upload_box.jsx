// One box: the native file input, a camera on phones, a place to drop, and a row per file on its way.
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { Camera, Check, CircleAlert, FileText, Image, Paperclip, Upload, WifiOff, X } from "lucide-react";
import { add, queueOf, remove, retry, settle, sizeWords } from "./upload_queue.js";
import "./uploads.css";

const NOTHING = [];
const PICTURE = /\.(jpe?g|png|heic|heif|webp|tiff?)$/i;

export function UploadBox(props) {
  const { box, name, accept, maxBytes, known, primary, photos, compact, className, children } = props;
  const queue = queueOf(box);
  const items = useSyncExternalStore(queue.subscribe, queue.snapshot, () => NOTHING);
  const picker = useRef(null);
  const camera = useRef(null);
  const chooser = useRef(null);
  const { over, ...dropping } = useDropping((files) => add(queue, files));
  useQueueSettings(queue, props);
  useEffect(() => settle(queue, known), [queue, known, items]);

  const picked = (event) => {
    add(queue, [...event.target.files]);
    event.target.value = ""; // so that the same file can be chosen again
  };
  const dismissed = (id) => {
    remove(queue, id);
    chooser.current?.focus(); // its button is gone; the keyboard must not be lost with it
  };
  const hint = `upload-hint-${box}`;
  return (
    <div className={`upload ${compact ? "is-compact " : ""}${className ?? ""}${over ? " is-over" : ""}`} role="group" aria-label={name} {...dropping}>
      {children}
      {items.length > 0 && (
        <ul className="upload-files">
          {items.map((item) => (
            <Row key={item.id} item={item} onRetry={() => retry(queue, item.id)} onRemove={() => dismissed(item.id)} />
          ))}
        </ul>
      )}
      <div className="upload-acts">
        {photos && (
          <button
            type="button"
            className={`button upload-camera${primary ? " is-primary" : ""}`}
            onClick={() => camera.current.click()}
          >
            <Camera size={20} aria-hidden="true" />
            <span>
              Take a photo<span className="unseen"> for {name}</span>
            </span>
          </button>
        )}
        <button
          type="button"
          ref={chooser}
          className={`button upload-choose${primary ? " is-primary" : ""}`}
          onClick={() => picker.current.click()}
        >
          {compact ? <Paperclip size={20} aria-hidden="true" /> : <Upload size={20} aria-hidden="true" />}
          <span>{compact ? "Attach files" : <ForName words="Choose files" name={name} />}</span>
        </button>
        <span className="upload-drop" id={hint}>
          <span className="upload-drop-here">or drop them here. </span>
          Up to {sizeWords(maxBytes)} each.
        </span>
      </div>
      <input
        ref={picker}
        type="file"
        multiple
        accept={accept}
        className="unseen"
        tabIndex={-1}
        aria-label={`Upload ${name}`}
        aria-describedby={hint}
        onChange={picked}
      />
      {photos && <input ref={camera} type="file" accept="image/*" capture="environment" hidden onChange={picked} />}
      <span className="unseen" aria-live="polite">
        {queue.said}
      </span>
    </div>
  );
}

function ForName({ words, name }) {
  return (
    <>
      {words}
      <span className="unseen"> for {name}</span>
    </>
  );
}

function Row({ item, onRetry, onRemove }) {
  const { name, state } = item;
  const Sign = PICTURE.test(name) ? Image : FileText;
  return (
    <li className="file">
      <span className="file-thumb">
        <Sign size={20} aria-hidden="true" />
      </span>
      <div className="grow">
        <span className="file-name">{name}</span>
        <Meta item={item} />
        {(state === "sending" || state === "checking") && <Meter item={item} />}
      </div>
      <div className="file-acts">
        {state === "failed" && (
          <button type="button" className="button is-small" onClick={onRetry}>
            <span>
              Try again<span className="unseen"> with {name}</span>
            </span>
          </button>
        )}
        {state !== "checking" && state !== "done" && <Dismiss item={item} onRemove={onRemove} />}
      </div>
    </li>
  );
}

function Dismiss({ item, onRemove }) {
  const word = item.state === "failed" || item.state === "refused" ? "Remove" : "Cancel";
  return (
    <button
      type="button"
      className="button is-icon is-small"
      title={word}
      aria-label={`${word} ${item.name}`}
      onClick={onRemove}
    >
      <X size={20} aria-hidden="true" />
    </button>
  );
}

function Meta({ item }) {
  const { state, sentence, percent, secondsLeft } = item;
  if (state === "failed" || state === "refused") {
    const Sign = state === "failed" ? WifiOff : CircleAlert;
    return (
      <span className={`file-meta upload-said${state === "refused" ? " is-bad" : ""}`} role="alert">
        <Sign size={16} aria-hidden="true" />
        <span>{sentence}</span>
      </span>
    );
  }
  if (state === "done") {
    return (
      <span className="file-meta upload-said is-ok">
        <Check size={16} aria-hidden="true" />
        <span>Uploaded</span>
      </span>
    );
  }
  const words = { waiting: "Waiting", preparing: "Preparing", checking: "Checking it", sending: `${percent} %${left(secondsLeft)}` };
  return <span className="file-meta figures">{words[state]}</span>;
}

function left(seconds) {
  if (seconds === null) return "";
  if (seconds < 90) return `, about ${seconds} ${seconds === 1 ? "second" : "seconds"} left`;
  return `, about ${Math.round(seconds / 60)} minutes left`;
}

function Meter({ item }) {
  return (
    <div
      className="meter is-thin"
      role="progressbar"
      aria-label={`Uploading ${item.name}`}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={item.percent}
    >
      <span style={{ width: `${item.percent}%` }} />
    </div>
  );
}

function useQueueSettings(queue, { endpoint, fields, accept, maxBytes, words, onDone, onRefused }) {
  useEffect(() => {
    queue.settings = { endpoint, fields, accept, maxBytes, words };
    queue.onDone = onDone;
    queue.onRefused = onRefused;
  });
  useEffect(() => () => Object.assign(queue, { onDone: null, onRefused: null }), [queue]);
}

function useDropping(take) {
  const [depth, setDepth] = useState(0); // entering a child comes before leaving its parent
  useEffect(keepMissedDrops, []);
  return {
    over: depth > 0,
    onDragEnter: (event) => hasFiles(event) && setDepth((deep) => deep + 1),
    onDragLeave: (event) => hasFiles(event) && setDepth((deep) => Math.max(0, deep - 1)),
    onDragOver: (event) => hasFiles(event) && event.preventDefault(),
    onDrop: (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setDepth(0);
      take(filesOf(event.dataTransfer));
    },
  };
}

/** A file dropped beside the box would otherwise replace the page with itself. */
function keepMissedDrops() {
  const keep = (event) => hasFiles(event) && event.preventDefault();
  window.addEventListener("dragover", keep);
  window.addEventListener("drop", keep);
  return () => {
    window.removeEventListener("dragover", keep);
    window.removeEventListener("drop", keep);
  };
}

function hasFiles(event) {
  return [...(event.dataTransfer?.types ?? [])].includes("Files");
}

function filesOf({ items, files }) {
  const folders = new Set(
    [...items].map((item) => item.webkitGetAsEntry?.()).filter((entry) => entry?.isDirectory).map((entry) => entry.name),
  );
  return [...files].map((file) =>
    folders.has(file.name)
      ? { name: file.name, refusal: "That's a folder. Open it and choose the files inside." }
      : file,
  );
}
