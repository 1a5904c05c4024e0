"""The one style sheet of the printable pages: A4, readable in black and white."""

STYLE = """\
@page { size: A4; margin: 12mm 13mm; }
:root { --ink: #16202b; --quiet: #4d5863; --line: #c9d0d6; --accent: #1b4f8a; --warn: #a8440a; }
* { box-sizing: border-box; }
body { margin: 0; background: #eef0f2; color: var(--ink); font: 13.5px/1.38 system-ui, "Segoe UI", Roboto, sans-serif; }
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
svg { display: block; width: 100%; height: auto; }
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
  body { background: #fff; font-size: 9.4pt; line-height: 1.3; }
  main { max-width: none; padding: 0; }
  header h1 { font-size: 16pt; }
  small, .small, table { font-size: 8.3pt; }
  .sheet { margin-top: 0; }
  a { color: inherit; }
}
"""
