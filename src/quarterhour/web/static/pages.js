// What a browser with scripts adds; every page works without it.

/** A button that copies a text area, put behind it. */
function copying(area) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "second";
  button.textContent = area.dataset.copy;
  button.addEventListener("click", async () => {
    area.select();
    try {
      await navigator.clipboard.writeText(area.value);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Selected: copy with the keyboard";
    }
    setTimeout(() => { button.textContent = area.dataset.copy; }, 3000);
  });
  const told = document.createElement("p");
  told.setAttribute("role", "status");
  told.append(button);
  area.after(told);
}

/** A button that adds a row to the table of its form, and goes to it. */
function adding(button) {
  button.hidden = false;
  button.type = "button";
  const body = button.form.querySelector(button.dataset.rows);
  button.addEventListener("click", () => {
    const row = body.lastElementChild.cloneNode(true);
    const number = body.children.length + 1;
    for (const field of row.querySelectorAll("input")) {
      field.value = "";
      field.setAttribute("aria-label", field.getAttribute("aria-label").replace(/\d+$/, number));
    }
    body.append(row);
    row.querySelector("input").focus();
  });
}

/** Files dropped on the text go to the field of files. */
function dropping(area, files) {
  area.addEventListener("dragover", (event) => event.preventDefault());
  area.addEventListener("drop", (event) => {
    if (event.dataTransfer.files.length) {
      event.preventDefault();
      files.files = event.dataTransfer.files;
      files.focus();
    }
  });
}

document.querySelectorAll("[data-copy]").forEach(copying);
document.querySelectorAll("[data-rows]").forEach(adding);
const text = document.querySelector("#f-text");
if (text) {
  dropping(text, document.querySelector("#f-files"));
}
