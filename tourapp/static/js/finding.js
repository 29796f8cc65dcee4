// The home page and the list: a digits' pad that gives way to letters, and what is near.
import { offerLetters } from "./keypad.js";
import { recall } from "./remembered.js";

const keypad = document.querySelector(".keypad");
if (keypad) {
  offerLetters(keypad);
}

const near = document.querySelector(".near");
if (near && "geolocation" in navigator) {
  const button = document.querySelector("#pres-de-moi");
  button.hidden = false;
  document.getElementById(button.getAttribute("aria-describedby")).hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    // What reckons comes with the first wish for it: most visitors know their number.
    const { tellNearest } = await import("./near.js");
    await tellNearest(near);
    button.disabled = false;
  });
}

// Whoever follows an itinerary finds the way back to it.
if (recall("itineraire")) import("./following/beside.js").catch(() => {});
