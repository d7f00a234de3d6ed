// When each worker ran, one lane for each that ran at the same time; those that lag are marked.
import { count, counted, duration, words } from "../format.js";
import { html, useEffect, useLayoutEffect, useMemo, useRef, useState } from "../lib.js";
import { Empty } from "../parts/notes.js";
import { useTheme } from "../theme.js";
import { drawLanes, LANE } from "./lanes.js";

const SLOWER = 2;
const MOST_LANES = 40;

/** Puts each worker in the first lane that is free; {bars, lanes, start, end, slow}, or null. */
export function laid(batches, stragglers, now) {
  const worked = batches.filter(({ began }) => began !== null).sort((a, b) => a.began - b.began);
  if (worked.length === 0) {
    return null;
  }
  const free = [];
  const running = new Set(stragglers.map(({ step_uuid: uuid }) => uuid));
  const times = worked.filter(({ state, ended }) => state === "complete" && ended).map(({ began, ended }) => ended - began).sort((a, b) => a - b);
  const usual = times[Math.floor(times.length / 2)];
  let end = worked[0].began + 100;
  const bars = worked.map((batch) => {
    const until = batch.ended ?? (batch.state === "in_progress" ? now : batch.began);
    let lane = free.findIndex((at) => at <= batch.began);
    lane = lane < 0 ? free.length : lane;
    free[lane] = until;
    end = Math.max(end, until);
    const slow = running.has(batch.uuid) || (batch.ended !== null && batch.state === "complete" && until - batch.began > SLOWER * usual && until - batch.began > 100);
    return { batch, lane, from: batch.began, until, slow };
  });
  return { bars, lanes: free.length, start: worked[0].began, end, usual, slow: bars.filter((bar) => bar.slow) };
}

function Stragglers({ laid: { slow, usual }, onOpen }) {
  const worst = [...slow].sort((a, b) => b.until - b.from - (a.until - a.from)).slice(0, 8);
  return html`<h3>Stragglers <small>${slow.length > worst.length ? `the ${worst.length} slowest of ${count(slow.length)}; ` : ""}more than ${SLOWER} × the usual ${duration(usual / 1000)}</small></h3>
    <ul class="stragglers">
      ${worst.map(
        ({ batch, from, until }) => html`<li key=${batch.uuid}>
          <button class="link" onClick=${() => onOpen(batch.uuid)}>${batch.name}</button>
          <span class="beside">${words(batch.state)} · ${duration((until - from) / 1000)} · ${count(batch.done)} of ${counted(batch.total, "record")}</span>
        </li>`,
      )}
    </ul>`;
}

export function Timeline({ batches, stragglers, over, onOpen }) {
  const canvas = useRef(null);
  const [width, setWidth] = useState(0);
  const [told, setTold] = useState("");
  const theme = useTheme();
  const plan = useMemo(() => laid(batches, stragglers, Date.now()), [batches, stragglers, over]);
  const has = plan !== null;
  useLayoutEffect(() => {
    if (!has) {
      return undefined;
    }
    const measure = new ResizeObserver(([{ contentRect }]) => setWidth(contentRect.width));
    measure.observe(canvas.current.parentElement);
    return () => measure.disconnect();
  }, [has]);
  useEffect(() => {
    if (plan && width > 0) {
      drawLanes(canvas.current, plan, width, MOST_LANES);
    }
  }, [plan, width, theme]);
  if (!plan) {
    return html`<${Empty} title="No worker has begun yet" />`;
  }
  const barAt = (event) => {
    const area = canvas.current.getBoundingClientRect();
    const at = plan.start + ((event.clientX - area.left) / area.width) * (plan.end - plan.start);
    const lane = Math.floor((event.clientY - area.top) / LANE);
    return plan.bars.find((bar) => bar.lane === lane && bar.from <= at && bar.until >= at);
  };
  const point = (event) => {
    const bar = barAt(event);
    setTold(bar ? `${bar.batch.name}: ${words(bar.batch.state)}, ${duration((bar.until - bar.from) / 1000)}` : "");
  };
  const seconds = (plan.end - plan.start) / 1000;
  return html`<div class="lanes">
      <canvas
        ref=${canvas}
        role="img"
        aria-label="${counted(plan.bars.length, "worker")} in ${counted(plan.lanes, "lane")} over ${duration(seconds)}; ${counted(plan.slow.length, "straggler")}"
        onMouseMove=${point}
        onMouseLeave=${() => setTold("")}
        onClick=${(event) => barAt(event) && onOpen(barAt(event).batch.uuid)}
      ></canvas>
    </div>
    <p class="lanes-scale"><span>0 s</span><span>${told || (plan.lanes > MOST_LANES ? `the first ${MOST_LANES} of ${plan.lanes} lanes` : "")}</span><span>${duration(seconds)}</span></p>
    ${plan.slow.length > 0 && html`<${Stragglers} laid=${plan} onOpen=${onOpen} />`}`;
}
