// All tasks, newest first, live.
import { get, may, withQuery } from "../api.js";
import { useEffect, html, useState } from "../lib.js";
import { useClock, useLive } from "../live.js";
import { useLoad } from "../load.js";
import { Empty, Problem, Waiting } from "../parts/notes.js";
import { Pager } from "../parts/pager.js";
import { note } from "../rates.js";
import { href } from "../router.js";
import { Filter } from "../task/filter.js";
import { TaskRow } from "../task/row.js";
import { Tiles } from "../task/tiles.js";

const PER_PAGE = 25;

function Nothing({ query, asker }) {
  const filtered = query.status || query.namespace || query.name;
  return filtered
    ? html`<${Empty} title="No task is like that"><a href="#/tasks">Show all tasks</a><//>`
    : html`<${Empty} title="Nothing was submitted yet">
        ${may(asker, "tasks:create") && html`<a class="button main" href="#/templates">Choose a template</a>`}
        <p>or <code>bactrian submit NAMESPACE/NAME</code></p>
      <//>`;
}

export function TasksPage({ query, asker }) {
  const { status, namespace, name, page } = query;
  const path = withQuery("/v1/tasks", { status, namespace, name, page, per_page: PER_PAGE });
  const { data, error, reload } = useLoad(() => get(path), [path]);
  const [moved, setMoved] = useState({});
  const [turn, setTurn] = useState(0);
  useClock(2000);
  useEffect(() => setMoved({}), [data]);
  useLive((event) => {
    if (event.kind === "progress") {
      note(event);
      setMoved((before) => ({ ...before, [event.task_uuid]: event }));
    } else {
      reload();
      setTurn((n) => n + 1);
    }
  });

  return html`<div class="page-head">
      <h1>Tasks</h1>
      ${may(asker, "tasks:create") && may(asker, "templates:read") && html`<a class="button main" href=${href(["templates"])}>Submit a task</a>`}
    </div>
    <${Tiles} chosen=${status} turn=${turn} />
    <${Filter} query=${query} />
    <${Problem} error=${error} />
    ${!data && !error && html`<${Waiting} what="tasks" />`}
    ${data && data.tasks.length === 0 && html`<${Nothing} query=${query} asker=${asker} />`}
    ${data &&
    data.tasks.length > 0 &&
    html`<table class="list tasks">
        <caption class="visually-hidden">Tasks, newest first</caption>
        <thead>
          <tr><th scope="col">Task</th><th scope="col">State</th><th scope="col">Progress</th><th scope="col" class="right">Rate</th><th scope="col" class="right">Time left</th><th scope="col" class="right">Took</th><th scope="col" class="right">Age</th></tr>
        </thead>
        <tbody>
          ${data.tasks.map((task) => html`<${TaskRow} key=${task.task_uuid} task=${{ ...task, ...moved[task.task_uuid] }} />`)}
        </tbody>
      </table>
      <${Pager} pagination=${data.pagination} path=${["tasks"]} query=${query} noun="task" />`}`;
}
