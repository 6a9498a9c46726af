// Share and print. Without this script, or where neither is possible, a link sends the address by e-mail.
for (const link of document.querySelectorAll("[data-share]")) {
  const { title, url, words, copy, copied } = link.dataset;
  const said = link.closest(".page-tools").querySelector("[role=status]");
  const canShare = "share" in navigator;
  if (!canShare && !navigator.clipboard) continue;
  const button = document.createElement("button");
  button.type = "button";
  button.className = link.className;
  button.append(...link.childNodes);
  button.querySelector("span").textContent = canShare ? words : copy;
  button.addEventListener("click", async () => {
    said.textContent = "";
    try {
      if (canShare) await navigator.share({ title, url });
      else {
        await navigator.clipboard.writeText(url);
        said.textContent = copied;
      }
    } catch (error) {
      // The reader closed the window of the system, or the browser forbids it: e-mail remains.
      if (error.name !== "AbortError") location.href = link.href;
    }
  });
  link.replaceWith(button);
}
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
