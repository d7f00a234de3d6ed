// All workers as a grid of cells, however many: only what is in sight is drawn.
import { count, counted, words } from "../format.js";
import { html, useEffect, useLayoutEffect, useMemo, useRef, useState } from "../lib.js";
import { useTheme } from "../theme.js";
import { columnsFor, draw, sizeFor } from "./cells.js";
import { STEP_STATES } from "./states.js";

/** What a cell says in words. */
export function told(batch, slow) {
  const records = batch.total === null ? counted(batch.done, "record") : `${count(batch.done)} of ${counted(batch.total, "record")}`;
  return `${batch.name}: ${words(batch.state)}, ${counted(batch.attempts, "attempt")}, ${records}${slow ? ", straggler" : ""}`;
}

/** Where an arrow leads. */
const MOVES = {
  ArrowRight: () => 1,
  ArrowLeft: () => -1,
  ArrowDown: (columns) => columns,
  ArrowUp: (columns) => -columns,
  PageDown: (columns, rows) => columns * rows,
  PageUp: (columns, rows) => -columns * rows,
  Home: () => -Infinity,
  End: () => Infinity,
};

function Legend({ batches, chosen, onChoose }) {
  const counts = useMemo(() => {
    const found = new Map();
    batches.forEach(({ state }) => found.set(state, (found.get(state) ?? 0) + 1));
    return found;
  }, [batches]);
  return html`<div class="legend" role="group" aria-label="Show only">
    ${STEP_STATES.filter((state) => counts.has(state)).map(
      (state) => html`<button class="s-${state}" aria-pressed=${chosen === state} onClick=${() => onChoose(chosen === state ? null : state)}>
        <span class="dot" aria-hidden="true"></span>${words(state)} <strong>${count(counts.get(state))}</strong>
      </button>`,
    )}
  </div>`;
}

function Grid({ cells, slow, onOpen }) {
  const box = useRef(null);
  const canvas = useRef(null);
  const [width, setWidth] = useState(0);
  const [at, setAt] = useState(0);
  const [over, setOver] = useState(null);
  const theme = useTheme();
  const size = sizeFor(cells.length);
  const columns = columnsFor(width, size);
  const rows = Math.ceil(cells.length / columns);
  const focused = Math.min(at, cells.length - 1);
  const paint = () => draw(canvas.current, { cells, slow, size, columns, top: box.current.scrollTop, focused: document.activeElement === box.current ? focused : -1 });

  useLayoutEffect(() => {
    const measure = new ResizeObserver(() => setWidth(box.current?.clientWidth ?? 0));
    measure.observe(box.current);
    return () => measure.disconnect();
  }, []);
  useEffect(paint, [cells, width, focused, theme, slow]);

  const cellAt = (event) => {
    const area = box.current.getBoundingClientRect();
    const column = Math.floor((event.clientX - area.left) / size);
    const row = Math.floor((event.clientY - area.top + box.current.scrollTop) / size);
    return column >= 0 && column < columns ? row * columns + column : -1;
  };
  const key = (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      onOpen(cells[focused].uuid);
      return;
    }
    const move = MOVES[event.key];
    if (!move) {
      return;
    }
    event.preventDefault();
    const inSight = Math.max(1, Math.floor(box.current.clientHeight / size) - 1);
    const next = Math.max(0, Math.min(cells.length - 1, focused + move(columns, inSight)));
    setAt(next);
    setOver(null);
    const y = Math.floor(next / columns) * size;
    const { scrollTop, clientHeight } = box.current;
    box.current.scrollTop = y < scrollTop ? y : Math.max(scrollTop, y + size - clientHeight);
  };
  const shown = cells[over ?? focused];
  return html`<div
      class="cells"
      ref=${box}
      tabindex="0"
      role="application"
      aria-roledescription="grid of batches"
      aria-label="${counted(cells.length, "batch").replace("batchs", "batches")}; arrow keys move, Enter opens"
      aria-describedby="cell-told"
      data-cells=${cells.length}
      data-at=${focused}
      onKeyDown=${key}
      onScroll=${paint}
      onFocus=${paint}
      onBlur=${paint}
      onMouseMove=${(event) => setOver(cells[cellAt(event)] ? cellAt(event) : null)}
      onMouseLeave=${() => setOver(null)}
      onClick=${(event) => {
        const cell = cellAt(event);
        if (cells[cell]) {
          setAt(cell);
          onOpen(cells[cell].uuid);
        }
      }}
    >
      <canvas ref=${canvas} aria-hidden="true"></canvas>
      <div class="cells-room" style=${{ height: `${rows * size}px` }}></div>
    </div>
    <p class="told" id="cell-told" aria-live="polite">${shown ? told(shown, slow.has(shown.uuid)) : ""}</p>`;
}

export function Batches({ batches, slow, onOpen }) {
  const [state, setState] = useState(null);
  const some = useMemo(() => batches.filter((batch) => batch.state === state), [batches, state]);
  const cells = some.length > 0 ? some : batches;
  return html`<${Legend} batches=${batches} chosen=${some.length > 0 ? state : null} onChoose=${setState} />
    <${Grid} cells=${cells} slow=${slow} onOpen=${onOpen} />`;
}
