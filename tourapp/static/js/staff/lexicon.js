// Has a word spoken as it stands in the form, without leaving the page.
import { listen } from "./listening.js";

const form = document.getElementById("entry");

document.getElementById("listen").addEventListener("click", (event) => {
  event.preventDefault();
  listen(form, Object.fromEntries(new FormData(form)), document.getElementById("sound"));
});
