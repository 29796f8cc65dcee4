// The point that matters in a picture: shown on it, set by a tap or by arrows, told by two fields;
// and what each shape shows of the picture round it (as `pictures/framing.py` cuts it).
const framed = document.querySelector("[data-framed]");
const picture = framed.querySelector("img");
const mark = framed.querySelector(".framed-mark");
const [across, down] = ["focus-x", "focus-y"].map((name) => document.getElementById(name));
const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function show() {
  const [x, y] = [within(across.value), within(down.value)];
  mark.style.left = `${x}%`;
  mark.style.top = `${y}%`;
  mark.setAttribute("aria-label", `Point important\u202f: ${x} depuis la gauche, ${y} depuis le haut`);
  for (const frame of document.querySelectorAll(".frames svg")) cut(frame, x, y);
}

function cut(frame, x, y) {
  const [wide, high] = ["width", "height"].map((name) => Number(picture.getAttribute(name)));
  const ratio = Number(frame.dataset.across) / Number(frame.dataset.down);
  const [width, height] = [Math.min(wide, high * ratio), Math.min(high, wide / ratio)];
  const corner = [((wide - width) * x) / 100, ((high - height) * y) / 100];
  frame.setAttribute("viewBox", [...corner, width, height].join(" "));
}

function place(x, y) {
  across.value = within(x);
  down.value = within(y);
  show();
}

framed.addEventListener("click", (event) => {
  // Of a click that comes from the keyboard, the place is none.
  if (event.detail === 0) return;
  const { left, top, width, height } = picture.getBoundingClientRect();
  place(((event.clientX - left) / width) * 100, ((event.clientY - top) / height) * 100);
  mark.focus();
});
mark.addEventListener("keydown", (event) => {
  const [right, below] = arrows[event.key] ?? [0, 0];
  if (!right && !below) return;
  event.preventDefault();
  const step = event.shiftKey ? 10 : 1;
  place(within(across.value) + right * step, within(down.value) + below * step);
});
for (const field of [across, down]) field.addEventListener("input", show);
document.querySelector("[data-live]").hidden = false;
document.querySelector("[data-still]").hidden = true;
mark.hidden = false;
show();

function within(hundredths) {
  return Math.round(Math.min(100, Math.max(0, Number(hundredths) || 0)));
}
