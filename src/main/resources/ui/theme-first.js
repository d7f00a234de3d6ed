// Before anything is painted: the theme that was chosen last; without one the system's.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem("bactrian-theme");
  } catch {
    // A browser that keeps nothing follows the system.
  }
  if (chosen === "light" || chosen === "dark") {
    document.documentElement.dataset.theme = chosen;
  }
})();
