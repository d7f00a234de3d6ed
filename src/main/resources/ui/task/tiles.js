// How many tasks stand where; each tile shows them.
import { get } from "../api.js";
import { count } from "../format.js";
import { html, useEffect } from "../lib.js";
import { useLoad } from "../load.js";
import { href } from "../router.js";

const TILES = [
  { status: "steps_in_process", label: "In process" },
  { status: "blocked_by_failures", label: "Blocked by failures" },
  { status: "waiting_for_retry", label: "Waiting for retry" },
  { status: "paused", label: "Paused" },
  { status: "complete", label: "Complete" },
];

async function read() {
  const pages = await Promise.all(TILES.map(({ status }) => get(`/v1/tasks?per_page=1&status=${status}`)));
  return pages.map(({ pagination }) => pagination.total_count);
}

export function Tiles({ chosen, turn }) {
  const { data, reload } = useLoad(read, [], 2000);
  useEffect(() => {
    if (turn) {
      reload();
    }
  }, [turn]);
  return html`<nav class="tiles" aria-label="Tasks by state">
    ${TILES.map(({ status, label }, at) => {
      const on = chosen === status;
      return html`<a class="tile s-${status} ${data?.[at] ? "" : "zero"}" href=${href(["tasks"], on ? {} : { status })} aria-current=${on ? "true" : undefined}>
        <strong>${count(data?.[at])}</strong><span>${label}</span>
      </a>`;
    })}
  </nav>`;
}
