// Said instead of content: nothing there, not yet, or why not.
import { html } from "../lib.js";

export const Empty = ({ title, children }) => html`<div class="empty"><p class="empty-title">${title}</p><div>${children}</div></div>`;

export const Waiting = ({ what = "" }) => html`<p class="waiting" role="status">Reading ${what}…</p>`;

/** Why the server said no; nothing without an error. */
export function Problem({ error }) {
  if (!error) {
    return null;
  }
  const details = (error.details ?? []).filter((detail) => detail.problem);
  return html`<div class="problem" role="alert">
    <p><strong>${error.status === 403 ? "Not permitted: " : ""}${error.message}</strong></p>
    ${details.length > 0 &&
    html`<ul>
      ${details.map((detail) => html`<li>${detail.at && html`<code>${detail.at}</code> `}${detail.problem}</li>`)}
    </ul>`}
  </div>`;
}
