// How fast tasks get on, from what the event stream tells: no request of its own.
const WINDOW = 20_000;
const seen = new Map();

export function note({ task_uuid: task, rows_done: done }, now = Date.now()) {
  const samples = (seen.get(task) ?? []).filter((sample) => now - sample.at < WINDOW);
  samples.push({ at: now, done });
  seen.set(task, samples);
}

/** Records a second: of the last seconds, or since the task began while there is nothing better. */
export function rateOf(task, now = Date.now()) {
  if (task.status !== "steps_in_process") {
    return null;
  }
  const samples = seen.get(task.task_uuid) ?? [];
  const [first, last] = [samples[0], samples.at(-1)];
  if (first && last.at - first.at >= 1000 && last.done > first.done) {
    return (1000 * (last.done - first.done)) / (last.at - first.at);
  }
  const seconds = (now - Date.parse(task.created_at)) / 1000;
  return task.rows_done > 0 && seconds > 0 ? task.rows_done / seconds : null;
}
