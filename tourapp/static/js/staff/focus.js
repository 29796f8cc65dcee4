// The point that matters in a picture: shown on it, and set by a tap; the two fields say it too.
const framed = document.querySelector("[data-framed]");
const mark = framed.querySelector(".framed-mark");
const [across, down] = ["focus-x", "focus-y"].map((name) => document.getElementById(name));

function show() {
  mark.style.left = `${Number(across.value)}%`;
  mark.style.top = `${Number(down.value)}%`;
}

framed.addEventListener("click", (event) => {
  const { left, top, width, height } = framed.getBoundingClientRect();
  across.value = hundredths((event.clientX - left) / width);
  down.value = hundredths((event.clientY - top) / height);
  show();
});
for (const field of [across, down]) field.addEventListener("input", show);
document.getElementById("framing-hint").hidden = false;
mark.hidden = false;
show();

function hundredths(part) {
  return String(Math.round(Math.min(1, Math.max(0, part)) * 100));
}
