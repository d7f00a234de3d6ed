// One event stream for the whole page, which goes on where it stopped.
import { useEffect, useRef, useState } from "./lib.js";

const RETRY_AT_MOST = 30_000;

const listeners = new Set();
const watchers = new Set();
let source = null;
let last = null;
let wait = 1000;
let timer = 0;
let state = "off";

function become(next) {
  state = next;
  watchers.forEach((watch) => watch(next));
}

const tell = (event) => listeners.forEach((listener) => listener(event));

export function connect() {
  disconnect();
  source = new EventSource(last ? `/v1/events?last_event_id=${last}` : "/v1/events");
  source.onopen = () => {
    const again = state === "lost";
    wait = 1000;
    become("live");
    if (again) {
      tell({ kind: "again" });
    }
  };
  source.onerror = () => {
    become("lost");
    // A browser comes back by itself, but not after a refusal.
    if (source?.readyState === EventSource.CLOSED) {
      timer = setTimeout(connect, wait);
      wait = Math.min(wait * 2, RETRY_AT_MOST);
    }
  };
  for (const kind of ["transition", "progress"]) {
    source.addEventListener(kind, (event) => {
      last = event.lastEventId || last;
      tell({ kind, ...JSON.parse(event.data) });
    });
  }
}

export function disconnect() {
  clearTimeout(timer);
  source?.close();
  source = null;
}

/** Calls for every event: {kind: transition | progress | again, task_uuid, …}. */
export function useLive(listener) {
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => {
    const hear = (event) => latest.current(event);
    listeners.add(hear);
    return () => listeners.delete(hear);
  }, []);
}

/** off, live or lost. */
export function useConnection() {
  const [now, setNow] = useState(state);
  useEffect(() => {
    watchers.add(setNow);
    setNow(state);
    return () => watchers.delete(setNow);
  }, []);
  return now;
}

/** Lets a part of the page grow older: draws it anew every so often. */
export function useClock(millis = 1000) {
  const [, setNow] = useState(0);
  useEffect(() => {
    const each = setInterval(() => setNow(Date.now()), millis);
    return () => clearInterval(each);
  }, [millis]);
}
