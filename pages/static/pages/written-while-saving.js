/* Wagtail takes the form as it is when an autosave ends for what was saved. Words that came after the form was sent
   count as saved too then, and nobody warns who leaves with them. Here what was sent is compared with what stands there. */

const form = document.querySelector("form[data-edit-form]");
/* Wagtail itself changes these with each autosave, or does not look at them. */
const NOT_WRITTEN = /^(csrfmiddlewaretoken|loaded_revision_|overwrite_revision_id$|next$|comments-)/;
let sent = null;
let lastAskedFor = "";

function written(data, updates) {
  const fields = [...data].filter(([name]) => !NOT_WRITTEN.test(name) && !(name in updates));
  return JSON.stringify(fields.map(([name, value]) => [name, value instanceof File ? `${value.name} ${value.size}` : value]));
}

form?.addEventListener("w-autosave:save", (event) => {
  sent = event.detail.formData;
});

form?.addEventListener("w-autosave:success", (event) => {
  const updates = event.detail.response.field_updates ?? {};
  const now = written(new FormData(form), updates);
  // What differs for another reason than somebody's writing is sent once, not for ever.
  if (!sent || now === written(sent, updates) || now === lastAskedFor) return;
  lastAskedFor = now;
  // Wagtail clears its marks in a listener of the same event.
  setTimeout(() => {
    form.dataset.wUnsavedForceValue = "true";
    form.dataset.wUnsavedHasEditsValue = "true";
  });
});
