// The form of a narrative, with what makes writing easier: it works without any of this.
import { keepSaving } from "./saving.js";
import { keepMeasuring } from "./measuring.js";
import { underline } from "./doubting.js";
import { offerListening } from "./listening.js";
import { offerFormatting } from "./formatting.js";
import { offerShortcuts } from "./shortcuts.js";
import { keepCompany } from "./accompanying.js";

const form = document.getElementById("edit");
const text = form.elements.text;

offerFormatting(form.querySelector(".toolbar"), text);
offerListening(form, text);
const judged = document.getElementById("judged");
const preview = document.getElementById("preview");
const underlineDoubts = () => underline(judged, preview);
preview.addEventListener("load", underlineDoubts);
underlineDoubts();
keepMeasuring(form, text, judged, underlineDoubts);
const saveNow = keepSaving(form, document.getElementById("state"), () =>
  preview.contentWindow.location.reload(),
);
offerShortcuts(form, document.getElementById("keys"), { saveNow });
keepCompany(form, document.getElementById("company"));
