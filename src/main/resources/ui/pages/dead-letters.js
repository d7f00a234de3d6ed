// Tasks that need a person.
import { get, withQuery } from "../api.js";
import { count, words } from "../format.js";
import { html } from "../lib.js";
import { useLive } from "../live.js";
import { useLoad } from "../load.js";
import { Age, Badge } from "../parts/figures.js";
import { Empty, Problem, Waiting } from "../parts/notes.js";
import { go, href } from "../router.js";

const RESOLUTIONS = ["pending", "manually_resolved", "recovered", "permanently_failed", "cancelled"];
const REASONS = ["staleness_timeout", "max_retries_exceeded", "dependency_cycle_detected", "worker_unavailable", "manual_dlq"];

async function read({ resolution = "pending", reason }) {
  const [list, stats] = await Promise.all([
    get(withQuery("/v1/dlq", { resolution: resolution === "all" ? "" : resolution, reason, limit: 200 })),
    // A key of one namespace may not see counts over all.
    get("/v1/dlq/stats").catch(() => null),
  ]);
  return { letters: list.dead_letters, stats };
}

function Row({ letter }) {
  return html`<tr data-letter=${letter.task_uuid}>
    <th scope="row">
      <a href=${href(["dead-letters", letter.dlq_uuid])}>${words(letter.reason)}</a>
      <span class="beside">task <code>${letter.task_uuid.slice(0, 8)}</code>${letter.step && ` · ${letter.step}`}</span>
    </th>
    <td data-label="Resolution"><${Badge} state=${letter.resolution} /></td>
    <td data-label="Detail" class="wrap">${letter.detail || "–"}</td>
    <td data-label="Priority" class="right">${letter.priority}</td>
    <td data-label="Age" class="right"><${Age} at=${letter.created_at} /></td>
  </tr>`;
}

export function DeadLettersPage({ query }) {
  const chosen = query.resolution ?? "pending";
  const { data, error, reload } = useLoad(() => read(query), [chosen, query.reason], 1500);
  useLive((event) => event.kind !== "progress" && reload());
  const apply = (event) => go(["dead-letters"], Object.fromEntries(new FormData(event.currentTarget)));
  const counts = data?.stats?.by_resolution;
  return html`<div class="page-head"><h1>Dead letters</h1></div>
    <form class="filter" role="search" aria-label="Filter" onChange=${apply} onSubmit=${(event) => event.preventDefault()}>
      <label>Resolution
        <select name="resolution">
          ${["all", ...RESOLUTIONS].map((one) => html`<option value=${one} selected=${one === chosen}>${words(one)}${counts?.[one] === undefined ? "" : ` (${count(counts[one])})`}</option>`)}
        </select>
      </label>
      <label>Reason
        <select name="reason">
          <option value="">any</option>
          ${REASONS.map((one) => html`<option value=${one} selected=${one === query.reason}>${words(one)}</option>`)}
        </select>
      </label>
    </form>
    <${Problem} error=${error} />
    ${!data && !error && html`<${Waiting} what="dead letters" />`}
    ${data && data.letters.length === 0 && html`<${Empty} title=${chosen === "pending" ? "No task needs you" : "There is none"}>A task comes here when it is blocked, stands still, or somebody puts it here.<//>`}
    ${data?.letters.length > 0 &&
    html`<table class="list letters">
      <caption class="visually-hidden">Dead letters, those of high priority first</caption>
      <thead><tr><th scope="col">Why</th><th scope="col">Resolution</th><th scope="col">Detail</th><th scope="col" class="right">Priority</th><th scope="col" class="right">Age</th></tr></thead>
      <tbody>${data.letters.map((letter) => html`<${Row} key=${letter.dlq_uuid} letter=${letter} />`)}</tbody>
    </table>`}`;
}
