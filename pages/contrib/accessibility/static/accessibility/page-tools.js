// Share and print. Without this script, or where nothing can be shared or copied, a link sends the address by e-mail.
for (const button of document.querySelectorAll("[data-share]")) {
  const { title, url, copied } = button.dataset;
  const tools = button.closest(".page-tools");
  const said = tools.querySelector("[role=status]");
  button.addEventListener("click", async () => {
    said.textContent = "";
    try {
      if ("share" in navigator) await navigator.share({ title, url });
      else {
        await navigator.clipboard.writeText(url);
        said.textContent = copied;
      }
    } catch (error) {
      // The reader closed the window of the system, or the browser forbids it: e-mail remains.
      if (error.name !== "AbortError") location.href = tools.querySelector("a[href^='mailto:']").href;
    }
  });
}
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
