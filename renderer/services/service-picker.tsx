/** One service of the mall, by any word of it. */
import { useState } from 'react'
import { useMallText, useText } from '#renderer/i18n/text.tsx'
import { PickList } from '#renderer/services/pick-list.tsx'
import { type Service, searchServices } from '#renderer/services/search.ts'

type ServicePickerProps = {
  services: readonly Service[]
  selectedId: string | null
  onPick: (service: Service) => void
  autoFocus?: boolean
}

export function ServicePicker({ services, selectedId, onPick, autoFocus = false }: ServicePickerProps) {
  const text = useText()
  const mallText = useMallText()
  const [query, setQuery] = useState('')
  const found = searchServices(services, query).map((service) => ({
    ...{ key: service.id, service, mark: service.prefix },
    ...{ name: mallText(service.name), note: service.agencyName },
  }))
  return (
    <PickList
      label={text('services.search')}
      placeholder={text('services.searchHint')}
      query={query}
      onQuery={setQuery}
      found={found}
      selectedKey={selectedId}
      onPick={({ service }) => onPick(service)}
      autoFocus={autoFocus}
    />
  )
}
