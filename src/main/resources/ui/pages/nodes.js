// The processes that work, and how much.
import { get } from "../api.js";
import { count, counted, duration, short } from "../format.js";
import { html, useEffect } from "../lib.js";
import { useClock } from "../live.js";
import { useLoad } from "../load.js";
import { Moment } from "../parts/figures.js";
import { Empty, Problem, Waiting } from "../parts/notes.js";

const LOOK_EVERY = 2000;

function Load({ node }) {
  const { steps_in_progress: busy, slots } = node;
  if (slots === null) {
    return counted(busy, "step");
  }
  return html`<span class="bar-line">
    <span class="bar s-in_progress" role="meter" aria-label="Load of node ${short(node.node_uuid)}" aria-valuemin="0" aria-valuemax=${slots} aria-valuenow=${Math.min(busy, slots)}>
      <span class="bar-done" style=${{ width: `${Math.min(1, busy / slots) * 100}%` }}></span>
    </span>
    <span class="share">${count(busy)} of ${count(slots)}</span>
  </span>`;
}

function Row({ node }) {
  const seconds = (Date.now() - Date.parse(node.started_at)) / 1000;
  return html`<tr class=${node.alive ? "" : "gone"} data-node=${node.node_uuid}>
    <th scope="row">${node.host} <span class="beside">pid ${node.pid} · <code>${short(node.node_uuid)}</code></span></th>
    <td data-label="State"><span class="badge ${node.alive ? "s-complete" : "s-cancelled"}">${node.alive ? "alive" : "gone"}</span></td>
    <td data-label="Load" class="progress">${node.alive ? html`<${Load} node=${node} />` : "–"}</td>
    <td data-label="Works for">${node.own_tasks_only ? "its own task" : "every task"}</td>
    <td data-label="Up" class="right">${node.alive ? duration(seconds) : html`until <${Moment} at=${node.alive_until} />`}</td>
  </tr>`;
}

export function NodesPage() {
  const { data, error, reload } = useLoad(() => get("/v1/nodes"), [], 500);
  useClock(1000);
  useEffect(() => {
    const look = setInterval(reload, LOOK_EVERY);
    return () => clearInterval(look);
  }, []);
  const alive = (data?.nodes ?? []).filter((node) => node.alive);
  const busy = alive.reduce((sum, node) => sum + node.steps_in_progress, 0);
  return html`<div class="page-head"><h1>Nodes</h1>${data && html`<p class="beside">${counted(alive.length, "node")} alive · ${counted(busy, "step")} in progress</p>`}</div>
    <${Problem} error=${error} />
    ${!data && !error && html`<${Waiting} what="nodes" />`}
    ${data?.nodes.length === 0 && html`<${Empty} title="No node has lived within the last hour" />`}
    ${data?.nodes.length > 0 &&
    html`<table class="list">
      <caption class="visually-hidden">Nodes of the last hour</caption>
      <thead><tr><th scope="col">Node</th><th scope="col">State</th><th scope="col">Steps in progress</th><th scope="col">Works for</th><th scope="col" class="right">Up</th></tr></thead>
      <tbody>${data.nodes.map((node) => html`<${Row} key=${node.node_uuid} node=${node} />`)}</tbody>
    </table>`}`;
}
