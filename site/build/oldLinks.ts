/**
 * The Lab once stood where the site stands now, and what was set in it after the `#` of its address. Such a link goes on to
 * the Lab; this runs before anything of the page is shown.
 */
export const oldLinks =
  "if(/^#(steps|losses|distributions|breaking|convolution|training)(\\?|$)/.test(location.hash)){const base=globalThis.__base||'/';if([base,base+'index.html'].includes(location.pathname))location.replace(base+'lab/index.html'+location.hash)}";
