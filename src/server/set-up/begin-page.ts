import { html } from 'hono/html'
import { publicSmee } from '../tunnel/new-channel.ts'
import { type Html, layout, problem } from './layout.ts'

export interface BeginPage {
  /** The GitHub that the environment names; null: it is asked for. */
  readonly github: string | null
  /** Where GitHub will send webhooks to; null: nowhere yet, so a channel is made. */
  readonly webhooksTo: string | null
  /** What was answered before, and is asked for again. */
  readonly answers: Readonly<Record<string, string>>
  readonly wrong: string | null
}

/** Asks which App to make. */
export function beginPage({ github, webhooksTo, answers, wrong }: BeginPage): Html {
  const isPerson = answers.owner === 'person'
  return layout(
    'Set up Guardpost',
    0,
    html`<p>Guardpost reaches your organization as a GitHub App of your own. This page makes it with you: you look at all that it
asks for before anything is made, and GitHub asks you again.</p>
${problem(wrong)}
<form class="box" method="post" action="/set-up/app">
${github === null ? askGitHub(answers.github ?? 'github.com') : html`<p>GitHub is at <strong>${github}</strong>.</p>`}
<fieldset>
<legend>Whose App shall it be?</legend>
<div class="choice"><input type="radio" name="owner" value="organization" id="of-organization" ${isPerson ? '' : 'checked'}>
<label for="of-organization">Of the organization that it guards. Only there it can be installed.</label></div>
<div class="field"><label for="organization">Organization</label>
<input id="organization" name="organization" value="${answers.organization ?? ''}" autocapitalize="none" autocomplete="off" spellcheck="false" maxlength="39" aria-describedby="organization-hint">
<small id="organization-hint">Its name as in its address on GitHub, e.g. acme. You must be an owner of it.</small></div>
<div class="choice"><input type="radio" name="owner" value="person" id="of-person" ${isPerson ? 'checked' : ''}>
<label for="of-person">My own, for several organizations. GitHub then makes it public: anybody may install it.</label></div>
</fieldset>
${webhooksTo === null ? askChannel(answers.smee ?? publicSmee) : html`<p>GitHub will send webhooks to <strong>${webhooksTo}</strong>.</p>`}
<div class="actions"><button class="primary">Continue</button></div>
</form>
<h2>Without an App</h2>
<p>A personal access token does as well, but for check runs: Guardpost starts, you sign in, and connect an organization there.</p>
<form method="post" action="/set-up/without-app"><div class="actions"><button>Start without an App</button></div></form>`,
  )
}

const askGitHub = (value: string): Html =>
  html`<div class="field"><label for="github">GitHub</label>
<input id="github" name="github" value="${value}" autocapitalize="none" autocomplete="off" spellcheck="false" required aria-describedby="github-hint">
<small id="github-hint">github.com, or the host name of your GitHub Enterprise Server.</small></div>`

const askChannel = (value: string): Html =>
  html`<details ${value === publicSmee ? '' : 'open'}>
<summary>GitHub cannot reach this machine: webhooks will come by a channel of ${new URL(publicSmee).host}</summary>
<p class="muted">Good for trying it out. Whoever knows the channel’s secret address can read what comes by it. For good, set
GUARDPOST_URL to an address that GitHub reaches, and start again.</p>
<div class="field"><label for="smee">Channels are made at</label>
<input id="smee" name="smee" type="url" value="${value}" required aria-describedby="smee-hint">
<small id="smee-hint">${publicSmee}, or the same of a smee server of your own.</small></div>
</details>`
