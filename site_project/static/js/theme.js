// Blocking, in <head>: the reader's theme and what the browser can do before first paint, so that nothing moves later;
// without an inline script (strict CSP).
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  if ("share" in navigator) root.classList.add("can-share");
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch { /* storage is blocked: the system's theme stays */ }
})();
