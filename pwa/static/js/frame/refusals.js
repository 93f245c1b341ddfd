/** Puts a refusal's sentence at the field that it concerns, in the form that asked, and goes there. */

let asked = null;

document.addEventListener("htmx:beforeRequest", (event) => {
  asked = event.target.closest("form") ?? event.target;
  clear(asked);
});

document.addEventListener("htmx:afterSwap", () => {
  const refusal = document.querySelector("#refusal [data-refused]");
  const field = refusal && find(refusal.dataset.refused);
  if (field) point(field, refusal);
  else document.querySelector("#refusal > *")?.scrollIntoView({ block: "center" });
});

function find(name) {
  const wanted = `[data-field="${CSS.escape(name)}"]`;
  return asked?.querySelector(wanted) ?? document.querySelector(wanted);
}

function point(field, refusal) {
  const sentence = refusal.querySelector(".banner__title").textContent.trim();
  const message = document.createElement("p");
  message.className = "field__message";
  message.id = `refused-${field.dataset.field}`;
  message.append(refusal.querySelector(".icon").cloneNode(true), sentence);
  field.classList.add("field--problem");
  const label = field.querySelector(".field__label");
  if (label) label.after(message);
  else field.prepend(message);
  const input = field.querySelector("input, select, textarea");
  if (!input) return;
  input.classList.toggle("field__input--problem", input.classList.contains("field__input"));
  input.setAttribute("aria-invalid", "true");
  input.dataset.describedBy = input.getAttribute("aria-describedby") ?? "";
  input.setAttribute("aria-describedby", `${message.id} ${input.dataset.describedBy}`.trim());
  input.focus();
  message.scrollIntoView({ block: "nearest" });
}

/** Takes back what an earlier refusal put into this form. */
function clear(form) {
  for (const message of form.querySelectorAll('.field__message[id^="refused-"]')) {
    const field = message.closest("[data-field]");
    field.classList.remove("field--problem");
    message.remove();
    const input = field.querySelector("[aria-invalid]");
    if (!input) continue;
    input.classList.remove("field__input--problem");
    input.removeAttribute("aria-invalid");
    if (input.dataset.describedBy) input.setAttribute("aria-describedby", input.dataset.describedBy);
    else input.removeAttribute("aria-describedby");
  }
  document.querySelector("#refusal")?.replaceChildren();
}
