/** Those of `all` that are chosen, in their order, once this one is chosen too, or no longer. */
export function toggled<Name>(all: readonly Name[], chosen: readonly Name[], name: Name, is: boolean): Name[] {
  return all.filter((one) => (one === name ? is : chosen.includes(one)));
}
