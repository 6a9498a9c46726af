// Brings the state of a job up to date while it moves; each tenth is said to screen readers once.
const PAUSE_MILLISECONDS = 2000;
const place = document.querySelector("[data-job]");
const said = document.querySelector("[data-job-said]");

function tell() {
  const state = place.firstElementChild;
  if (said.textContent !== state.dataset.said) said.textContent = state.dataset.said;
  if (state.dataset.moving === "true") setTimeout(look, PAUSE_MILLISECONDS);
}

// Whoever stands on a button stays there.
function show(html) {
  const form = place.contains(document.activeElement) ? document.activeElement.form : null;
  place.innerHTML = html;
  if (form) place.querySelector(`form[action="${form.getAttribute("action")}"] button`)?.focus();
}

async function look() {
  try {
    const answer = await fetch(place.dataset.job, { credentials: "same-origin", redirect: "error" });
    if (answer.ok) show(await answer.text());
  } catch {
    // The connection is lost for a moment: the next look will tell.
  }
  tell();
}

if (place) tell();
