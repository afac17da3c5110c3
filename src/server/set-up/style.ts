/** Primer's colours and sizes, for pages that need no more of it. */
export const style = `
*, ::before, ::after { box-sizing: border-box; }
:root {
  color-scheme: light dark;
  --fg: light-dark(#1f2328, #f0f6fc);
  --muted: light-dark(#59636e, #9198a1);
  --bg: light-dark(#ffffff, #0d1117);
  --inset: light-dark(#f6f8fa, #151b23);
  --border: light-dark(#d1d9e0, #3d444d);
  --field: light-dark(#818b98, #656c76);
  --accent: light-dark(#0969da, #4493f8);
  --primary: light-dark(#1f883d, #238636);
  --primary-hover: light-dark(#1c8139, #29903b);
  --danger: light-dark(#d1242f, #f85149);
  --danger-inset: light-dark(#ffebe9, #2a1619);
}
body {
  margin: 0;
  font: 14px / 1.5 -apple-system, BlinkMacSystemFont, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif;
  color: var(--fg);
  background: var(--bg);
  overflow-wrap: anywhere;
}
header { display: flex; gap: 8px; align-items: center; padding: 16px 24px; font-weight: 600; background: var(--inset); border-bottom: 1px solid var(--border); }
svg { fill: currentColor; }
main { display: grid; gap: 16px; max-width: 640px; padding: 32px 24px; margin: 0 auto; }
h1 { margin: 0; font-size: 24px; font-weight: 600; line-height: 1.25; }
h2 { margin: 8px 0 0; font-size: 16px; font-weight: 600; }
p, ul, ol, fieldset { padding: 0; margin: 0; }
form { display: grid; gap: 16px; }
fieldset { display: grid; gap: 8px; border: 0; }
legend { padding: 0 0 8px; font-weight: 600; }
.box { display: grid; gap: 16px; padding: 24px; border: 1px solid var(--border); border-radius: 6px; }
.field { display: grid; gap: 4px; }
.field > label { font-weight: 600; }
.choice { display: flex; gap: 8px; align-items: baseline; }
.muted, .field small { font-size: 12px; color: var(--muted); }
input:not([type="radio"]) {
  width: 100%; min-height: 32px; padding: 5px 12px; font: inherit; color: inherit;
  background: var(--bg); border: 1px solid var(--field); border-radius: 6px;
}
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
a { color: var(--accent); text-underline-offset: 0.2em; }
button, .button {
  display: inline-block; min-height: 32px; padding: 5px 16px; font: inherit; font-weight: 500; text-decoration: none; cursor: pointer;
  color: var(--fg); background: var(--inset); border: 1px solid var(--border); border-radius: 6px;
}
button.primary, .button.primary { color: #ffffff; background: var(--primary); border-color: transparent; }
button.primary:hover, .button.primary:hover { background: var(--primary-hover); }
.actions { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
.steps { display: flex; flex-wrap: wrap; gap: 4px 24px; list-style: none; counter-reset: step; color: var(--muted); }
.steps li { counter-increment: step; }
.steps li::before { margin-right: 6px; content: counter(step) "."; }
.steps [aria-current] { font-weight: 600; color: var(--fg); }
.problem { padding: 12px 16px; background: var(--danger-inset); border: 1px solid var(--danger); border-radius: 6px; }
.progress { padding: 12px 16px; background: var(--inset); border: 1px solid var(--border); border-radius: 6px; }
dl { margin: 0; border-top: 1px solid var(--border); }
dl > div { padding: 8px 0; border-bottom: 1px solid var(--border); }
dd { margin: 0; color: var(--muted); }
code { padding: 0.2em 0.4em; font: 12px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; background: var(--inset); border-radius: 6px; }
details > summary { cursor: pointer; }
details[open] > summary { margin-bottom: 8px; }
`
