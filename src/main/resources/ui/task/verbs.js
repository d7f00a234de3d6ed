// The verbs that go with the state of a task or a step.
import { ask, parse, patch, post } from "../api.js";
import { html } from "../lib.js";
import { isAtRest, isOver } from "./states.js";

export function taskVerbs(task) {
  const { task_uuid: uuid, status } = task;
  const over = isOver(status);
  const act = (verb) => (why) => post(`/v1/tasks/${uuid}/${verb}`, why);
  return [
    !over && status !== "paused" && {
      name: "pause",
      label: "Pause",
      needs: "tasks:pause",
      tells: "Nothing more is claimed; what runs ends at its next checkpoint.",
      run: act("pause"),
    },
    status === "paused" && { name: "unpause", label: "Unpause", needs: "tasks:pause", tells: "The task goes on.", run: act("unpause") },
    !over && task.failed_steps > 0 && {
      name: "retry",
      label: "Retry failed steps",
      needs: "tasks:retry",
      tells: "All failed steps are ready again, with their attempts given anew. A worker goes on at its last checkpoint.",
      run: act("retry"),
    },
    isAtRest(status) && { name: "rerun", label: "Rerun", needs: "tasks:create", tells: "A new task of the same template version and context.", run: act("rerun") },
    !over && {
      name: "resolve",
      label: "Resolve",
      title: "Resolve the whole task by hand",
      needs: "steps:resolve",
      grave: true,
      tells: "Settles the task: it was done elsewhere. Open steps are cancelled.",
      run: act("resolve"),
    },
    !over && {
      name: "put-aside",
      label: "To dead letters",
      title: "Put among the dead letters",
      needs: "dlq:update",
      tells: "Marks the task as one that needs a person. Its state does not change.",
      run: (why) => post("/v1/dlq", { task_uuid: uuid, ...why }),
    },
    !over && {
      name: "cancel",
      label: "Cancel",
      title: "Cancel the task",
      needs: "tasks:cancel",
      grave: true,
      tells: "Ends the task and its open steps; what runs is stopped. What was committed stays. This cannot be undone.",
      run: ({ reason }) => ask("DELETE", `/v1/tasks/${uuid}?${new URLSearchParams({ reason })}`),
    },
  ].filter(Boolean);
}

const result = html`<label>Result, as JSON
  <textarea name="result" rows="6" class="code" required spellcheck=${false} placeholder='{"processed_count": 200}'></textarea>
</label>`;

function parsed(text) {
  try {
    return parse(text);
  } catch (failure) {
    throw new Error(`The result is no JSON: ${failure.message}`);
  }
}

export function stepVerbs(task, { step_uuid: uuid, current_state: state }) {
  const act = (action_type) => async (why, more) =>
    patch(`/v1/tasks/${task}/workflow_steps/${uuid}`, { action_type, ...why, ...(more.result ? { result: parsed(more.result) } : {}) });
  const failed = state === "error";
  return [
    (failed || state === "waiting_for_retry") && {
      name: "reset_for_retry",
      label: failed ? "Retry" : "Retry now",
      title: "Retry the step",
      needs: "steps:retry",
      tells: "The step is ready again. A worker goes on at its last checkpoint; its attempts count on.",
      run: act("reset_for_retry"),
    },
    failed && {
      name: "resolve_manually",
      label: "Resolve",
      title: "Resolve the step by hand",
      needs: "steps:resolve",
      grave: true,
      tells: "The task goes on without this step's result; a worker's records are then missing in the figures.",
      run: act("resolve_manually"),
    },
    failed && {
      name: "complete_manually",
      label: "Complete",
      title: "Complete the step by hand",
      needs: "steps:complete",
      grave: true,
      tells: "Gives the step the result it should have had. It is checked like a handler's answer.",
      fields: result,
      run: act("complete_manually"),
    },
  ].filter(Boolean);
}
