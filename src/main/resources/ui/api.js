// The REST API as the pages use it.

/** The server's no: its code, its message, and each problem of a body. */
export class Refused extends Error {
  constructor(status, { code, message, details = [] }) {
    super(message);
    Object.assign(this, { status, code, details });
  }
}

let loggedOut = () => {};

/** Tells somebody when the server asks for a key. */
export const onLoggedOut = (listener) => {
  loggedOut = listener;
};

/** Numbers that a double would change stay as they were written. */
const exact = (key, value, at) =>
  typeof value === "number" && JSON.rawJSON && at && String(value) !== at.source ? JSON.rawJSON(at.source) : value;

/** A JSON text, exactly; such numbers are sent as they were written. */
export const parse = (text) => JSON.parse(text, exact);

export async function ask(method, path, { body, keepExact = false, signal } = {}) {
  const given = body === undefined ? {} : { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  let answer;
  let text;
  try {
    answer = await fetch(path, { method, signal, ...given });
    text = await answer.text();
  } catch (failure) {
    if (failure.name === "AbortError") {
      throw failure;
    }
    throw new Refused(0, { code: "unreachable", message: "The server cannot be reached." });
  }
  let json;
  try {
    json = JSON.parse(text, keepExact ? exact : undefined);
  } catch {
    throw new Refused(answer.status, { code: "unreadable", message: `HTTP status ${answer.status}` });
  }
  if (answer.ok) {
    return json;
  }
  if (answer.status === 401 && path !== "/v1/session") {
    loggedOut();
  }
  throw new Refused(answer.status, json.error ?? { code: "refused", message: `HTTP status ${answer.status}` });
}

export const get = (path, options) => ask("GET", path, options);
export const post = (path, body = {}) => ask("POST", path, { body });
export const patch = (path, body) => ask("PATCH", path, { body });

/** A path with those of the parameters that have a value. */
export function withQuery(path, parameters) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value != null && value !== ""));
  return query.size === 0 ? path : `${path}?${query}`;
}

/** tasks:cancel is held by who has it, tasks:* or *. */
export const may = (asker, permission) =>
  asker.permissions.some((has) => has === "*" || has === permission || has === `${permission.split(":")[0]}:*`);
