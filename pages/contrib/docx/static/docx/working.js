// Shows every two seconds how far the work on a long file is; without this the link on the page does.
const moment = 2000;

function show(there) {
  for (const part of ["step", "percent"]) {
    const [here, now] = [document, there].map((page) => page.querySelector(`[data-${part}]`));
    if (here.textContent !== now.textContent) here.textContent = now.textContent;
  }
  const value = there.querySelector("progress").getAttribute("value");
  const bar = document.querySelector("progress");
  if (value === null) bar.removeAttribute("value");
  else bar.value = value;
}

async function look() {
  const answer = await fetch(location.href, { headers: { "X-Requested-With": "fetch" } });
  const there = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-working]");
  if (answer.redirected || !there) {
    location.replace(location.href);
    return;
  }
  show(there);
  setTimeout(look, moment);
}

if (document.querySelector("[data-working]")) setTimeout(look, moment);
