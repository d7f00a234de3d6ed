// How far a task is, in figures.
import { count, counted, duration, percent, rate } from "../format.js";
import { html } from "../lib.js";
import { Bar, Figure, Moment } from "../parts/figures.js";
import { rateOf } from "../rates.js";
import { showRejects } from "./rejects.js";
import { etaOf, isOver, shareOf } from "./states.js";

export function Figures({ task, progress }) {
  const over = isOver(task.status);
  const now = rateOf(task);
  const speed = now ?? progress.rows_per_second;
  const records = task.rows_total > 0 || task.rows_done > 0;
  const share = shareOf(task);
  return html`<section class="card figures-card" aria-label="Progress">
    <div class="bar-line big">
      <${Bar} share=${share} state=${task.status} label="Progress of the task" />
      <strong data-share>${percent(share)}</strong>
    </div>
    <dl class="figures">
      ${records &&
      html`<${Figure} label="Records" note="of ${count(task.rows_total)}">${count(task.rows_done)}<//>
        <${Figure} label=${now === null ? "Mean rate" : "Rate"}>${rate(speed)}<//>`}
      <${Figure} label="Steps" note="of ${count(task.total_steps)}">${count(task.completed_steps)}<//>
      ${task.in_progress_steps > 0 && html`<${Figure} label="In progress">${count(task.in_progress_steps)}<//>`}
      ${now !== null && records && html`<${Figure} label="Time left">${duration(etaOf(task, speed))}<//>`}
      <${Figure} label=${over ? "Took" : "Running for"}>${duration(progress.elapsed_seconds)}<//>
      <${Figure} label="Submitted"><${Moment} at=${task.created_at} /><//>
      ${task.failed_steps > 0 && html`<${Figure} label="Failed"><span class="bad">${counted(task.failed_steps, "step")}</span><//>`}
      ${records && html`<${Figure} label="Rejected">${task.rows_rejected > 0 ? html`<button class="link warn" aria-label="Show the ${counted(task.rows_rejected, "rejected record")}" onClick=${showRejects}>${count(task.rows_rejected)}</button>` : "0"}<//>`}
    </dl>
  </section>`;
}
