// Data as it is: a table of values where that reads well, and the document itself.
import { exactNumber, words } from "../format.js";
import { html, useState } from "../lib.js";
import { toast } from "./toasts.js";

const isExact = (value) => Boolean(JSON.isRawJSON?.(value));
const isTree = (value) => value !== null && typeof value === "object" && !isExact(value);

/** A document, with a button that copies it. */
export function Document({ value, label }) {
  const text = JSON.stringify(value, null, 2);
  const copy = () =>
    navigator.clipboard?.writeText(text).then(
      () => toast(`${label} copied`),
      () => toast("The browser does not let us copy", "bad"),
    );
  return html`<div class="document">
    ${navigator.clipboard && html`<button class="quiet copy" onClick=${copy} aria-label="Copy ${label}">Copy</button>`}
    <pre tabindex="0" role="region" aria-label=${label}><code>${text}</code></pre>
  </div>`;
}

function Value({ value }) {
  if (isExact(value)) {
    return html`<span class="number">${exactNumber(value.rawJSON)}</span>`;
  }
  switch (typeof value) {
    case "number":
      return html`<span class="number">${exactNumber(value)}</span>`;
    case "string":
      return value === "" ? html`<em>empty</em>` : value;
    default:
      return value === null ? html`<em>none</em>` : String(value);
  }
}

const MOST = 60;

export function Rows({ value, depth = 0 }) {
  const entries = Object.entries(value);
  if (entries.length === 0) {
    return html`<em>none</em>`;
  }
  return html`<dl class="values">
    ${entries.slice(0, MOST).map(
      ([key, inner]) => html`<div>
        <dt>${words(key)}</dt>
        <dd>${isTree(inner) ? (depth < 2 ? html`<${Rows} value=${inner} depth=${depth + 1} />` : JSON.stringify(inner)) : html`<${Value} value=${inner} />`}</dd>
      </div>`,
    )}
    ${entries.length > MOST && html`<div><dt>…</dt><dd>${entries.length - MOST} more in the document</dd></div>`}
  </dl>`;
}

/** A result: its values, and on demand the document. */
export function Values({ value, label }) {
  const [raw, setRaw] = useState(false);
  return html`<div class="values-of">
    ${raw ? html`<${Document} value=${value} label=${label} />` : html`<${Rows} value=${value} depth=${0} />`}
    <button class="quiet small" aria-pressed=${raw} onClick=${() => setRaw(!raw)}>JSON<span class="visually-hidden"> of ${label}</span></button>
  </div>`;
}
