// The uploads of each box, kept outside React: they go on, and are still shown, when the box is drawn
// again or the person looks at another screen for a moment.

import { smaller } from "./smaller.js";

const AT_ONCE = 2;
const SILENT_MS = 45_000; // no byte went out: the line is dead although the browser hasn't said so
const ANSWER_MS = 120_000; // all bytes are out; checking and scanning may take a while
const DROPPED = "Stopped: the connection dropped";
const OURS = "Something went wrong on our side. Please try again.";

const queues = new Map();
let running = 0;
let lastId = 0;

/** The queue of one box; `box` is its key for as long as the page lives. */
export function queueOf(box) {
  if (!queues.has(box)) queues.set(box, newQueue());
  return queues.get(box);
}

function newQueue() {
  const listeners = new Set();
  const queue = { items: [], said: "", settings: {}, onDone: null, onRefused: null };
  queue.subscribe = (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  queue.snapshot = () => queue.items;
  queue.change = (id, values) => {
    queue.items = queue.items.map((item) => (item.id === id ? { ...item, ...values } : item));
    listeners.forEach((listener) => listener());
  };
  queue.replace = (items) => {
    queue.items = items;
    listeners.forEach((listener) => listener());
  };
  return queue;
}

/** Put files in line. What can be refused without sending it, is. */
export function add(queue, files) {
  const fresh = files.map((file) => {
    const sentence = file.refusal ?? refusalOf(file, queue.settings);
    // Every try of this file carries the same intention, so that a lost answer doesn't store it twice.
    const intention = window.newIntention();
    const item = { id: ++lastId, intention, file, name: file.name, percent: 0, secondsLeft: null, sentence };
    return { ...item, state: sentence ? "refused" : "waiting" };
  });
  queue.replace([...queue.items, ...fresh]);
  for (const item of fresh) if (item.sentence) queue.onRefused?.(item.sentence);
  pump();
}

export function remove(queue, id) {
  const item = find(queue, id);
  if (!item) return;
  const unfinished = ["waiting", "preparing", "sending"].includes(item.state);
  queue.said = unfinished ? `${item.name}: cancelled` : "";
  queue.replace(queue.items.filter((other) => other.id !== id));
  item.stop?.();
  pump();
}

export function retry(queue, id) {
  queue.change(id, { state: "waiting", percent: 0, secondsLeft: null, sentence: null });
  pump();
}

/** Forget what the page itself lists by now. */
export function settle(queue, known) {
  const left = queue.items.filter((item) => !(item.state === "done" && known.includes(item.documentId)));
  if (left.length !== queue.items.length) queue.replace(left);
}

export function sizeWords(bytes) {
  const megabytes = bytes / (1024 * 1024);
  if (megabytes < 1) return `${Math.max(1, Math.round(bytes / 1024))} KB`;
  return `${megabytes >= 10 || Number.isInteger(megabytes) ? Math.round(megabytes) : megabytes.toFixed(1)} MB`;
}

function refusalOf(file, { maxBytes, words }) {
  if (file.size === 0) return words.empty;
  if (file.size > maxBytes) return tooLarge(file.size, { maxBytes, words });
  return null; // what it is, the server tells from its content
}

function tooLarge(bytes, { maxBytes, words }) {
  const near = bytes < maxBytes * 1.2; // "50 MB is more than 50 MB" helps nobody
  const size = near ? `${Math.ceil((bytes * 10) / (1024 * 1024)) / 10} MB` : sizeWords(bytes);
  return words.tooLarge.replace("{size}", size).replace("{limit}", sizeWords(maxBytes));
}

function find(queue, id) {
  return queue.items.find((item) => item.id === id);
}

function pump() {
  for (const queue of queues.values()) {
    for (const item of queue.items) {
      if (running >= AT_ONCE) break;
      if (item.state === "waiting") prepare(queue, item);
    }
  }
  window.onbeforeunload = isBusy() ? (event) => event.preventDefault() : null;
}

function isBusy() {
  const unfinished = ["waiting", "preparing", "sending", "checking"];
  return [...queues.values()].some((queue) => queue.items.some((item) => unfinished.includes(item.state)));
}

/** A photo is made smaller first; then it is sent, unless it was taken out of the line meanwhile. */
async function prepare(queue, { id, file, travels }) {
  running += 1;
  queue.change(id, { state: "preparing" });
  const ready = travels ?? (await smaller(file));
  running -= 1;
  if (find(queue, id)) {
    queue.change(id, { travels: ready });
    send(queue, find(queue, id));
  } else {
    pump();
  }
}

function send(queue, { id, intention, file, travels, name }) {
  const request = new XMLHttpRequest();
  const began = performance.now();
  let timer;
  let over = false;
  const end = (values) => {
    if (over) return;
    over = true;
    running -= 1;
    clearTimeout(timer);
    if (values) finished(queue, id, name, values);
    pump();
  };
  const wait = (milliseconds) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      end({ state: "failed", sentence: DROPPED });
      request.abort();
    }, milliseconds);
  };
  request.upload.onprogress = (event) => {
    wait(SILENT_MS);
    progressed(queue, id, name, event, performance.now() - began);
  };
  request.upload.onload = () => {
    wait(ANSWER_MS);
    queue.change(id, { state: "checking", percent: 100, secondsLeft: null });
  };
  request.onload = () => end(answerOf(request, queue.settings, file));
  request.onerror = () => end({ state: "failed", sentence: DROPPED });
  request.onabort = () => end(null);
  running += 1;
  queue.said = `${name}: uploading`;
  queue.change(id, { state: "sending", stop: () => request.abort() });
  // The fields go first: the server asks who this is before it looks at the file.
  const form = new FormData();
  for (const [key, value] of Object.entries(queue.settings.fields)) form.append(key, value);
  form.append("_intention", intention);
  form.append("file", travels, name);
  request.open("POST", queue.settings.endpoint);
  wait(SILENT_MS);
  request.send(form);
}

function progressed(queue, id, name, { loaded, total }, elapsed) {
  const percent = Math.floor((loaded / total) * 100);
  // A guess from less than a second of sending would jump about.
  const secondsLeft = elapsed > 1000 ? Math.ceil(((total - loaded) / loaded) * (elapsed / 1000)) : null;
  const before = find(queue, id);
  if (!before || before.state !== "sending") return;
  if (before.percent < 50 && percent >= 50 && percent < 100) queue.said = `${name}: half uploaded`;
  if (before.percent !== percent || before.secondsLeft !== secondsLeft) queue.change(id, { percent, secondsLeft });
}

function finished(queue, id, name, values) {
  queue.said = values.state === "done" ? `${name}: uploaded` : "";
  queue.change(id, { ...values, stop: null });
  if (values.state === "done") queue.onDone?.(values.documentId);
  if (values.state === "refused") queue.onRefused?.(values.sentence);
}

function answerOf(request, settings, file) {
  let answer = {};
  try {
    answer = JSON.parse(request.responseText);
  } catch {
    // A proxy in between answers in its own words.
  }
  if (answer.ok) return { state: "done", documentId: answer.id };
  if (request.status >= 500 || !answer.refusal) {
    if (request.status === 413) return { state: "refused", sentence: tooLarge(file.size, settings) };
    return { state: "failed", sentence: answer.refusal ?? OURS };
  }
  return { state: "refused", sentence: answer.refusal };
}
