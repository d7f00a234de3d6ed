// The cells themselves, drawn on a canvas as large as what is in sight.
import { colour } from "../theme.js";
import { STEP_STATES } from "./states.js";

const GAP = 2;

/** The side of a cell with its gap: fewer cells are larger ones. */
export const sizeFor = (cells) => (cells <= 60 ? 34 : cells <= 400 ? 24 : cells <= 2500 ? 16 : 12);

export const columnsFor = (width, size) => Math.max(1, Math.floor(width / size));

function colours() {
  const found = Object.fromEntries(STEP_STATES.map((state) => [state, colour(`fill-${state}`)]));
  return { ...found, ground: colour("cell"), ink: colour("on-fill"), focus: colour("focus"), slow: colour("straggler") };
}

function mark(context, state, x, y, side) {
  context.beginPath();
  if (state === "error") {
    const inset = side * 0.3;
    context.moveTo(x + inset, y + inset);
    context.lineTo(x + side - inset, y + side - inset);
    context.moveTo(x + side - inset, y + inset);
    context.lineTo(x + inset, y + side - inset);
  } else if (state === "cancelled") {
    context.moveTo(x + side * 0.2, y + side * 0.8);
    context.lineTo(x + side * 0.8, y + side * 0.2);
  }
  context.stroke();
}

/** A cell: how much is done from below, its state as colour and sign, its attempts if it has many. */
function cell(context, look, batch, x, y, side) {
  const { state } = batch;
  const part = batch.total > 0 ? Math.min(1, batch.done / batch.total) : 0;
  const height = state === "in_progress" || state === "waiting_for_retry" ? Math.max(3, side * part) : side;
  context.fillStyle = look.ground;
  context.fillRect(x, y, side, side);
  context.fillStyle = look[state];
  if (state === "pending" || state === "enqueued") {
    context.globalAlpha = 0.45;
  }
  context.fillRect(x, y + side - height, side, height);
  context.globalAlpha = 1;
  if (height < side || state === "pending" || state === "enqueued") {
    context.strokeStyle = look[state];
    context.lineWidth = 1;
    context.strokeRect(x + 0.5, y + 0.5, side - 1, side - 1);
  }
  context.strokeStyle = look.ink;
  context.lineWidth = side > 14 ? 2 : 1.5;
  mark(context, state, x, y, side);
  if (batch.attempts > 1 && side >= 20 && state !== "error") {
    context.fillStyle = look.ink;
    context.font = `600 ${Math.round(side * 0.5)}px Inter, system-ui, sans-serif`;
    context.fillText(String(batch.attempts), x + side / 2, y + side / 2 + 1);
  }
}

/** Draws the rows in sight; `top` is how far the box is scrolled. */
export function draw(canvas, { cells, slow, size, columns, top, focused }) {
  const { clientWidth: width, clientHeight: height } = canvas.parentElement;
  const scale = devicePixelRatio || 1;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.style.height = `${height}px`;
  canvas.style.marginBottom = `-${height}px`;
  const context = canvas.getContext("2d");
  context.scale(scale, scale);
  context.textAlign = "center";
  context.textBaseline = "middle";
  const look = colours();
  const side = size - GAP;
  const outline = (x, y, stroke, thick) => {
    context.strokeStyle = stroke;
    context.lineWidth = thick;
    context.strokeRect(x - 0.5, y - 0.5, side + 1, side + 1);
  };
  const first = Math.floor(top / size) * columns;
  const last = Math.min(cells.length, (Math.floor((top + height) / size) + 1) * columns);
  for (let i = first; i < last; i++) {
    const [x, y] = [(i % columns) * size + 1, Math.floor(i / columns) * size - top + 1];
    cell(context, look, cells[i], x, y, side);
    if (slow.has(cells[i].uuid)) {
      outline(x, y, look.slow, 2);
    }
    if (i === focused) {
      outline(x, y, look.focus, 2);
    }
  }
}
