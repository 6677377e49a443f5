/** A visitor without a number, at this counter: served at once, or given a number of the counter's own series. */
import { useState } from 'react'
import { PriorityGroup } from '#contract/mall-config.ts'
import classes from '#renderer/desk/dialogs.module.css'
import type { DeskFormProps } from '#renderer/desk/use-desk.ts'
import { useMallText, useText } from '#renderer/i18n/text.tsx'
import { useCatalogue } from '#renderer/state/context.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { ChoiceGroup } from '#renderer/ui/choice-group.tsx'
import { GUARD_MS } from '#renderer/ui/focus-guarded.ts'

export const QuickServeForm = ({ desk }: DeskFormProps) => <WalkInForm desk={desk} method="queue.quickServe" />
export const IssueHereForm = ({ desk }: DeskFormProps) => <WalkInForm desk={desk} method="visit.issueHere" />

type WalkInFormProps = Pick<DeskFormProps, 'desk'> & { method: 'queue.quickServe' | 'visit.issueHere' }

const WORDS = { 'queue.quickServe': 'quickServe', 'visit.issueHere': 'issueHere' } as const

function WalkInForm({ desk, method }: WalkInFormProps) {
  const text = useText()
  const mallText = useMallText()
  const { run, busy } = desk.command
  const { mayTake } = desk.snapshot
  const services = (useCatalogue()?.services ?? []).filter(({ id }) => mayTake.includes(id))
  const [serviceId, setServiceId] = useState(services[0]?.id ?? null)
  const [priority, setPriority] = useState<PriorityGroup | null>(null)
  const [issued, setIssued] = useState<string | null>(null)
  const words = WORDS[method]

  const begin = async () => {
    if (serviceId === null) return
    const visit = await run(method, { serviceId, priority })
    if (!visit) return
    if (method === 'visit.issueHere') setIssued(visit.label)
    else desk.closeDialog()
  }
  if (issued !== null) return <Issued label={issued} desk={desk} />
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        void begin()
      }}
    >
      <p>{text(`${words}.words`)}</p>
      <ChoiceGroup
        legend={text('walkIn.service')}
        options={services.map((service) => ({ value: service.id, label: mallText(service.name) }))}
        value={serviceId}
        onChange={setServiceId}
      />
      <ChoiceGroup
        legend={text('front.priority')}
        options={[
          { value: null, label: text('front.noPriority') },
          ...PriorityGroup.options.map((group) => ({ value: group, label: text(`priority.${group}`) })),
        ]}
        value={priority}
        onChange={setPriority}
      />
      <div className={classes.row}>
        <Button type="submit" look="primary" size="large" busy={busy} autoFocus>
          {text(`${words}.confirm`)}
        </Button>
      </div>
    </form>
  )
}

function Issued({ label, desk }: { label: string; desk: DeskFormProps['desk'] }) {
  const text = useText()
  const [since] = useState(() => performance.now())
  // The second half of a double Enter would close what nobody has read yet.
  const close = () => {
    if (performance.now() - since > GUARD_MS) desk.closeDialog()
  }
  return (
    <div className={classes.form}>
      <p role="status">{text('issueHere.issued')}</p>
      <p className={classes.bigNumber}>{label}</p>
      <p>{text(desk.snapshot.printer.state === 'absent' ? 'issueHere.writeDown' : 'issueHere.slip')}</p>
      <div className={classes.row}>
        <Button look="primary" size="large" autoFocus onClick={close}>
          {text('dialog.close')}
        </Button>
      </div>
    </div>
  )
}
