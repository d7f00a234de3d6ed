// The first records that were set aside, and the files that have all of them.
import { get, withQuery } from "../api.js";
import { count } from "../format.js";
import { html, useEffect } from "../lib.js";
import { useLoad } from "../load.js";
import { Card } from "../parts/figures.js";
import { Problem } from "../parts/notes.js";

const MOST = 10;
const NAME = "rejects";

/** Brings the list into sight. */
export const showRejects = () => document.querySelector(`[data-card=${NAME}]`)?.scrollIntoView({ block: "start" });

function Row({ record }) {
  return html`<tr data-ordinal=${record.ordinal}>
    <td class="right" data-label="Record">${count(record.ordinal)}</td>
    <td data-label="Step">${record.step}</td>
    <td class="wrap" data-label="Reason">${record.reason}</td>
  </tr>`;
}

/** The server refuses a file whose records it masks. */
function Files({ task, data }) {
  return data.rejects.some((record) => record.record_base64 === null)
    ? html`<p class="beside">The reject file needs the permission secrets:read.</p>`
    : html`<p>
        ${data.steps.map(
          ({ step, rejected }) => html`<a key=${step} href=${withQuery(`/v1/tasks/${task}/rejects/file`, { step })} download data-step=${step}>Reject file of ${step}</a>${" "}<span class="beside">${count(rejected)} to correct and submit again</span>${" "}`,
        )}
      </p>`;
}

export function Rejects({ task, count: rejected }) {
  const { data, error, reload } = useLoad(() => get(`/v1/tasks/${task}/rejects?per_page=${MOST}`), [task]);
  useEffect(() => {
    if (data) {
      reload();
    }
  }, [rejected]);
  return html`<${Card} title="Rejected records" name=${NAME} extra=${rejected > MOST && html`<span class="beside">the first ${MOST} of ${count(rejected)}</span>`}>
    <${Problem} error=${error} />
    ${data &&
    html`<table class="list rejects">
        <caption class="visually-hidden">Rejected records in the order of the file</caption>
        <thead><tr><th scope="col" class="right">Record</th><th scope="col">Step</th><th scope="col">Reason</th></tr></thead>
        <tbody>${data.rejects.map((record) => html`<${Row} key=${`${record.step} ${record.ordinal}`} record=${record} />`)}</tbody>
      </table>
      <${Files} task=${task} data=${data} />`}
  <//>`;
}
