// Squares that would hide each other are moved apart: as values, nothing here asks the page.
const ROUNDS = 60;

/** Return points as near to those given as squares of this size round them allow without meeting. */
export function setApart(points, size) {
  const moved = points.map(([x, y]) => [x, y]);
  for (let round = 0; round < ROUNDS; round += 1) {
    const met = pairsThatMeet(moved, size);
    if (!met.length) break;
    for (const [one, other] of met) push(moved[one], moved[other], size);
  }
  return moved;
}

function pairsThatMeet(points, size) {
  const fromTheLeft = points.map((_, place) => place).sort((a, b) => points[a][0] - points[b][0]);
  const met = [];
  for (const [rank, one] of fromTheLeft.entries()) {
    for (let next = rank + 1; next < fromTheLeft.length; next += 1) {
      const other = fromTheLeft[next];
      if (points[other][0] - points[one][0] >= size) break;
      if (Math.abs(points[other][1] - points[one][1]) < size) met.push([one, other]);
    }
  }
  return met;
}

/** Push two points along the axis on which they need it least. */
function push(one, other, size) {
  const lacking = [0, 1].map((axis) => size - Math.abs(other[axis] - one[axis]));
  const axis = lacking[0] < lacking[1] ? 0 : 1;
  // A little more than half, lest figures that are cut off leave them touching for ever.
  const step = Math.max(0, lacking[axis] / 2 + 0.01) * (other[axis] < one[axis] ? -1 : 1);
  one[axis] -= step;
  other[axis] += step;
}
