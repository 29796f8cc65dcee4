// Tells how much of a file is sent, and what is wrong with it without losing what was written.
const form = document.getElementById("upload");
const told = document.getElementById("sent");

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  const request = new XMLHttpRequest();
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    const percent = Math.floor((loaded / total) * 100);
    told.textContent = percent < 100 ? `Envoi : ${percent} %` : "Envoyé. Le fichier est écouté…";
  });
  request.addEventListener("load", () => answer(request));
  request.addEventListener("error", () => tell("L’envoi n’a pas abouti. Réessayez."));
  request.open("POST", form.getAttribute("action"));
  request.setRequestHeader("Accept", "application/json");
  request.send(new FormData(form));
});

function answer(request) {
  if (request.status === 200) {
    location.assign(request.responseURL);
  } else if (request.status === 422) {
    tell(Object.values(JSON.parse(request.responseText).faults).join(" "));
  } else {
    tell(request.status === 413 ? "Ce fichier est trop grand." : "L’envoi n’a pas abouti. Réessayez.");
  }
}

function tell(words) {
  told.textContent = words;
  told.classList.add("unsaved");
}
