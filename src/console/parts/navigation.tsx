import {
  HistoryIcon,
  type Icon,
  LawIcon,
  PeopleIcon,
  PlugIcon,
  RepoIcon,
  ShieldCheckIcon,
  ThreeBarsIcon,
  ToolsIcon,
  WebhookIcon,
} from '@primer/octicons-react'
import { ActionList, ActionMenu, IconButton } from '@primer/react'
import { Link, useLocation } from 'wouter'

interface Place {
  readonly href: string
  readonly text: string
  readonly icon: Icon
}

const places: readonly Place[] = [
  { href: '/controls', text: 'Controls', icon: ShieldCheckIcon },
  { href: '/policies', text: 'Policies', icon: LawIcon },
  { href: '/enforcement', text: 'Enforcement', icon: ToolsIcon },
  { href: '/resources', text: 'Resources', icon: RepoIcon },
  { href: '/activity', text: 'Activity', icon: HistoryIcon },
  { href: '/deliveries', text: 'Deliveries', icon: WebhookIcon },
  { href: '/connections', text: 'Connections', icon: PlugIcon },
  { href: '/people', text: 'People', icon: PeopleIcon },
]

const isAt = (path: string, { href }: Place): boolean => path === href || path.startsWith(`${href}/`)

/** The places side by side, as GitHub shows those of a repository. */
export function Tabs({ path }: { path: string }) {
  return (
    <nav className="tabs" aria-label="Guardpost">
      <ul>
        {places.map((place) => (
          <li key={place.href}>
            <Link href={place.href} className="tab" {...(isAt(path, place) && { 'aria-current': 'page' as const })}>
              <place.icon size={16} aria-hidden />
              <span data-text={place.text}>{place.text}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** The same as a menu, where there is no room beside each other. */
export function PhoneMenu({ path }: { path: string }) {
  const [, go] = useLocation()
  return (
    <div className="phone-menu">
      <ActionMenu>
        <ActionMenu.Anchor>
          <IconButton icon={ThreeBarsIcon} aria-label="Open the menu" variant="invisible" />
        </ActionMenu.Anchor>
        <ActionMenu.Overlay>
          <ActionList>
            {places.map((place) => (
              <ActionList.Item key={place.href} active={isAt(path, place)} onSelect={() => go(place.href)}>
                <ActionList.LeadingVisual>
                  <place.icon />
                </ActionList.LeadingVisual>
                {place.text}
              </ActionList.Item>
            ))}
          </ActionList>
        </ActionMenu.Overlay>
      </ActionMenu>
    </div>
  )
}
