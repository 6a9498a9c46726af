// Wagtail glides once to the block that the address names. A long page that still grows stops it half way, so the block
// is kept in sight until the page is still or the editor does something.
const PATIENCE_MS = 5_000;

addEventListener("load", () => {
  const target = document.getElementById(location.hash.slice(1));
  const form = document.querySelector("[data-edit-form]");
  if (!form || !target?.matches("[data-panel]")) return;

  const growth = new ResizeObserver(() => target.scrollIntoView({ behavior: "instant" }));
  const stop = () => growth.disconnect();
  growth.observe(form);
  for (const kind of ["wheel", "touchstart", "pointerdown", "keydown"]) addEventListener(kind, stop, { once: true });
  setTimeout(stop, PATIENCE_MS);
});
