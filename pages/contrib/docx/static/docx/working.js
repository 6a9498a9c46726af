// Looks every two seconds whether the work on a long file is done; without this the link on the page does.
const moment = 2000;

async function look() {
  const answer = await fetch(location.href, { headers: { "X-Requested-With": "fetch" } });
  const isWorking = (await answer.text()).includes("data-working");
  if (answer.redirected || !isWorking) location.replace(location.href);
  else setTimeout(look, moment);
}

if (document.querySelector("[data-working]")) setTimeout(look, moment);
