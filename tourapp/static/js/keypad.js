// Most signs are keyed in by number: a phone then shows its digits. Codes have letters, so that one
// tap brings the letters back; without scripts they are never gone.
export function offerLetters(keypad) {
  const input = keypad.querySelector("input");
  const button = keypad.querySelector(".keypad-letters");
  if (/[^\d\s]/.test(input.value)) {
    return;
  }
  input.inputMode = "numeric";
  button.hidden = false;
  button.addEventListener("click", () => {
    input.inputMode = "text";
    button.hidden = true;
    input.focus();
  });
}
