// One task: how far it is, its batches, its history, and what can be done.
import { may } from "../api.js";
import { counted, short } from "../format.js";
import { html, useEffect, useState } from "../lib.js";
import { useClock, useLive } from "../live.js";
import { Badge, Card, Name } from "../parts/figures.js";
import { Document, Rows } from "../parts/json.js";
import { Drawing } from "../parts/drawing.js";
import { Problem, Waiting } from "../parts/notes.js";
import { Verbs } from "../parts/verbs.js";
import { note } from "../rates.js";
import { go, href } from "../router.js";
import { Batches } from "../task/batches.js";
import { Failures } from "../task/failures.js";
import { Figures } from "../task/figures.js";
import { TaskHistory } from "../task/history.js";
import { ReceiptOf } from "../task/receipt.js";
import { Rejects } from "../task/rejects.js";
import { Results } from "../task/results.js";
import { isOver } from "../task/states.js";
import { StepDrawer } from "../task/step.js";
import { StepList } from "../task/steps.js";
import { Throughput } from "../task/throughput.js";
import { Timeline } from "../task/timeline.js";
import { useTask } from "../task/use-task.js";
import { taskVerbs } from "../task/verbs.js";

function Head({ task, asker, onDone }) {
  return html`<div class="page-head task-head">
    <div>
      <p class="crumbs"><a href="#/tasks">Tasks</a> / ${may(asker, "templates:read") ? html`<a href=${href(["templates", task.namespace, task.name, task.version])}><${Name} of="${task.namespace}/${task.name}@${task.version}" /></a>` : `${task.namespace}/${task.name}@${task.version}`}</p>
      <h1><${Name} of=${task.name} />${" "}<${Badge} state=${task.status} /></h1>
      <p class="beside"><code class="uuid">${task.task_uuid}</code></p>
    </div>
    <${Verbs} label="What can be done with this task" verbs=${taskVerbs(task)} asker=${asker} onDone=${onDone} />
  </div>`;
}

function About({ task }) {
  const more = {
    initiator: task.initiator,
    reason: task.reason,
    priority: task.priority,
    tags: task.tags.join(", "),
    idempotency_key: task.idempotency_key,
    correlation_id: task.correlation_id,
    parent_correlation_id: task.parent_correlation_id,
  };
  const said = Object.fromEntries(Object.entries(more).filter(([, value]) => value !== null && value !== ""));
  return html`<${Card} title="Context" name="context">
    <${Document} value=${task.context} label="context" />
    <${Rows} value=${said} />
  <//>`;
}

export function TaskPage({ uuid, step, asker }) {
  const { seen, error, reload } = useTask(uuid);
  const [moved, setMoved] = useState(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => setMoved(null), [seen]);
  const over = seen && isOver(seen.task.status);
  useClock(over ? 60_000 : 1000);
  const again = () => {
    reload();
    setTurn((n) => n + 1);
  };
  useLive((event) => {
    if (event.kind === "again" || event.task_uuid === uuid) {
      if (event.kind === "progress") {
        note(event);
        setMoved(event);
      }
      again();
    }
  });

  if (!seen) {
    return error ? html`<${Problem} error=${error} /><p><a href="#/tasks">To the tasks</a></p>` : html`<${Waiting} what="task ${short(uuid)}" />`;
  }
  if (seen.task.receipt) {
    return html`<${ReceiptOf} task=${seen.task} />`;
  }
  const { progress, batches, steps, transitions } = seen;
  // Figures move at once; cells and charts, which cost more to read, follow.
  const task = { ...seen.task, ...moved };
  const open = (one) => go(["tasks", uuid, "steps", one]);
  const done = (answer, verb) => (verb.name === "rerun" ? go(["tasks", answer.task_uuid]) : again());
  const slow = new Set(progress.stragglers.map((each) => each.step_uuid));
  return html`<${Head} task=${task} asker=${asker} onDone=${done} />
    <${Problem} error=${error} />
    <${Figures} task=${task} progress=${progress} />
    ${task.failed_steps > 0 && html`<${Failures} task=${uuid} turn=${turn} count=${task.failed_steps} asker=${asker} onOpen=${open} onDone=${again} />`}
    ${task.rows_rejected > 0 && html`<${Rejects} task=${uuid} count=${task.rows_rejected} />`}
    <div class="columns">
      <div>
        ${batches.length > 0 &&
        html`<${Card} title="Batches" name="batches" extra=${html`<span class="beside">${counted(batches.length, "worker")}</span>`}>
            <${Batches} batches=${batches} slow=${slow} onOpen=${open} />
          <//>
          <${Card} title="Throughput" name="throughput"><${Throughput} batches=${batches} over=${over} /><//>
          <${Card} title="Timeline of workers" name="timeline">
            <${Timeline} batches=${batches} stragglers=${progress.stragglers} over=${over} onOpen=${open} />
          <//>`}
        <${Card} title="Result" name="result"><${Results} task=${task} steps=${steps} /><//>
        <${Card} title="Steps" name="steps"><${StepList} steps=${steps} onOpen=${open} /><//>
      </div>
      <div>
        <${Card} title="Graph" name="graph"><${Drawing} path="/v1/tasks/${uuid}/graph" label="Graph of the task" turn=${turn} /><//>
        <${About} task=${task} />
        <${Card} title="History" name="history"><${TaskHistory} transitions=${transitions} /><//>
      </div>
    </div>
    ${step && html`<${StepDrawer} key=${step} task=${uuid} step=${step} asker=${asker} turn=${turn} onDone=${again} onClose=${() => go(["tasks", uuid])} />`}`;
}
