/** A calm line that says what happened and what to do; a small code beside it is for IT. */
import type { ReactNode } from 'react'
import { useText } from '#renderer/i18n/text.tsx'
import { Icon, type IconName } from '#renderer/ui/icons.tsx'
import classes from '#renderer/ui/notice.module.css'

export type NoticeTone = 'info' | 'near' | 'over'

const ICONS: Record<NoticeTone, IconName> = { info: 'info', near: 'alert', over: 'alert' }

type NoticeProps = {
  tone: NoticeTone
  title: string
  children?: ReactNode
  code?: string | undefined
  /** Buttons that answer it. */
  actions?: ReactNode
  /** `alert` interrupts a screen reader: only for the answer to something the officer just did. */
  role?: 'alert' | 'status'
}

export function Notice({ tone, title, children, code, actions, role = 'status' }: NoticeProps) {
  const text = useText()
  return (
    <div className={classes.notice} data-tone={tone} role={role}>
      <Icon name={ICONS[tone]} size={22} />
      <div className={classes.body}>
        <p className={classes.words}>
          <strong>{title}</strong> {children}
        </p>
        {actions && <div className={classes.actions}>{actions}</div>}
        {code && <span className={classes.code}>{text('notice.code', { code })}</span>}
      </div>
    </div>
  )
}
