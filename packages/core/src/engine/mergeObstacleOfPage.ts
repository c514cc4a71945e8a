/** What a page has instead of `mergeObstacle.ts`. */
export function mergeObstacle(): string {
  return 'only Node can be told to merge vectors';
}
