// One step, beside its task: verbs, attempts with their errors, history, data.
import { get } from "../api.js";
import { between, count, counted, duration, short, words } from "../format.js";
import { html, useEffect } from "../lib.js";
import { useLoad } from "../load.js";
import { Dialog } from "../parts/dialog.js";
import { Badge, Figure, Moment } from "../parts/figures.js";
import { Document, Values } from "../parts/json.js";
import { Problem, Waiting } from "../parts/notes.js";
import { Verbs } from "../parts/verbs.js";
import { TaskHistory } from "./history.js";
import { stepVerbs } from "./verbs.js";

async function read(task, uuid) {
  const path = `/v1/tasks/${task}/workflow_steps/${uuid}`;
  const [step, audit] = await Promise.all([get(path, { keepExact: true }), get(`${path}/audit`)]);
  return { step, audit };
}

function Attempts({ attempts }) {
  if (attempts.length === 0) {
    return html`<p class="beside">No attempt has ended yet.</p>`;
  }
  return html`<ol class="attempts">
    ${attempts.map(
      (each) => html`<li class="outcome-${each.outcome}">
        <strong>Attempt ${each.attempt}: ${words(each.outcome)}</strong>
        <span class="beside"><${Moment} at=${each.started_at} /> · ${duration(between(each.started_at, each.ended_at))} · node <code>${short(each.node_uuid)}</code></span>
        ${each.error && html`<p class="error-text">${each.error.message ?? JSON.stringify(each.error)}</p>
          ${each.error.type && html`<p class="beside"><code>${each.error.type}</code>${each.error.retryable === false && " · not retryable"}</p>`}`}
      </li>`,
    )}
  </ol>`;
}

function Facts({ step }) {
  const { checkpoint, inputs } = step;
  const size = inputs?.cursor?.batch_size;
  return html`<dl class="figures">
    <${Figure} label="Type">${words(step.type)}<//>
    <${Figure} label="Attempts" note="of ${step.max_attempts}">${step.attempts}<//>
    <${Figure} label="Began"><${Moment} at=${step.started_at} /><//>
    <${Figure} label="Ended"><${Moment} at=${step.completed_at} /><//>
    ${step.next_retry_at && html`<${Figure} label="Next attempt"><${Moment} at=${step.next_retry_at} /><//>`}
    ${checkpoint && html`<${Figure} label="Read" note=${typeof size === "number" ? `of ${count(size)}` : undefined}>${counted(checkpoint.records_read, "record")}<//>
      <${Figure} label="Rejected">${count(checkpoint.records_rejected)}<//>`}
  </dl>`;
}

function Part({ title, children, open = false }) {
  return html`<details open=${open} class="part"><summary>${title}</summary>${children}</details>`;
}

export function StepDrawer({ task, step: uuid, asker, turn, onDone, onClose }) {
  const { data, error, reload } = useLoad(() => read(task, uuid), [uuid]);
  useEffect(() => {
    if (turn) {
      reload();
    }
  }, [turn]);
  const step = data?.step;
  const after = (...answer) => {
    reload();
    onDone(...answer);
  };
  return html`<${Dialog} side title=${step?.name ?? "Step"} onClose=${onClose}>
    <${Problem} error=${error} />
    ${!step && !error && html`<${Waiting} what="step" />`}
    ${step &&
    html`<p class="step-state"><${Badge} state=${step.current_state} /> <code class="uuid">${step.step_uuid}</code></p>
      <${Verbs} label="What can be done with this step" verbs=${stepVerbs(task, step)} asker=${asker} onDone=${after} />
      <${Facts} step=${step} />
      ${step.results?.error && data.audit.attempts.length === 0 && html`<div class="problem"><p>${step.results.error.message}</p></div>`}
      <h3>Attempts</h3>
      <${Attempts} attempts=${data.audit.attempts} />
      ${step.results?.result && html`<h3>Result</h3><${Values} value=${step.results.result} label="result of ${step.name}" />`}
      <${Part} title="History" open><${TaskHistory} transitions=${data.audit.transitions} /><//>
      <${Part} title="Inputs"><${Document} value=${step.inputs} label="inputs" /><//>
      ${step.checkpoint && html`<${Part} title="Checkpoint"><${Document} value=${step.checkpoint} label="checkpoint" /><//>`}`}
  <//>`;
}
