// Short messages of what was done, read aloud too.
import { html, useEffect, useState } from "../lib.js";

let show = () => {};
let number = 0;

/** Says something for a while; kind: good or bad. */
export const toast = (text, kind = "good") => show({ id: ++number, text, kind });

export function Toasts() {
  const [shown, setShown] = useState([]);
  useEffect(() => {
    show = (message) => {
      setShown((before) => [...before.slice(-2), message]);
      setTimeout(() => setShown((before) => before.filter(({ id }) => id !== message.id)), message.kind === "bad" ? 12_000 : 5000);
    };
    return () => {
      show = () => {};
    };
  }, []);
  return html`<div class="toasts" role="status" aria-live="polite">
    ${shown.map(({ id, text, kind }) => html`<p key=${id} class="toast ${kind}">${text}</p>`)}
  </div>`;
}
