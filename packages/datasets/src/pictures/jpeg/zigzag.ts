/** Where in a block of 8 × 8 each coefficient of the file belongs: from low frequencies to high, along the diagonals (T.81, figure A.6). */
export const zigzag = Uint8Array.from(
  Array.from({ length: 15 }, (_, sum) => {
    const rows = Array.from({ length: 8 }, (_, row) => row).filter((row) => sum - row >= 0 && sum - row < 8);
    // Odd diagonals run downwards, even ones upwards.
    return (sum % 2 === 1 ? rows : rows.reverse()).map((row) => 8 * row + sum - row);
  }).flat(),
);
