// A task in the list.
import { between, count, counted, duration, percent, rate, short } from "../format.js";
import { html } from "../lib.js";
import { Age, Badge, Bar } from "../parts/figures.js";
import { rateOf } from "../rates.js";
import { href } from "../router.js";
import { etaOf, shareOf } from "./states.js";

function Done({ task }) {
  const { rows_total: total, rows_done: done, rows_rejected: rejected, failed_steps: failed } = task;
  return html`<span class="beside">
    ${total > 0 ? `${count(done)} of ${counted(total, "record")}` : `${count(task.completed_steps)} of ${counted(task.total_steps, "step")}`}
    ${rejected > 0 && html` · <span class="warn">${count(rejected)} rejected</span>`}
    ${failed > 0 && html` · <span class="bad">${count(failed)} failed</span>`}
  </span>`;
}

export function TaskRow({ task }) {
  const speed = rateOf(task);
  const share = shareOf(task);
  const took = between(task.created_at, task.completed_at ?? new Date().toISOString());
  return html`<tr data-task=${task.task_uuid}>
    <th scope="row">
      <a href=${href(["tasks", task.task_uuid])}>${task.name}</a>
      <span class="beside">${task.namespace} · <code>${short(task.task_uuid)}</code></span>
    </th>
    <td data-label="State"><${Badge} state=${task.status} /></td>
    <td data-label="Progress" class="progress">
      <span class="bar-line"><${Bar} share=${share} state=${task.status} label="Progress of ${task.name} ${short(task.task_uuid)}" /><span class="share">${percent(share)}</span></span>
      <${Done} task=${task} />
    </td>
    <td data-label="Rate" class="right">${rate(speed)}</td>
    <td data-label="Time left" class="right">${duration(etaOf(task, speed))}</td>
    <td data-label="Took" class="right">${duration(took)}</td>
    <td data-label="Age" class="right"><${Age} at=${task.created_at} /></td>
  </tr>`;
}
