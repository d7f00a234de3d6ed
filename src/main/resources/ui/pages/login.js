// Changes an API key for the login's cookie.
import { post } from "../api.js";
import { html, useState } from "../lib.js";
import { Problem } from "../parts/notes.js";
import { ThemeSwitch } from "../theme.js";

export function LoginPage({ onEnter }) {
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event) => {
    event.preventDefault();
    setBusy(true);
    try {
      onEnter(await post("/v1/session", { key: new FormData(event.target).get("key").trim() }));
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return html`<main class="alone">
    <form class="card login" onSubmit=${submit}>
      <img src="/ui/icon.svg" alt="" width="44" height="44" />
      <h1>Bactrian</h1>
      <p>This server asks for an API key. Whoever runs it makes one with <code>bactrian auth create-key NAME</code>.</p>
      <label>API key
        <input name="key" type="password" required maxlength="200" autocomplete="current-password" spellcheck=${false} placeholder="bk_…" />
      </label>
      <${Problem} error=${error} />
      <div class="actions"><${ThemeSwitch} /><button class="main" disabled=${busy}>Sign in</button></div>
    </form>
  </main>`;
}
