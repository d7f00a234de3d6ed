// The steps of a task that are no workers.
import { between, duration, words } from "../format.js";
import { html } from "../lib.js";
import { Badge, Moment } from "../parts/figures.js";

const took = ({ started_at: from, completed_at: to }) => (from ? duration(between(from, to ?? new Date().toISOString())) : "–");

export function StepList({ steps, onOpen }) {
  return html`<table class="list">
    <caption class="visually-hidden">Steps without the workers</caption>
    <thead><tr><th scope="col">Step</th><th scope="col">Type</th><th scope="col">State</th><th scope="col" class="right">Attempts</th><th scope="col" class="right">Began</th><th scope="col" class="right">Took</th></tr></thead>
    <tbody>
      ${steps.map(
        (step) => html`<tr key=${step.step_uuid}>
          <th scope="row"><button class="link" onClick=${() => onOpen(step.step_uuid)}>${step.name}</button></th>
          <td data-label="Type">${words(step.type)}</td>
          <td data-label="State"><${Badge} state=${step.current_state} /></td>
          <td data-label="Attempts" class="right">${step.attempts}</td>
          <td data-label="Began" class="right"><${Moment} at=${step.started_at} /></td>
          <td data-label="Took" class="right">${took(step)}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}
