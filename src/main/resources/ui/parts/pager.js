// Pages of a list.
import { count, counted } from "../format.js";
import { html } from "../lib.js";
import { href } from "../router.js";

export function Pager({ pagination, path, query, noun }) {
  const { page, total_pages: pages, total_count: total } = pagination;
  const to = (n, text, label) =>
    n < 1 || n > pages || n === page
      ? html`<span class="step-off" aria-hidden="true">${text}</span>`
      : html`<a href=${href(path, { ...query, page: n })} aria-label=${label}>${text}</a>`;
  return html`<nav class="pager" aria-label="Pages of the list">
    <span>${counted(total, noun)}</span>
    ${pages > 1 &&
    html`<span class="pager-steps">
      ${to(1, "«", "First page")} ${to(page - 1, "‹", "Previous page")}
      <span>page ${count(page)} of ${count(pages)}</span>
      ${to(page + 1, "›", "Next page")} ${to(pages, "»", "Last page")}
    </span>`}
  </nav>`;
}
