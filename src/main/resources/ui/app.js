// Who asks, which page, and what stands round every page.
import { get, onLoggedOut } from "./api.js";
import { html, render, useCallback, useEffect, useState } from "./lib.js";
import { connect, disconnect } from "./live.js";
import { DeadLetterPage } from "./pages/dead-letter.js";
import { DeadLettersPage } from "./pages/dead-letters.js";
import { LoginPage } from "./pages/login.js";
import { NodesPage } from "./pages/nodes.js";
import { TaskPage } from "./pages/task.js";
import { TasksPage } from "./pages/tasks.js";
import { TemplatePage } from "./pages/template.js";
import { TemplatesPage } from "./pages/templates.js";
import { Empty, Problem } from "./parts/notes.js";
import { Toasts } from "./parts/toasts.js";
import { useRoute } from "./router.js";
import { Shell } from "./shell.js";

function page({ path, query }, asker) {
  const [section = "tasks", first, ...rest] = path;
  const all = { path, query, asker };
  switch (section) {
    case "tasks":
      return first
        ? html`<${TaskPage} key=${first} uuid=${first} step=${rest[0] === "steps" ? rest[1] : undefined} ...${all} />`
        : html`<${TasksPage} ...${all} />`;
    case "dead-letters":
      return first ? html`<${DeadLetterPage} key=${first} uuid=${first} ...${all} />` : html`<${DeadLettersPage} ...${all} />`;
    case "templates":
      return first
        ? html`<${TemplatePage} key=${path.join("/")} namespace=${first} name=${rest[0]} version=${rest[1]} ...${all} />`
        : html`<${TemplatesPage} ...${all} />`;
    case "nodes":
      return html`<${NodesPage} ...${all} />`;
    default:
      return html`<${Empty} title="There is no such page"><a href="#/tasks">To the tasks</a><//>`;
  }
}

function App() {
  const [asker, setAsker] = useState(null);
  const [problem, setProblem] = useState(null);
  const route = useRoute();

  const enter = useCallback((who) => {
    setProblem(null);
    setAsker(who);
    connect();
  }, []);
  const leave = useCallback(() => {
    disconnect();
    setAsker("nobody");
  }, []);
  const begin = useCallback(
    () => get("/v1/session").then(enter, (error) => (error.status === 401 ? leave() : setProblem(error))),
    [],
  );
  useEffect(() => {
    onLoggedOut(leave);
    begin();
  }, []);

  if (problem) {
    return html`<main class="alone"><${Problem} error=${problem} /><button onClick=${begin}>Try again</button></main>`;
  }
  if (asker === null) {
    return html`<main class="alone" aria-busy="true"></main>`;
  }
  if (asker === "nobody") {
    return html`<${LoginPage} onEnter=${enter} /><${Toasts} />`;
  }
  return html`<${Shell} asker=${asker} section=${route.path[0] ?? "tasks"} onLeave=${leave}>
      ${page(route, asker)}
    <//>
    <${Toasts} />`;
}

render(html`<${App} />`, document.getElementById("app"));
