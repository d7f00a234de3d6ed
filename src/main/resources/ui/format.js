// How figures and times are written, everywhere alike.
const WHOLE = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const FINE = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
const EXACT = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "long" });

export const NONE = "–";

export const count = (n) => (n == null ? NONE : WHOLE.format(n));

/** A count and its noun: 1 record, 2 records. */
export const counted = (n, noun) => `${count(n)} ${noun}${n === 1 ? "" : "s"}`;

export const rate = (n) => (n == null ? NONE : `${(n < 100 ? FINE : WHOLE).format(n)}/s`);

/** Never 100 before all is done. */
export const percent = (part) => `${part >= 1 ? 100 : Math.min(99.9, Math.floor(part * 1000) / 10)}%`;

export function duration(seconds) {
  if (seconds == null || !Number.isFinite(seconds)) {
    return NONE;
  }
  const s = Math.max(0, seconds);
  if (s < 1) {
    return `${Math.round(s * 1000)} ms`;
  }
  if (s < 10) {
    return `${FINE.format(s)} s`;
  }
  const whole = Math.round(s);
  const [d, h, m] = [Math.floor(whole / 86400), Math.floor(whole / 3600) % 24, Math.floor(whole / 60) % 60];
  if (d) {
    return `${d} d ${h} h`;
  }
  if (h) {
    return `${h} h ${m} min`;
  }
  return m ? `${m} min ${whole % 60} s` : `${whole} s`;
}

/** Roughly how long ago: one unit. */
export function age(iso, now = Date.now()) {
  const s = Math.max(0, (now - Date.parse(iso)) / 1000);
  const [size, unit] = s < 60 ? [1, "s"] : s < 3600 ? [60, "min"] : s < 86400 ? [3600, "h"] : [86400, "d"];
  return `${Math.floor(s / size)} ${unit}`;
}

export const between = (from, to) => (Date.parse(to) - Date.parse(from)) / 1000;

export const exactly = (iso) => EXACT.format(new Date(iso));

export function moment(iso) {
  const at = new Date(iso);
  return at.toDateString() === new Date().toDateString() ? CLOCK.format(at) : DAY.format(at);
}

/** in_progress → in progress */
export const words = (state) => String(state ?? "").replaceAll("_", " ");

export const short = (uuid) => String(uuid).slice(0, 8);

/** A number as it stands in the document, its digits grouped. */
export function exactNumber(source) {
  const [, sign, digits, rest] = /^(-?)(\d+)(.*)$/.exec(String(source)) ?? [];
  return digits === undefined ? String(source) : sign + digits.replace(/\B(?=(\d{3})+$)/g, ",") + rest;
}
