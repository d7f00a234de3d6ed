// Form fields made from a JSON schema: texts, numbers, choices, lists, objects in objects.
import { words } from "../format.js";
import { html, useState } from "../lib.js";
import { typeOf } from "./values.js";

const limits = (schema) => ({
  min: schema.minimum ?? schema.exclusiveMinimum,
  max: schema.maximum ?? schema.exclusiveMaximum,
  step: schema.multipleOf ?? (typeOf(schema) === "integer" ? 1 : "any"),
});

function Choice({ schema, ...field }) {
  const { value, onChange, ...rest } = field;
  const options = schema.enum.map((one) => JSON.stringify(one));
  return html`<select ...${rest} value=${JSON.stringify(value) ?? ""} onChange=${(event) => onChange(event.target.value ? JSON.parse(event.target.value) : undefined)}>
    <option value="">choose…</option>
    ${schema.enum.map((one, at) => html`<option value=${options[at]} selected=${options[at] === JSON.stringify(value)}>${String(one)}</option>`)}
  </select>`;
}

function Numeric({ schema, value, onChange, ...rest }) {
  const change = (event) => onChange(event.target.value === "" ? undefined : event.target.valueAsNumber);
  return html`<input type="number" inputmode="decimal" ...${limits(schema)} ...${rest} value=${value ?? ""} onInput=${change} />`;
}

function Lines({ schema, value, onChange, ...rest }) {
  const numeric = ["integer", "number"].includes(typeOf(schema.items ?? {}));
  const change = (event) => {
    const lines = event.target.value.split("\n").map((line) => line.trim()).filter(Boolean);
    onChange(lines.length ? lines.map((line) => (numeric && !Number.isNaN(Number(line)) ? Number(line) : line)) : undefined);
  };
  return html`<textarea rows="3" ...${rest} placeholder="one a line" onChange=${change}>${(value ?? []).join("\n")}</textarea>`;
}

function Free({ schema, value, onChange, ...rest }) {
  const [text, setText] = useState(value === undefined ? "" : JSON.stringify(value));
  const change = (event) => {
    const given = event.target.value;
    setText(given);
    try {
      onChange(given.trim() === "" ? undefined : JSON.parse(given));
      event.target.setCustomValidity("");
    } catch {
      event.target.setCustomValidity("This is no JSON");
    }
  };
  return html`<textarea class="code" rows="3" ...${rest} placeholder="JSON" value=${text} onInput=${change}></textarea>`;
}

function Text({ schema, value, onChange, ...rest }) {
  const { minLength: minlength, maxLength: maxlength } = schema;
  const type = { date: "date", email: "email", uri: "url" }[schema.format] ?? "text";
  const example = schema.examples?.[0];
  return html`<input type=${type} ...${{ minlength, maxlength }} ...${rest} placeholder=${example} value=${value ?? ""} onInput=${(event) => onChange(event.target.value)} spellcheck=${false} />`;
}

function control(schema) {
  if (schema.enum) {
    return Choice;
  }
  switch (typeOf(schema)) {
    case "string":
      return Text;
    case "integer":
    case "number":
      return Numeric;
    case "array":
      return ["string", "integer", "number"].includes(typeOf(schema.items ?? {})) ? Lines : Free;
    default:
      return Free;
  }
}

function Field({ name, schema, value, required, onChange, path }) {
  const id = `field-${path.join("-")}`;
  const told = schema.description ? html`<small id="${id}-told">${schema.description}</small>` : null;
  if (typeOf(schema) === "object" && schema.properties) {
    return html`<fieldset><legend>${schema.title ?? words(name)}</legend>${told}<${Fields} schema=${schema} value=${value ?? {}} path=${path} onChange=${onChange} /></fieldset>`;
  }
  const described = schema.description ? `${id}-told` : undefined;
  if (typeOf(schema) === "boolean") {
    return html`<label class="check"><input type="checkbox" id=${id} aria-describedby=${described} checked=${value === true} onChange=${(event) => onChange(event.target.checked)} /> ${schema.title ?? words(name)} ${told}</label>`;
  }
  return html`<div class="field">
    <label for=${id}>${schema.title ?? words(name)}${required ? "" : html` <small>(optional)</small>`}</label>
    <${control(schema)} id=${id} name="context.${path.join(".")}" schema=${schema} value=${value} required=${required} aria-describedby=${described} onChange=${onChange} />
    ${told}
  </div>`;
}

/** The fields of an object; onChange gets the whole object anew. */
export function Fields({ schema, value, onChange, path = [] }) {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties).map(
    ([name, inner]) => html`<${Field}
      key=${name}
      name=${name}
      schema=${inner}
      value=${value[name]}
      required=${required.has(name)}
      path=${[...path, name]}
      onChange=${(next) => onChange({ ...value, [name]: next })}
    />`,
  );
}
