import { html } from 'hono/html'
import type { SetUpApp } from '../../model/set-up.ts'
import { type Html, layout, problem } from './layout.ts'

/** Sends people to install the App, and follows that live. `next`: where the console will be. */
export const installPage = ({ name, htmlUrl }: SetUpApp, said: string, keptIn: string, next: string): Html =>
  layout(
    'Install the App',
    1,
    html`<p><strong>${name}</strong> is there. Its keys are in the database, encrypted (${keptIn}).</p>
<div class="box">
<p>Choose the organization and all of its repositories. A repository called <code>.github-private</code> there takes the reports.</p>
<div class="actions"><a class="button primary" href="${htmlUrl}/installations/new">Install it on ${new URL(htmlUrl).host}</a></div>
<p class="progress" id="progress" role="status" data-next="${next}">${said}</p>
</div>
<p class="muted">This page goes on by itself: then sign in with GitHub as an owner of the organization, or with the one-time
password that stands in the terminal.</p>
<script type="module" src="/set-up/follow.js"></script>`,
  )

/** Asks for the code where the address had none, or a wrong one. */
export const codePage = (wrong: string | null): Html =>
  layout(
    'Set up Guardpost',
    null,
    html`<p>Guardpost is being set up. The terminal that it was started in shows an address with a one-time code.</p>
${problem(wrong)}
<form class="box" method="post" action="/set-up/code">
<div class="field"><label for="code">One-time code</label>
<input id="code" name="code" autocomplete="off" autocapitalize="none" spellcheck="false" required autofocus></div>
<div class="actions"><button class="primary">Continue</button></div>
</form>`,
  )

/** Something went wrong that the person can do something about. */
export const failedPage = (title: string, words: string): Html =>
  layout(title, null, html`${problem(words)}<p><a href="/set-up">Back</a></p>`)

/** The last one: whoever sees it waits for the console. */
export const donePage = (next: string): Html =>
  layout(
    'Guardpost starts',
    2,
    html`<p class="progress" id="progress" role="status" data-next="${next}">Guardpost starts…</p>
<p><a href="${next}">Open the console</a></p>
<script type="module" src="/set-up/follow.js"></script>`,
  )
