// Brings the state of a job up to date while it moves; each tenth is said to screen readers once.
const PAUSE_MILLISECONDS = 2000;
const place = document.querySelector("[data-job]");
const said = document.querySelector("[data-job-said]");

function tell() {
  const state = place.firstElementChild;
  if (said.textContent !== state.dataset.said) said.textContent = state.dataset.said;
  if (state.dataset.moving === "true") setTimeout(look, PAUSE_MILLISECONDS);
}

async function look() {
  try {
    const answer = await fetch(place.dataset.job, { credentials: "same-origin", redirect: "error" });
    // Who is about to press a button must not lose it under the finger.
    if (answer.ok && !place.contains(document.activeElement)) place.innerHTML = await answer.text();
  } catch {
    // The connection is lost for a moment: the next look will tell.
  }
  tell();
}

if (place) tell();
