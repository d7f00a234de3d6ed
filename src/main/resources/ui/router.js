// Where we are: #/tasks/UUID?status=… The server knows only one page.
import { useEffect, useState } from "./lib.js";

function here() {
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  return {
    path: path.split("/").filter(Boolean).map(decodeURIComponent),
    query: Object.fromEntries(new URLSearchParams(query)),
  };
}

/** An address; what is empty is left out of the query. */
export function href(path, query = {}) {
  const given = new URLSearchParams(Object.entries(query).filter(([, value]) => value != null && value !== ""));
  const joined = path.map(encodeURIComponent).join("/");
  return `#/${joined}${given.size ? `?${given}` : ""}`;
}

export function go(path, query) {
  location.hash = href(path, query);
}

export function useRoute() {
  const [route, setRoute] = useState(here);
  useEffect(() => {
    const move = () => setRoute(here());
    addEventListener("hashchange", move);
    return () => removeEventListener("hashchange", move);
  }, []);
  return route;
}
