// One template: its drawing, its steps, and a form that submits it.
import { get, may } from "../api.js";
import { words } from "../format.js";
import { html } from "../lib.js";
import { useLoad } from "../load.js";
import { Drawing } from "../parts/drawing.js";
import { Card, Name } from "../parts/figures.js";
import { Document } from "../parts/json.js";
import { Problem, Waiting } from "../parts/notes.js";
import { SubmitForm } from "../template/submit-form.js";

function Steps({ steps }) {
  return html`<table class="list">
    <caption class="visually-hidden">Steps of the template</caption>
    <thead><tr><th scope="col">Step</th><th scope="col">Type</th><th scope="col">Waits for</th><th scope="col">Handler</th></tr></thead>
    <tbody>
      ${steps.map(
        ({ name, type, dependencies, callable }) => html`<tr key=${name}>
          <th scope="row"><${Name} of=${name} /></th>
          <td data-label="Type">${words(type)}</td>
          <td data-label="Waits for"><${Name} of=${dependencies.join(", ") || "–"} /></td>
          <td data-label="Handler"><code><${Name} of=${callable} /></code></td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}

export function TemplatePage({ namespace, name, version, asker }) {
  const path = ["/v1/templates", namespace, name, version].filter(Boolean).join("/");
  const { data: template, error } = useLoad(() => get(path), [path]);
  if (!template) {
    return error ? html`<${Problem} error=${error} />` : html`<${Waiting} what="the template" />`;
  }
  return html`<div class="page-head">
      <div>
        <p class="crumbs"><a href="#/templates">Templates</a> / ${template.namespace}</p>
        <h1><${Name} of=${template.name} />${" "}<small>${template.version}</small></h1>
        <p>${template.description}</p>
      </div>
    </div>
    <div class="columns">
      <div>
        <${Card} title="Submit" name="submit">
          ${may(asker, "tasks:create") ? html`<${SubmitForm} template=${template} />` : html`<p>Your key may not submit tasks: it lacks the permission <code>tasks:create</code>.</p>`}
        <//>
        <${Card} title="Steps" name="steps"><${Steps} steps=${template.steps} /><//>
        <${Card} title="Definition" name="definition"><${Document} value=${template.definition} label="definition" /><//>
      </div>
      <div>
        <${Card} title="Graph" name="graph"><${Drawing} path="/v1/templates/${template.namespace}/${template.name}/${template.version}/graph" label="Graph of the template" /><//>
      </div>
    </div>`;
}
