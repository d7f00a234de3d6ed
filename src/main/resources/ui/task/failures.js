// The steps in error, with why and what can be done about each.
import { get } from "../api.js";
import { count } from "../format.js";
import { html, useEffect } from "../lib.js";
import { useLoad } from "../load.js";
import { Card } from "../parts/figures.js";
import { Problem } from "../parts/notes.js";
import { Verbs } from "../parts/verbs.js";
import { stepVerbs } from "./verbs.js";

const MOST = 5;

export function Failures({ task, turn, count: failed, asker, onOpen, onDone }) {
  const { data, error, reload } = useLoad(() => get(`/v1/tasks/${task}/workflow_steps?state=error&per_page=${MOST}`), [task]);
  useEffect(() => {
    if (turn) {
      reload();
    }
  }, [turn, failed]);
  return html`<${Card} title="What failed" name="failures" extra=${failed > MOST && html`<span class="beside">the first ${MOST} of ${count(failed)}; the cells show all</span>`}>
    <${Problem} error=${error} />
    <ul class="failures">
      ${(data?.workflow_steps ?? []).map(
        (step) => html`<li key=${step.step_uuid} data-step=${step.name}>
          <div>
            <button class="link" onClick=${() => onOpen(step.step_uuid)}>${step.name}</button>
            <span class="beside">attempt ${step.attempts} of ${step.max_attempts}</span>
            <p class="error-text">${step.results?.error?.message ?? "no error is known"}</p>
          </div>
          <${Verbs} label="What can be done with ${step.name}" verbs=${stepVerbs(task, step)} asker=${asker} onDone=${onDone} />
        </li>`,
      )}
    </ul>
  <//>`;
}
