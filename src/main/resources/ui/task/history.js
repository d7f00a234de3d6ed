// Who changed the state, when and why.
import { html } from "../lib.js";
import { Badge, Moment } from "../parts/figures.js";
import { Empty } from "../parts/notes.js";

const NODE = /^node:([0-9a-f]{8})-[0-9a-f-]+$/;

/** A node by the beginning of its uuid, as everywhere. */
const actor = (name) => (NODE.test(name) ? html`<span title=${name}>node ${NODE.exec(name)[1]}</span>` : name || "engine");

/** Newest first. */
export function TaskHistory({ transitions }) {
  if (transitions.length === 0) {
    return html`<${Empty} title="Nothing has happened yet" />`;
  }
  return html`<ol class="history" reversed>
    ${[...transitions].reverse().map(
      (change) => html`<li>
        <span class="change">${change.from_state && html`<${Badge} state=${change.from_state} /><span aria-label="to"> → </span>`}<${Badge} state=${change.to_state} /></span>
        <span class="beside"><${Moment} at=${change.at} /> · ${actor(change.actor)}</span>
        ${change.reason && html`<p>${change.reason}</p>`}
      </li>`,
    )}
  </ol>`;
}
