// Submits a task: fields made from the template's input_schema, or the context as JSON.
import { parse, post } from "../api.js";
import { html, useState } from "../lib.js";
import { Problem } from "../parts/notes.js";
import { toast } from "../parts/toasts.js";
import { go } from "../router.js";
import { Fields } from "./fields.js";
import { beginning, cleaned } from "./values.js";

const ON_DUPLICATE = [
  ["return_existing", "show the task that exists"],
  ["reject", "refuse"],
  ["rerun_if_failed", "run again if it failed"],
];

function Options() {
  return html`<details class="part">
    <summary>Options</summary>
    <div class="option-fields">
      <label>Priority <input name="priority" type="number" min="-1000" max="1000" placeholder="0" /></label>
      <label>Tags <small>(separated by commas)</small> <input name="tags" /></label>
      <label>Idempotency key <input name="idempotency_key" maxlength="255" /></label>
      <label>If the same exists
        <select name="on_duplicate">${ON_DUPLICATE.map(([value, text]) => html`<option value=${value}>${text}</option>`)}</select>
      </label>
      <label>Correlation id <input name="correlation_id" maxlength="1000" /></label>
      <label>Reason <input name="reason" maxlength="1000" /></label>
    </div>
  </details>`;
}

/** What was chosen among the options, nothing that was left empty. */
function optionsOf(form) {
  const given = Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ""));
  const { priority, tags, idempotency_key, on_duplicate, correlation_id, reason } = given;
  const options = { idempotency_key, on_duplicate, correlation_id, reason };
  if (priority) {
    options.priority = Number(priority);
  }
  if (tags) {
    options.tags = tags.split(",").map((tag) => tag.trim()).filter(Boolean);
  }
  return options;
}

export function SubmitForm({ template }) {
  const schema = template.input_schema;
  const hasFields = Object.keys(schema?.properties ?? {}).length > 0;
  const [raw, setRaw] = useState(!hasFields);
  const [value, setValue] = useState(() => beginning(schema ?? { type: "object" }) ?? {});
  const [text, setText] = useState(() => JSON.stringify(value, null, 2));
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);

  const turn = () => {
    if (raw) {
      try {
        setValue(JSON.parse(text));
        setError(null);
      } catch (failure) {
        setError(new Error(`The context is no JSON: ${failure.message}`));
        return;
      }
    } else {
      setText(JSON.stringify(cleaned(value) ?? {}, null, 2));
    }
    setRaw(!raw);
  };
  const submit = async (event) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const { namespace, name, version } = template;
      const context = raw ? parse(text) : (cleaned(value) ?? {});
      const task = await post("/v1/tasks", { namespace, name, version, context, ...optionsOf(event.target) });
      toast("Submitted");
      go(["tasks", task.task_uuid]);
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return html`<form class="submit" onSubmit=${submit}>
    ${raw
      ? html`<label>Context, as JSON <textarea class="code" rows="8" spellcheck=${false} value=${text} onInput=${(event) => setText(event.target.value)}></textarea></label>`
      : html`<${Fields} schema=${schema} value=${value} onChange=${setValue} />`}
    <${Options} />
    <${Problem} error=${error} />
    <div class="actions">
      ${hasFields && html`<button type="button" class="quiet" aria-pressed=${raw} onClick=${turn}>${raw ? "As a form" : "As JSON"}</button>`}
      <button class="main" disabled=${busy}>Submit</button>
    </div>
  </form>`;
}
