// A language chosen in the menu is remembered for the next visit; the links work without this file.
for (const link of document.querySelectorAll("a[data-remember]")) {
  link.addEventListener("click", () => {
    fetch(link.dataset.remember, { keepalive: true, redirect: "manual" }).catch(() => {});
  });
}
