// Small things that show a figure or a state.
import { age, exactly, moment, percent, words } from "../format.js";
import { html } from "../lib.js";

export const Badge = ({ state }) => html`<span class="badge s-${state}">${words(state)}</span>`;

/** A long name that may break after its underscores and slashes. */
export const Name = ({ of }) => of.split(/(?<=[_/]|::)/).map((part) => html`${part}<wbr />`);

/** A bar with its share in words; share is 0 to 1. */
export function Bar({ share, label, state = "" }) {
  const whole = Math.min(1, Math.max(0, share));
  return html`<span class="bar s-${state}" role="progressbar" aria-label=${label} aria-valuemin="0" aria-valuemax="100" aria-valuenow=${Math.floor(whole * 100)} aria-valuetext=${percent(whole)}>
    <span class="bar-done" style=${{ width: `${whole * 100}%` }}></span>
  </span>`;
}

export const Moment = ({ at }) => (at ? html`<time datetime=${at} title=${exactly(at)}>${moment(at)}</time>` : "–");

export const Age = ({ at }) => (at ? html`<time datetime=${at} title=${exactly(at)}>${age(at)}</time>` : "–");

export const Figure = ({ label, children, note }) => html`<div class="figure">
  <dt>${label}</dt>
  <dd>${children}${note && html`<small>${note}</small>`}</dd>
</div>`;

export const Card = ({ title, children, extra, name }) => html`<section class="card" data-card=${name} aria-label=${title}>
  <header><h2>${title}</h2>${extra}</header>
  ${children}
</section>`;
