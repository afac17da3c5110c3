export const themes = ['auto', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const key = 'guardpost-theme'

/** What was chosen in this browser; `auto` follows the system. */
export function chosenTheme(): Theme {
  const kept = localStorage.getItem(key)
  return themes.find((theme) => theme === kept) ?? 'auto'
}

export const applyTheme = (): void => {
  document.documentElement.dataset.colorMode = chosenTheme()
}

export function chooseTheme(theme: Theme): void {
  localStorage.setItem(key, theme)
  applyTheme()
}
