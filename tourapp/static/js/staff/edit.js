// The form of a narrative, with what makes writing easier: it works without any of this.
import { keepSaving } from "./saving.js";
import { keepMeasuring } from "./measuring.js";
import { offerListening } from "./listening.js";
import { offerFormatting } from "./formatting.js";

const form = document.getElementById("edit");
const text = form.elements.text;

offerFormatting(form.querySelector(".toolbar"), text);
offerListening(form, text);
keepMeasuring(form, text, document.getElementById("measures"));
keepSaving(form, document.getElementById("state"), () => {
  document.getElementById("preview").contentWindow.location.reload();
});
