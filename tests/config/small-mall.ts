/** A mall small enough that a test can name the line it breaks. One item per line; the numbers are the file's lines. */
export const SMALL_MALL = [
  /*  1 */ '{',
  /*  2 */ '  "mall": {"id": "mal", "name": "Mal", "address": "Jalan 1", "timeZone": "Asia/Makassar", "complaintChannel": "LAPOR!"},',
  /*  3 */ '  "priority": {"regularPerPriority": 2, "ageingMinutes": 30},',
  /*  4 */ '  "agencies": [',
  /*  5 */ '    {"id": "polres", "name": "Kepolisian Resor", "shortName": "Polres", "kind": "vertical"},',
  /*  6 */ '    {"id": "dukcapil", "name": "Dinas Dukcapil", "shortName": "Dukcapil", "kind": "regency"}',
  /*  7 */ '  ],',
  /*  8 */ '  "services": [',
  /*  9 */ '    {"id": "hilang", "agencyId": "polres", "name": {"id": "Kehilangan"}, "prefix": "P", "padding": 3, "standardMinutes": 15, "requirements": [], "tariffRupiah": 0, "product": "Surat"},',
  /* 10 */ '    {"id": "ktp", "agencyId": "dukcapil", "name": {"id": "KTP"}, "prefix": "8A", "padding": 3, "standardMinutes": 20, "requirements": ["KK"], "tariffRupiah": 0, "product": "KTP-el"}',
  /* 11 */ '  ],',
  /* 12 */ '  "counters": [',
  /* 13 */ '    {"id": "polres-1", "name": "1", "agencyId": "polres", "serviceIds": ["hilang"]},',
  /* 14 */ '    {"id": "dukcapil-1", "name": "2", "agencyId": "dukcapil", "serviceIds": ["ktp"]}',
  /* 15 */ '  ],',
  /* 16 */ '  "frontDesks": [{"id": "penerima-1", "name": "Penerima Tamu"}],',
  /* 17 */ '  "officers": [',
  /* 18 */ '    {"id": "ayu", "name": "Ayu", "code": "POL01", "agencyId": "polres", "roles": ["officer"], "pin": "204713"},',
  /* 19 */ '    {"id": "made", "name": "Made", "code": "DKC01", "agencyId": "dukcapil", "roles": ["officer"], "pin": "918263"},',
  /* 20 */ '    {"id": "luh", "name": "Luh", "code": "PT01", "roles": ["front_desk"], "pin": "637152"},',
  /* 21 */ '    {"id": "gede", "name": "Gede", "code": "MAL01", "roles": ["supervisor"], "pin": "480926"}',
  /* 22 */ '  ],',
  /* 23 */ '  "journeys": [',
  /* 24 */ '    {"id": "ktp-hilang", "name": {"id": "KTP hilang"}, "steps": [{"serviceId": "hilang"}, {"serviceId": "ktp"}]}',
  /* 25 */ '  ]',
  /* 26 */ '}',
].join('\n')

/** The text with one piece replaced; refuses a piece that is not there, so that a test cannot pass on an unbroken file. */
export function broken(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`not in the text: ${from}`)
  return text.replace(from, () => to)
}
