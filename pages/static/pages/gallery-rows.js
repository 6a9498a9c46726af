/* Pictures of a page: the words of the library are offered as the alternative text, and the editor
   is led to the first new picture of a gallery that has none. */

const IMAGE = /^id_lead_image$|-photos-\d+-image$/;
let fresh = [];
let waiting;

function offerWords(image) {
  const alt = document.getElementById(image.id === "id_lead_image" ? "id_lead_image_alt" : image.id.replace(/image$/, "alt"));
  const words = document.getElementById(`${image.id}-chooser`)?.widget?.state?.default_alt_text || "";
  if (!alt) return;
  // Words that an editor wrote stay; those offered for another picture go with it.
  if (!alt.value || alt.value === alt.dataset.offered) alt.value = words;
  alt.dataset.offered = words;
  fresh.push(alt);
  clearTimeout(waiting);
  // Many pictures come in one go, each a change of its own.
  waiting = setTimeout(leadOn, 100);
}

function leadOn() {
  // The chooser gives the focus back to its button when it has closed.
  if (document.body.classList.contains("modal-open")) {
    waiting = setTimeout(leadOn, 100);
    return;
  }
  const bare = fresh.find((alt) => !alt.value && alt.offsetParent);
  fresh = [];
  bare?.focus();
}

document.addEventListener("change", ({ target }) => {
  if (IMAGE.test(target.id) && target.value) offerWords(target);
});
