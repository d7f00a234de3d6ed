// Reading from the API while a part of the page is there.
import { useCallback, useEffect, useRef, useState } from "./lib.js";

/**
 * Runs `read`, which is given what it answered last, at once, again when a key changes, and on
 * reload(). Calls that come while one runs or too soon after it are gathered in one: a read that
 * took long is followed by a longer rest.
 */
export function useLoad(read, keys, restMillis = 500) {
  const [seen, setSeen] = useState({ data: null, error: null });
  const turn = useRef({ number: 0, running: false, asked: false, timer: 0 });
  const latest = useRef(read);
  latest.current = () => read(seen.data);

  const run = useCallback(async () => {
    const mine = turn.current;
    if (mine.running || mine.timer) {
      mine.asked = true;
      return;
    }
    mine.running = true;
    mine.asked = false;
    const { number } = mine;
    const began = performance.now();
    let next;
    try {
      next = { data: await latest.current(), error: null };
    } catch (error) {
      next = { error };
    }
    if (turn.current.number !== number || turn.current !== mine) {
      return;
    }
    setSeen((before) => ({ ...before, ...next }));
    mine.running = false;
    mine.timer = setTimeout(() => {
      mine.timer = 0;
      if (mine.asked) {
        run();
      }
    }, Math.max(restMillis, 3 * (performance.now() - began)));
  }, []);

  useEffect(() => {
    turn.current = { number: turn.current.number + 1, running: false, asked: false, timer: 0 };
    const mine = turn.current;
    setSeen({ data: null, error: null });
    run();
    return () => {
      clearTimeout(mine.timer);
      mine.number = -1;
    };
  }, keys);

  return { ...seen, reload: run };
}
