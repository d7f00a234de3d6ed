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

/** The steps of a type; those that are complete stay so, unless there are more steps than before. */
async function stepsOf(path, type, task, before) {
  const known = before?.task.total_steps === task.total_steps && before.steps.filter((step) => step.type === type);
  if (known && known.every((step) => step.current_state === "complete")) {
    return known;
  }
  return (await get(`${path}/workflow_steps?per_page=200&type=${type}`, { keepExact: true })).workflow_steps;
}

async function read(uuid, before) {
  const path = `/v1/tasks/${uuid}`;
  const task = await get(path, { keepExact: true });
  if (task.receipt) {
    return { task };
  }
  const [progress, { batches }, { transitions }, ...steps] = await Promise.all([
    get(`${path}/progress`),
    get(`${path}/batches`),
    get(`${path}/transitions`),
    ...OTHER_TYPES.map((type) => stepsOf(path, type, task, before)),
  ]);
  return { task, progress, transitions, steps: steps.flat(), batches: batches.map(row) };
}

/** {seen, error, reload}: everything of the task, of one that was pruned itself alone; a task that is not over is looked at now and then anyway. */
export function useTask(uuid) {
  const { data: seen, error, reload } = useLoad((before) => read(uuid, before), [uuid], 700);
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
