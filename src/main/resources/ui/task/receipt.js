// What stays of a task that has been pruned: how it ended, and its result.
import { count, exactly } from "../format.js";
import { html } from "../lib.js";
import { Badge, Card, Figure, Moment, Name } from "../parts/figures.js";
import { Values } from "../parts/json.js";
import { Empty } from "../parts/notes.js";
import { href } from "../router.js";

export function ReceiptOf({ task }) {
  const { receipt } = task;
  return html`<div class="page-head">
      <div>
        <p class="crumbs"><a href="#/tasks">Tasks</a> / <${Name} of="${task.namespace}/${task.name}@${task.version}" /></p>
        <h1><${Name} of=${task.name} />${" "}<${Badge} state=${task.status} /></h1>
        <p class="beside"><code class="uuid">${task.task_uuid}</code></p>
      </div>
    </div>
    <${Card} title="Receipt" name="receipt">
      <p>The task has been pruned at ${exactly(receipt.pruned_at)}; its steps and its context are gone.</p>
      <dl class="figures figures-below">
        <${Figure} label="Records" note="of ${count(task.rows_total)}">${count(task.rows_done)}<//>
        <${Figure} label="Rejected">${count(task.rows_rejected)}<//>
        <${Figure} label="Submitted"><${Moment} at=${task.created_at} /><//>
        <${Figure} label="Ended"><${Moment} at=${task.completed_at} /><//>
        ${receipt.rerun_of && html`<${Figure} label="Rerun of"><a href=${href(["tasks", receipt.rerun_of])}>${receipt.rerun_of.slice(0, 8)}</a><//>`}
      </dl>
    <//>
    <${Card} title="Result" name="result">
      ${receipt.result
        ? html`<${Values} value=${receipt.result} label="result" />`
        : html`<${Empty} title="The result is gone">${receipt.result_sha256 && html`<p>SHA-256 <code>${receipt.result_sha256}</code></p>`}<//>`}
    <//>`;
}
