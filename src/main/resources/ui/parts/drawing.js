// A graph that the server has drawn; its shapes take our colours by their classes.
import { html, useEffect, useRef, useState } from "../lib.js";
import { useLoad } from "../load.js";
import { get } from "../api.js";
import { Problem, Waiting } from "./notes.js";

const MARGIN = 6;
const LARGEST = 1.15;
const PARSER = new DOMParser();

/** Cuts the image to what is drawn, and never shows it much larger than it is. */
function fit(svg) {
  const { x, y, width, height } = svg.getBBox();
  svg.setAttribute("viewBox", `${x - MARGIN} ${y - MARGIN} ${width + 2 * MARGIN} ${height + 2 * MARGIN}`);
  svg.removeAttribute("width");
  svg.removeAttribute("height");
  svg.style.maxWidth = `${LARGEST * (width + 2 * MARGIN)}px`;
}

/** `turn` grows when the drawing should be read again. */
export function Drawing({ path, label, turn = 0 }) {
  const { data, error, reload } = useLoad(() => get(path), [path], 1500);
  const [shown, setShown] = useState(false);
  const place = useRef(null);
  useEffect(() => {
    if (turn) {
      reload();
    }
  }, [turn]);
  useEffect(() => {
    if (data && place.current) {
      const svg = document.importNode(PARSER.parseFromString(data.svg, "image/svg+xml").documentElement, true);
      svg.setAttribute("role", "img");
      svg.setAttribute("aria-label", label);
      place.current.replaceChildren(svg);
      fit(svg);
    }
  }, [data?.svg]);
  if (!data) {
    return error ? html`<${Problem} error=${error} />` : html`<${Waiting} what="the drawing" />`;
  }
  return html`<div class="drawing" ref=${place} tabindex="0" role="region" aria-label="Drawing, can be scrolled"></div>
    <details onToggle=${(event) => setShown(event.target.open)}><summary>As Mermaid text</summary>${shown && html`<pre tabindex="0"><code>${data.mermaid}</code></pre>`}</details>`;
}
