// All that a task's page shows, read together; big lists as plain rows.
import { get } from "../api.js";
import { useEffect } from "../lib.js";
import { useLoad } from "../load.js";
import { isOver } from "./states.js";

const OTHER_TYPES = ["standard", "decision", "batchable", "deferred_convergence"];
const LOOK_EVERY = 10_000;

function row([uuid, name, state, attempts, done, total, started, completed], at) {
  return {
    at,
    uuid,
    name,
    state,
    attempts,
    done,
    total,
    began: started ? Date.parse(started) : null,
    ended: completed ? Date.parse(completed) : null,
  };
}

async function read(uuid) {
  const path = `/v1/tasks/${uuid}`;
  const [task, progress, { batches }, { transitions }, ...pages] = await Promise.all([
    get(path, { keepExact: true }),
    get(`${path}/progress`),
    get(`${path}/batches`),
    get(`${path}/transitions`),
    ...OTHER_TYPES.map((type) => get(`${path}/workflow_steps?per_page=200&type=${type}`, { keepExact: true })),
  ]);
  const steps = pages.flatMap(({ workflow_steps: some }) => some);
  return { task, progress, transitions, steps, batches: batches.map(row) };
}

/** {seen, error, reload}: everything of the task; a task that is not over is looked at now and then anyway. */
export function useTask(uuid) {
  const { data: seen, error, reload } = useLoad(() => read(uuid), [uuid], 700);
  const over = seen !== null && isOver(seen.task.status);
  useEffect(() => {
    if (over) {
      return undefined;
    }
    const look = setInterval(reload, LOOK_EVERY);
    return () => clearInterval(look);
  }, [over]);
  return { seen, error, reload };
}
