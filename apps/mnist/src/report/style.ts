/** How a report looks: light or dark as the reader's system is, one column on a phone, and light on paper. */
export const style = `
:root { color-scheme: light dark; --paper: #f6f7f8; --card: #fff; --ink: #1b2127; --faint: #59636d; --grid: #dfe3e7;
  --line-1: #0072b2; --line-2: #d55e00; --line-3: #009e73; --line-4: #cc79a7; --line-5: #b07800; --line-6: #3d8fc2;
  --right: #d9e9f4; --wrong: #f2a26b; --link: #00609a; }
@media (prefers-color-scheme: dark) { :root { --paper: #14181c; --card: #1d2329; --ink: #e8ebee; --faint: #a4aeb8; --grid: #39424b;
  --line-1: #56b4e9; --line-2: #e69f00; --line-3: #1fc095; --line-4: #e39ac3; --line-5: #f0e442; --line-6: #a7c7dd;
  --right: #17384c; --wrong: #a8480a; --link: #7cc4f0; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1120px; padding: 24px 16px 48px; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 4px; }
h2 { font-size: 1.3rem; margin: 40px 0 12px; }
h3 { font-size: 1rem; margin: 0 0 10px; }
h4 { font-size: .875rem; margin: 10px 0 4px; font-weight: 600; }
p { margin: 0 0 10px; }
code, pre { font: .875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; white-space: pre-wrap; }
.lead, .note { color: var(--faint); }
.note { font-size: .875rem; margin: 8px 0 0; }
.notice { border-left: 4px solid var(--line-2); background: var(--card); padding: 10px 14px; margin: 16px 0 0; }
.key { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin: 20px 0 0; padding: 0; }
.key div { background: var(--card); border: 1px solid var(--grid); border-radius: 8px; padding: 10px 14px; }
.key dt { color: var(--faint); font-size: .875rem; }
.key dd { margin: 0; font-size: 1.4rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr)); gap: 16px; margin-bottom: 16px; align-items: start; }
.card { background: var(--card); border: 1px solid var(--grid); border-radius: 8px; padding: 16px; min-width: 0; }
.card.wide { margin-bottom: 16px; }
.chart svg { display: block; width: 100%; height: auto; overflow: visible; }
details { margin-top: 10px; } summary { cursor: pointer; color: var(--link); font-size: .875rem; }
.scroll { overflow-x: auto; max-height: 420px; overflow-y: auto; margin-top: 8px; }
table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--faint); padding-bottom: 6px; }
th, td { padding: 3px 10px 3px 0; text-align: right; border-bottom: 1px solid var(--grid); font-weight: 400; }
thead th { font-weight: 600; vertical-align: bottom; } tr > :first-child { text-align: left; overflow-wrap: break-word; }
.matrix th, .matrix td { padding: 4px 5px; text-align: center; min-width: 34px; border: 1px solid var(--card); }
.matrix tbody th { text-align: right; font-weight: 600; }
.matrix .none { color: var(--faint); } .matrix .right { background: var(--right); }
.matrix .wrong { background: color-mix(in srgb, var(--wrong) var(--shade), var(--card)); }
dl.facts, .card dl { margin: 0; } .card dl div { display: grid; grid-template-columns: 9.5em 1fr; gap: 8px; padding: 3px 0; border-bottom: 1px solid var(--grid); font-size: .9375rem; }
.card dt { color: var(--faint); } .card dd { margin: 0; overflow-wrap: anywhere; }
ul.filters, ul.maps, ul.worst { list-style: none; margin: 0; padding: 0; display: grid; gap: 8px; }
ul.filters, ul.maps { grid-template-columns: repeat(auto-fill, minmax(52px, 1fr)); max-width: 800px; }
ul.worst { grid-template-columns: repeat(auto-fill, minmax(136px, 1fr)); gap: 14px; margin-top: 12px; }
.looks td { padding: 4px 6px; text-align: center; } .looks img { width: 84px; } .looks th:first-child { max-width: 9em; }
img { width: 100%; height: auto; display: block; image-rendering: pixelated; border: 1px solid var(--grid); }
ul.worst img { max-width: 112px; } figure { margin: 0; }
figcaption { font-size: .875rem; line-height: 1.35; margin-top: 6px; overflow-wrap: anywhere; } figcaption span { color: var(--faint); font-size: .8125rem; }
@media (min-width: 900px) { .matrix.few th, .matrix.few td { min-width: 62px; padding: 6px; } }
.track { width: min(420px, 26vw); } .bar { height: 10px; background: var(--line-1); min-width: 2px; border-radius: 2px; }
@media (max-width: 480px) { body { padding: 16px 12px 32px; } .card { padding: 12px; } .card dl div { grid-template-columns: 1fr; gap: 0; }
  .matrix th, .matrix td { min-width: 27px; padding: 3px 1px; font-size: .8125rem; } ul.worst { grid-template-columns: repeat(2, 1fr); } }
@media print { :root { color-scheme: light; --paper: #fff; --card: #fff; --ink: #000; --faint: #444; --grid: #ccc;
  --line-1: #0072b2; --line-2: #d55e00; --line-3: #009e73; --line-4: #cc79a7; --line-5: #b07800; --line-6: #3d8fc2; --right: #d9e9f4; --wrong: #f2a26b; }
  body { max-width: none; padding: 0; font-size: 11pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .cards { grid-template-columns: 1fr 1fr; } .card, li { break-inside: avoid; } details { display: none; } .scroll { max-height: none; overflow: visible; } h2, h3 { break-after: avoid; } }
`;
