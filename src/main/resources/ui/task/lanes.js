// Draws the lanes of the timeline.
import { colour } from "../theme.js";
import { STEP_STATES } from "./states.js";

/** The height of a lane. */
export const LANE = 16;

const THICK = 11;

export function drawLanes(canvas, { bars, lanes, start, end }, width, most) {
  const height = Math.min(lanes, most) * LANE + 2;
  const scale = devicePixelRatio || 1;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.style.height = `${height}px`;
  const context = canvas.getContext("2d");
  context.scale(scale, scale);
  const fills = Object.fromEntries(STEP_STATES.map((state) => [state, colour(`fill-${state}`)]));
  const straggler = colour("straggler");
  const x = (at) => ((at - start) / (end - start)) * width;
  context.fillStyle = colour("cell");
  for (let lane = 0; lane < Math.min(lanes, most); lane++) {
    context.fillRect(0, lane * LANE + 2, width, THICK);
  }
  for (const { batch, lane, from, until, slow } of bars) {
    if (lane >= most) {
      continue;
    }
    const [left, y] = [x(from), lane * LANE + 2];
    const long = Math.max(1, x(until) - left - 1);
    context.fillStyle = fills[batch.state];
    context.fillRect(left, y, long, THICK);
    if (slow) {
      context.fillStyle = straggler;
      context.fillRect(left, y - 2, Math.max(2, long), 2);
      context.fillRect(left, y + THICK, Math.max(2, long), 2);
    }
  }
}
