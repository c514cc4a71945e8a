/**
 * The command as others can type it: where a program lies on this machine is nobody's business and helps nobody, so that of a path from
 * the root only the last name is kept.
 */
export function typed(args: readonly string[]): string {
  const fromRoot = /(^|[=,])(?:[A-Za-z]:)?[\\/][^,]*[\\/]/g;
  return ['npx pnpm bench', ...args.map((each) => each.replaceAll(fromRoot, '$1path/to/'))].join(' ');
}
