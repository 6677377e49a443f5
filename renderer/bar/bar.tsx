/** The compact bar: what an officer needs of the desk while the agency's own program is in front. */
import { VisuallyHidden } from '@mantine/core'
import type { ReactNode } from 'react'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import classes from '#renderer/bar/bar.module.css'
import { BarActs } from '#renderer/bar/bar-acts.tsx'
import { BarConnection } from '#renderer/bar/bar-connection.tsx'
import { BarLines } from '#renderer/bar/bar-lines.tsx'
import { BarNow, LockedNow } from '#renderer/bar/bar-now.tsx'
import { useBar } from '#renderer/bar/use-bar.ts'
import { useFit } from '#renderer/bar/use-fit.ts'
import { useNewcomer } from '#renderer/bar/use-newcomer.ts'
import { useShowDesk } from '#renderer/bar/use-views.ts'
import { useWindowFocus } from '#renderer/bar/use-window-focus.ts'
import { mayServe } from '#renderer/desk/acts.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { useShell, useSnapshot } from '#renderer/state/context.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { Icon } from '#renderer/ui/icons.tsx'

export function Bar() {
  const text = useText()
  const shell = useShell()
  const snapshot = useSnapshot()
  const root = useFit()
  const isBehind = !useWindowFocus()
  return (
    <main ref={root} className={classes.bar} data-behind={isBehind || undefined}>
      <VisuallyHidden component="h1">{text('bar.title')}</VisuallyHidden>
      <Content snapshot={snapshot} host={shell?.host.state ?? 'starting'} />
    </main>
  )
}

type ContentProps = { snapshot: DeskSnapshot | null; host: 'starting' | 'running' | 'restarting' | 'failed' }

function Content({ snapshot, host }: ContentProps) {
  const text = useText()
  if (host === 'failed') return <Words urgent>{text('host.failed')}</Words>
  if (!snapshot) return <Words>{text('host.starting')}</Words>
  if (snapshot.device?.role.kind !== 'counter' || !snapshot.officer) return <Words>{text('bar.nobody')}</Words>
  if (!mayServe(snapshot)) return <Words>{text('desk.noRole')}</Words>
  const isAway = host !== 'running'
  if (snapshot.locked) return <Locked snapshot={snapshot} isAway={isAway} />
  return <Work key={snapshot.officer.id} snapshot={snapshot} isAway={isAway} />
}

/** Nothing can be done here; the desk says more. */
function Words({ urgent = false, children }: { urgent?: boolean; children: string }) {
  return (
    <Row>
      <p className={classes.words} role="status">
        {urgent && <Icon name="alert" size={22} />}
        {children}
      </p>
      <ToDesk wordsToo />
    </Row>
  )
}

/** Number and stopwatch stay in view; the PIN is typed at the desk. */
function Locked({ snapshot, isAway }: { snapshot: DeskSnapshot; isAway: boolean }) {
  return (
    <Row>
      <LockedNow current={snapshot.current} isAway={isAway} />
      <BarConnection connection={snapshot.connection} />
      <ToDesk wordsToo />
    </Row>
  )
}

function Work({ snapshot, isAway }: { snapshot: DeskSnapshot; isAway: boolean }) {
  const text = useText()
  const bar = useBar(snapshot)
  const newcomer = useNewcomer(snapshot)
  const { current, waiting } = snapshot
  return (
    <>
      <Row attention={newcomer !== null}>
        <BarNow snapshot={snapshot} isAway={isAway} newcomer={newcomer} />
        <p className={classes.waiting} title={text('bar.waiting', { count: waiting.length })}>
          <Icon name="people" size={18} />
          <span aria-hidden="true">{waiting.length}</span>
          <VisuallyHidden component="span">{text('bar.waiting', { count: waiting.length })}</VisuallyHidden>
        </p>
        <BarActs bar={bar} />
        <BarConnection connection={snapshot.connection} />
        <ToDesk attention={needsEye(snapshot)} />
      </Row>
      <BarLines bar={bar} />
      <VisuallyHidden role="status" aria-live="assertive">
        {current ? text(`announce.${current.status}`, { label: current.label }) : ''}
      </VisuallyHidden>
      <VisuallyHidden role="status">{newcomer ? text('bar.newcomer', { label: newcomer }) : ''}</VisuallyHidden>
    </>
  )
}

function Row({ attention = false, children }: { attention?: boolean; children: ReactNode }) {
  return (
    <div className={classes.row} data-attention={attention || undefined}>
      {children}
    </div>
  )
}

/** The full desk has questions or warnings, for which the bar has no room. */
function needsEye({ storeProblem, printAttention, conflicts, led, printer, voice }: DeskSnapshot): boolean {
  const failed = [led, printer, voice].some(({ state }) => state === 'failed')
  return storeProblem !== null || printAttention.length > 0 || conflicts.length > 0 || failed
}

function ToDesk({ attention = false, wordsToo = false }: { attention?: boolean; wordsToo?: boolean }) {
  const text = useText()
  const showDesk = useShowDesk()
  const label = text(attention ? 'bar.toDeskAttention' : 'bar.toDesk')
  return (
    <span className={classes.toDesk} data-attention={attention || undefined}>
      <Button
        look={wordsToo ? 'secondary' : 'quiet'}
        size="small"
        icon={attention ? 'alert' : 'expand'}
        title={label}
        aria-label={label}
        onClick={() => showDesk(null)}
      >
        {wordsToo ? text('bar.toDesk') : null}
      </Button>
    </span>
  )
}
