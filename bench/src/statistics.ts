/** The number below which `share` of the numbers lie, on the straight line between its neighbours. */
export function quantile(numbers: readonly number[], share: number): number {
  if (numbers.length === 0) return Number.NaN;
  const sorted = [...numbers].sort((a, b) => a - b);
  const rank = share * (sorted.length - 1);
  const low = Math.floor(rank);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (rank - low) * (sorted[high] - sorted[low]);
}

export function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5);
}

/** How far rounds lie apart, (largest − smallest) / median; `null` where there was one round only. */
export function spread(numbers: readonly number[]): number | null {
  if (numbers.length < 2) return null;
  return (Math.max(...numbers) - Math.min(...numbers)) / median(numbers);
}

/** The power p of y ≈ a·xᵖ, by least squares of the logarithms: 1 where y grows in proportion to x. */
export function exponentOf(points: readonly (readonly [x: number, y: number])[]): number {
  const logarithms = points.map(([x, y]) => [Math.log(x), Math.log(y)]);
  const [meanX, meanY] = [0, 1].map((axis) => mean(logarithms.map((point) => point[axis])));
  const covariance = mean(logarithms.map(([x, y]) => (x - meanX) * (y - meanY)));
  return covariance / mean(logarithms.map(([x]) => (x - meanX) ** 2));
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
