/** A direction that a symmetric matrix only stretches, of length 1, and by how much. */
export interface EigenPair {
  readonly value: number;
  readonly vector: Float64Array;
}

/** More rounds than it takes until nothing outside of the diagonal is left but rounding, which is six or seven. */
const mostRounds = 50;

/**
 * The eigenvalues of a symmetric matrix, largest first, each with its direction: A = Σ value · vector · vectorᵀ.
 *
 * The plane of two axes is turned until their number outside of the diagonal is 0, for all pairs of axes in turn, until all are
 * (next to) nothing: Jacobi's method, which needs nothing but square roots, so that its bits are the same everywhere.
 *
 * Source: Golub and Van Loan, "Matrix computations", section 8.5.
 *
 * @param matrix rows, of which only symmetric ones make sense
 */
export function symmetricEigen(matrix: readonly ArrayLike<number>[]): EigenPair[] {
  const size = matrix.length;
  const a = matrix.map((row) => Float64Array.from(row));
  const vectors = a.map((_, axis) => Float64Array.from(a, (_, other) => (axis === other ? 1 : 0)));
  const scale = Math.sqrt(a.reduce((sum, row) => sum + row.reduce((inner, each) => inner + each * each, 0), 0));
  for (let round = 0; round < mostRounds && outside(a) > 1e-15 * scale; round++) {
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) {
        if (a[p][q] === 0) continue;
        const [cosine, sine] = turn(a[p][p], a[q][q], a[p][q]);
        for (const row of a) [row[p], row[q]] = rotated(row[p], row[q], cosine, sine);
        for (let k = 0; k < size; k++) [a[p][k], a[q][k]] = rotated(a[p][k], a[q][k], cosine, sine);
        // Directions are rows, so that two of them turn as two rows of the matrix do.
        for (let k = 0; k < size; k++) {
          [vectors[p][k], vectors[q][k]] = rotated(vectors[p][k], vectors[q][k], cosine, sine);
        }
      }
    }
  }
  return vectors.map((vector, axis) => ({ value: a[axis][axis], vector })).sort((x, y) => y.value - x.value);
}

/** The root of the sum of squares above the diagonal. */
function outside(a: readonly Float64Array[]): number {
  let sum = 0;
  for (let p = 0; p < a.length; p++) for (let q = p + 1; q < a.length; q++) sum += a[p][q] * a[p][q];
  return Math.sqrt(sum);
}

/** Cosine and sine of the smaller of the two angles by which [[p, both], [both, q]] becomes diagonal. */
function turn(p: number, q: number, both: number): [cosine: number, sine: number] {
  const half = (q - p) / (2 * both);
  const tangent = (half < 0 ? -1 : 1) / (Math.abs(half) + Math.sqrt(half * half + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  return [cosine, tangent * cosine];
}

function rotated(p: number, q: number, cosine: number, sine: number): [number, number] {
  return [cosine * p - sine * q, sine * p + cosine * q];
}
