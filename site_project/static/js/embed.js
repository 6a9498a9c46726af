// A film or map from elsewhere is fetched only after the reader asks for it.
for (const embed of document.querySelectorAll("[data-embed]")) {
  const button = embed.querySelector("[data-embed-load]");
  if (!button) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    const frame = document.createElement("iframe");
    frame.src = embed.dataset.embed;
    frame.title = embed.dataset.title;
    frame.className = "embed__frame";
    frame.allow = "fullscreen; picture-in-picture";
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    embed.querySelector("[data-embed-poster]").replaceWith(frame);
    frame.focus();
  });
}
