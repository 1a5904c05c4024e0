"""The style sheets of the printable pages, one for all and what two of them add: A4, readable in black and white."""

STYLE = """\
@page { size: A4; margin: 12mm 13mm; }
:root { --ink: #16202b; --quiet: #4d5863; --line: #c9d0d6; --accent: #1b4f8a; --warn: #a8440a; }
* { box-sizing: border-box; }
body { margin: 0; background: #eef0f2; color: var(--ink); overflow-wrap: break-word;
  font: 13.5px/1.38 "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", system-ui, sans-serif; }
main { max-width: 210mm; margin: 0 auto; padding: 12mm 13mm; background: #fff; }
header { display: flex; justify-content: space-between; align-items: baseline; gap: 1em; }
header h1 { margin: 0; font-size: 23px; line-height: 1.2; letter-spacing: -.01em; }
header p { margin: 0; color: var(--quiet); text-align: right; white-space: nowrap; }
section { margin-top: 11px; break-inside: avoid; }
h2, h3, h4 { margin: 0 0 4px; line-height: 1.25; break-after: avoid; }
h2 { font-size: 12px; text-transform: uppercase; letter-spacing: .07em; color: var(--accent);
  border-bottom: 1px solid var(--line); padding-bottom: 2px; }
h3 { font-size: 14px; }
h4 { font-size: 13px; }
p { margin: 3px 0; }
small, .small { font-size: 11.5px; color: var(--quiet); }
ul { margin: 3px 0; padding-left: 1.15em; }
li { margin: 3px 0; }
ul ul { list-style: "– "; padding-left: .8em; }
blockquote { margin: 4px 0; padding: 1px 0 1px 10px; border-left: 3px solid var(--accent); }
.columns { display: grid; gap: 0 18px; }
.columns.of2 { grid-template-columns: 1fr 1fr; }
.columns.of3 { grid-template-columns: repeat(3, 1fr); }
.columns > section { min-width: 0; }
.columns.of3 h2 { font-size: 12.5px; letter-spacing: 0; text-transform: none; }
figure { margin: 2px 0; }
svg { display: block; width: 100%; height: auto; font-family: inherit; }
.wide { max-width: 480px; margin: 8px 0; }
table { width: 100%; border-collapse: collapse; font-size: 12px; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: 3px 8px 3px 0; border-bottom: 1px solid var(--line); }
th { font-weight: 600; color: var(--quiet); border-bottom-color: var(--quiet); }
tr { break-inside: avoid; }
.verdict { margin-top: 8px; padding: 8px 12px; border: 1.5px solid var(--accent); border-left-width: 9px; }
.verdict > h2 { border: 0; padding: 0; font-size: 19px; letter-spacing: 0; text-transform: none; color: var(--ink); }
.verdict.bad { border-color: var(--warn); border-style: double; border-width: 4px 4px 4px 9px; }
.numbers table { font-size: 14.5px; }
.numbers td { font-weight: 600; border-bottom: 0; padding-bottom: 0; }
.numbers th { font-weight: 400; font-size: 11.5px; border-bottom: 0; padding-bottom: 0; }
.sheet { break-before: page; break-inside: auto; margin-top: 30px; }
.sheet > h2 { font-size: 19px; letter-spacing: 0; text-transform: none; color: var(--ink); }
.sheet > section { break-inside: auto; margin-top: 14px; }
@media (max-width: 640px) {
  .columns.of2, .columns.of3 { grid-template-columns: 1fr; }
  header { display: block; } header p { text-align: left; } main { padding: 5mm; }
}
@media print {
  body { background: #fff; font-size: 9.3pt; line-height: 1.28; }
  main { max-width: none; padding: 0; }
  header h1 { font-size: 16pt; }
  small, .small, table { font-size: 8.3pt; }
  .sheet { margin-top: 0; }
  .front { zoom: var(--size); }
  a { color: inherit; }
}
"""

SEASON_STYLE = (
    STYLE
    + """\
@page { size: A4 landscape; }
main { max-width: 297mm; }
section { break-inside: auto; margin-top: 18px; }
figure { break-inside: avoid; margin: 6px 0; }
.legend, .key { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 2px 18px; }
.legend li { display: flex; align-items: center; gap: 6px; }
.legend svg { width: 20px; height: 20px; }
h2 { text-transform: none; letter-spacing: 0; font-size: 15px; color: var(--ink); }
table { font-size: 12px; }
td:nth-child(-n+3) { white-space: nowrap; }
thead { display: table-header-group; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
@media (max-width: 760px) { main { overflow-x: auto; } figure svg { min-width: 700px; } }
"""
)

PHONES_STYLE = (
    STYLE
    + """\
main { max-width: none; background: none; padding: 8mm; }
.phones { display: grid; gap: 22px; grid-template-columns: repeat(auto-fill, minmax(290px, 340px)); align-items: start;
  justify-content: center; margin-top: 14px; }
.phone { margin: 0; padding: 16px 14px 18px; background: #fff; border: 2px solid var(--ink); border-radius: 26px;
  break-inside: auto; }
.phone > h2 { border: 0; text-transform: none; letter-spacing: 0; font-size: 17px; color: var(--ink); margin: 0; }
.phone > .small { margin: 0; overflow-wrap: anywhere; }
.phone ol { list-style: none; margin: 10px 0 0; padding: 10px 0 0; border-top: 1px solid var(--line); }
.phone li { margin: 0 0 18px; break-inside: avoid; }
.phone li:last-child { margin-bottom: 0; }
.when { margin: 0 0 5px; text-align: center; font-weight: 600; font-size: 12.5px; }
.when small { font-weight: 400; }
.bubble { padding: 9px 12px 10px; border: 1.3px solid var(--accent); border-radius: 4px 16px 16px 16px;
  background: #eef4fb; font-size: 15px; line-height: 1.4; overflow-wrap: anywhere; }
.bubble h3 { font-size: 15px; margin: 0 0 5px; }
.body { white-space: pre-wrap; }
.bubble.fault { border: 3px double var(--warn); background: #fff; }
.below { margin: 4px 4px 0; font-size: 12px; color: var(--quiet); }
.count { color: var(--ink); font-variant-numeric: tabular-nums; }
.count.over { color: var(--warn); text-decoration: underline; }
@media print {
  .phones { grid-template-columns: 1fr 1fr; gap: 6mm; }
  .bubble { background: #fff; font-size: 9.6pt; }
  .phone { border-width: 1px; }
}
"""
)
