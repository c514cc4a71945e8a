/** The flag of an input or option: `labelSmoothing` is `--label-smoothing`. */
export function flagOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`;
}
