// What can be submitted.
import { get } from "../api.js";
import { counted } from "../format.js";
import { html } from "../lib.js";
import { useLoad } from "../load.js";
import { Empty, Problem, Waiting } from "../parts/notes.js";
import { href } from "../router.js";

export function TemplatesPage() {
  const { data, error } = useLoad(() => get("/v1/templates"), []);
  return html`<div class="page-head"><h1>Templates</h1></div>
    <${Problem} error=${error} />
    ${!data && !error && html`<${Waiting} what="templates" />`}
    ${data?.templates.length === 0 && html`<${Empty} title="This node has no templates">It reads them from <code>bactrian.templates.dir</code>.<//>`}
    <ul class="templates">
      ${(data?.templates ?? []).map(
        ({ namespace, name, version, description, step_count: steps }) => html`<li class="card" key="${namespace}/${name}@${version}">
          <h2><a href=${href(["templates", namespace, name, version])}>${name}</a></h2>
          <p class="beside">${namespace} · ${version} · ${counted(steps, "step")}</p>
          <p>${description}</p>
        </li>`,
      )}
    </ul>`;
}
