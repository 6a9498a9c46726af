/* A form that is sent while it saves itself does not know yet which rows, or which page, were just made:
   it waits until that is told (wagtail issue 14568). Nothing saves itself once the form is on its way. */

const form = document.querySelector("form[data-edit-form]");
let isSaving = false;
let isSent = false;
let pressed = null;

form?.addEventListener("w-autosave:save", (event) => {
  if (isSent) event.preventDefault();
  isSaving = !event.defaultPrevented;
});

function goOn() {
  isSaving = false;
  if (!pressed) return;
  const button = pressed;
  pressed = null;
  // A button that shows progress is disabled, and would not be sent along.
  const wasDisabled = button.disabled;
  button.disabled = false;
  form.requestSubmit(button);
  button.disabled = wasDisabled;
}

form?.addEventListener("w-autosave:success", goOn);
form?.addEventListener("w-autosave:error", goOn);

form?.addEventListener(
  "submit",
  (event) => {
    if (isSaving && event.submitter) {
      event.preventDefault();
      event.stopImmediatePropagation();
      pressed = event.submitter;
      return;
    }
    setTimeout(() => {
      isSent = !event.defaultPrevented;
    });
  },
  { capture: true },
);
