// What came out: the results of the steps for which nothing waits.
import { get } from "../api.js";
import { html } from "../lib.js";
import { useLoad } from "../load.js";
import { Values } from "../parts/json.js";
import { Empty } from "../parts/notes.js";

/** The names of the template's last steps; null when the asker may not see the template. */
const lastSteps = ({ namespace, name, version }) =>
  get(`/v1/templates/${namespace}/${name}/${version}`).then(
    ({ steps }) => steps.map((step) => step.name).filter((one) => !steps.some((step) => step.dependencies.includes(one))),
    () => null,
  );

export function Results({ task, steps }) {
  const { data: last } = useLoad(() => lastSteps(task), [task.task_uuid]);
  const ended = steps.filter((step) => step.results?.result && (last === null || last.includes(step.name)));
  if (ended.length === 0) {
    return html`<${Empty} title="No result yet">It is what the last step answers.<//>`;
  }
  return ended.map(
    (step) => html`<div key=${step.step_uuid}>
      <h3>${step.name}</h3>
      <${Values} value=${step.results.result} label="result of ${step.name}" />
    </div>`,
  );
}
