import { html } from 'hono/html'

export type Html = ReturnType<typeof html>

const steps = ['Create the App', 'Install it', 'Sign in']

/** A page of set-up. `step`: the one of the three that it is about; null: before all of them. */
export const layout = (title: string, step: number | null, body: Html): Html => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Guardpost</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/set-up/style.css">
</head>
<body>
<header><svg width="32" height="32" viewBox="0 0 24 24" aria-hidden="true"><path d="${shield}"/></svg><span>Guardpost</span></header>
<main>
${step === null ? '' : progress(step)}
<h1>${title}</h1>
${body}
</main>
</body>
</html>`

/** A shield with a tick, drawn on 24 by 24. */
const shield =
  'M12 1.5 3 5v6.5c0 5 3.6 9.2 9 11 5.400-1.800 9-6 9-11V5l-9-3.500Zm0 1.600 7.500 2.900v5.500c0 4.100-2.900 7.700-7.500 9.400-4.600-1.700-7.500-5.300-7.500-9.400V6L12 3.100Zm4.500 6.400-1.100-1.100-4.400 4.400-2.100-2.100-1.100 1.100 3.200 3.200 5.500-5.500Z'

const progress = (current: number): Html =>
  html`<ol class="steps">${steps.map((name, index) =>
    index === current ? html`<li aria-current="step">${name}</li>` : html`<li>${name}</li>`,
  )}</ol>`

/** What went wrong, and what to do. */
export const problem = (text: string | null): Html | '' =>
  text === null ? '' : html`<p class="problem" role="alert">${text}</p>`
