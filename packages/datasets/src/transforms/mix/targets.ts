/** Rows of targets, mixed as their samples were. */
export function mixedTargets(
  rows: Float32Array<ArrayBuffer>,
  share: number,
  partners: Uint32Array,
): Float32Array<ArrayBuffer> {
  const length = rows.length / Math.max(1, partners.length);
  const mixed = new Float32Array(rows.length);
  for (const [row, partner] of partners.entries()) {
    for (let at = 0; at < length; at++) {
      mixed[row * length + at] = share * rows[row * length + at] + (1 - share) * rows[partner * length + at];
    }
  }
  return mixed;
}

/** A row of `classes` numbers for each label, with 1 at its class and 0 elsewhere. */
export function oneHot(labels: ArrayLike<number>, classes: number): Float32Array<ArrayBuffer> {
  const rows = new Float32Array(labels.length * classes);
  for (let index = 0; index < labels.length; index++) rows[index * classes + labels[index]] = 1;
  return rows;
}
