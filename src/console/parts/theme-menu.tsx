import { DeviceDesktopIcon, MoonIcon, SunIcon } from '@primer/octicons-react'
import { ActionList, ActionMenu, IconButton } from '@primer/react'
import { useState } from 'react'
import { chooseTheme, chosenTheme, themes } from './theme.ts'

const looks = {
  auto: { label: 'As the system', icon: DeviceDesktopIcon },
  light: { label: 'Light', icon: SunIcon },
  dark: { label: 'Dark', icon: MoonIcon },
} as const

/** Light or dark. */
export function ThemeMenu() {
  const [theme, setTheme] = useState(chosenTheme)
  return (
    <ActionMenu>
      <ActionMenu.Anchor>
        <IconButton icon={looks[theme].icon} aria-label="Light or dark" variant="invisible" />
      </ActionMenu.Anchor>
      <ActionMenu.Overlay>
        <ActionList selectionVariant="single">
          {themes.map((each) => {
            const Glyph = looks[each].icon
            return (
              <ActionList.Item
                key={each}
                selected={each === theme}
                onSelect={() => {
                  chooseTheme(each)
                  setTheme(each)
                }}
              >
                <ActionList.LeadingVisual>
                  <Glyph />
                </ActionList.LeadingVisual>
                {looks[each].label}
              </ActionList.Item>
            )
          })}
        </ActionList>
      </ActionMenu.Overlay>
    </ActionMenu>
  )
}
