// One dead letter: what happened, the task as it was then, and what was decided.
import { get, patch, post } from "../api.js";
import { short, words } from "../format.js";
import { html } from "../lib.js";
import { useLoad } from "../load.js";
import { Badge, Card, Figure, Moment } from "../parts/figures.js";
import { Document } from "../parts/json.js";
import { Problem, Waiting } from "../parts/notes.js";
import { Verbs } from "../parts/verbs.js";
import { href } from "../router.js";

const settle = (uuid, resolution, label, tells) => ({
  name: resolution,
  label,
  needs: "dlq:update",
  tells,
  run: (why) => patch(`/v1/dlq/${uuid}`, { resolution, ...why }),
});

function verbs({ dlq_uuid: uuid, task_uuid: task, resolution, priority }) {
  return [
    resolution === "pending" && {
      name: "retry",
      label: "Retry the task",
      needs: "tasks:retry",
      tells: "All failed steps of the task are ready again. The entry is settled when the task ends.",
      run: (why) => post(`/v1/tasks/${task}/retry`, why),
    },
    resolution === "pending" && settle(uuid, "manually_resolved", "Settled", "Somebody has seen to it. The task itself does not change."),
    resolution === "pending" && settle(uuid, "permanently_failed", "Given up", "Nothing can be done about it. The task itself does not change."),
    resolution !== "pending" && settle(uuid, "pending", "Reopen", "It needs a person again."),
    {
      name: "priority",
      label: "Priority…",
      title: "Change the priority",
      needs: "dlq:update",
      tells: "Entries of high priority come first.",
      fields: html`<label>Priority <input name="priority" type="number" min="-1000" max="1000" value=${priority} required /></label>`,
      run: (why, more) => patch(`/v1/dlq/${uuid}`, { priority: Number(more.priority), ...why }),
    },
    {
      name: "note",
      label: "Note…",
      title: "Add a note",
      needs: "dlq:update",
      tells: "It is kept with the entry.",
      fields: html`<label>Note <textarea name="note" rows="3" maxlength="1000" required></textarea></label>`,
      run: (why, { note }) => patch(`/v1/dlq/${uuid}`, { note, ...why }),
    },
  ].filter(Boolean);
}

export function DeadLetterPage({ uuid, asker }) {
  const { data: letter, error, reload } = useLoad(() => get(`/v1/dlq/${uuid}`, { keepExact: true }), [uuid], 100);
  if (!letter) {
    return error ? html`<${Problem} error=${error} />` : html`<${Waiting} what="the entry" />`;
  }
  return html`<div class="page-head task-head">
      <div>
        <p class="crumbs"><a href="#/dead-letters">Dead letters</a> / task <a href=${href(["tasks", letter.task_uuid])}>${short(letter.task_uuid)}</a></p>
        <h1>${words(letter.reason)} <${Badge} state=${letter.resolution} /></h1>
      </div>
      <${Verbs} label="What can be done with this entry" verbs=${verbs(letter)} asker=${asker} onDone=${reload} />
    </div>
    <${Problem} error=${error} />
    <section class="card" aria-label="What happened">
      <dl class="figures">
        <${Figure} label="Since"><${Moment} at=${letter.created_at} /><//>
        <${Figure} label="Step">${letter.step ?? "–"}<//>
        <${Figure} label="Priority">${letter.priority}<//>
        ${letter.resolved_at && html`<${Figure} label="Settled" note=${letter.resolved_by}><${Moment} at=${letter.resolved_at} /><//>`}
      </dl>
      ${letter.detail && html`<p class="error-text">${letter.detail}</p>`}
      ${letter.notes && html`<h3>Notes</h3><p class="notes">${letter.notes}</p>`}
    </section>
    <${Card} title="The task as it was then" name="snapshot"><${Document} value=${letter.snapshot} label="snapshot" /><//>`;
}
