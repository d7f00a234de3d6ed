// Records a second and workers at once, over the life of a task.
import { count, duration, rate } from "../format.js";
import { html, Plot, useEffect, useMemo, useRef } from "../lib.js";
import { Empty } from "../parts/notes.js";
import { colour, useTheme } from "../theme.js";

const BINS = 80;
const HEIGHT = 190;

/** Spreads the records of each worker evenly over its time; {times, rates, running}, or null. */
export function series(batches, now) {
  const worked = batches.filter(({ began }) => began !== null);
  if (worked.length === 0) {
    return null;
  }
  const start = worked.reduce((least, { began }) => Math.min(least, began), Infinity);
  const untilOf = ({ state, began, ended }) => ended ?? (state === "in_progress" ? now : began);
  const end = worked.reduce((most, batch) => Math.max(most, untilOf(batch)), start + 100);
  const width = (end - start) / BINS;
  const rates = new Array(BINS).fill(0);
  const running = new Array(BINS).fill(0);
  for (const batch of worked) {
    const { began, done } = batch;
    const until = Math.max(untilOf(batch), began + 1);
    const perMilli = done / (until - began);
    for (let bin = Math.floor((began - start) / width); bin < BINS && start + bin * width < until; bin++) {
      const shared = Math.min(until, start + (bin + 1) * width) - Math.max(began, start + bin * width);
      rates[bin] += (1000 * perMilli * shared) / width;
      running[bin] += shared / width;
    }
  }
  return { times: rates.map((_, bin) => ((bin + 0.5) * width) / 1000), rates, running };
}

function options(width) {
  const axis = { stroke: colour("muted"), grid: { stroke: colour("line"), width: 1 }, ticks: { stroke: colour("line"), width: 1 }, font: "12px Inter, system-ui, sans-serif" };
  const short = new Intl.NumberFormat("en", { notation: "compact" });
  const values = (_, splits) => splits.map((value) => short.format(value));
  return {
    width,
    height: HEIGHT,
    cursor: { y: false },
    scales: { x: { time: false }, rate: { range: (_, low, high) => [0, high || 1] }, workers: { range: (_, low, high) => [0, Math.max(1, Math.ceil(high))] } },
    axes: [
      { ...axis, space: 80, values: (_, splits) => splits.map(duration) },
      { ...axis, scale: "rate", size: 56, values },
      { ...axis, scale: "workers", side: 1, size: 44, grid: { show: false }, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000], values },
    ],
    series: [
      { label: "After", value: (_, value) => (value == null ? "–" : duration(value)) },
      { label: "Records", scale: "rate", stroke: colour("accent"), fill: colour("accent-wash"), width: 2, value: (_, value) => rate(value) },
      { label: "Workers", scale: "workers", stroke: colour("fill-in_progress"), width: 1.5, dash: [5, 4], value: (_, value) => (value == null ? "–" : count(value)) },
    ],
  };
}

export function Throughput({ batches, over }) {
  const place = useRef(null);
  const plot = useRef(null);
  const theme = useTheme();
  const data = useMemo(() => series(batches, Date.now()), [batches, over]);
  const has = data !== null && data.rates.some((each) => each > 0);
  useEffect(() => {
    if (!has) {
      return undefined;
    }
    const width = () => Math.max(240, place.current.clientWidth);
    plot.current = new Plot(options(width()), [data.times, data.rates, data.running], place.current);
    const measure = new ResizeObserver(() => plot.current.setSize({ width: width(), height: HEIGHT }));
    measure.observe(place.current);
    return () => {
      measure.disconnect();
      plot.current.destroy();
      plot.current = null;
    };
  }, [theme, has]);
  useEffect(() => {
    if (data && plot.current) {
      plot.current.setData([data.times, data.rates, data.running]);
    }
  }, [data]);
  if (!has) {
    return html`<${Empty} title="No record has been read yet" />`;
  }
  const best = Math.max(...data.rates);
  return html`<div class="plot" ref=${place} role="img" aria-label="Records a second over time, ${rate(best)} at most, with up to ${count(Math.max(...data.running))} workers at once"></div>`;
}
