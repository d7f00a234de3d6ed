// Which tasks to list.
import { get } from "../api.js";
import { words } from "../format.js";
import { html } from "../lib.js";
import { useLoad } from "../load.js";
import { go, href } from "../router.js";
import { TASK_STATES } from "./states.js";

const nothing = { templates: [] };

export function Filter({ query }) {
  const { data } = useLoad(() => get("/v1/templates").catch(() => nothing), []);
  const templates = (data ?? nothing).templates;
  const namespaces = [...new Set(templates.map(({ namespace }) => namespace))];
  const names = [...new Set(templates.map(({ name }) => name))];
  const apply = (event) => {
    event.preventDefault();
    go(["tasks"], Object.fromEntries(new FormData(event.currentTarget)));
  };
  const filtered = query.status || query.namespace || query.name;
  return html`<form class="filter" role="search" aria-label="Filter" onSubmit=${apply} onChange=${apply}>
    <label>State
      <select name="status" value=${query.status ?? ""}>
        <option value="">all</option>
        ${TASK_STATES.map((state) => html`<option value=${state} selected=${state === query.status}>${words(state)}</option>`)}
      </select>
    </label>
    <label>Namespace <input name="namespace" list="namespaces" value=${query.namespace ?? ""} pattern="[A-Za-z][A-Za-z0-9_\\-]*" /></label>
    <label>Name <input name="name" list="names" value=${query.name ?? ""} pattern="[A-Za-z][A-Za-z0-9_\\-]*" /></label>
    <datalist id="namespaces">${namespaces.map((one) => html`<option value=${one} />`)}</datalist>
    <datalist id="names">${names.map((one) => html`<option value=${one} />`)}</datalist>
    ${filtered ? html`<a href=${href(["tasks"])}>Clear</a>` : ""}
  </form>`;
}
