// The choice of light, dark or the system's theme, kept in the reader's browser only.
const root = document.documentElement;

const keep = (theme) => {
  try {
    if (theme) localStorage.setItem("theme", theme);
    else localStorage.removeItem("theme");
  } catch { /* storage is blocked: the choice lasts until the next page */ }
};

for (const select of document.querySelectorAll("[data-theme-pick]")) {
  select.value = root.dataset.theme || "auto";
  select.addEventListener("change", () => {
    const theme = select.value === "auto" ? "" : select.value;
    if (theme) root.dataset.theme = theme;
    else delete root.dataset.theme;
    keep(theme);
  });
}
