// The frame round every page: where one can go, whether it is live, light or dark, who asks.
import { ask, may } from "./api.js";
import { html, useEffect, useRef } from "./lib.js";
import { useConnection } from "./live.js";
import { ThemeSwitch } from "./theme.js";
import { toast } from "./parts/toasts.js";

const SECTIONS = [
  { id: "tasks", label: "Tasks", needs: "tasks:read" },
  { id: "dead-letters", label: "Dead letters", needs: "dlq:read" },
  { id: "templates", label: "Templates", needs: "templates:read" },
  { id: "nodes", label: "Nodes", needs: "system:read" },
];

const TOLD = {
  live: "Live",
  lost: "Reconnecting…",
  off: "Connecting…",
};

function Connection() {
  const state = useConnection();
  return html`<span class="connection ${state}" role="status" data-connection=${state}>${TOLD[state]}</span>`;
}

function Who({ asker, onLeave }) {
  if (asker.name === "local") {
    return null;
  }
  const logout = () => ask("DELETE", "/v1/session").then(onLeave, (error) => toast(error.message, "bad"));
  return html`<span class="who"><span class="visually-hidden">Signed in as </span>${asker.name}</span>
    <button class="quiet" onClick=${logout}>Sign out</button>`;
}

export function Shell({ asker, section, onLeave, children }) {
  const main = useRef(null);
  const seen = useRef(section);
  useEffect(() => {
    if (seen.current !== section) {
      seen.current = section;
      main.current.focus();
      scrollTo(0, 0);
    }
  }, [section]);
  const skip = (event) => {
    event.preventDefault();
    main.current.focus();
  };
  return html`<a class="skip" href="#main" onClick=${skip}>To the content</a>
    <header class="top">
      <a class="brand" href="#/tasks"><img src="/ui/icon.svg" alt="" width="26" height="26" /><span>Bactrian</span></a>
      <nav aria-label="Pages">
        ${SECTIONS.filter(({ needs }) => may(asker, needs)).map(
          ({ id, label }) =>
            html`<a href="#/${id}" aria-current=${id === section ? "page" : undefined}>${label}</a>`,
        )}
      </nav>
      <div class="about">
        <${Connection} />
        <a href="/docs">API</a>
        <${ThemeSwitch} />
        <${Who} asker=${asker} onLeave=${onLeave} />
      </div>
    </header>
    <main id="main" tabindex="-1" ref=${main}>${children}</main>`;
}
