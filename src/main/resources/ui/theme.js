// Light, dark, or as the system has it; charts are drawn anew when it changes.
import { html, useEffect, useState } from "./lib.js";

const NEXT = { system: "light", light: "dark", dark: "system" };
const SIGN = { system: "◐", light: "☀", dark: "☾" };
const changed = new EventTarget();
const system = matchMedia("(prefers-color-scheme: dark)");
system.addEventListener("change", () => changed.dispatchEvent(new Event("theme")));

const chosen = () => document.documentElement.dataset.theme ?? "system";

function choose(theme) {
  if (theme === "system") {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = theme;
  }
  try {
    localStorage.setItem("bactrian-theme", theme);
  } catch {
    // Then it is forgotten with the page.
  }
  changed.dispatchEvent(new Event("theme"));
}

export function ThemeSwitch() {
  const [theme, setTheme] = useState(chosen);
  const turn = () => {
    choose(NEXT[theme]);
    setTheme(NEXT[theme]);
  };
  return html`<button class="quiet theme" onClick=${turn} aria-label="Colours: ${theme}. Change to ${NEXT[theme]}" title="Colours: ${theme}">
    <span aria-hidden="true">${SIGN[theme]}</span>
  </button>`;
}

/** A number that grows with every change of colours. */
export function useTheme() {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const again = () => setTurn((n) => n + 1);
    changed.addEventListener("theme", again);
    return () => changed.removeEventListener("theme", again);
  }, []);
  return turn;
}

/** The colour of a token now. */
export const colour = (token) => getComputedStyle(document.documentElement).getPropertyValue(`--${token}`).trim();
