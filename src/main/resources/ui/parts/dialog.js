// A dialog of the browser's own: it keeps the focus, closes by Escape, gives the focus back.
import { html, useEffect, useRef } from "../lib.js";

let ids = 0;

export function Dialog({ title, onClose, side = false, children }) {
  const dialog = useRef(null);
  const id = useRef(`dialog-${++ids}`);
  useEffect(() => {
    const before = document.activeElement;
    const shown = dialog.current;
    shown.showModal();
    shown.querySelector("[data-first]")?.focus();
    return () => {
      shown.close();
      before?.focus?.();
    };
  }, []);
  const outside = (event) => event.target === dialog.current && onClose();
  return html`<dialog
    ref=${dialog}
    class=${side ? "side" : ""}
    aria-labelledby=${id.current}
    onMouseDown=${outside}
    onCancel=${(event) => {
      event.preventDefault();
      event.stopPropagation();
      onClose();
    }}
  >
    <div class="dialog-inner">
      <header><h2 id=${id.current}>${title}</h2><button type="button" class="quiet" aria-label="Close" onClick=${onClose}>✕</button></header>
      ${children}
    </div>
  </dialog>`;
}
