// Blocking, in <head>: the reader's theme before first paint, without an inline script (strict CSP).
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch { /* storage is blocked: the system's theme stays */ }
})();
