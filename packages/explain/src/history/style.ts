/** The class of a drawn history, and of nothing else on a page. */
export const historyClass = 'tapegrad-history';

/** Colours of Okabe and Ito, a little darker or brighter where letters and lines have to stand out from the page. */
const light = ['#0072b2', '#d55e00', '#00805d', '#a8508a', '#8c5e00', '#2c7aa8'];
const dark = ['#56b4e9', '#e69f00', '#1fc095', '#e39ac3', '#f0e442', '#a7c7dd'];

/** Lines differ in their dashes as well. */
const dashes = ['none', 'none', '7 3', '2 3', '9 3 2 3', '1 4'];

const one = `.${historyClass}`;

function lines(colours: readonly string[]): string {
  return colours
    .map((colour, at) => `${one} .line-${at + 1} { stroke: ${colour} } ${one} .mark-${at + 1} { fill: ${colour} }`)
    .join(' ');
}

/** The style sheet of a drawn history, for light and dark pages. It speaks of nothing outside of it. */
export const historyStyle = [
  `${one} { font-family: system-ui, -apple-system, "Segoe UI", Roboto, sans-serif }`,
  `${one} .paper { fill: #fff } ${one} text { fill: #1b1f24 } ${one} .title { font-weight: bold }`,
  `${one} .note { fill: #57606a } ${one} .grid { stroke: #dfe3e7; fill: none }`,
  `${one} path { fill: none; stroke-width: 1.75; stroke-linejoin: round } ${one} .grid { stroke-width: 1 }`,
  ...dashes.map((dash, at) => `${one} .line-${at + 1} { stroke-dasharray: ${dash} }`),
  lines(light),
  `@media (prefers-color-scheme: dark) { ${one} .paper { fill: #0d1117 } ${one} text { fill: #f0f3f6 }`,
  `${one} .note { fill: #b1bac4 } ${one} .grid { stroke: #39424b } ${lines(dark)} }`,
].join(' ');

/** How many lines of a panel differ from each other. */
export const mostLines = light.length;
