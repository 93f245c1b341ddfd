/** Says which file was chosen, where the browser would say it in its own language. Without scripts the browser's own words stand. */

const told = document.querySelector("[data-file-chosen]");
const input = told.closest("[data-field]").querySelector("[type=file]");

function tell() {
  const name = input.files[0]?.name;
  told.textContent = name ? told.dataset.textOne.replace("{name}", () => name) : "";
}

input.addEventListener("change", tell);
addEventListener("pageshow", tell);
