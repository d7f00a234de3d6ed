// What an operator can do, who may do it, and the question why.
import { may } from "../api.js";
import { html, useState } from "../lib.js";
import { Dialog } from "./dialog.js";
import { Problem } from "./notes.js";
import { toast } from "./toasts.js";

/**
 * A verb: {name, label, needs, tells, run(why) → promise, grave?, fields?, done?}. One that the
 * asker may not use stays in sight, switched off, and says which permission is missing.
 */
function Verb({ verb, asker, onAsk }) {
  const allowed = may(asker, verb.needs);
  return html`<button
    type="button"
    class=${verb.grave ? "grave" : ""}
    data-verb=${verb.name}
    aria-disabled=${allowed ? undefined : "true"}
    title=${allowed ? undefined : `Your key lacks ${verb.needs}`}
    onClick=${() => (allowed ? onAsk(verb) : toast(`Your key may not do this: it lacks the permission ${verb.needs}`, "bad"))}
  >
    ${verb.label}
  </button>`;
}

export function Verbs({ verbs, asker, onDone, label }) {
  const [asked, setAsked] = useState(null);
  const missing = [...new Set(verbs.map(({ needs }) => needs).filter((needs) => !may(asker, needs)))];
  return html`<div class="verbs" role="group" aria-label=${label}>
    ${verbs.map((verb) => html`<${Verb} key=${verb.name} verb=${verb} asker=${asker} onAsk=${setAsked} />`)}
    ${missing.length > 0 && html`<small class="lacks">Your key lacks ${missing.join(", ")}</small>`}
    ${asked &&
    html`<${Why}
      verb=${asked}
      onClose=${() => setAsked(null)}
      onDone=${(answer) => {
        setAsked(null);
        toast(asked.done ?? `${asked.label}: done`);
        onDone?.(answer, asked);
      }}
    />`}
  </div>`;
}

/** Asks for the reason, and whatever else the verb needs, then does it. */
function Why({ verb, onClose, onDone }) {
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const { reason, ...more } = Object.fromEntries(new FormData(event.target));
      onDone(await verb.run(reason ? { reason } : {}, more));
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return html`<${Dialog} title=${verb.title ?? verb.label} onClose=${onClose}>
    <form onSubmit=${submit}>
      <p>${verb.tells}</p>
      ${verb.fields}
      <label>Reason <small>${verb.grave ? "" : "(kept in the history; may be empty)"}</small>
        <textarea name="reason" rows="2" maxlength="1000" required=${verb.grave} data-first></textarea>
      </label>
      <${Problem} error=${error} />
      <div class="actions">
        <button type="button" class="quiet" onClick=${onClose}>Back</button>
        <button class=${verb.grave ? "grave" : "main"} disabled=${busy}>${verb.label}</button>
      </div>
    </form>
  <//>`;
}
