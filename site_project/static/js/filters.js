// Filters without a new page: the results change in place, the address too, and focus goes to their number.
const parts = ["#results", ".filters-col"];
let latest = 0;
let shown = location.search;

async function show(url) {
  const mine = ++latest;
  const results = document.querySelector("#results");
  results.setAttribute("aria-busy", "true");
  const response = await fetch(url);
  if (!response.ok) throw new Error(response.status);
  const next = new DOMParser().parseFromString(await response.text(), "text/html");
  if (mine !== latest) return;
  if (!parts.every((part) => next.querySelector(part))) throw new Error("another page");
  for (const part of parts) document.querySelector(part).replaceWith(next.querySelector(part));
  document.title = next.title;
  history.pushState({}, "", url);
  shown = location.search;
  document.querySelector("#results-h").focus();
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-filters]")) return;
  event.preventDefault();
  const query = new URLSearchParams(new FormData(event.target));
  const url = event.target.action + (query.size ? `?${query}` : "");
  show(url).catch(() => location.assign(url));
});
// Also fired for a way within the page, which changes no filter.
addEventListener("popstate", () => location.search === shown || location.reload());
